"""The server itself: HTTP, the token, long polling and webhooks, and whatever goes wrong on purpose."""

import asyncio
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.channels.telegram.bot_api.chats import Chat, Office
from tests.channels.telegram.bot_api.faults import Fault, Pace
from tests.channels.telegram.bot_api.fields import Fields
from tests.channels.telegram.bot_api.methods import Methods
from tests.channels.telegram.bot_api.over_http import answered, fields_of
from tests.channels.telegram.bot_api.people import Person
from tests.channels.telegram.bot_api.refused import Refused, bad

TOKEN = "4242:AAtokenOfTheTestsThatIsLongEnough01"
_LARGEST = 60 * 1024 * 1024
_PEOPLE = count(700_000_001)


@dataclass(slots=True)
class Request:
    """One request as it came, the code it was answered with (0: without an answer), and whether it was fulfilled.

    By the clock of the machine: when it ``came`` to the server, was done or refused (``at``), and ``left`` with its
    answer (0: not yet). ``by`` is who asked, if the address told it.
    """

    method: str
    values: dict[str, Any]
    code: int
    at: float
    fulfilled: bool = False
    came: float = 0.0
    left: float = 0.0
    by: str = ""


class BotApi:
    """A running server with one bot. Everything here may be called from the thread of a test.

    Who asks below ``<address>/by/<name>`` is written down with that name.
    """

    def __init__(self, token: str, pace: Pace) -> None:
        self.token = token
        self.address = ""
        self.pace = pace
        self.office = Office(int(token.partition(":")[0]), "qorgau_test_bot")
        self.requests: list[Request] = []
        # Faults for the next requests of a method, or of any ("*"); and one who decides it for each.
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.fate: Callable[[str], Fault | None] | None = None
        self.methods = Methods(self.office, pace)

    def person(self, *, id: int | None = None, language: str = "en", phone: str = "+77010000001") -> Person:
        """Somebody who has not spoken with the bot yet."""
        chat = Chat(next(_PEOPLE) if id is None else id, language=language)
        self.office.chats[chat.id] = chat
        return Person(self.office, chat, phone)

    def scramble(self, seed: int) -> None:
        """From now on updates come in any order, and some of them twice."""
        self.office.scramble = Random(seed)

    def fails(self, method: str, *faults: Fault) -> None:
        """The next requests of this method go wrong in this order."""
        self.faults[method].extend(faults)

    def sent(self, method: str) -> list[Request]:
        """The requests of a method that were fulfilled and answered so."""
        return [request for request in self.requests if request.method == method and request.code == 200]

    def next_fault(self, method: str) -> Fault | None:
        for name in (method, "*"):
            if self.faults[name]:
                return self.faults[name].pop(0)
        return self.fate(method) if self.fate else None


@contextmanager
def running_bot_api(
    token: str = TOKEN, *, per_second: int | None = 30, per_chat: float | None = 1.0, port: int = 0
) -> Iterator[BotApi]:
    """A server with Telegram's limits, or with none (None)."""
    api = BotApi(token, Pace(per_second, per_chat))
    door = _Door(api)
    ready = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(door.serve(port, ready)), name="bot-api")
    thread.start()
    try:
        if not ready.wait(10):
            raise RuntimeError("the Bot API server did not start")
        yield api
    finally:
        door.stop()
        thread.join()


class _Door:
    """What belongs to the event loop of the server."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._office = api.office
        self._poller: asyncio.Event | None = None

    async def serve(self, port: int, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._new, self._over = asyncio.Event(), asyncio.Event()
        self._office.on_update = lambda: self._loop.call_soon_threadsafe(self._new.set)
        application = web.Application(client_max_size=_LARGEST)
        for door in ("", "/by/{by}"):
            application.router.add_route("*", f"{door}/file/bot{{token}}/files/{{file}}", self._file)
            application.router.add_route("*", f"{door}/bot{{token}}/{{method}}", self._method)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        self._api.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        delivering = asyncio.create_task(self._deliver())
        ready.set()
        try:
            await self._over.wait()
        finally:
            delivering.cancel()
            await runner.cleanup()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)

    # --- Requests -------------------------------------------------------------------------------------------------

    async def _method(self, request: web.Request) -> web.StreamResponse:
        came, method = time.monotonic(), request.match_info["method"]
        if request.match_info["token"] != self._api.token:
            return answered(Refused(401, "Unauthorized"))
        fields = await fields_of(request)
        fault = self._api.next_fault(method)
        outcome: Any
        fulfilled = False
        if fault is not None and not fault.done:
            outcome = fault.refused
        else:
            try:
                outcome = await self._fulfil(method, fields)
                fulfilled = True
            except Refused as refused:
                outcome = refused
            if fault is not None:
                outcome = fault.refused
        code = 0 if outcome is None else outcome.code if isinstance(outcome, Refused) else 200
        by = request.match_info.get("by", "")
        noted = Request(method, dict(fields.values), code, time.monotonic(), fulfilled, came, by=by)
        self._api.requests.append(noted)
        if fault is not None and fault.hangs:
            await asyncio.wait([asyncio.ensure_future(self._over.wait())], timeout=fault.hangs)
        noted.left = time.monotonic()
        if outcome is None:
            if request.transport is not None:  # whoever asked may be gone
                request.transport.abort()
            return web.Response(status=500)
        return answered(outcome)

    async def _fulfil(self, method: str, fields: Fields) -> Any:
        if method == "getUpdates":
            return await self._updates(fields)
        known = self._api.methods.known.get(method)
        if known is None:
            raise Refused(404, "Not Found: method not found")
        with self._office.lock:
            # As it is now: a message may be changed before the answer is written.
            return json.loads(json.dumps(known(fields)))

    async def _updates(self, fields: Fields) -> list[dict[str, Any]]:
        if self._office.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        offset, limit = fields.number("offset", 0), fields.number("limit", 100)
        if not 1 <= limit <= 100:
            raise bad("limit is out of bounds")
        if self._poller is not None:
            self._poller.set()
        self._poller = thrown_out = asyncio.Event()
        with self._office.lock:
            if (allowed := fields.structure("allowed_updates", list)) is not None:
                self._office.allowed = allowed
            self._office.confirm(offset)
        ends = self._loop.time() + fields.number("timeout", 0)
        try:
            while True:
                self._new.clear()
                with self._office.lock:
                    if found := self._office.next_updates(limit):
                        return found
                if (left := ends - self._loop.time()) <= 0:
                    return []
                waits = [asyncio.ensure_future(one.wait()) for one in (self._new, thrown_out, self._over)]
                _done, pending = await asyncio.wait(waits, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                for one in pending:
                    one.cancel()
                if thrown_out.is_set():
                    raise Refused(
                        409,
                        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
                        "running",
                    )
                if self._over.is_set():
                    return []
        finally:
            if self._poller is thrown_out:
                self._poller = None

    async def _file(self, request: web.Request) -> web.StreamResponse:
        kept = self._office.files.get(request.match_info["file"])
        if request.match_info["token"] != self._api.token or kept is None:
            return answered(Refused(404, "Not Found"))
        return web.Response(body=kept.content, content_type="application/octet-stream")

    # --- Webhook --------------------------------------------------------------------------------------------------

    async def _deliver(self) -> None:
        """Deliver what waits to the webhook, each update until it is taken with 200."""
        async with ClientSession(timeout=ClientTimeout(total=10)) as client:
            while True:
                self._new.clear()
                with self._office.lock:
                    found = self._office.next_updates(40) if self._office.webhook else []
                taken = await asyncio.gather(*(self._taken(client, update) for update in found))
                with self._office.lock:
                    done = {update["update_id"] for update, ok in zip(found, taken, strict=True) if ok}
                    self._office.waiting = [one for one in self._office.waiting if one["update_id"] not in done]
                if not found:
                    await self._new.wait()
                elif not all(taken):
                    await asyncio.sleep(0.1)

    async def _taken(self, client: ClientSession, update: dict[str, Any]) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._office.secret} if self._office.secret else {}
        try:
            async with client.post(self._office.webhook, json=update, headers=headers) as answer:
                return answer.status == 200
        except (ClientError, TimeoutError, OSError):
            return False
