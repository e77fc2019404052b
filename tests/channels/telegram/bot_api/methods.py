"""The methods of the Bot API that a bot of ours may call, each checked and fulfilled as Telegram does."""

import io
from collections.abc import Callable
from typing import Any

from PIL import Image

from tests.channels.telegram.bot_api import keyboards, texts
from tests.channels.telegram.bot_api.chats import Chat, Kept, Office
from tests.channels.telegram.bot_api.faults import Pace
from tests.channels.telegram.bot_api.fields import Fields
from tests.channels.telegram.bot_api.refused import Refused, bad

MEGABYTE = 1024 * 1024
PHOTO_LIMIT = 10 * MEGABYTE
DOCUMENT_LIMIT = 50 * MEGABYTE
DOWNLOAD_LIMIT = 20 * MEGABYTE
_COMMANDS_LIMIT = 100
_LONGEST_COMMAND = 32
_LONGEST_OF_COMMAND = 256
_LONGEST_REMARK = 200
_LONGEST_ABOUT = 120
_LONGEST_DESCRIPTION = 512
_LONGEST_SIDES = 10_000
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


class Methods:
    """Fulfils requests, one method of the same name each (`getUpdates` is the server's own)."""

    def __init__(self, office: Office, pace: Pace) -> None:
        self._office = office
        self._pace = pace
        self.known: dict[str, Callable[[Fields], Any]] = {
            "getMe": lambda _fields: office.me(),
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "sendDocument": self._send_document,
            "sendChatAction": self._send_chat_action,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete,
            "answerCallbackQuery": self._answer_press,
            "getFile": self._get_file,
            "leaveChat": self._leave,
            "getChat": self._get_chat,
            "setMyCommands": self._set_commands,
            "setMyShortDescription": lambda fields: self._describe(fields, "short_description", _LONGEST_ABOUT),
            "setMyDescription": lambda fields: self._describe(fields, "description", _LONGEST_DESCRIPTION),
            "setChatMenuButton": self._set_menu_button,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
        }

    # --- Messages -------------------------------------------------------------------------------------------------

    def _send_message(self, fields: Fields) -> dict[str, Any]:
        chat = self._chat(fields)
        text, entities = texts.message_text(fields.text("text"), fields.text("parse_mode", ""))
        markup = keyboards.checked(fields.structure("reply_markup", dict))
        return self._sent(chat, markup, text=text, **_if(entities=entities))

    def _send_photo(self, fields: Fields) -> dict[str, Any]:
        chat = self._chat(fields)
        file = fields.file("photo")
        words, entities = texts.caption(fields.text("caption", ""), fields.text("parse_mode", ""))
        markup = keyboards.checked(fields.structure("reply_markup", dict))
        if len(file.content) > PHOTO_LIMIT:
            raise bad("file is too big")
        try:
            with Image.open(io.BytesIO(file.content)) as picture:
                width, height = picture.size
        except OSError:
            raise bad("IMAGE_PROCESS_FAILED") from None
        if width + height > _LONGEST_SIDES or max(width, height) > 20 * min(width, height):
            raise bad("PHOTO_INVALID_DIMENSIONS")
        kept = self._office.keep(file.name, "image/jpeg", file.content)
        size = {**_told(kept), "width": width, "height": height}
        return self._sent(chat, markup, photo=[size], **_if(caption=words, caption_entities=entities))

    def _send_document(self, fields: Fields) -> dict[str, Any]:
        chat = self._chat(fields)
        file = fields.file("document")
        words, entities = texts.caption(fields.text("caption", ""), fields.text("parse_mode", ""))
        markup = keyboards.checked(fields.structure("reply_markup", dict))
        if len(file.content) > DOCUMENT_LIMIT:
            raise Refused(413, "Request Entity Too Large")
        kept = self._office.keep(file.name, file.media_type, file.content)
        document = {**_told(kept), "file_name": kept.name, "mime_type": kept.media_type}
        return self._sent(chat, markup, document=document, **_if(caption=words, caption_entities=entities))

    def _send_chat_action(self, fields: Fields) -> bool:
        self._office.open_chat(fields.number("chat_id"))
        fields.text("action")
        return True

    def _edit_text(self, fields: Fields) -> dict[str, Any]:
        chat = self._office.open_chat(fields.number("chat_id"))
        message = self._own(chat, fields, "edit")
        if "text" not in message:
            raise bad("there is no text in the message to edit")
        text, entities = texts.message_text(fields.text("text"), fields.text("parse_mode", ""))
        markup = keyboards.checked(fields.structure("reply_markup", dict))
        if (text, entities, markup) == (
            message["text"],
            message.get("entities", []),
            message.get("reply_markup"),
        ):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                "current content and reply markup of the message"
            )
        changed = {
            **{name: value for name, value in message.items() if name not in ("text", "entities", "reply_markup")},
            "edit_date": message["date"] + 1,
            "text": text,
            **_if(entities=entities, reply_markup=markup),
        }
        chat.messages[message["message_id"]] = changed
        return changed

    def _edit_markup(self, fields: Fields) -> dict[str, Any]:
        chat = self._office.open_chat(fields.number("chat_id"))
        message = self._own(chat, fields, "edit")
        markup = keyboards.checked(fields.structure("reply_markup", dict))
        if markup == message.get("reply_markup"):
            raise bad("message is not modified")
        message.pop("reply_markup", None)
        message.update(_if(reply_markup=markup), edit_date=message["date"] + 1)
        return message

    def _delete(self, fields: Fields) -> bool:
        chat = self._office.open_chat(fields.number("chat_id"))
        message = self._office.message_of(chat, fields.number("message_id"), "delete")
        chat.deleted.add(message["message_id"])
        return True

    def _answer_press(self, fields: Fields) -> bool:
        press = fields.text("callback_query_id")
        if press not in self._office.presses:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        remark = fields.text("text", "")
        if texts.units(remark) > _LONGEST_REMARK:
            raise bad("MESSAGE_TOO_LONG")
        self._office.answered[press] = remark
        return True

    def _chat(self, fields: Fields) -> Chat:
        chat = self._office.open_chat(fields.number("chat_id"))
        self._pace.take(chat.id)
        return chat

    def _own(self, chat: Chat, fields: Fields, called: str) -> dict[str, Any]:
        message = self._office.message_of(chat, fields.number("message_id"), called)
        if not message["from"]["is_bot"]:
            raise bad("message can't be edited")
        return message

    def _sent(self, chat: Chat, markup: dict[str, Any] | None, **what: Any) -> dict[str, Any]:
        shown = markup if markup and "inline_keyboard" in markup else None
        message = self._office.new_message(chat, self._office.bot(), **what, **_if(reply_markup=shown))
        if markup and shown is None:
            chat.keyboards[message["message_id"]] = markup
        return message

    # --- Files and chats ------------------------------------------------------------------------------------------

    def _get_file(self, fields: Fields) -> dict[str, Any]:
        kept = self._office.files.get(fields.text("file_id"))
        if kept is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if kept.size > DOWNLOAD_LIMIT:
            raise bad("file is too big")
        return {**_told(kept), "file_path": f"files/{kept.id}"}

    def _leave(self, fields: Fields) -> bool:
        chat = self._office.open_chat(fields.number("chat_id"))
        if chat.kind == "private":
            raise bad("chat member status can't be changed in private chats")
        chat.left = True
        return True

    def _get_chat(self, fields: Fields) -> dict[str, Any]:
        chat = self._office.open_chat(fields.number("chat_id"))
        return {
            **chat.as_json(),
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(_GIFTS, False),
        }

    # --- How the bot looks, and how it hears ----------------------------------------------------------------------

    def _set_commands(self, fields: Fields) -> bool:
        commands = fields.structure("commands", list)
        if commands is None or len(commands) > _COMMANDS_LIMIT:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            name, words = command.get("command", ""), command.get("description", "")
            if not name.isascii() or not name.replace("_", "").isalnum() or not 1 <= len(name) <= _LONGEST_COMMAND:
                raise bad("BOT_COMMAND_INVALID")
            if name != name.lower() or not 1 <= len(words) <= _LONGEST_OF_COMMAND:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self._office.introduced["commands", self._language(fields)] = commands
        return True

    def _describe(self, fields: Fields, what: str, longest: int) -> bool:
        words = fields.text(what, "")
        if len(words) > longest:
            raise bad(f"{what} is too long")
        self._office.introduced[what, self._language(fields)] = words
        return True

    def _set_menu_button(self, fields: Fields) -> bool:
        button = fields.structure("menu_button", dict)
        if button is not None and button.get("type") not in ("commands", "web_app", "default"):
            raise bad("MENU_BUTTON_TYPE_INVALID")
        self._office.introduced["menu_button", ""] = button
        return True

    def _language(self, fields: Fields) -> str:
        code = fields.text("language_code", "")
        if code and (len(code) != len("kk") or not code.isalpha()):
            raise bad("LANG_CODE_INVALID")
        return code

    def _set_webhook(self, fields: Fields) -> bool:
        address = fields.text("url")
        # A Bot API server of one's own may deliver to this machine without encryption; Telegram's does not.
        if not address.startswith(("https://", "http://127.0.0.1:")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        secret = fields.text("secret_token", "")
        if secret and not (len(secret) <= 256 and secret.replace("_", "").replace("-", "").isalnum()):
            raise bad("secret token contains unallowed characters")
        self._office.webhook, self._office.secret = address, secret
        self._office.allowed = fields.structure("allowed_updates", list)
        self._office.on_update()
        return True

    def _delete_webhook(self, fields: Fields) -> bool:
        self._office.webhook = self._office.secret = ""
        if str(fields.values.get("drop_pending_updates", "")).lower() == "true":
            self._office.waiting.clear()
        return True

    def _webhook_info(self, _fields: Fields) -> dict[str, Any]:
        return {
            "url": self._office.webhook,
            "has_custom_certificate": False,
            "pending_update_count": len(self._office.waiting),
        }


def _told(kept: Kept) -> dict[str, Any]:
    return {"file_id": kept.id, "file_unique_id": f"unique-{kept.id}", "file_size": kept.size}


def _if(**values: Any) -> dict[str, Any]:
    """Those that are there: Telegram leaves out what is empty."""
    return {name: value for name, value in values.items() if value}
