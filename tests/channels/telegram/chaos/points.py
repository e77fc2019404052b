"""The points between which a power cut makes a difference, in the order in which an update passes them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """Before or after a call of a function where it is used; ``seldom``: only some conversations pass it, and once."""

    module: str
    function: str
    after: bool = True
    seldom: bool = False


_BOT = "qorgau.channels.telegram.bot"
_TURNS = "qorgau.channels.telegram.turns"
_INBOX = "qorgau.channels.telegram.inbox"
_WANTED = "qorgau.channels.telegram.wanted"
_FETCHING = "qorgau.channels.telegram.fetching"
_SENDING = "qorgau.channels.telegram.dialogue.writing.sending"
_QUEUE = "qorgau.notices.chats.queue"
_PACE = "qorgau.notices.chats.pace"
_WIRE = "qorgau.lib.telegram.wire"
_WEBHOOK = "qorgau.channels.telegram.webhook"
_DELIVER = "qorgau.notices.deliver"

FETCHING = {
    "updates were fetched and not kept": Point(_BOT, "take_in", after=False),
    "updates were kept and not confirmed": Point(_BOT, "take_in"),
}
"""Only where the bot asks for updates."""

DELIVERING = {
    "an update was delivered and not kept": Point(_WEBHOOK, "take_in", after=False),
    "an update is about to be committed": Point(_WEBHOOK, "wake_the_bot"),
    "an update was kept and not acknowledged": Point(_WEBHOOK, "HttpResponse", after=False),
}
"""In the web process, where Telegram delivers updates."""

ANSWERING = {
    "a turn begins": Point(_TURNS, "answer", after=False),
    "the dialogue has answered": Point(_TURNS, "answer"),
    "the place of the chat was written": Point(_TURNS, "_keep"),
    "files were asked for": Point(_WANTED, "want", seldom=True),
    "the answer was put into the queue": Point(_QUEUE, "put"),
    "the update was marked as answered": Point(_INBOX, "answered"),
    "the turn was committed": Point(_BOT, "take_turn"),
    "the appeal is about to be registered": Point(_SENDING, "submit", after=False, seldom=True),
    "the appeal was registered": Point(_SENDING, "submit", seldom=True),
    "the appeal was linked with the chat": Point(_SENDING, "link", seldom=True),
    "the receipt was drawn": Point(_SENDING, "talon_pdf", seldom=True),
    "something was claimed to be said": Point(_QUEUE, "claim"),
    "a moment to say it was taken": Point(_PACE, "reserve"),
    "something is about to be said": Point(_WIRE, "Wire.send", after=False),
    "something was said and not noted": Point(_WIRE, "Wire.send"),
    "something was said and noted": Point(_QUEUE, "said"),
    "a file was claimed to be fetched": Point(_WANTED, "claim", seldom=True),
    "a file is about to be fetched": Point(_WIRE, "Wire.file", after=False, seldom=True),
    "a file came half way": Point(_WIRE, "Wire.file", seldom=True),
    "a file was fetched": Point(_FETCHING, "take", after=False, seldom=True),
    "a file was kept": Point(_FETCHING, "stage", seldom=True),
    "the dialogue is about to hear of a file": Point(_FETCHING, "happened", after=False, seldom=True),
    "the dialogue has heard of a file": Point(_FETCHING, "_end", seldom=True),
}
"""In the bot, whichever way updates come."""

NOTIFYING = {
    "a notice was claimed": Point(_DELIVER, "_Run.deliver", after=False),
    "a notice has its words": Point(_DELIVER, "message_for"),
    "a moment for a notice was taken": Point(_PACE, "reserve"),
    "a notice is about to leave": Point(_WIRE, "Wire.send", after=False),
    "a notice left and was not noted": Point(_WIRE, "Wire.send"),
    "the fate of a notice was noted": Point(_DELIVER, "_write_down"),
    "a notice that was refused is about to go the next way": Point(_DELIVER, "instead", seldom=True),
}
"""In the worker, which lets notices leave."""

POINTS = FETCHING | DELIVERING | ANSWERING | NOTIFYING
