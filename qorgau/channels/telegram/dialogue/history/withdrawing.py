"""Taking an appeal back, or confirming a wish to withdraw that somebody else wrote down."""

from django.utils.translation import gettext as _

from qorgau.channels.telegram.dialogue.buttons import to_menu
from qorgau.channels.telegram.dialogue.history.own import NAME, button, own_appeal, own_story
from qorgau.channels.telegram.dialogue.history.shown import shown
from qorgau.channels.telegram.dialogue.path import Talk, Turn
from qorgau.channels.telegram.dialogue.state import Place
from qorgau.handling.for_applicant.story import Story
from qorgau.handling.withdraw import confirm_withdrawal, withdraw
from qorgau.lib.clean_text import clean
from qorgau.lib.speech import say, say_moment
from qorgau.lib.telegram.came import Text
from qorgau.lib.telegram.says import Message
from qorgau.rules.kinds import Channel
from qorgau.rules.states import State

STEP = "withdrawing"
_LONGEST = 5_000


def begin(talk: Talk, pk: str, reason: str = "") -> Turn:
    """Say what withdrawing means; nothing is withdrawn yet."""
    story = own_story(talk, pk)
    if refused := _refused(talk, pk, story):
        return refused
    means = "\n".join(
        [
            _("If you withdraw:"),
            "• " + _("nobody looks into it any more, and you get no answer;"),
            "• " + _("the desk and the clinic are told that you withdrew;"),
            "• " + _("it cannot be undone, but you can write a new appeal at any time."),
        ]
    )
    parts = [_recorded(story), means, _("Nobody may ask you to withdraw in return for care that is due to you anyway.")]
    if reason:
        parts.append(_("Your reason: “%(reason)s”.") % {"reason": reason})
    else:
        parts.append(
            _("If you like, write why. You need not say it. If somebody pressed you, do not withdraw: call 1414.")
        )
    rows = (
        (button(_("Yes, withdraw it"), int(pk), "withdrawn"),),
        (button(_("No, keep it"), int(pk)),),
        to_menu(),
    )
    message = Message(title=_("Withdraw your appeal?"), text="\n\n".join(part for part in parts if part), buttons=rows)
    return Turn(says=(message,), place=Place(NAME, STEP, {"appeal": pk, "reason": reason}))


def hear(talk: Talk) -> Turn | None:
    """The reason; then it is asked once more."""
    if not isinstance(talk.came, Text):
        return None
    return begin(talk, talk.place.facts["appeal"], clean(talk.came.text)[:_LONGEST])


def done(talk: Talk, pk: str) -> Turn:
    """Withdraw, if the question was put last in this chat; a button of long ago puts it anew."""
    if talk.place.step != STEP or talk.place.facts["appeal"] != pk:
        return begin(talk, pk)
    appeal, story = own_appeal(talk, pk), own_story(talk, pk)
    if refused := _refused(talk, pk, story):
        return refused
    reason = str(talk.place.facts["reason"])
    if story.recorded_withdrawal and not reason:
        confirm_withdrawal(appeal, at=talk.now)
    else:
        withdraw(appeal, reason=reason, at=talk.now, channel=Channel.TELEGRAM.value)
    return shown(talk, pk, _("Your appeal is withdrawn."))


def _refused(talk: Talk, pk: str, story: Story) -> Turn | None:
    if story.own_state == State.WITHDRAWN:
        return shown(talk, pk, _("Your appeal is withdrawn."))
    decision = story.may["withdraw"]
    return None if decision.allowed else shown(talk, pk, say(decision.why))


def _recorded(story: Story) -> str:
    if story.recorded_withdrawal is None:
        return ""
    when = say_moment(story.recorded_withdrawal.recorded_at)
    told = _(
        "On %(day)s somebody wrote down that you want to withdraw. If you did not ask for it, go back and do nothing: "
        "your appeal goes on as if nothing had been written."
    ) % {"day": when}
    reason = story.recorded_withdrawal.reason
    return f"{told}\n" + _("The reason that was written down:") + f"\n{reason}" if reason else told
