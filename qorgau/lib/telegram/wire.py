"""The wire to Telegram's Bot API: the one file that knows aiogram.

Raw updates become the values of `came.py` (`read`); those of `says.py` become requests (`Wire.send`). Whatever goes
wrong is a `Trouble`, whose words hold neither the token nor anything of a person.
"""

from collections.abc import AsyncIterator, Awaitable, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from html import escape
from typing import Any, ClassVar, TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ChatType, ContentType
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from aiogram.types import Message as TelegramMessage
from aiohttp import ClientConnectorError, ClientError
from pydantic import ValidationError

from qorgau.lib.telegram.came import (
    Came,
    Command,
    ContactShared,
    FileKind,
    FileSent,
    FromGroup,
    LocationShared,
    Other,
    Pressed,
    Returned,
    Sent,
    Stopped,
    Text,
)
from qorgau.lib.telegram.says import Acknowledge, Delete, Key, Leave, Message, Paper, Rows, Say

WANTED = ["message", "edited_message", "callback_query", "my_chat_member", "channel_post"]
"""The kinds of updates that are asked for."""
_SECONDS = 20.0
_SECONDS_FOR_A_FILE = 120
_MORE_THAN_THE_POLL = 10
_FILES = (
    FileKind.VOICE,
    FileKind.AUDIO,
    FileKind.VIDEO,
    FileKind.VIDEO_NOTE,
    FileKind.ANIMATION,
    FileKind.DOCUMENT,
)
_PARTS_LEFT_OUT = 20
_GONE = ("kicked", "left")
# What Telegram says of a change that changes nothing, and of what is done or gone already.
_NOTHING_TO_DO = (
    "message is not modified",
    "message to delete not found",
    "message can't be deleted",
    "query is too old",
    "query id is invalid",
)
_NOTHING_TO_EDIT = ("message to edit not found", "message can't be edited", "there is no text in the message")
_ERRORS = (AiogramError, ClientError, TimeoutError, OSError)

Told = TypeVar("Told")


class Trouble(Exception):
    """A request that did not go through.

    ``gone``: the chat cannot be reached any more (the bot was blocked, the account deleted). ``permanent``: the same
    request will never be taken. ``pause``: in so many seconds it may be tried again. None of them: the other side
    cannot be reached or is in trouble, and it passes. ``unsure``: what was asked may have been done all the same.
    """

    def __init__(
        self,
        words: str,
        *,
        gone: bool = False,
        permanent: bool = False,
        pause: float | None = None,
        unsure: bool = False,
    ) -> None:
        super().__init__(words)
        self.gone = gone
        self.permanent = permanent or gone
        self.pause = pause
        self.unsure = unsure


class WrongToken(Trouble):
    """Telegram does not know the token."""


class AnotherReader(Trouble):
    """Somebody else fetches the updates of this bot, or a webhook is set."""


class TooLarge(Trouble):
    """The file is larger than Telegram gives to bots, or than was asked for."""


class _RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates without a look into them: one that nobody understands must not keep back the others."""

    __returning__: ClassVar[Any] = list[dict[str, Any]]
    __api_method__: ClassVar[str] = "getUpdates"

    offset: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class Wire:
    """A bot's connection to a Bot API server. Belongs to one event loop."""

    def __init__(self, token: str, address: str, *, seconds: float = _SECONDS) -> None:
        """``address`` is Telegram's own server or another's; ``seconds`` is how long an answer is waited for."""
        self._token = token
        session = AiohttpSession(api=TelegramAPIServer.from_base(address), timeout=seconds)
        self._bot = Bot(token, session=session)

    async def close(self) -> None:
        await self._bot.session.close()

    async def name(self) -> str:
        """What the bot is called in addresses: t.me/<name>."""
        return (await self._told(self._bot.get_me())).username or ""

    async def updates(self, *, after: int | None, seconds: int) -> list[dict[str, Any]]:
        """What came after an update, as it came; waits so many seconds for the first. Confirms everything before."""
        ask = _RawUpdates(offset=None if after is None else after + 1, timeout=seconds, allowed_updates=WANTED)
        return await self._told(self._bot(ask, request_timeout=seconds + _MORE_THAN_THE_POLL))

    async def send(self, chat: int, say: Say) -> int | None:
        """Say it; the number of a new message. What is done or gone already counts as done. Raises Trouble."""
        try:
            return await self._send(chat, say)
        except TelegramBadRequest as refused:
            if any(words in refused.message.lower() for words in _NOTHING_TO_DO):
                return None
            raise self._trouble(refused) from None
        except _ERRORS as error:
            raise self._trouble(error) from None

    async def file(self, file_id: str, *, limit: int) -> AsyncIterator[bytes]:
        """The bytes of a file that somebody sent. Raises TooLarge beyond ``limit`` bytes, and other Trouble."""
        found = await self._told(self._bot.get_file(file_id))
        if (found.file_size or 0) > limit:
            raise TooLarge("larger than asked for", permanent=True)
        address = self._bot.session.api.file_url(self._token, found.file_path or "")
        read = 0
        try:
            async for piece in self._bot.session.stream_content(address, timeout=_SECONDS_FOR_A_FILE):
                read += len(piece)
                if read > limit:
                    raise TooLarge("larger than asked for", permanent=True)
                yield piece
        except _ERRORS as error:
            raise self._trouble(error) from None

    async def come_by_webhook(self, address: str, secret: str) -> None:
        """Let updates come to an address of ours, each with the secret in its header."""
        await self._told(self._bot.set_webhook(address, secret_token=secret, allowed_updates=WANTED))

    async def come_when_asked(self) -> None:
        """No webhook: updates wait until they are fetched. None is lost."""
        await self._told(self._bot.delete_webhook(drop_pending_updates=False))

    async def introduce(
        self, language: str | None, *, commands: Mapping[str, str], about: str, description: str
    ) -> None:
        """What people who speak a language (None: all others) see: the commands, and what the bot is for."""
        known = [BotCommand(command=name, description=words) for name, words in commands.items()]
        await self._told(self._bot.set_my_commands(known, language_code=language))
        await self._told(self._bot.set_my_short_description(about, language_code=language))
        await self._told(self._bot.set_my_description(description, language_code=language))

    async def show_commands_beside_the_input(self) -> None:
        """The menu button opens the list of commands."""
        await self._told(self._bot.set_chat_menu_button(menu_button=MenuButtonCommands()))

    async def _send(self, chat: int, say: Say) -> int | None:
        match say:
            case Message(edits=int()):
                return await self._edit(chat, say)
            case Message():
                return await self._new(chat, say)
            case Delete(message):
                await self._bot.delete_message(chat, message)
            case Acknowledge(press, remark):
                await self._bot.answer_callback_query(press, text=remark or None)
            case Leave():
                await self._bot.leave_chat(chat)
        return None

    async def _new(self, chat: int, message: Message) -> int:
        words, markup = _html(message), _markup(message)
        if message.picture:
            picture = BufferedInputFile(message.picture.content, message.picture.name)
            sent = await self._bot.send_photo(
                chat, picture, caption=words or None, parse_mode="HTML", reply_markup=markup
            )
        elif isinstance(message.document, Paper):
            raise TypeError("a paper is made before it is sent")
        elif message.document:
            document = BufferedInputFile(message.document.content, message.document.name)
            sent = await self._bot.send_document(
                chat, document, caption=words or None, parse_mode="HTML", reply_markup=markup
            )
        else:
            sent = await self._bot.send_message(
                chat,
                words,
                parse_mode="HTML",
                reply_markup=markup,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        return sent.message_id

    async def _edit(self, chat: int, message: Message) -> int | None:
        try:
            await self._bot.edit_message_text(
                _html(message),
                chat_id=chat,
                message_id=message.edits,
                parse_mode="HTML",
                reply_markup=_buttons(message.buttons) if message.buttons else None,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except TelegramBadRequest as refused:
            if not any(words in refused.message.lower() for words in _NOTHING_TO_EDIT):
                raise
            return await self._new(chat, message)
        return message.edits

    async def _told(self, request: Awaitable[Told]) -> Told:
        """The answer; what goes wrong becomes a Trouble."""
        try:
            return await request
        except _ERRORS as error:
            raise self._trouble(error) from None

    def _trouble(self, error: Exception) -> Trouble:
        """Errors of HTTP name addresses, which hold the token, and some of aiogram's repeat a whole answer with
        people's words in it: of those only the kind is told.
        """
        if not isinstance(error, TelegramAPIError):
            return Trouble(type(error).__name__, unsure=not _never_left(error))
        words = error.message.replace(self._token, "…")
        match error:
            case TelegramRetryAfter():
                return Trouble("too many requests", pause=float(error.retry_after))
            case TelegramForbiddenError():
                return Trouble(words, gone=True)
            case TelegramUnauthorizedError():
                return WrongToken(words, permanent=True)
            case TelegramConflictError():
                return AnotherReader(words)
            case TelegramEntityTooLarge():
                return TooLarge(words, permanent=True)
            case TelegramBadRequest() if "file is too big" in words:
                return TooLarge(words, permanent=True)
            case TelegramBadRequest() | TelegramNotFound():
                return Trouble(words, permanent=True, gone="chat not found" in words.lower())
        return Trouble(words, unsure=not _never_left(error))


def _never_left(error: BaseException) -> bool:
    """Whether there was no connection at all, so that nothing can have been done."""
    behind = error.__cause__ or error.__context__
    return isinstance(error, ClientConnectorError) or (behind is not None and _never_left(behind))


def read(update: Mapping[str, Any], *, bot: str) -> Came | None:
    """What an update says; None for kinds that nobody asked for, and for what cannot be understood."""
    told = _understood(update)
    if told is None:
        return None
    key = f"telegram/{bot}/{told.update_id}"
    if told.callback_query:
        return _pressed(told, key)
    if told.my_chat_member:
        member = told.my_chat_member
        private = member.chat.type == ChatType.PRIVATE
        gone = member.new_chat_member.status in _GONE
        if private and gone:
            return Stopped(chat=member.chat.id, at=member.date, key=key)
        if private:
            return Returned(chat=member.chat.id, at=member.date, key=key)
        return None if gone else FromGroup(chat=member.chat.id, at=member.date, key=key, to_us=True)
    message = told.message or told.edited_message or told.channel_post
    return _message(message, key, edited=told.edited_message is not None) if message else None


def _understood(update: Mapping[str, Any]) -> Update | None:
    """The update; without those parts of it that are not as they should be. A thumbnail that is empty, or a poll of
    another version of the Bot API, must not leave a person without an answer.
    """
    told = deepcopy(dict(update))
    for _attempt in range(_PARTS_LEFT_OUT):
        try:
            return Update.model_validate(told)
        except ValidationError as error:
            first = error.errors()[0]
            _leave_out(told, first["loc"][:-1] if first["type"] == "missing" else first["loc"])
    return None


def _leave_out(told: dict[str, Any], where: tuple[int | str, ...]) -> None:
    """Take away the innermost named part on the way to a place, which need not exist."""
    part: Any = told
    holder, name = told, ""
    for step in where:
        if isinstance(part, dict) and step in part:
            holder, name = part, str(step)
        elif not (isinstance(part, list) and isinstance(step, int) and step < len(part)):
            break
        part = part[step]
    holder.pop(name, None)


def bot_of(token: str) -> str:
    """The number of the bot that a token belongs to."""
    return token.partition(":")[0]


def _pressed(told: Update, key: str) -> Came | None:
    query = told.callback_query
    if query is None or query.data is None:
        return None
    private = query.message is None or query.message.chat.type == ChatType.PRIVATE
    chat = query.message.chat.id if query.message else query.from_user.id
    now = datetime.now(UTC)
    if not private:
        return FromGroup(chat=chat, at=now, key=key, to_us=True)
    return Pressed(
        chat=chat,
        at=now,
        key=key,
        message=query.message.message_id if query.message else None,
        language=_language(query.from_user.language_code),
        data=query.data,
        press=query.id,
    )


def _message(message: TelegramMessage, key: str, *, edited: bool) -> Came:
    sender = message.from_user
    about: dict[str, Any] = {
        "chat": message.chat.id,
        "at": message.date,
        "key": key,
        "message": message.message_id,
        "language": _language(sender.language_code if sender else None),
    }
    if message.chat.type != ChatType.PRIVATE:
        return FromGroup(**about, to_us=_is_to_a_bot(message))
    forwarded = message.forward_origin is not None
    if message.text is not None:
        if message.text.startswith("/") and not edited and not forwarded:
            return _command(message.text, about)
        return Text(**about, text=message.text, edited=edited, forwarded=forwarded)
    if (file := _file(message)) is not None:
        return Sent(
            **about,
            file=file,
            text=message.caption or "",
            album=message.media_group_id or "",
            edited=edited,
            forwarded=forwarded,
        )
    if message.contact:
        own = sender is not None and message.contact.user_id == sender.id and not forwarded
        return ContactShared(**about, phone=message.contact.phone_number, own=own)
    if message.location:
        return LocationShared(**about, latitude=message.location.latitude, longitude=message.location.longitude)
    return Other(**about, what=ContentType(message.content_type).value, edited=edited)


def _command(text: str, about: dict[str, Any]) -> Command:
    word, _, argument = text[1:].partition(" ")
    return Command(**about, name=word.partition("@")[0].lower(), argument=argument.strip())


def _file(message: TelegramMessage) -> FileSent | None:
    if message.photo:
        largest = message.photo[-1]
        return FileSent(id=largest.file_id, kind=FileKind.PHOTO, media_type="image/jpeg", size=largest.file_size)
    # A moving picture comes as a document too; its first name is the truer one.
    for kind in _FILES:
        sent = getattr(message, kind.value)
        if sent is not None:
            return FileSent(
                id=sent.file_id,
                kind=kind,
                name=getattr(sent, "file_name", None) or "",
                media_type=getattr(sent, "mime_type", None) or "",
                size=sent.file_size,
                seconds=getattr(sent, "duration", None),
            )
    return None


def _is_to_a_bot(message: TelegramMessage) -> bool:
    """A command, a mention, an answer to the bot, or the bot being brought in. (A bot hears little else in groups.)"""
    replied = message.reply_to_message and message.reply_to_message.from_user
    return bool(
        message.new_chat_members
        or (message.text or "").startswith("/")
        or any(entity.type in ("mention", "bot_command") for entity in message.entities or ())
        or (replied and replied.is_bot)
    )


def _language(code: str | None) -> str:
    return (code or "").partition("-")[0].lower()


def _html(message: Message) -> str:
    title = f"<b>{escape(message.title, quote=False)}</b>" if message.title else ""
    return "\n\n".join(part for part in (title, escape(message.text, quote=False)) if part)


def _markup(message: Message) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if message.buttons:
        return _buttons(message.buttons)
    if message.keyboard is None:
        return None
    if not message.keyboard:
        return ReplyKeyboardRemove(remove_keyboard=True)
    return ReplyKeyboardMarkup(
        keyboard=[[_key(key) for key in row] for row in message.keyboard], resize_keyboard=True, is_persistent=True
    )


def _buttons(rows: Rows) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text=button.text, callback_data=button.data or None, url=button.url or None)
                for button in row
            ]
            for row in rows
        ]
    )


def _key(key: Key) -> KeyboardButton:
    return KeyboardButton(
        text=key.text,
        request_contact=True if key.shares == "contact" else None,
        request_location=True if key.shares == "location" else None,
    )
