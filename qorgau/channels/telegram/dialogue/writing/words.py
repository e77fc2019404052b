"""What happened, in words, photographs, recordings and files, in as many messages as it takes."""

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qorgau.channels.telegram.dialogue import files
from qorgau.channels.telegram.dialogue.files import FileCame
from qorgau.channels.telegram.dialogue.path import Talk
from qorgau.channels.telegram.dialogue.writing.draft import Draft, DraftFile, Piece
from qorgau.channels.telegram.dialogue.writing.part import Heard, Part, Question, too_long
from qorgau.intake.checks import LONGEST_TEXT
from qorgau.lib.clean_text import clean
from qorgau.lib.speech import say
from qorgau.lib.telegram.came import Sent, Text
from qorgau.lib.telegram.says import Rows
from qorgau.rules.kinds import Kind

NAME = "text"
DONE = "done"
_ONLY_FILES = "files"
_TAKE_OUT = "out"
_WRITE_ANEW = "anew"

_ASKED = {
    Kind.COMPLAINT: gettext_lazy("What happened? Write as you would tell it: one sentence is enough."),
    Kind.REQUEST: gettext_lazy(
        "What do you want to know? One sentence is enough. Please do not write your IIN here: there is no need for it."
    ),
    Kind.PROPOSAL: gettext_lazy(
        "What do you propose? Say what is wrong today, what you would change, and whom it would help."
    ),
    Kind.RESPONSE: gettext_lazy(
        "Whom do you want to thank, and for what? Name the person or the department if you remember them."
    ),
}


def _ask(draft: Draft) -> Question:
    files_too = _(
        "Write in one message or in several. You can add photographs, documents and voice messages. Do not add copies "
        "of identity documents: they are not needed, and the law forbids collecting them."
    )
    if not (draft.pieces or draft.files):
        return Question(f"{_ASKED[draft.as_kind]}\n\n{files_too}")
    write_on = _("Write on, or press “Go on”.")
    return Question(f"{so_far(draft)} {write_on}", _rows(draft))


def _rows(draft: Draft) -> Rows:
    return ((draft.button(_("Go on ›"), NAME, DONE),), *rows_to_change(draft))


def rows_to_change(draft: Draft) -> Rows:
    """Buttons that take something out again."""
    anew = (draft.button(_("Write the text anew"), NAME, _WRITE_ANEW),) if draft.pieces else ()
    out = (draft.button(_("Take out the last file"), NAME, _TAKE_OUT),) if draft.files else ()
    return tuple(row for row in (anew, out) if row)


def so_far(draft: Draft) -> str:
    """How much there is already."""
    said = []
    if draft.pieces:
        count = len(draft.text)
        said.append(
            ngettext("I have %(num)s character of text.", "I have %(num)s characters of text.", count) % {"num": count}
        )
    if draft.files:
        said.append(files_here(len(draft.files)))
    return " ".join(said)


def files_here(count: int) -> str:
    """How many files there are."""
    return ngettext("%(num)s file in all.", "%(num)s files in all.", count) % {"num": count}


def _hear(talk: Talk, draft: Draft) -> Heard | None:
    match talk.came:
        case Text(text=text, edited=edited, message=message, forwarded=forwarded):
            heard = replace_piece(draft, message, text) if edited else _add_piece(draft, message, text)
            if forwarded and not heard.remark:
                return replace(heard, remark=_("I took the message that you forwarded into your text as it is."))
            return heard
        case Sent():
            return _add_file(draft, talk.came)
    return None


def replace_piece(draft: Draft, message: int | None, text: str) -> Heard:
    """The words of a message that was edited, in the place of those it had."""
    if message is None or message not in {piece.message for piece in draft.pieces}:
        return Heard(draft=draft, stay=True, remark=not_of_the_text())
    pieces = tuple(Piece(message, clean(text)) if one.message == message else one for one in draft.pieces)
    changed = replace(draft, pieces=tuple(piece for piece in pieces if piece.text))
    if len(changed.text) > LONGEST_TEXT:
        return Heard(draft=draft, stay=True, remark=too_long(changed.text, LONGEST_TEXT))
    return Heard(draft=changed, stay=True, remark=_("You edited your message, and I changed the text of the appeal."))


def not_of_the_text() -> str:
    """To an edited message that is none of those the text is made of."""
    return _(
        "You edited a message that is not part of the text, so I did not take the change over. To change an answer, "
        "press “Back” until its question comes, or “Change” on the page to check."
    )


def _add_piece(draft: Draft, message: int | None, text: str) -> Heard:
    words = clean(text)
    longer = replace(draft, pieces=(*draft.pieces, Piece(message, words)))
    if len(longer.text) > LONGEST_TEXT:
        too_much = _(
            "With this message the text would have %(length)s characters; %(limit)s fit here. I left the message out. "
            "Shorten it, or send the rest as a file."
        ) % {"length": len(longer.text), "limit": LONGEST_TEXT}
        return Heard(draft=draft, stay=True, remark=too_much)
    return Heard(draft=longer, stay=True)


def _add_file(draft: Draft, sent: Sent) -> Heard:
    if sent.edited:
        return replace_piece(draft, sent.message, sent.text)
    captioned = _add_piece(draft, sent.message, sent.text) if sent.text else Heard(draft=draft, stay=True)
    draft = captioned.draft
    name = files.name_of(sent.file, len(draft.files) + 1)
    if sent.file.id in {file.id for file in draft.files}:
        return replace(captioned, remark=_("This file is there already."))
    if len(draft.files) >= settings.ATTACHMENTS_AT_MOST:
        return replace(captioned, remark=files.too_many())
    if refused := files.too_large(sent.file, name):
        return replace(captioned, remark=say(refused))
    kept = DraftFile.of(sent.file, name, sent.album)
    # Those of an album come one by one; what is said of the first stands for all, until the last is here.
    silent = bool(sent.album) and any(file.album == sent.album for file in draft.files) and not captioned.remark
    draft = replace(draft, files=(*draft.files, kept))
    remark = captioned.remark or files.is_coming(sent)
    return replace(captioned, draft=draft, remark=remark, wants=(kept.sent,), silent=silent)


def with_file(draft: Draft, came: FileCame) -> tuple[Draft | None, str]:
    """The draft with a file that is here, or without one that was refused, and what is to be told; None when the draft
    has no such file (any longer).
    """
    file = next((file for file in draft.files if file.id == came.file.id), None)
    if file is None:
        return None, ""
    if came.refused is not None:
        return replace(draft, files=tuple(one for one in draft.files if one is not file)), say(came.refused)
    taken = replace(file, token=came.token)
    changed = replace(draft, files=tuple(taken if one is file else one for one in draft.files))
    of_album = [one for one in changed.files if file.album and one.album == file.album]
    if came.waiting or len(of_album) < 2 or not all(one.token for one in of_album):
        return changed, ""  # it was told of when it was sent
    return changed, files_here(len(changed.files))


def _press(talk: Talk, draft: Draft, value: str) -> Heard:
    match value:
        case "anew":
            return Heard(draft=replace(draft, pieces=()), stay=True, remark=_("I took the text out. Write it anew."))
        case "out" if draft.files:
            *others, last = draft.files
            remark = _("I took out “%(name)s”.") % {"name": last.name}
            return Heard(draft=replace(draft, files=tuple(others)), stay=True, remark=remark)
        case "files" if draft.files:
            words = _("What it is about is said in the files.")
            return Heard(draft=replace(draft, pieces=(Piece(None, words),)))
    if any(character.isalnum() for character in draft.text):
        return Heard(draft=draft)
    if draft.files:
        text = _(
            "There are files, but no words yet. Please write one sentence: it brings your appeal to the right desk "
            "sooner. If you cannot write, the files alone are taken too."
        )
        only = (draft.button(_("Send the files alone"), NAME, _ONLY_FILES),)
        return Heard(draft=draft, stay=True, question=Question(text, (only,)))
    return Heard(draft=draft, stay=True, remark=_("Write what happened: one sentence is enough."))


def _shown(draft: Draft) -> str:
    return draft.text


PART = Part(name=NAME, label=gettext_lazy("Text"), ask=_ask, hear=_hear, press=_press, shown=_shown)
