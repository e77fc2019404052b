"""Writing to a desk: a message, a reply to its question, or why the answer does not satisfy; in as many messages and
files as it takes, sent as one.
"""

from dataclasses import replace

from django.utils.translation import gettext as _

from qorgau.channels.telegram.dialogue import files
from qorgau.channels.telegram.dialogue.buttons import back_and_menu, to_menu
from qorgau.channels.telegram.dialogue.files import FileCame, Wanted
from qorgau.channels.telegram.dialogue.history.own import NAME, own_appeal, own_story, to_the_appeal
from qorgau.channels.telegram.dialogue.history.shown import shown
from qorgau.channels.telegram.dialogue.path import Talk, Turn
from qorgau.channels.telegram.dialogue.writing import words
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.channels.telegram.dialogue.writing.here import absent_files
from qorgau.channels.telegram.dialogue.writing.new_appeal import delivery_key
from qorgau.channels.telegram.dialogue.writing.part import Heard
from qorgau.channels.telegram.dialogue.writing.sending import hand_out_receipt
from qorgau.directory.reference import current
from qorgau.handling.add_message import add_message
from qorgau.handling.for_applicant.story import Story
from qorgau.handling.open_next_stage import open_next_stage
from qorgau.intake.terms import term_at, term_words
from qorgau.lib.speech import name_in, say, say_date
from qorgau.lib.telegram.came import Other
from qorgau.lib.telegram.says import Message, Rows
from qorgau.register.models import Appeal
from qorgau.register.models import Message as Sent
from qorgau.rules.kinds import Channel, Kind

MESSAGE, NEXT = "message", "next"


def begin_message(talk: Talk, pk: str) -> Turn:
    """Ask for the message, or for the reply to the question that waits."""
    story = own_story(talk, pk)
    decision = story.may["add_message"]
    if not decision.allowed:
        return shown(talk, pk, say(decision.why))
    asked = _("The desk asks you") + f":\n{story.question.text}\n\n" if story.question else ""
    how = _(
        "Write your message: in one piece or in several, with photographs, documents or voice messages if you like. "
        "It is sent when you press the button."
    )
    return _asked(_draft(talk, story, MESSAGE), f"{asked}{how}", _title(story, MESSAGE))


def begin_next_stage(talk: Talk, pk: str) -> Turn:
    """Say to whom the next stage goes and how long it takes, and ask why the answer does not satisfy."""
    story = own_story(talk, pk)
    decision, above = story.may["open_next_stage"], story.rung_above
    if not decision.allowed or above is None:
        return shown(talk, pk, say(decision.why))
    desk = current().desk_of(above, region_id=story.row.region_id, organisation_id=story.row.organisation_id)
    term = term_at(above, Kind.COMPLAINT, talk.now)
    parts = [
        _("It goes to: %(desk)s.") % {"desk": name_in(desk)} if desk else "",
        _(
            "If you send it now, you get an answer by %(day)s at the latest (%(term)s). It will have a number, a "
            "receipt and a code of its own."
        )
        % {"day": say_date(term.due_on), "term": term_words(term.policy)},
        _("What is wrong with the answer?"),
        _("Everything you wrote before goes along; write only what was not answered or not solved."),
    ]
    return _asked(_draft(talk, story, NEXT), "\n\n".join(part for part in parts if part), _title(story, NEXT))


def hear(talk: Talk) -> Turn | None:
    """Words and files of the message that is being written."""
    draft = Draft.at(talk.place, NAME)
    if draft is None:
        return None
    draft = replace(draft, touched_at=talk.now)
    heard = words.PART.hear(talk, draft)
    if heard is None:
        remark = (
            _("I have no use for this here, and have not kept it.")
            if isinstance(talk.came, Other)
            else _("Please write it in words, or send a file.")
        )
        heard = Heard(draft=draft, stay=True, remark=remark)
    turn = _so_far(heard.draft, heard.remark)
    wants = tuple(Wanted(path=NAME, draft=draft.id, file=file) for file in heard.wants)
    return replace(turn, says=() if heard.silent else turn.says, wants=wants)


def press(talk: Talk, draft_id: str, value: str) -> Turn:
    """Send it, or take something out of it."""
    draft = Draft.at(talk.kept, NAME)
    if draft is None or draft.id != draft_id:
        return _sent_or_gone(talk, draft_id)
    if value != words.DONE:
        heard = words.PART.press(talk, draft, value)
        return _so_far(heard.draft, heard.remark)
    draft, absent = absent_files(draft)
    if absent:
        wants = tuple(Wanted(path=NAME, draft=draft.id, file=file.sent) for file in absent)
        return replace(_so_far(draft, files.on_their_way(len(absent))), wants=wants)
    return _send_next_stage(talk, draft) if draft.said["verb"] == NEXT else _send_message(talk, draft)


def back(talk: Talk) -> Turn:
    """To the appeal; what was written is kept."""
    draft = Draft.at(talk.place, NAME)
    return replace(shown(talk, draft.said["appeal"]), keeps=True) if draft else Turn(menu=True)


def file_came(talk: Talk, came: FileCame) -> Turn | None:
    """A file of the message is here or was refused."""
    draft = Draft.at(talk.kept, NAME)
    if draft is None or draft.id != came.draft or talk.kept is None:
        return None
    changed, told = words.with_file(draft, came)
    if changed is None:
        return None
    place = changed.place(talk.kept.step)
    return Turn(says=(Message(text=told, buttons=_rows(changed)),) if told else (), place=place)


def going_on(draft: Draft) -> Turn:
    """Back to what was being written."""
    return _so_far(draft, "")


def _draft(talk: Talk, story: Story, verb: str) -> Draft:
    begun = Draft.at(talk.kept, NAME)
    if begun and begun.said == {"appeal": str(story.row.id), "verb": verb}:
        return begun
    fresh = Draft.fresh(talk.now, NAME)
    return fresh.saying(appeal=str(story.row.id), verb=verb)


def _asked(draft: Draft, text: str, title: str) -> Turn:
    so_far = words.so_far(draft)
    told = f"{text}\n\n{so_far}" if so_far else text
    return Turn(says=(Message(title=title, text=told, buttons=_rows(draft)),), place=draft.place(draft.said["verb"]))


def _so_far(draft: Draft, remark: str) -> Turn:
    hint = _("Write on, or press the button to send it.")
    text = "\n\n".join(part for part in (remark, f"{words.so_far(draft)} {hint}".strip()) if part)
    return Turn(says=(Message(text=text, buttons=_rows(draft)),), place=draft.place(draft.said["verb"]))


def _rows(draft: Draft) -> Rows:
    send = _("Send to the higher desk") if draft.said["verb"] == NEXT else _("Send the message")
    first = ((draft.button(send, words.NAME, words.DONE),),) if draft.pieces or draft.files else ()
    return (*first, *words.rows_to_change(draft), back_and_menu())


def _title(story: Story, verb: str) -> str:
    if verb == NEXT:
        return _("Go one step higher")
    return _("Reply to the question") if story.question else _("Add a message or a file")


def _send_message(talk: Talk, draft: Draft) -> Turn:
    appeal = own_appeal(talk, draft.said["appeal"])
    add_message(
        appeal,
        text=draft.text,
        staged_files=[file.token for file in draft.files],
        delivery_key=delivery_key(talk.chat, draft.id),
        at=talk.now,
    )
    return shown(talk, draft.said["appeal"], _("Your message was added. The desk has been told."))


def _send_next_stage(talk: Talk, draft: Draft) -> Turn:
    appeal = own_appeal(talk, draft.said["appeal"])
    receipt = open_next_stage(
        appeal,
        text=draft.text,
        staged_files=[file.token for file in draft.files],
        delivery_key=delivery_key(talk.chat, draft.id),
        at=talk.now,
        channel=Channel.TELEGRAM,
    )
    return Turn(says=hand_out_receipt(talk, receipt))


def _sent_or_gone(talk: Talk, draft_id: str) -> Turn:
    key = delivery_key(talk.chat, draft_id)
    added = Sent.objects.filter(delivery_key=key).values_list("appeal", flat=True).first()
    opened = Appeal.objects.filter(delivery_key=key).values_list("pk", flat=True).first()
    if pk := added or opened:
        rows = (to_the_appeal(pk), to_menu())
        return Turn(says=(Message(text=_("This was sent already. Nothing was sent twice."), buttons=rows),), stays=True)
    text = _("This button belongs to a message that is no longer being written.")
    return Turn(says=(Message(text=text, buttons=(to_menu(),)),), stays=True)
