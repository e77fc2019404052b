"""The source sentences of notices. What stands in braces is filled where it is known."""

from qorgau.notices.topics import Topic
from qorgau.rules.sentences import N_

_DUE = N_("Due: {due}.")
_CODE = N_("Code: {code}.")
_UNPAID = N_("Unpaid months: {unpaid}.")
_WHAT_TO_DO = N_("What to do, or stop these messages:")

# With an address at its end a text has to fit into two segments of SMS in every language, so every word counts.
SHORT: dict[Topic, tuple[str, ...]] = {
    Topic.RECEIPT: (N_("Appeal {number} is registered."), _CODE, _DUE),
    Topic.ACCEPTED: (N_("Appeal {number} is in work."), _DUE),
    Topic.PASSED_ON: (N_("Appeal {number} went to another desk."), _DUE),
    Topic.REDIRECTED: (N_("Appeal {number} was sent on to another body."),),
    Topic.QUESTION_ASKED: (N_("Appeal {number}: we have a question for you."),),
    Topic.EXTENDED: (N_("Appeal {number}: the term was extended."), _DUE),
    Topic.CALENDAR_MOVED: (N_("Appeal {number}: a working day was moved, so the term ends later."), _DUE),
    Topic.ANSWERED: (N_("Appeal {number} is answered."),),
    Topic.WITHDRAWAL_RECORDED: (N_("Appeal {number}: confirm that you withdraw it."),),
    Topic.WITHDRAWN: (N_("Appeal {number} is withdrawn."),),
    Topic.CLOSED_UNRATED: (N_("Appeal {number} is closed."),),
    Topic.NEXT_STAGE_OPENED: (N_("Next stage, appeal {number}."), _CODE, _DUE),
    Topic.MERGED: (N_("Appeal {number} is answered together with another one."), _DUE),
    Topic.SEPARATED: (N_("Appeal {number} is answered on its own again."), _DUE),
    Topic.SPLIT: (N_("Your second question is appeal {number}."), _CODE, _DUE),
    Topic.NEW_CODE: (N_("New code of appeal {number}: {code}."), N_("Not you? Call 1414.")),
    Topic.TEMPORARY_GRANTED: (N_("Appeal {number}: a temporary status is granted until {due}."),),
    Topic.TEMPORARY_REVOKED: (N_("Appeal {number}: the temporary status was revoked."),),
    Topic.TEMPORARY_ENDS: (N_("Appeal {number}: the temporary status ends on {due}."),),
    Topic.ONE_TIME_CODE: (N_("Code {code}: it shows your insured status, for 10 minutes. Tell it to nobody."),),
    Topic.WARNING_CODE: (
        N_(
            "Code {code}: warnings about health insurance will come here. It works for 10 minutes. Not you? Do nothing."
        ),
    ),
    Topic.INSURANCE_ENDS: (N_("The last day of health insurance is {last_day}."), _UNPAID, _WHAT_TO_DO),
    Topic.INSURANCE_ENDED: (N_("Health insurance ended on {last_day}."), _UNPAID, _WHAT_TO_DO),
    Topic.INSURANCE_BACK: (N_("There is health insurance again."), N_("Details, or stop these messages:")),
}

SUBJECTS: dict[Topic, str] = {
    Topic.RECEIPT: N_("Appeal {number} is registered"),
    Topic.ACCEPTED: N_("Appeal {number} is in work"),
    Topic.PASSED_ON: N_("Appeal {number} went to another desk"),
    Topic.REDIRECTED: N_("Appeal {number} was sent on to another body"),
    Topic.QUESTION_ASKED: N_("Appeal {number}: a question for you"),
    Topic.EXTENDED: N_("Appeal {number}: the term was extended"),
    Topic.CALENDAR_MOVED: N_("Appeal {number}: the term ends later"),
    Topic.ANSWERED: N_("Appeal {number} is answered"),
    Topic.WITHDRAWAL_RECORDED: N_("Appeal {number}: please confirm the withdrawal"),
    Topic.WITHDRAWN: N_("Appeal {number} is withdrawn"),
    Topic.CLOSED_UNRATED: N_("Appeal {number} is closed"),
    Topic.NEXT_STAGE_OPENED: N_("Appeal {number}: the next stage is open"),
    Topic.MERGED: N_("Appeal {number} is answered together with another one"),
    Topic.SEPARATED: N_("Appeal {number} is answered on its own again"),
    Topic.SPLIT: N_("Your second question is appeal {number}"),
    Topic.NEW_CODE: N_("Appeal {number}: a new code"),
    Topic.TEMPORARY_GRANTED: N_("Appeal {number}: a temporary status was granted"),
    Topic.TEMPORARY_REVOKED: N_("Appeal {number}: the temporary status was revoked"),
    Topic.TEMPORARY_ENDS: N_("Appeal {number}: the temporary status ends soon"),
    Topic.REMINDER_DUE: N_("Appeal {number} is due soon"),
    Topic.OVERDUE: N_("Appeal {number} is overdue"),
    Topic.ESCALATED: N_("Appeal {number} needs the head of the desk"),
    Topic.CALENDAR_MOVED_AT_DESK: N_("Appeal {number}: the term ends earlier"),
    Topic.HANDOVER_OFFERED: N_("Appeal {number} is handed over to you"),
    Topic.INFORMATION_REQUESTED: N_("Appeal {number}: information is requested"),
    Topic.TAKEN_BACK: N_("Appeal {number} is no longer offered to you"),
    Topic.RETURNED: N_("Appeal {number} came back to you"),
    Topic.INFORMATION_RECEIVED: N_("Appeal {number}: the information is here"),
    Topic.MESSAGE_RECEIVED: N_("Appeal {number}: the applicant wrote"),
    Topic.WITHDRAWN_AT_DESK: N_("Appeal {number} is withdrawn"),
    Topic.TEMPORARY_ENDS_AT_DESK: N_("Appeal {number}: the temporary status ends soon"),
    Topic.UNHEARD: N_("Appeal {number}: the applicant has not heard"),
    Topic.MENTIONED: N_("Appeal {number}: a note for you"),
    Topic.NOTE_ON_FOLLOWED: N_("Appeal {number}: a new note"),
    Topic.WARNING_CODE: N_("Confirm this address for warnings about health insurance"),
    Topic.INSURANCE_ENDS: N_("The last day of health insurance is {last_day}"),
    Topic.INSURANCE_ENDED: N_("Health insurance has ended"),
    Topic.INSURANCE_BACK: N_("There is health insurance again"),
}

_ANSWER_BY = N_("The answer is due by {due}.")
_KEEP_THE_CODE = N_("The code that opens it is {code}. Keep it and show it to nobody.")
_FOLLOW = N_("Here you can follow it, add to it and read the answer:")
_SEE = N_("See here how it goes on:")
_OPEN = N_("Open it here:")

LETTERS: dict[Topic, tuple[str, ...]] = {
    Topic.RECEIPT: (N_("Your appeal is registered under the number {number}."), _ANSWER_BY, _KEEP_THE_CODE, _FOLLOW),
    Topic.ACCEPTED: (N_("Your appeal {number} is in work."), N_("It is at this desk: {desk}."), _ANSWER_BY, _SEE),
    Topic.PASSED_ON: (
        N_("Your appeal {number} went to another desk."),
        N_("It is at this desk: {desk}."),
        _ANSWER_BY,
        _SEE,
    ),
    Topic.REDIRECTED: (
        N_("Your appeal {number} is outside what we may decide, so it was sent on to the body that may."),
        N_("That body is: {place}."),
        N_("Read the reasons here:"),
    ),
    Topic.QUESTION_ASKED: (
        N_("To answer your appeal {number} we need to know something from you."),
        N_("Read the question and reply here:"),
    ),
    Topic.EXTENDED: (
        N_("More time is needed to establish the facts of your appeal {number}, so the term was extended."),
        _ANSWER_BY,
        N_("Read the reasons here:"),
    ),
    Topic.CALENDAR_MOVED: (
        N_("A working day became a day off, so the term of your appeal {number} ends later."),
        _ANSWER_BY,
        N_("How the term is counted stands here:"),
    ),
    Topic.ANSWERED: (
        N_("The answer to your appeal {number} is ready."),
        N_("Read it here; say whether it solved the matter and, if it did not, take it one step higher:"),
    ),
    Topic.WITHDRAWAL_RECORDED: (
        N_("We were told that you withdraw your appeal {number}. It goes on until you confirm that yourself."),
        N_("Confirm it here, or do nothing if you want an answer:"),
    ),
    Topic.WITHDRAWN: (N_("Your appeal {number} is withdrawn, as you wished, and work on it has ended."), _SEE),
    Topic.CLOSED_UNRATED: (
        N_("The time to rate the answer to your appeal {number} has passed, so the appeal is closed."),
        N_("The answer can still be read here:"),
    ),
    Topic.NEXT_STAGE_OPENED: (
        N_("Your appeal goes one step higher, under the new number {number}."),
        _ANSWER_BY,
        _KEEP_THE_CODE,
        _FOLLOW,
    ),
    Topic.MERGED: (
        N_("Your appeal {number} is about the same matter as another one, so both are answered together."),
        N_("Your number and your code go on working, and the answer comes to you too."),
        _ANSWER_BY,
        _SEE,
    ),
    Topic.SEPARATED: (N_("Your appeal {number} is answered on its own again."), _ANSWER_BY, _SEE),
    Topic.SPLIT: (
        N_("You asked about several things in appeal {of}. One of them has a number of its own now: {number}."),
        _ANSWER_BY,
        _KEEP_THE_CODE,
        _FOLLOW,
    ),
    Topic.NEW_CODE: (
        N_("There is a new code for your appeal {number}, as you asked. The one before opens nothing any longer."),
        _KEEP_THE_CODE,
        N_("If it was not you who asked for it, call 1414."),
        _FOLLOW,
    ),
    Topic.TEMPORARY_GRANTED: (
        N_("Upon your appeal {number} the Fund granted a temporary insured status."),
        N_("Care under health insurance is free until {due}."),
        N_("Meanwhile the data must be corrected; the appeal is still to be answered."),
        _SEE,
    ),
    Topic.TEMPORARY_REVOKED: (
        N_("The temporary insured status that was granted upon your appeal {number} was revoked."),
        N_("Read the reasons here:"),
    ),
    Topic.TEMPORARY_ENDS: (
        N_("The temporary insured status that was granted upon your appeal {number} ends soon."),
        N_("The last day is {due}."),
        N_("Check the status by the IIN: if the data are not corrected yet, write to us before that day."),
        _SEE,
    ),
    Topic.REMINDER_DUE: (N_("Appeal {number} waits at your desk."), N_("It is due by {due}."), _OPEN),
    Topic.OVERDUE: (
        N_("Appeal {number} at your desk is overdue."),
        N_("It was due by {due}."),
        _OPEN,
    ),
    Topic.ESCALATED: (
        N_("Appeal {number} is still overdue; the head of the desk should look at it."),
        N_("It was due by {due}."),
        _OPEN,
    ),
    Topic.CALENDAR_MOVED_AT_DESK: (
        N_("A day off became a working day, so the term of appeal {number} at your desk ends earlier."),
        N_("It is due by {due}."),
        _OPEN,
    ),
    Topic.HANDOVER_OFFERED: (
        N_("Appeal {number} is handed over to your desk."),
        N_("It comes from: {desk}."),
        N_("Accept it, or return it with a reason:"),
    ),
    Topic.INFORMATION_REQUESTED: (
        N_("Information is requested from your desk on appeal {number}."),
        N_("Who asks: {desk}."),
        N_("Reply by {due}."),
        _OPEN,
    ),
    Topic.TAKEN_BACK: (
        N_("The offer of appeal {number} to your desk was taken back: there is nothing for you to do with it."),
        N_("Who had offered it: {desk}."),
        N_("When and why it was taken back:"),
    ),
    Topic.RETURNED: (
        N_("Appeal {number} was returned to your desk with a reason."),
        N_("It comes from: {desk}."),
        _OPEN,
    ),
    Topic.INFORMATION_RECEIVED: (
        N_("The information that you requested on appeal {number} is here."),
        N_("Who replied: {desk}."),
        _OPEN,
    ),
    Topic.MESSAGE_RECEIVED: (N_("The applicant added something to appeal {number}."), _OPEN),
    Topic.MENTIONED: (N_("A colleague names you in a note on appeal {number}."), _OPEN),
    Topic.NOTE_ON_FOLLOWED: (N_("There is a new note on appeal {number}, which you follow."), _OPEN),
    Topic.WITHDRAWN_AT_DESK: (N_("The applicant withdrew appeal {number}. Work on it has ended."), _OPEN),
    Topic.TEMPORARY_ENDS_AT_DESK: (
        N_("The temporary insured status that was granted upon appeal {number} ends soon."),
        N_("The last day is {due}."),
        N_("Look whether the data of the person are corrected by now."),
        _OPEN,
    ),
    Topic.UNHEARD: (
        N_("No message has reached the applicant of appeal {number}: the last way to them has failed."),
        N_("What they have not heard, and how else to tell them:"),
    ),
    Topic.WARNING_CODE: (
        N_(
            "On our site somebody, most likely you, asked that warnings before health insurance ends "
            "come to this address."
        ),
        N_("The code that confirms it is {code}. It works for ten minutes."),
        N_("If it was not you, do nothing: then no warnings come."),
    ),
    Topic.INSURANCE_ENDS: (
        N_("If nothing more is paid, the last day of health insurance is {last_day}."),
        _UNPAID,
        N_(
            "First look which months they are, and pay them before that day. If an employer or the state should pay, "
            "ask them. What each way costs, and from which day it helps, stands here:"
        ),
    ),
    Topic.INSURANCE_ENDED: (
        N_("Health insurance has ended. Its last day was {last_day}."),
        _UNPAID,
        N_("Ambulance, emergency care and the district doctor are free all the same."),
        N_("How to be insured again, and what each way costs, stands here:"),
    ),
    Topic.INSURANCE_BACK: (
        N_("There is health insurance again, and care under it is free."),
        N_("Which months are paid stands here:"),
    ),
}

IN_CHAT: dict[Topic, tuple[str, ...]] = {
    Topic.INSURANCE_ENDS: (
        N_("If nothing more is paid, the last day of health insurance is {last_day}."),
        _UNPAID,
        N_(
            "Look by the button below which months they are, and what each way to pay costs; pay before that day. If "
            "an employer or the state should pay, ask them."
        ),
    ),
    Topic.INSURANCE_ENDED: (
        N_("Health insurance has ended. Its last day was {last_day}."),
        _UNPAID,
        N_("Ambulance, emergency care and the district doctor are free all the same."),
        N_("How to be insured again, and what each way costs, is told by the button below."),
    ),
    Topic.INSURANCE_BACK: (N_("There is health insurance again, and care under it is free."),),
}
"""Warnings as they stand in a chat."""


def in_chat(letter: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences of a letter without those that lead to the address below them: in a chat buttons do that."""
    return tuple(sentence for sentence in letter if not sentence.endswith(":"))
