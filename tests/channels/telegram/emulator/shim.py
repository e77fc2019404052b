"""Stands between the bot and the emulator, and closes the emulator's known gaps.

What the emulator has passes through to it: messages, presses, edits, deletions, the webhook. It has no files, no
introductions, no long polling, no secret of the webhook, does not read tags, forgets updates as soon as they were asked
for, and takes changes of messages that are not there; that is here. Objects are put right in `gaps.py`.
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from aiohttp import ClientError, ClientSession, web

from tests.channels.telegram.bot_api import texts
from tests.channels.telegram.bot_api.fields import Fields, Uploaded
from tests.channels.telegram.bot_api.over_http import answered, fields_of
from tests.channels.telegram.bot_api.refused import Refused, bad
from tests.channels.telegram.emulator import gaps

_LARGEST = 60 * 1024 * 1024
_SECONDS_BETWEEN_LOOKS = 0.03
_SECONDS_BEFORE_DELIVERY = 0.05
_INTRODUCTIONS = ("setMyCommands", "setMyDescription", "setMyShortDescription", "setChatMenuButton")


class Shim:
    """A Bot API server for one bot, made of the emulator and of this. May be asked from the thread of a test."""

    def __init__(self, emulator: str, token: str) -> None:
        self.emulator, self.token = emulator, token
        self.address = ""
        self.files: dict[str, Uploaded] = {}
        self.introduced: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.webhook, self.secret = "", ""
        self.delivered: list[int] = []
        """What the webhook answered, one delivery after the other."""
        self.polls = 0
        self._waiting: list[dict[str, Any]] = []
        self._serial = count(1)
        self._me: dict[str, Any] = {}

    def keep(self, name: str, media_type: str, content: bytes) -> str:
        """A file that somebody sent; the name by which the bot fetches it."""
        file_id = f"file-{next(self._serial)}"
        self.files[file_id] = Uploaded(name, media_type, content)
        return file_id

    # --- The server -----------------------------------------------------------------------------------------------

    async def serve(self, ready: threading.Event) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        self._deliveries: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        application = web.Application(client_max_size=_LARGEST)
        application.router.add_route("*", "/file/bot{token}/files/{file}", self._file)
        application.router.add_route("*", "/bot{token}/{method}", self._method)
        application.router.add_post("/from-emulator", self._from_emulator)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        async with ClientSession() as self._client:
            self._me = gaps.bot(await self._ask("getMe", {}))
            delivering = asyncio.create_task(self._deliver())
            ready.set()
            await self._over.wait()
            delivering.cancel()
            await runner.cleanup()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)

    async def _method(self, request: web.Request) -> web.StreamResponse:
        try:
            if request.match_info["token"] != self.token:
                raise Refused(401, "Unauthorized")
            return answered(await self._fulfil(request.match_info["method"], await fields_of(request)))
        except Refused as refused:
            return answered(refused)

    async def _fulfil(self, method: str, fields: Fields) -> Any:
        match method:
            case "getMe":
                return self._me
            case "getUpdates":
                return await self._updates(fields)
            case "sendMessage":
                return await self._send(fields, self._words(fields, "text"))
            case "sendPhoto" | "sendDocument":
                return await self._send(fields, self._with_file(fields, method.removeprefix("send").lower()))
            case "editMessageText":
                return await self._edit(fields)
            case "deleteMessage":
                return await self._delete(fields)
            case "answerCallbackQuery":
                await self._ask(method, dict(fields.values))
                return True
            case "setWebhook":
                self.webhook, self.secret = fields.text("url"), fields.text("secret_token", "")
                await self._ask(method, {"url": f"{self.address}/from-emulator"})
                return True
            case "deleteWebhook":
                self.webhook = self.secret = ""
                return await self._ask(method, {})
            case "getFile":
                return self._described(fields.text("file_id"))
        if method in _INTRODUCTIONS:
            self.introduced[method].append(dict(fields.values))
            return True
        raise Refused(404, "Not Found: method not found")

    async def _ask(self, method: str, said: dict[str, Any]) -> Any:
        """What the emulator answers to a method; what it refuses is refused."""
        async with self._client.post(f"{self.emulator}/bot{self.token}/{method}", json=said) as answer:
            told = await answer.json()
        if not told.get("ok"):
            raise Refused(told.get("error_code", 500), told.get("description") or told.get("message", ""))
        return told["result"]

    # --- What comes -----------------------------------------------------------------------------------------------

    async def _updates(self, fields: Fields) -> list[dict[str, Any]]:
        """Long polling; what was not confirmed comes again."""
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        self.polls += 1
        offset = fields.number("offset", 0)
        self._waiting = [update for update in self._waiting if update["update_id"] >= offset]
        ends = self._loop.time() + fields.number("timeout", 0)
        while True:
            self._waiting += map(gaps.update, await self._ask("getUpdates", {}))
            if self._waiting or self._loop.time() >= ends or self._over.is_set():
                return self._waiting[:100]
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)

    async def _from_emulator(self, request: web.Request) -> web.Response:
        """Taken at once: the emulator counts on only when it was answered, and dies of an answer that is not 200."""
        self._deliveries.put_nowait(gaps.update(await request.json()))
        return web.Response()

    async def _deliver(self) -> None:
        """To the webhook, with its secret, each until it is taken."""
        while True:
            update = await self._deliveries.get()
            # The number of this update is free for an answer of the bot until the emulator has counted on.
            await asyncio.sleep(_SECONDS_BEFORE_DELIVERY)
            while not await self._taken(update):
                await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)

    async def _taken(self, update: dict[str, Any]) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret}
        try:
            async with self._client.post(self.webhook, json=update, headers=headers) as answer:
                self.delivered.append(answer.status)
                return answer.status == 200
        except (ClientError, OSError):
            return False

    # --- What the bot says ----------------------------------------------------------------------------------------

    async def _send(self, fields: Fields, what: dict[str, Any]) -> dict[str, Any]:
        markup = fields.structure("reply_markup", dict)
        said = {"chat_id": fields.number("chat_id"), **what, **({"reply_markup": markup} if markup else {})}
        return gaps.message(await self._ask("sendMessage", said), self._me)

    async def _edit(self, fields: Fields) -> dict[str, Any]:
        chat, number = fields.number("chat_id"), fields.number("message_id")
        before = await self._kept(chat, number)
        if before is None:
            raise bad("message to edit not found")
        if "text" not in before["message"]:
            raise bad("there is no text in the message to edit")
        markup = fields.structure("reply_markup", dict) or {"inline_keyboard": []}
        what = {"entities": [], **self._words(fields, "text"), "reply_markup": markup}
        if all(before["message"].get(name) == value for name, value in what.items()):
            raise bad("message is not modified")
        await self._ask("editMessageText", {"chat_id": chat, "message_id": number, **what})
        after = await self._kept(chat, number)
        assert after is not None
        return gaps.kept_message(after, self._me)

    async def _delete(self, fields: Fields) -> bool:
        try:
            await self._ask("deleteMessage", dict(fields.values))
        except Refused:
            raise bad("message to delete not found") from None
        return True

    async def _kept(self, chat: int, number: int) -> dict[str, Any] | None:
        """A message of the bot as it stands with the emulator."""
        async with self._client.post(f"{self.emulator}/getUpdatesHistory", json={"token": self.token}) as answer:
            entries = (await answer.json())["result"]
        theirs = (entry for entry in entries if entry["messageId"] == number)
        return next((entry for entry in theirs if entry.get("message", {}).get("chat_id") == chat), None)

    def _words(self, fields: Fields, name: str) -> dict[str, Any]:
        """The words without tags, and where they are marked."""
        read = texts.message_text if name == "text" else texts.caption
        words, entities = read(fields.text(name, ""), fields.text("parse_mode", ""))
        key = "entities" if name == "text" else "caption_entities"
        return {name: words, **({key: entities} if entities else {})}

    def _with_file(self, fields: Fields, kind: str) -> dict[str, Any]:
        sent = fields.file(kind)
        file_id = self.keep(sent.name, sent.media_type, sent.content)
        about = {"file_id": file_id, "file_unique_id": f"unique-{file_id}", "file_size": len(sent.content)}
        words = self._words(fields, "caption") if fields.text("caption", "") else {}
        if kind == "photo":
            return {"photo": [{**about, "width": 800, "height": 400}], **words}
        return {"document": {**about, "file_name": sent.name, "mime_type": sent.media_type}, **words}

    # --- Files ----------------------------------------------------------------------------------------------------

    def _described(self, file_id: str) -> dict[str, Any]:
        if file_id not in self.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        size = len(self.files[file_id].content)
        about = {"file_id": file_id, "file_unique_id": f"unique-{file_id}", "file_size": size}
        return {**about, "file_path": f"files/{file_id}"}

    async def _file(self, request: web.Request) -> web.StreamResponse:
        kept = self.files.get(request.match_info["file"])
        if request.match_info["token"] != self.token or kept is None:
            return answered(Refused(404, "Not Found"))
        return web.Response(body=kept.content, content_type="application/octet-stream")


@contextmanager
def running_shim(emulator: str, token: str) -> Iterator[Shim]:
    """Before an emulator that runs at an address."""
    shim = Shim(emulator, token)
    ready = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(shim.serve(ready)), name="shim")
    thread.start()
    try:
        if not ready.wait(10):
            raise RuntimeError("the shim did not start")
        yield shim
    finally:
        shim.stop()
        thread.join()
