"""The staff's words for states, verbs, doors, kinds and decisions. The applicant's are elsewhere."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qorgau.handling import draft
from qorgau.rules.kinds import Channel, Kind, Procedure
from qorgau.rules.new_codes import Sign
from qorgau.rules.states import State, Verb

STATES = {
    State.REGISTERED: _("New"),
    State.IN_WORK: _("In work"),
    State.AWAITING_APPLICANT: _("Waiting for the applicant"),
    State.AWAITING_CLINIC: _("Waiting for the organisation"),
    State.ON_APPROVAL: _("On approval"),
    State.ANSWERED: _("Answered"),
    State.CLOSED: _("Closed"),
    State.WITHDRAWN: _("Withdrawn"),
    State.REDIRECTED: _("Redirected"),
    State.MERGED: _("Merged"),
}

KINDS = {
    Kind.APPLICATION: _("Application"),
    Kind.COMPLAINT: _("Complaint"),
    Kind.REQUEST: _("Request for information"),
    Kind.PROPOSAL: _("Proposal"),
    Kind.RESPONSE: _("Response"),
    Kind.MESSAGE: pgettext_lazy("kind of appeal", "Message"),
}

PROCEDURES = {
    Procedure.FULL: _("Full procedure"),
    Procedure.SIMPLIFIED: _("Simplified procedure"),
}

CHANNELS = {
    Channel.PORTAL: _("Portal"),
    Channel.MOBILE: _("Mobile app"),
    Channel.TELEGRAM: _("Telegram"),
    Channel.CALL: _("Call"),
    Channel.CLINIC_DESK: _("At the desk"),
    Channel.QR: _("QR code"),
    Channel.SOCIAL: _("Social network"),
    Channel.EMAIL: _("E-mail"),
    Channel.EGOV: _("eGov"),
    Channel.API: _("Partner system"),
}

DECISIONS = {
    "founded": _("Founded"),
    "partly": _("Partly founded"),
    "unfounded": _("Unfounded"),
    "explained": _("Explained"),
    "redirected": _("Redirected"),
}
DECISIONS_TO_TAKE = {code: DECISIONS[code] for code in draft.DECISIONS}
"""What whoever writes an answer chooses from."""

PREFERRED_CHANNELS = {
    "sms": _("SMS"),
    "email": _("E-mail"),
    "telegram": _("Telegram"),
    "call": _("Telephone call"),
    "post": _("Letter by post"),
    "webpush": _("Notification in the app"),
    "none": _("Nothing, the person looks by the number"),
}

LINKS = {
    "repeat_of": _("Repeats"),
    "duplicate_of": _("Probably the same as"),
    "stage_after": _("Next stage after"),
    "related": _("Related to"),
    "part_of": _("Part of"),
    "split_from": _("Split from"),
}

LINKS_SEEN_FROM_THE_EARLIER = {
    "repeat_of": _("Repeated by"),
    "duplicate_of": _("Probably the same as"),
    "stage_after": _("Next stage"),
    "related": _("Related to"),
    "part_of": _("Has as a part"),
    "split_from": _("Split into"),
}

OUTCOMES = {
    "solved": _("Solved"),
    "partly": _("Partly solved"),
    "not_solved": _("Not solved"),
}

NOTICE_STATES = {
    "waiting": _("Waiting to leave"),
    "sent": _("Sent"),
    "failed": _("Could not be delivered"),
    "undeliverable": _("No way to reach the person"),
    "overtaken": _("No longer so, never sent"),
}

SENT_IN_DOUBT = _("Sent, may have come twice")

VERBS = {
    Verb.ACCEPT: _("Accept"),
    Verb.ASSIGN: _("Assign"),
    Verb.RETURN_BACK: _("Return with a reason"),
    Verb.TAKE_BACK: _("Take the offer back"),
    Verb.PASS_ON: _("Hand over to another desk"),
    Verb.REDIRECT: _("Redirect outside"),
    Verb.REQUEST_INFORMATION: _("Request information"),
    Verb.REPLY_INFORMATION: _("Reply to the request"),
    Verb.ASK_APPLICANT: _("Ask the applicant"),
    Verb.CARRY_ON: _("Carry on without waiting"),
    Verb.DRAFT: _("Write the answer"),
    Verb.SUBMIT_FOR_APPROVAL: _("Submit for approval"),
    Verb.APPROVE: _("Approve"),
    Verb.SEND_BACK: _("Send back to the author"),
    Verb.ANSWER: _("Send the answer"),
    Verb.PROPOSE_EXTENSION: _("Propose to extend the term"),
    Verb.EXTEND: _("Extend the term"),
    Verb.REFUSE_EXTENSION: _("Do not extend the term"),
    Verb.RECORD_WITHDRAWAL: _("Record a withdrawal"),
    Verb.NOTE: _("Write a note"),
    Verb.MARK_SENSITIVE: _("Mark as sensitive"),
    Verb.MARK_ORDINARY: _("Mark as not sensitive"),
    Verb.TICK: _("Tick off steps"),
    Verb.CORRECT: _("Correct the reason or the organisation"),
    Verb.SET_DETAILS: _("Set labels and fields"),
    Verb.LINK: _("Link with another appeal"),
    Verb.UNLINK: _("Take a link off"),
    Verb.MERGE: _("Merge into another appeal"),
    Verb.TAKE_IN: _("Merge another appeal into this one"),
    Verb.SEPARATE: _("Undo the merging"),
    Verb.SPLIT: _("Split a question off"),
    Verb.GRANT_TEMPORARY: _("Grant a temporary status"),
    Verb.REVOKE_TEMPORARY: _("Revoke the temporary status"),
    Verb.ISSUE_CODE: _("Issue a new access code"),
}
"""What staff may do, as the words on buttons; the verbs of the applicant and of the clock are not here."""

PURPOSES_OF_LOOKING = {
    "contact": _("To contact the person"),
    "recognise": _("To make sure who is calling or has come"),
    "records": _("To find the person in medical or payment records"),
    "answer": _("To address the written answer"),
}
"""Why somebody looks at the contacts and the IIN of a person; it stands in the journal."""

SIGNS_OF_THE_APPLICANT = {
    Sign.NAME: _("The name of the applicant"),
    Sign.IIN: _("The last four digits of the IIN"),
    Sign.PHONE: _("The last two digits of the telephone on record"),
    Sign.EMAIL: _("The e-mail address on record"),
    Sign.MATTER: _("What the appeal is about"),
    Sign.WHEN: _("When it was filed, and by which way"),
    Sign.DOCUMENT: _("An identity document was shown"),
}
"""By what somebody is recognised as the applicant of an appeal."""

TERMS = {
    "consideration": _("Lawful term of the answer"),
    "support_service": _("Term of the clinic’s own desk"),
    "consultation": _("Term of the contact centre"),
    "information_request": _("Reply to the request for information"),
    "redirection": _("Redirection"),
    "extension_notice": _("Notice of the extension"),
    "rating": _("Time to rate"),
    "next_stage": _("Time to go one step higher"),
    "public_service": _("Complaint about a public service"),
    "attachment": _("Attachment to a clinic"),
}

NOTICES = {
    "receipt": _("Receipt with the number and the code"),
    "accepted": _("The appeal was taken into work"),
    "passed_on": _("The appeal was handed to another desk"),
    "redirected": _("The appeal was redirected"),
    "question_asked": _("A question to the applicant"),
    "extended": _("The term was extended"),
    "calendar_moved": _("The term follows the calendar of working days"),
    "answered": _("There is an answer"),
    "withdrawal_recorded": _("Please confirm the withdrawal"),
    "withdrawn": _("The appeal was withdrawn"),
    "closed_unrated": _("The appeal was closed"),
    "next_stage_opened": _("The next stage was opened"),
    "merged": _("It is answered together with another one"),
    "separated": _("It is answered on its own again"),
    "split": _("A question got a number and a code of its own"),
    "new_code": _("A new access code"),
    "temporary_granted": _("A temporary status was granted"),
    "temporary_revoked": _("The temporary status was revoked"),
    "temporary_ends": _("The temporary status ends soon"),
}

WAYS = {
    "email": _("E-mail"),
    "sms": _("SMS"),
    "telegram": _("Telegram"),
    "webpush": _("Notification in the app"),
    "": _("no way known"),
}
