"""Files that people send into a chat: what is taken, how each is called, and what is said of it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qorgau.lib.clean_text import clean_line
from qorgau.lib.telegram.came import Came, FileKind, FileSent, Sent
from qorgau.rules.sentences import N_, Sentence

MEGABYTE = 1_000_000
_TELEGRAMS_OWN = "https://api.telegram.org"
_TELEGRAM_GIVES_BOTS = 20
"""Megabytes; a Bot API server of one's own gives any file."""

_NAMELESS = {
    FileKind.PHOTO: (gettext_lazy("photograph"), "jpg"),
    FileKind.VOICE: (gettext_lazy("voice message"), "ogg"),
    FileKind.AUDIO: (gettext_lazy("recording"), "mp3"),
    FileKind.VIDEO: (gettext_lazy("video"), "mp4"),
    FileKind.VIDEO_NOTE: (gettext_lazy("video message"), "mp4"),
    FileKind.ANIMATION: (gettext_lazy("video"), "mp4"),
    FileKind.DOCUMENT: (gettext_lazy("file"), ""),
}
_RECORDED = (FileKind.VOICE, FileKind.VIDEO_NOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file that is to be fetched for a draft of a path."""

    path: str
    draft: str
    file: FileSent


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCame(Came):
    """A file that was wanted is here, under a token; or ``refused`` says in JSON of a sentence why it cannot be taken.

    ``waiting`` is how many more of this draft are still on their way.
    """

    path: str
    draft: str
    file: FileSent
    token: str = ""
    refused: dict[str, Any] | None = None
    waiting: int = 0


def limit_in_megabytes() -> int:
    """How large a file may be: as on the portal, but no larger than Telegram gives."""
    if settings.TELEGRAM_API == _TELEGRAMS_OWN:
        return min(settings.ATTACHMENT_LIMIT_MB, _TELEGRAM_GIVES_BOTS)
    return int(settings.ATTACHMENT_LIMIT_MB)


def name_of(file: FileSent, number: int) -> str:
    """What it is called: as its sender called it, or by what it is."""
    if file.name:
        return clean_line(file.name)
    words, ending = _NAMELESS[file.kind]
    return f"{words} {number}.{ending}" if ending else f"{words} {number}"


def too_large(file: FileSent, name: str) -> Sentence | None:
    """Why it cannot be taken and what to do, if it is known to be too large."""
    if file.size is None or file.size <= limit_in_megabytes() * MEGABYTE:
        return None
    return told_too_large(name)


def told_too_large(name: str) -> Sentence:
    """Why a file cannot be taken, and what to do."""
    text = N_(
        "“{name}” is larger than {limit} MB and cannot be taken. Send a shorter recording, a smaller picture or the "
        "pages one by one. What you wrote is kept."
    )
    return Sentence(text, {"name": name, "limit": limit_in_megabytes()})


def not_given(name: str) -> Sentence:
    """When Telegram does not give it."""
    return Sentence(N_("Telegram did not give me “{name}”. Please send it once more."), {"name": name})


def too_many() -> str:
    """When there is no room for one more."""
    return _(
        "%(limit)s files can be sent at once, and you have added them. Send the others afterwards, with a message to "
        "your appeal."
    ) % {"limit": settings.ATTACHMENTS_AT_MOST}


def is_coming(sent: Sent) -> str:
    """What becomes of a file, where that is not plain."""
    if sent.file.kind in _RECORDED:
        return _(
            "I keep your recording as a file: staff of the Fund listen to it. I do not turn it into text, so please "
            "also write in a sentence what it is about."
        )
    if sent.album:
        return _("I am taking your files in, one moment.")
    return _("I have added the file that you forwarded.") if sent.forwarded else ""


def on_their_way(count: int) -> str:
    """When somebody wants to send before everything is there."""
    return ngettext(
        "%(num)s file is still on its way from Telegram. Please press the button once more in a moment.",
        "%(num)s files are still on their way from Telegram. Please press the button once more in a moment.",
        count,
    ) % {"num": count}
