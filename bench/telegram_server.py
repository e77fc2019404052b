"""`python -m bench.telegram_server`: a Bot API server that does next to nothing, and people who write to the bot.

It runs in a process of its own, says its address on the first line, and what it measured, as JSON, on the second.
"""

import argparse
import asyncio
import json
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

WORDS = ("/menu", "/calculator", "/contacts", "/language", "Главное меню")
"""Each is answered with one message."""
_LONGEST = 120


@dataclass
class Office:
    """What waits for the bot, and when each chat was answered."""

    waiting: list[dict[str, Any]] = field(default_factory=list)
    new: asyncio.Event = field(default_factory=asyncio.Event)
    answered: dict[int, asyncio.Event] = field(default_factory=dict)
    answers: int = 0
    numbers: Any = field(default_factory=lambda: count(1))

    def write(self, chat: int, text: str) -> None:
        number = next(self.numbers)
        person = {"id": chat, "is_bot": False, "first_name": "P", "language_code": "ru"}
        about = {"id": chat, "type": "private", "first_name": "P"}
        message = {"message_id": number, "date": int(time.time()), "chat": about, "from": person, "text": text}
        self.waiting.append({"update_id": number, "message": message})
        self.new.set()

    async def serve(self, request: web.Request) -> web.Response:
        said = await request.post()
        if request.match_info["method"] == "getUpdates":
            return _ok(await self._updates(int(str(said.get("offset", 0))), float(str(said.get("timeout", 0)))))
        chat = int(str(said.get("chat_id", 0)))
        self.answers += 1
        if chat in self.answered:
            self.answered[chat].set()
        return _ok({"message_id": self.answers, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "…"})

    async def _updates(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        while self.waiting and self.waiting[0]["update_id"] < offset:
            self.waiting.pop(0)
        if not self.waiting:
            self.new.clear()
            try:
                await asyncio.wait_for(self.new.wait(), seconds)
            except TimeoutError:
                return []
        return self.waiting[:100]


async def at_once(office: Office, chats: int, each: int) -> dict[str, float]:
    """Everybody has written already: how many are answered in a second."""
    first = office.answers
    for turn in range(each):
        for chat in range(chats):
            office.write(1 + chat, WORDS[turn % len(WORDS)])
    began = time.perf_counter()
    while office.answers < first + chats * each and time.perf_counter() - began < _LONGEST:
        await asyncio.sleep(0.005)
    seconds = time.perf_counter() - began
    return {"updates": chats * each, "answered": office.answers - first, "per_second": chats * each / seconds}


async def talking(office: Office, chats: int, seconds: float) -> dict[str, float]:
    """So many chats write, read the answer, and write again a second later: how long each waits."""
    times: list[float] = []
    ends = time.perf_counter() + seconds

    async def talk(chat: int) -> None:
        office.answered[chat] = asyncio.Event()
        await asyncio.sleep(chat % 100 / 100)
        for turn in count():
            if time.perf_counter() > ends:
                return
            office.answered[chat].clear()
            began = time.perf_counter()
            office.write(chat, WORDS[turn % len(WORDS)])
            await asyncio.wait_for(office.answered[chat].wait(), _LONGEST)
            times.append(time.perf_counter() - began)
            await asyncio.sleep(1)

    await asyncio.gather(*(talk(100_000 + chat) for chat in range(chats)))
    times.sort()
    told = {f"p{share}_ms": 1000 * times[min(len(times) - 1, len(times) * share // 100)] for share in (50, 95, 99)}
    return {"answers": len(times), **told}


async def measure(chats: int, each: int, seconds: float) -> None:
    office = Office()
    application = web.Application()
    application.router.add_post("/bot{token}/{method}", office.serve)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    office.answered[7] = asyncio.Event()
    office.write(7, "/menu")
    await asyncio.wait_for(office.answered[7].wait(), _LONGEST)  # the bot is up
    found = {
        "at_once_first": await at_once(office, chats, each),
        "at_once": await at_once(office, chats, each),
        "talking": await talking(office, 100, seconds),
    }
    print(json.dumps(found), flush=True)
    await runner.cleanup()


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--each", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=15)
    options = parser.parse_args()
    asyncio.run(measure(options.chats, options.each, options.seconds))
