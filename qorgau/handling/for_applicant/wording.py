"""What an applicant reads of an appeal: what its states mean, what happened, decisions and ratings in plain words."""

from django.utils.translation import gettext_lazy as _

from qorgau.rules.states import State, Verb

MEANING = {
    State.REGISTERED: _("The desk has it and has not begun yet."),
    State.IN_WORK: _("The desk is finding out what happened."),
    State.AWAITING_APPLICANT: _("The desk has asked you something and waits for your reply."),
    State.AWAITING_CLINIC: _("The desk has asked the clinic for information and waits for it."),
    State.ON_APPROVAL: _("The answer is written and lies with the head of the desk."),
    State.ANSWERED: _("The answer is below. Please say whether it helped you."),
    State.CLOSED: _("It is finished. The answer stays here for you."),
    State.WITHDRAWN: _("You took it back. You can write a new one at any time."),
    State.REDIRECTED: _("Another body is competent for it and will answer you."),
    State.MERGED: _("The desk is finding out what happened."),
}

EVENTS = {
    "register": _("Your appeal was registered"),
    Verb.ACCEPT: _("The desk took your appeal into work"),
    Verb.PASS_ON: _("Another desk was asked to take your appeal over"),
    Verb.RETURN_BACK: _("It stays with the desk that had it"),
    Verb.TAKE_BACK: _("It stays with the desk that had it"),
    Verb.REDIRECT: _("Your appeal was passed to another body"),
    Verb.REQUEST_INFORMATION: _("The clinic was asked for information"),
    Verb.REPLY_INFORMATION: _("The clinic gave its information"),
    Verb.ASK_APPLICANT: _("You were asked a question"),
    Verb.CARRY_ON: _("The desk goes on with your appeal"),
    Verb.ADD_MESSAGE: _("You added a message"),
    Verb.REPLY: _("You replied"),
    Verb.SUBMIT_FOR_APPROVAL: _("The answer was written and laid before the head of the desk"),
    Verb.APPROVE: _("The answer was approved"),
    Verb.SEND_BACK: _("The head of the desk asked to work on the answer once more"),
    Verb.ANSWER: _("You were answered"),
    Verb.EXTEND: _("The term was extended"),
    "calendar": _("The term follows the calendar of working days"),
    Verb.RECORD_WITHDRAWAL: _("It was written down that you want to withdraw; only you can confirm it"),
    Verb.CONFIRM_WITHDRAWAL: _("You confirmed that you withdraw your appeal"),
    Verb.WITHDRAW: _("You withdrew your appeal"),
    Verb.RATE: _("You rated the answer"),
    Verb.OPEN_NEXT_STAGE: _("You went one step higher"),
    Verb.CLOSE_UNRATED: _("Closed, because the answer was not rated in time"),
    Verb.MERGE: _("Your appeal is answered together with another one about the same matter"),
    Verb.SEPARATE: _("Your appeal is answered on its own again"),
    Verb.SPLIT: _("One of your questions got a number of its own"),
    Verb.GRANT_TEMPORARY: _("A temporary status was granted"),
    Verb.REVOKE_TEMPORARY: _("The temporary status was revoked"),
    Verb.ISSUE_CODE: _("A new code was issued; the old one no longer opens this appeal"),
    "temporary_ends": _("You were told that the temporary status ends soon"),
    "overdue": _("The term passed without an answer"),
    "escalate": _("The head of the desk was told that the term had passed"),
}
"""Steps that the applicant sees. What is not here (drafts, notes, reminders, who works on it) stays inside."""

TAKEN_OVER = _("Another desk took your appeal over")

REASON_IS_SHOWN = frozenset(
    {"register", Verb.REDIRECT, Verb.EXTEND, Verb.REQUEST_INFORMATION, "overdue", "calendar"}
    | {Verb.GRANT_TEMPORARY, Verb.REVOKE_TEMPORARY, "temporary_ends"}
)
"""Steps whose reason was written for the applicant too; reasons of other steps are words between desks."""

DECISIONS = {
    "founded": _("Your appeal is founded"),
    "partly": _("Your appeal is partly founded"),
    "unfounded": _("Your appeal is not founded"),
    "explained": _("Your question is answered"),
    "redirected": _("Your appeal was passed on"),
}

OUTCOMES = {
    "solved": _("Yes, it is solved"),
    "partly": _("Partly"),
    "not_solved": _("No, it is not solved"),
}

JUST_DONE = {
    "message": _("Your message was added. The desk has been told."),
    "rating": _("Thank you. Your rating was written down."),
    "withdrawal": _("Your appeal is withdrawn."),
}
"""What the page says after something was done, by the word that its address then carries."""
