"""The conversation: from part to part, back, to the page to check, and there again after a change."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from qorgau.channels.telegram.dialogue.buttons import back_and_menu, to_menu
from qorgau.channels.telegram.dialogue.files import FileCame, Wanted
from qorgau.channels.telegram.dialogue.path import Talk, Turn
from qorgau.channels.telegram.dialogue.state import Place
from qorgau.channels.telegram.dialogue.writing import kind, words
from qorgau.channels.telegram.dialogue.writing.check import CHANGE, CHECK, change_page, check_page
from qorgau.channels.telegram.dialogue.writing.draft import NAME, Draft
from qorgau.channels.telegram.dialogue.writing.order import after, before, may_be_changed, part_named
from qorgau.channels.telegram.dialogue.writing.part import Heard, Part, Question
from qorgau.channels.telegram.dialogue.writing.sending import send, sent_before
from qorgau.directory.reference import current
from qorgau.intake.staging import discard
from qorgau.lib.row_ids import row_id
from qorgau.lib.speech import name_in, say_date
from qorgau.lib.telegram.came import Other, Sent, Text
from qorgau.lib.telegram.says import Button, Message
from qorgau.notices.chat_wording import OPENS

GO_ON, ANEW = "go_on", "anew"
_SILENCE = timedelta(hours=12)
"""Whoever comes back after so long is told where they stood before anything new is taken."""
_SHOWN_OF_THE_TEXT = 300


def begin(talk: Talk) -> Turn:
    """A new appeal; whoever has one half-way is told of it first. A deep link may name the organisation."""
    kept = Draft.at(talk.kept)
    if kept is not None and talk.kept is not None and kept.is_begun:
        return Turn(says=(told_kept(kept),), place=replace(kept, touched_at=talk.now).place(talk.kept.step))
    draft = Draft.fresh(talk.now)
    row = current().organisations.get(row_id(talk.argument) or 0)
    if row is None:
        return _ask(talk, draft, kind.PART)
    draft = draft.saying(organisation_id=str(row.pk), organisation=name_in(row), region=row.region.kato)
    return _ask(talk, draft, kind.PART, remark=_("It is about: %(name)s.") % {"name": name_in(row)})


def hear(talk: Talk) -> Turn | None:
    """An answer to the question that was asked last."""
    draft = Draft.at(talk.place)
    if draft is None:
        return None
    if talk.now - draft.touched_at > _SILENCE:
        remark = _("I have not taken in what you just sent. Press “Go on”, and send it once more.")
        return Turn(says=(told_kept(draft, remark),), place=replace(draft, touched_at=talk.now).place(talk.place.step))
    draft = replace(draft, touched_at=talk.now)
    if getattr(talk.came, "edited", False):
        return _edited(talk, draft)
    part = part_named(talk.place.step)
    if part is None:
        remark = _how_to_add() if isinstance(talk.came, Text | Sent) else _("Please press one of the buttons.")
        return Turn(says=(check_page(talk, draft, remark),), place=draft.place(CHECK))
    heard = part.hear(talk, draft)
    if heard is None:
        return _ask(talk, draft, part, remark=_no_use(talk))
    return _go(talk, part, heard)


def press(talk: Talk, rest: str) -> Turn:
    """A button of this draft, or of one that is no longer there."""
    draft_id, _colon, rest = rest.partition(":")
    name, _colon, value = rest.partition(":")
    draft = Draft.at(talk.place) or Draft.at(talk.kept)
    if draft is None or draft.id != draft_id:
        return _of_another_draft(talk, draft_id)
    here = talk.place if Draft.at(talk.place) else talk.kept
    step = here.step if here else CHECK
    draft = replace(draft, touched_at=talk.now)
    match name:
        case "go_on":
            return _at_step(talk, draft, step)
        case "anew":
            for file in draft.files:
                discard(file.token)
            return _ask(talk, Draft.fresh(talk.now), kind.PART)
        case "change" if not value:
            return Turn(says=(change_page(draft, edits=None),), place=draft.place(CHANGE))
        case "change":
            part = part_named(value)
            return _ask(talk, draft, part) if part in may_be_changed(draft) and part else _at_step(talk, draft, step)
        case "send" if step == CHECK and value == draft.digest:
            return send(talk, draft)
        case "send":
            remark = _("Something was changed after this button was shown. Please check once more.")
            return _check(talk, draft, remark)
    part = part_named(name)
    if part is None:
        return _at_step(talk, draft, step)
    heard = part.press(talk, draft, value)
    if name == step:
        return _go(talk, part, heard)
    # A button further up in the chat, or on another device: its answer counts, and the chat stays where it is.
    told = f"{part.label}: {part.shown(heard.draft) or _('Not given')}." if not heard.stay else ""
    return _at_step(talk, heard.draft, step, told)


def back(talk: Talk) -> Turn:
    """One step back: to the question before, or to the page to check."""
    draft = Draft.at(talk.place)
    part = part_named(talk.place.step)
    if draft is None:
        return Turn(menu=True, keeps=True)
    if part is None:
        last = may_be_asked_last(draft)
        return _check(talk, draft) if talk.place.step == CHANGE else _ask(talk, replace(draft, checked=False), last)
    if draft.checked:
        return _check(talk, draft)
    earlier = before(draft, part)
    return _ask(talk, draft, earlier) if earlier else Turn(menu=True, keeps=True)


def may_be_asked_last(draft: Draft) -> Part:
    """The question that stands before the page to check."""
    part: Part = kind.PART
    while following := after(draft, part):
        part = following
    return part


def file_came(talk: Talk, came: FileCame) -> Turn | None:
    """A file of the draft is here or was refused. None when the draft is gone, and the file with it."""
    draft = Draft.at(talk.kept)
    if draft is None or talk.kept is None or draft.id != came.draft:
        return None
    changed, told = words.with_file(draft, came)
    if changed is None:
        return None
    place = changed.place(talk.kept.step)
    return Turn(says=(Message(text=told, buttons=_rows_of(talk, changed)),) if told else (), place=place)


def is_worth_keeping(place: Place) -> bool:
    """There is something in it that would be a pity to lose."""
    draft = Draft.at(place)
    return draft is not None and draft.is_begun


def told_kept(draft: Draft, remark: str = "") -> Message:
    """What there is of an unfinished appeal, and the choice to go on or to begin anew."""
    lines = []
    if draft.kind:
        lines.append(kind.PART.shown(draft))
    lines += [
        f"{part.label}: {shown}"
        for part in may_be_changed(draft)
        if part not in (kind.PART, words.PART) and (shown := part.shown(draft))
    ]
    if draft.text:
        text = draft.text
        short = text if len(text) <= _SHOWN_OF_THE_TEXT else f"{text[:_SHOWN_OF_THE_TEXT]}…"
        lines.append(f"{words.PART.label}: {short}")
    if draft.files:
        lines.append(f"{_('Files')}: {', '.join(file.name for file in draft.files)}")
    kept = _("I have kept what you said on %(day)s:") % {"day": say_date(timezone.localdate(draft.touched_at))}
    text = "\n\n".join(part for part in (kept, "\n".join(lines), remark) if part)
    buttons = (
        (draft.button(_("Go on ›"), GO_ON),),
        (draft.button(_("Throw it away and begin anew"), ANEW),),
        to_menu(),
    )
    return Message(title=_("You have an unfinished appeal"), text=text, buttons=buttons)


def _go(talk: Talk, part: Part, heard: Heard) -> Turn:
    draft = heard.draft
    wants = tuple(Wanted(path=NAME, draft=draft.id, file=file) for file in heard.wants)
    if heard.stay:
        turn = _ask(talk, draft, part, heard.remark, question=heard.question, turns_page=heard.turns_page)
    else:
        following = None if draft.checked else after(draft, part)
        turn = _ask(talk, draft, following, heard.remark) if following else _check(talk, draft, heard.remark)
    return replace(turn, says=() if heard.silent else (*heard.says, *turn.says), wants=wants)


def _ask(
    talk: Talk,
    draft: Draft,
    part: Part,
    remark: str = "",
    *,
    question: Question | None = None,
    turns_page: bool = False,
) -> Turn:
    asked = question or part.ask(draft)
    text = "\n\n".join(words for words in (remark, asked.text) if words)
    edits = talk.came.message if turns_page else None
    message = Message(title=str(part.label), text=text, buttons=(*asked.buttons, back_and_menu()), edits=edits)
    return Turn(says=(message,), place=draft.place(part.name))


def _check(talk: Talk, draft: Draft, remark: str = "") -> Turn:
    if not draft.kind:
        return _ask(talk, draft, kind.PART, remark)
    if not draft.pieces:
        return _ask(talk, draft, words.PART, remark)
    checked = replace(draft, checked=True)
    return Turn(says=(check_page(talk, checked, remark),), place=checked.place(CHECK))


def _at_step(talk: Talk, draft: Draft, step: str, remark: str = "") -> Turn:
    part = part_named(step)
    return _ask(talk, draft, part, remark) if part else _check(talk, draft, remark)


def _edited(talk: Talk, draft: Draft) -> Turn:
    heard = words.PART.hear(talk, draft)
    remark = heard.remark if heard else words.not_of_the_text()
    return _at_step(talk, heard.draft if heard else draft, talk.place.step, remark)


def _of_another_draft(talk: Talk, draft_id: str) -> Turn:
    if appeal := sent_before(talk.chat, draft_id):
        text = _("This appeal was sent already, as number %(number)s. Nothing was sent twice.") % {
            "number": appeal.number
        }
        buttons = ((Button(_("Follow the appeal"), f"{OPENS}:{appeal.pk}"),), to_menu())
        return Turn(says=(Message(text=text, buttons=buttons),), stays=True)
    text = _("This button belongs to an appeal that is no longer being written. Begin a new one, or go on below.")
    buttons = ((Button(_("Send an appeal"), f"{NAME}:"),), to_menu())
    return Turn(says=(Message(text=text, buttons=buttons),), stays=True)


def _rows_of(talk: Talk, draft: Draft) -> tuple[tuple[Button, ...], ...]:
    """Buttons under a word about a file: where the chat stands in the draft, its question's own."""
    if talk.place.path != NAME:
        return ((Button(_("Send an appeal"), f"{NAME}:"),), to_menu())
    part = part_named(talk.place.step)
    if part is None:
        return ((draft.button(_("Go on ›"), GO_ON),), back_and_menu())
    return (*part.ask(draft).buttons, back_and_menu())


def _how_to_add() -> str:
    return _("I have not added this. To add words or files, press “Change or add something”, then “Text”.")


def _no_use(talk: Talk) -> str:
    if isinstance(talk.came, Other):
        return _("I have no use for this here, and have not kept it.")
    if isinstance(talk.came, Text):
        return _("I did not understand that.")
    return _("Files come in the next steps: where the text is written.")
