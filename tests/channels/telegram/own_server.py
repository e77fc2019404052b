"""A Bot API server of our own: strict where Telegram is, with people behind it who write and read.

It runs in a thread, on the loopback. Messages that break a rule of Telegram are refused as Telegram refuses them, with
its words. `troubles` are answers that stand in for the next ones: too many requests, an error, silence.
"""

import asyncio
import json
import re
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "4242:only-for-tests-only-for-tests-only"
_TAGS = re.compile(r"<(/?)(\w+)[^>]*>")
_UNESCAPED = re.compile(r"&(?!(?:amp|lt|gt|quot|#\d+);)")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One answer instead of the right one. ``silent`` seconds of nothing come first."""

    status: int = 500
    words: str = "Internal Server Error"
    retry_after: int | None = None
    silent: float = 0
    methods: tuple[str, ...] = ()
    # The request is carried out, and only its answer is lost.
    after: bool = False


class Refused(Exception):
    def __init__(self, words: str, code: int = 400) -> None:
        super().__init__(words)
        self.words, self.code = words, code


@dataclass
class BotApi:
    """The server. ``sent`` are the messages that arrived in each chat, as Telegram would show them."""

    per_chat: float = 0
    """Messages to a chat that follow each other faster than so many seconds are refused with 429."""
    sent: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    troubles: deque[Trouble] = field(default_factory=deque)
    blocked: set[int] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    webhook: dict[str, Any] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    address: str = ""

    def __post_init__(self) -> None:
        self._updates: deque[dict[str, Any]] = deque()
        self._last_update = 0
        self._last_message = 1000
        self._spoken_at: dict[int, float] = {}
        self._lock = threading.Lock()

    # --- People ---------------------------------------------------------------------------------------------------

    def writes(self, chat: int, text: str, **more: Any) -> int:
        """Somebody writes; the number of the update."""
        return self.happens({"message": {**self._message(chat), "text": text, **more}})

    def sends(self, chat: int, **what: Any) -> int:
        return self.happens({"message": {**self._message(chat), **what}})

    def presses(self, chat: int, data: str, message: int) -> int:
        query = {"id": f"press-{self._next()}", "from": _person(chat), "chat_instance": "1", "data": data}
        shown = {"message_id": message, "chat": _chat(chat), "date": int(time.time()), "text": "…"}
        return self.happens({"callback_query": {**query, "message": shown}})

    def happens(self, what: dict[str, Any]) -> int:
        with self._lock:
            self._last_update += 1
            self._updates.append({"update_id": self._last_update, **what})
            return self._last_update

    def texts(self, chat: int) -> list[str]:
        return [message.get("text") or message.get("caption") or "" for message in list(self.sent[chat])]

    def wait_for(self, condition: Any, seconds: float = 20) -> None:
        ends = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < ends, f"waited in vain; sent: {dict(self.sent)}, refused: {self.refused}"
            time.sleep(0.02)

    # --- Methods --------------------------------------------------------------------------------------------------

    def getMe(self, said: dict[str, Any]) -> Any:
        return {"id": 4242, "is_bot": True, "first_name": "Qorgau", "username": "qorgau_bot"}

    def sendMessage(self, said: dict[str, Any]) -> Any:
        text = _words(said, "text", 4096)
        if not text:
            raise Refused("Bad Request: message text is empty")
        return self._take(said, text=text)

    def sendPhoto(self, said: dict[str, Any]) -> Any:
        return self._take(said, caption=_words(said, "caption", 1024), photo=_uploaded(said, "photo"))

    def sendDocument(self, said: dict[str, Any]) -> Any:
        return self._take(said, caption=_words(said, "caption", 1024), document=_uploaded(said, "document"))

    def editMessageText(self, said: dict[str, Any]) -> Any:
        chat, number, text = int(said["chat_id"]), int(said["message_id"]), _words(said, "text", 4096)
        found = next((one for one in self.sent[chat] if one["message_id"] == number), None)
        if found is None:
            raise Refused("Bad Request: message to edit not found")
        markup = _markup(said)
        if found["text"] == text and found.get("reply_markup") == markup:
            raise Refused("Bad Request: message is not modified: specified new message content is the same")
        found |= {"text": text, "reply_markup": markup}
        return _without_nothing(found)

    def deleteMessage(self, said: dict[str, Any]) -> Any:
        return True

    def answerCallbackQuery(self, said: dict[str, Any]) -> Any:
        return True

    def leaveChat(self, said: dict[str, Any]) -> Any:
        return True

    def setWebhook(self, said: dict[str, Any]) -> Any:
        self.webhook = said
        return True

    def deleteWebhook(self, said: dict[str, Any]) -> Any:
        self.webhook = {}
        return True

    def setMyCommands(self, said: dict[str, Any]) -> Any:
        for command in json.loads(said["commands"]):
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise Refused("Bad Request: BOT_COMMAND_INVALID")
        return True

    def setMyDescription(self, said: dict[str, Any]) -> Any:
        if len(said.get("description", "")) > 512:
            raise Refused("Bad Request: description is too long")
        return True

    def setMyShortDescription(self, said: dict[str, Any]) -> Any:
        if len(said.get("short_description", "")) > 120:
            raise Refused("Bad Request: short description is too long")
        return True

    def setChatMenuButton(self, said: dict[str, Any]) -> Any:
        return True

    def getFile(self, said: dict[str, Any]) -> Any:
        content = self.files.get(said["file_id"])
        if content is None:
            raise Refused("Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(content) > 20 * 1024 * 1024:
            raise Refused("Bad Request: file is too big")
        about = {"file_id": said["file_id"], "file_unique_id": "u" + said["file_id"], "file_size": len(content)}
        return {**about, "file_path": f"files/{said['file_id']}"}

    # --- The server -----------------------------------------------------------------------------------------------

    async def answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        said = await _said(request)
        with self._lock:
            self.calls.append((method, said))
        trouble = self._trouble_for(method)
        if trouble and not trouble.after:
            await asyncio.sleep(trouble.silent)
            return _failed(trouble)
        if request.match_info["token"] != TOKEN:
            return _json({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        if method == "getUpdates":
            return _json({"ok": True, "result": await self._wait_for_updates(said)})
        try:
            with self._lock:
                result = getattr(self, method)(said)
        except Refused as refused:
            self.refused.append(refused.words)
            return _json({"ok": False, "error_code": refused.code, "description": refused.words}, refused.code)
        except _TooFast as fast:
            self.refused.append("429")
            return _failed(Trouble(429, "Too Many Requests: retry later", retry_after=fast.seconds))
        if trouble:
            await asyncio.sleep(trouble.silent)
            return _failed(trouble)
        return _json({"ok": True, "result": result})

    async def give_file(self, request: web.Request) -> web.StreamResponse:
        content = self.files.get(request.match_info["name"])
        return web.Response(body=content) if content is not None else web.Response(status=404)

    async def _wait_for_updates(self, said: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook:
            raise web.HTTPConflict(
                text='{"ok": false, "error_code": 409, "description": "Conflict: webhook is active"}'
            )
        after = int(said.get("offset") or 0)
        ends = time.monotonic() + float(said.get("timeout") or 0)
        while True:
            with self._lock:
                while self._updates and self._updates[0]["update_id"] < after:
                    self._updates.popleft()
                found = list(self._updates)[:100]
            if found or time.monotonic() > ends:
                return found
            await asyncio.sleep(0.01)

    def _trouble_for(self, method: str) -> Trouble | None:
        with self._lock:
            if self.troubles and (not self.troubles[0].methods or method in self.troubles[0].methods):
                return self.troubles.popleft()
        return None

    def _take(self, said: dict[str, Any], **content: Any) -> dict[str, Any]:
        chat = int(said["chat_id"])
        if chat in self.blocked:
            raise Refused("Forbidden: bot was blocked by the user", 403)
        now = time.monotonic()
        if self.per_chat and now - self._spoken_at.get(chat, -1e9) < self.per_chat:
            raise _TooFast(1)
        self._spoken_at[chat] = now
        message = {
            "message_id": self._next(),
            "date": int(time.time()),
            "chat": _chat(chat),
            "from": self.getMe({}),
            **content,
            "reply_markup": _markup(said),
        }
        self.sent[chat].append(message)
        return _without_nothing(message)

    def _message(self, chat: int) -> dict[str, Any]:
        with self._lock:
            number = self._next()
        return {"message_id": number, "from": _person(chat), "chat": _chat(chat), "date": int(time.time())}

    def _next(self) -> int:
        self._last_message += 1
        return self._last_message


class _TooFast(Exception):
    def __init__(self, seconds: int) -> None:
        self.seconds = seconds


@contextmanager
def serving(api: BotApi) -> Iterator[BotApi]:
    """The server answers at ``api.address`` until the end of the block."""
    loop = asyncio.new_event_loop()
    app = web.Application(client_max_size=60 * 1024 * 1024)
    app.router.add_route("*", "/bot{token}/{method}", api.answer)
    app.router.add_get("/file/bot{token}/files/{name}", api.give_file)
    runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def begin() -> None:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        api.address = f"http://127.0.0.1:{runner.addresses[0][1]}"

    loop.run_until_complete(begin())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield api
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _said(request: web.Request) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        said[name] = value.file.read() if isinstance(value, web.FileField) else value
    return said


def _words(said: dict[str, Any], name: str, limit: int) -> str:
    """The words as people see them; refused when the HTML is broken or they are too long."""
    words = str(said.get(name, ""))
    if said.get("parse_mode") == "HTML":
        open_tags: list[str] = []
        for closing, tag in _TAGS.findall(words):
            if tag not in ("b", "i", "u", "a", "code", "pre"):
                raise Refused(f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
            if closing and (not open_tags or open_tags.pop() != tag):
                raise Refused("Bad Request: can't parse entities: unexpected end tag")
            if not closing:
                open_tags.append(tag)
        if open_tags or _UNESCAPED.search(words):
            raise Refused("Bad Request: can't parse entities")
        words = _TAGS.sub("", words).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if len(words.encode("utf-16-le")) // 2 > limit:
        raise Refused(
            "Bad Request: message is too long" if limit == 4096 else "Bad Request: message caption is too long"
        )
    return words.strip()


def _markup(said: dict[str, Any]) -> dict[str, Any] | None:
    markup: dict[str, Any] = json.loads(said.get("reply_markup") or "{}")
    buttons = [button for row in markup.get("inline_keyboard", []) for button in row]
    if len(buttons) > 100:
        raise Refused("Bad Request: reply markup is too long")
    for button in buttons:
        if not button["text"] or not ({"url", "callback_data"} & set(button)):
            raise Refused("Bad Request: can't parse inline keyboard button")
        if len(button.get("callback_data", "").encode()) > 64:
            raise Refused("Bad Request: BUTTON_DATA_INVALID")
    return markup if "inline_keyboard" in markup else None


def _uploaded(said: dict[str, Any], name: str) -> Any:
    content = next((value for value in said.values() if isinstance(value, bytes)), None)
    if content is None:
        raise Refused(f"Bad Request: there is no {name} in the request")
    about = {"file_id": "f", "file_unique_id": "u", "file_size": len(content)}
    return [{**about, "width": 1, "height": 1}] if name == "photo" else about


def _without_nothing(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if value not in (None, "")}


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Person", "language_code": "en"}


def _chat(chat: int) -> dict[str, Any]:
    return {"id": chat, "type": "private", "first_name": "Person"}


def _failed(trouble: Trouble) -> web.Response:
    said: dict[str, Any] = {"ok": False, "error_code": trouble.status, "description": trouble.words}
    if trouble.retry_after:
        said["parameters"] = {"retry_after": trouble.retry_after}
    return _json(said, trouble.status)


def _json(value: Any, status: int = 200) -> web.Response:
    return web.json_response(value, status=status)
