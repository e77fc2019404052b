"""What a notice can tell of. The words for each are in `notices/wording.py`."""

from enum import StrEnum


class Topic(StrEnum):
    """The name under which an outbox row is written, with the facts its words can use.

    Every fact is optional: words that need a missing one are left out. `due_on` is a date (or its ISO form), `desk`
    and `place` are names in three languages (or one text).
    """

    # To the applicant.
    RECEIPT = "receipt"  # due_on, code_version
    ACCEPTED = "accepted"  # due_on, desk
    PASSED_ON = "passed_on"  # due_on, desk
    REDIRECTED = "redirected"  # place: the body outside that the appeal went to
    QUESTION_ASKED = "question_asked"
    EXTENDED = "extended"  # due_on: the new date
    CALENDAR_MOVED = "calendar_moved"  # due_on: the later date
    ANSWERED = "answered"
    WITHDRAWAL_RECORDED = "withdrawal_recorded"
    WITHDRAWN = "withdrawn"
    CLOSED_UNRATED = "closed_unrated"
    NEXT_STAGE_OPENED = "next_stage_opened"  # due_on, code_version; the number is that of the new appeal
    MERGED = "merged"  # due_on; told to the applicant of the one that became part of another
    SEPARATED = "separated"  # due_on
    SPLIT = "split"  # due_on, code_version, of: number of the first appeal; the number is that of the new appeal
    NEW_CODE = "new_code"  # code_version
    TEMPORARY_GRANTED = "temporary_granted"  # due_on: the last day of the status
    TEMPORARY_REVOKED = "temporary_revoked"
    TEMPORARY_ENDS = "temporary_ends"  # due_on: the last day of the status

    # To a person who waits for it at a screen; about no appeal.
    ONE_TIME_CODE = "one_time_code"  # one_time_code: the row of the code; by SMS only
    WARNING_CODE = "warning_code"  # the same; it confirms the address to which warnings shall go

    # To somebody who asked to be warned before a person loses the insurance (`notices/warnings/`); about no appeal.
    # subscription: its row, last_day, unpaid: how many months, step: which of them it is
    INSURANCE_ENDS = "insurance_ends"
    INSURANCE_ENDED = "insurance_ended"
    INSURANCE_BACK = "insurance_back"

    # To a desk.
    REMINDER_DUE = "reminder_due"  # due_on
    OVERDUE = "overdue"  # due_on
    ESCALATED = "escalated"  # due_on
    CALENDAR_MOVED_AT_DESK = "calendar_moved_at_desk"  # due_on: the earlier date
    HANDOVER_OFFERED = "handover_offered"  # desk: who offers
    INFORMATION_REQUESTED = "information_requested"  # due_on, desk: who asks
    TAKEN_BACK = "taken_back"  # desk: who had offered it
    RETURNED = "returned"  # desk: who returned it
    INFORMATION_RECEIVED = "information_received"  # desk: who replied
    MESSAGE_RECEIVED = "message_received"
    WITHDRAWN_AT_DESK = "withdrawn_at_desk"
    TEMPORARY_ENDS_AT_DESK = "temporary_ends_at_desk"  # due_on: the last day of the status
    UNHEARD = "unheard"

    # To one member of staff.
    MENTIONED = "mentioned"
    NOTE_ON_FOLLOWED = "note_on_followed"


CODES = frozenset({Topic.ONE_TIME_CODE, Topic.WARNING_CODE})
WITH_ACCESS_CODE = frozenset({Topic.RECEIPT, Topic.NEXT_STAGE_OPENED, Topic.SPLIT, Topic.NEW_CODE})
ABOUT_INSURANCE = frozenset({Topic.INSURANCE_ENDS, Topic.INSURANCE_ENDED, Topic.INSURANCE_BACK})
ABOUT_NO_APPEAL = CODES | ABOUT_INSURANCE
FOR_DESKS = frozenset(
    {
        Topic.MENTIONED,
        Topic.NOTE_ON_FOLLOWED,
        Topic.REMINDER_DUE,
        Topic.OVERDUE,
        Topic.ESCALATED,
        Topic.CALENDAR_MOVED_AT_DESK,
        Topic.HANDOVER_OFFERED,
        Topic.INFORMATION_REQUESTED,
        Topic.TAKEN_BACK,
        Topic.RETURNED,
        Topic.INFORMATION_RECEIVED,
        Topic.MESSAGE_RECEIVED,
        Topic.WITHDRAWN_AT_DESK,
        Topic.TEMPORARY_ENDS_AT_DESK,
        Topic.UNHEARD,
    }
)
COURTESIES = frozenset(
    {
        *(Topic.RECEIPT, Topic.ACCEPTED, Topic.PASSED_ON, Topic.CALENDAR_MOVED, Topic.MERGED, Topic.SEPARATED),
        # Whoever asked for it waits, and says that it has not come.
        Topic.NEW_CODE,
    }
)
"""What nobody has to be telephoned for when it did not arrive."""
