"""Everything that was said, laid out to be checked before it is sent; each part can be changed from here."""

from django.utils.translation import gettext as _

from qorgau.channels.telegram.dialogue.buttons import back_and_menu
from qorgau.channels.telegram.dialogue.path import Talk
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.channels.telegram.dialogue.writing.kind import SEND
from qorgau.channels.telegram.dialogue.writing.new_appeal import new_appeal
from qorgau.channels.telegram.dialogue.writing.order import may_be_changed
from qorgau.intake.outlook import outlook
from qorgau.lib.speech import name_in, say, say_date
from qorgau.lib.telegram.says import Message

CHECK, CHANGE, SENDING = "check", "change", "send"


def check_page(talk: Talk, draft: Draft, remark: str = "") -> Message:
    """What stands in the draft, where it will go, when the answer is due, and what is missing for an answer."""
    new = new_appeal(draft, chat=talk.chat, language=talk.language, now=talk.now)
    will_be = outlook(new)
    parts = [remark] if remark else []
    parts += [_lines(draft), _not_given(draft)]
    where = _("It goes to: %(desk)s.") % {"desk": name_in(will_be.desk)}
    due = _("The answer is due on %(day)s at the latest.") % {"day": say_date(will_be.sheet.due_on)}
    happens = _("What happens when you send it")
    parts.append(f"{happens}:\n{where} {say(will_be.because)}\n{due}")
    parts.append(_warning(new.anonymous or new.applicant.is_unknown, bool(new.applicant.phone or new.applicant.email)))
    buttons = (
        (draft.button(str(SEND[draft.as_kind]), SENDING, draft.digest),),
        (draft.button(_("Change or add something"), CHANGE),),
        back_and_menu(),
    )
    parts.append(
        _(
            "We use what you write to look into it and to answer you, as the law obliges us to. Your IIN is kept "
            "encrypted, and only those who work on your appeal see who you are."
        )
    )
    text = "\n\n".join(part for part in parts if part)
    return Message(title=_("Please check what you wrote"), text=text, buttons=buttons)


def change_page(draft: Draft, *, edits: int | None) -> Message:
    """What can be changed or added, a button each."""
    buttons = [draft.button(str(part.label), CHANGE, part.name) for part in may_be_changed(draft)]
    rows = tuple((button,) for button in buttons)
    return Message(text=_("What would you like to change or add?"), buttons=(*rows, back_and_menu()), edits=edits)


def _lines(draft: Draft) -> str:
    lines = [f"{part.label}: {shown}" for part in may_be_changed(draft) if (shown := part.shown(draft))]
    if draft.files:
        lines.append(f"{_('Files')}: {', '.join(file.name for file in draft.files)}")
    return "\n".join(lines)


def _not_given(draft: Draft) -> str:
    missing = [str(part.label) for part in may_be_changed(draft) if not part.shown(draft)]
    return f"{_('Not given')}: {'; '.join(missing)}." if missing else ""


def _warning(unknown: bool, reachable: bool) -> str:
    if unknown:
        return _(
            "You have not said who you are. It will be registered all the same. But by law an appeal without a name "
            "is considered only if it reports a crime or a threat to people."
        )
    if not reachable:
        return _("You have left neither a telephone nor an e-mail. The answer comes into this chat.")
    return ""
