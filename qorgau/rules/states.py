"""The life of one appeal: its states, the verbs that move it, and who may say which verb when.

``MOVES`` is the whole law of movement; everything else here explains it. ``judge`` answers one question ("may this
person do this now, and if not, why?") and ``allowed_verbs`` asks it of every verb, for the card of an appeal.

Nothing is ever closed by a machine alone, except that an answered appeal closes when the time to rate it is over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import GRANTERS, HANDLERS, HEADS, NAMERS, READERS, Role
from qorgau.rules.sentences import N_, Names, Sentence


class State(StrEnum):
    """Where an appeal stands."""

    REGISTERED = "registered"
    """It has its number and a desk; nobody at the desk has taken it yet."""
    IN_WORK = "in_work"
    """The desk that holds it works on it."""
    AWAITING_APPLICANT = "awaiting_applicant"
    """The desk asked the applicant a question; the lawful clock runs on."""
    AWAITING_CLINIC = "awaiting_clinic"
    """The desk asked an organisation for information; the lawful clock runs on."""
    ON_APPROVAL = "on_approval"
    """A draft answer lies before the head of the desk or the deputy."""
    ANSWERED = "answered"
    """The answer was given; the applicant may rate it or go one step higher."""
    CLOSED = "closed"
    """Rated, or the time to rate is over. The next step up stays open as long as the law says."""
    WITHDRAWN = "withdrawn"
    """The applicant took it back, in their own words or by confirming a record of it."""
    REDIRECTED = "redirected"
    """Passed to a body outside this register that is competent for it; the applicant was told."""
    MERGED = "merged"
    """Part of another appeal, the leading one: what is decided there is decided here. Its own clock runs on."""


OPEN = frozenset({State.REGISTERED, State.IN_WORK, State.AWAITING_APPLICANT, State.AWAITING_CLINIC, State.ON_APPROVAL})
"""States in which a desk owes the applicant an answer."""

FOUR_EYES = frozenset({DeskKind.HEALTH_DEPARTMENT, DeskKind.BRANCH, DeskKind.CENTRE})
"""Desks whose answer another person must have approved: levels 2 and 3 of the Fund, and health departments."""

_NOT_STARTED_OR_IN_WORK = frozenset({State.REGISTERED, State.IN_WORK})
_IN_WORK = frozenset({State.IN_WORK})
_WAITING = frozenset({State.AWAITING_APPLICANT, State.AWAITING_CLINIC})
_CARRIED_ON = frozenset({State.IN_WORK, State.AWAITING_APPLICANT, State.ON_APPROVAL})
_ANSWERED = frozenset({State.ANSWERED})
_MERGED = frozenset({State.MERGED})
_BEFORE_APPROVAL = OPEN - {State.ON_APPROVAL}
_TAKEN = OPEN - {State.REGISTERED}
_ANY = frozenset(State)


class Verb(StrEnum):
    """What can be done with an appeal."""

    ACCEPT = "accept"
    ASSIGN = "assign"
    RETURN_BACK = "return_back"
    TAKE_BACK = "take_back"
    """What was offered to another desk and not accepted yet is not offered any longer."""
    PASS_ON = "pass_on"  # noqa: S105 - a hand-over, not a password
    REDIRECT = "redirect"
    REQUEST_INFORMATION = "request_information"
    REPLY_INFORMATION = "reply_information"
    ASK_APPLICANT = "ask_applicant"
    CARRY_ON = "carry_on"
    ADD_MESSAGE = "add_message"
    REPLY = "reply"
    DRAFT = "draft"
    SUBMIT_FOR_APPROVAL = "submit_for_approval"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    ANSWER = "answer"
    PROPOSE_EXTENSION = "propose_extension"
    EXTEND = "extend"
    """The head approves a longer term that was proposed."""
    REFUSE_EXTENSION = "refuse_extension"
    RECORD_WITHDRAWAL = "record_withdrawal"
    CONFIRM_WITHDRAWAL = "confirm_withdrawal"
    WITHDRAW = "withdraw"
    RATE = "rate"
    OPEN_NEXT_STAGE = "open_next_stage"
    CLOSE_UNRATED = "close_unrated"
    NOTE = "note"
    MARK_SENSITIVE = "mark_sensitive"
    """From now on only those who are named read it."""
    MARK_ORDINARY = "mark_ordinary"
    """It is not sensitive (any longer)."""
    SET_DETAILS = "set_details"
    """Labels and own fields; whatever state it is in, since nothing hangs on them."""
    CORRECT = "correct"
    """Its reason, its organisation or its region is put right."""
    TICK = "tick"
    """A step of its checklist is done, or open again."""
    LINK = "link"
    UNLINK = "unlink"
    MERGE = "merge"
    """It becomes part of another appeal."""
    TAKE_IN = "take_in"
    """Another appeal becomes part of it."""
    SEPARATE = "separate"
    """It is no longer part of another appeal."""
    SPLIT = "split"
    GRANT_TEMPORARY = "grant_temporary"
    """The person gets a temporary insured status."""
    REVOKE_TEMPORARY = "revoke_temporary"
    """The temporary status that was granted upon it ends before its time."""
    ISSUE_CODE = "issue_code"
    """The applicant gets a new access code; the one before opens nothing any longer."""


class Standing(StrEnum):
    """What the one who acts is to the appeal. Where two would fit, the first in this list counts."""

    HOLDER = "holder"
    """Their desk holds it."""
    RECEIVER = "receiver"
    """A hand-over to their desk waits to be accepted or returned."""
    ADDRESSEE = "addressee"
    """Their desk was asked for information and has not replied."""
    PARTICIPANT = "participant"
    """Their desk took part before, or watches over the region."""
    CALLED = "called"
    """Their desk takes no part and reads nothing of it; it is the contact centre, which the applicant calls."""
    LEADING = "leading"
    """They act on the appeal that this one is part of."""
    APPLICANT = "applicant"
    """The person who filed it, or their representative."""
    CLOCK = "clock"
    """No person: a time limit passed."""
    NONE = "none"
    """Nothing."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a verdict depends on besides state, role and standing."""

    desk_kind: DeskKind | None = None
    """Kind of the desk that holds the appeal."""
    open_hand_over: bool = False
    """A hand-over waits for another desk."""
    open_request: bool = False
    """An organisation was asked for information and has not replied."""
    has_draft: bool = False
    """There is a draft answer."""
    draft_approved: bool = False
    """The draft, as it now reads, was approved."""
    is_author: bool = False
    """The acting person wrote the draft."""
    withdrawal_recorded: bool = False
    """Staff recorded a withdrawal that the applicant has neither confirmed nor denied."""
    rung_above: bool = False
    """The ladder has a desk above the one that answered."""
    next_stage_opened: bool = False
    """The applicant has gone one step higher with this appeal already."""
    next_stage_expired: bool = False
    """The time to go higher is over."""
    leads_others: bool = False
    """Other appeals are part of it."""
    sensitive: bool = False
    """Only those who were named read the appeal."""
    open_proposal: bool = False
    """A longer term was proposed and waits for the head."""
    is_proposer: bool = False
    """The acting person proposed it."""
    escalated: bool = False
    """It was returned so often that the desk it is offered to now has to take it."""
    has_checklist: bool = False
    """Steps of a checklist belong to it."""
    steps_first: tuple[Names, ...] = ()
    """Steps of the checklist that must be done before the answer and are not."""
    separation_expired: bool = False
    """It has been part of another appeal for longer than a merging can be undone."""
    has_link: bool = False
    """Somebody linked it with another appeal that the acting person may see."""
    about_status: bool = False
    """Its reason is somebody's insured status, or is not known."""
    person_known: bool = False
    """The IIN of the person it is about is known and possible."""
    temporary_until: date | None = None
    """The last day of a temporary status that the person has."""
    next_temporary_from: date | None = None
    """The day from which on another one may be decided upon, while that lies ahead."""
    temporary_in_force: bool = False
    """A temporary status was granted upon this appeal and is not over."""


@dataclass(frozen=True)
class Decision:
    """Whether a verb is allowed now; if not, why; if so, where it leads."""

    allowed: bool
    why: Sentence | None = None
    to_state: State | None = None


Need = Callable[[Facts], Sentence | None]
"""A further condition of a move: None when it is met, otherwise the reason why not."""


@dataclass(frozen=True)
class Move:
    """One permitted move. ``to_state`` None means the state stays; empty ``roles`` means not for staff."""

    verb: Verb
    from_states: frozenset[State]
    to_state: State | None
    roles: frozenset[Role]
    standing: frozenset[Standing]
    needs: tuple[Need, ...] = ()


# What a move may need besides the right person and the right state


def _no_open_hand_over(facts: Facts) -> Sentence | None:
    if facts.open_hand_over:
        return Sentence(N_("The appeal has been handed to another desk, which has not accepted it yet."))
    return None


def _an_offer(facts: Facts) -> Sentence | None:
    return None if facts.open_hand_over else Sentence(N_("The appeal is not offered to another desk."))


def _not_settled_above(facts: Facts) -> Sentence | None:
    if facts.escalated:
        return Sentence(N_("The appeal was returned too often; the desk above settles whose it is."))
    return None


def _not_a_clinics_own_desk(facts: Facts) -> Sentence | None:
    if facts.desk_kind == DeskKind.CLINIC:
        return Sentence(N_("The clinic's own desk holds the appeal and finds the information itself."))
    return None


def _a_proposal(facts: Facts) -> Sentence | None:
    return None if facts.open_proposal else Sentence(N_("Nobody has proposed to extend the term."))


def _no_proposal(facts: Facts) -> Sentence | None:
    if facts.open_proposal:
        return Sentence(N_("A longer term is proposed already and waits for the head of the desk."))
    return None


def _somebody_elses_proposal(facts: Facts) -> Sentence | None:
    if facts.is_proposer:
        return Sentence(N_("You proposed it; another person must decide."))
    return None


def _not_sensitive(facts: Facts) -> Sentence | None:
    if facts.sensitive:
        return Sentence(
            N_("A sensitive appeal is not shown to the clinic it may be about; ask for papers outside the register.")
        )
    return None


def _not_sensitive_already(facts: Facts) -> Sentence | None:
    return Sentence(N_("The appeal is sensitive already.")) if facts.sensitive else None


def _sensitive(facts: Facts) -> Sentence | None:
    return None if facts.sensitive else Sentence(N_("The appeal is not sensitive."))


def _not_escalated(facts: Facts) -> Sentence | None:
    if facts.escalated:
        return Sentence(
            N_("The appeal was returned too often and came to your desk to be settled: accept it; then hand it on.")
        )
    return None


def _no_open_request(facts: Facts) -> Sentence | None:
    if facts.open_request:
        return Sentence(N_("An organisation was asked already and has not replied yet."))
    return None


def _a_draft(facts: Facts) -> Sentence | None:
    return None if facts.has_draft else Sentence(N_("Write a draft of the answer first."))


def _a_checklist(facts: Facts) -> Sentence | None:
    return None if facts.has_checklist else Sentence(N_("No checklist belongs to this appeal."))


def _steps_done_first(facts: Facts) -> Sentence | None:
    if not facts.steps_first:
        return None
    languages = facts.steps_first[0].keys()
    steps = {language: "; ".join(names[language] for names in facts.steps_first) for language in languages}
    return Sentence(N_("The checklist wants this done before the answer: {steps}."), {"steps": steps})


def _somebody_elses_draft(facts: Facts) -> Sentence | None:
    if facts.is_author:
        return Sentence(N_("You wrote this draft; another person must read it."))
    return None


def _approval_where_due(facts: Facts) -> Sentence | None:
    if facts.desk_kind in FOUR_EYES and not facts.draft_approved:
        return Sentence(N_("The answer of this desk must be approved before it is sent."))
    return None


def _a_recorded_withdrawal(facts: Facts) -> Sentence | None:
    return None if facts.withdrawal_recorded else Sentence(N_("No withdrawal is waiting to be confirmed."))


def _no_recorded_withdrawal(facts: Facts) -> Sentence | None:
    if facts.withdrawal_recorded:
        return Sentence(N_("A withdrawal is recorded already and waits for the applicant's confirmation."))
    return None


def _leads_nobody(facts: Facts) -> Sentence | None:
    if facts.leads_others:
        return Sentence(N_("Other appeals are part of this one; it can lead, but not become part of another."))
    return None


def _a_link(facts: Facts) -> Sentence | None:
    return None if facts.has_link else Sentence(N_("This appeal has no link that can be taken off."))


def _separation_in_time(facts: Facts) -> Sentence | None:
    if facts.separation_expired:
        return Sentence(N_("The time to undo the merging is over; it will be answered together with the other appeal."))
    return None


def _a_way_up(facts: Facts) -> Sentence | None:
    if facts.next_stage_opened:
        return Sentence(N_("The next stage has been opened already."))
    if not facts.rung_above:
        return Sentence(N_("The highest desk has answered; the next step is the court."))
    if facts.next_stage_expired:
        return Sentence(N_("The time to go to a higher desk is over; a new appeal can be filed at any time."))
    return None


def _at_a_branch(facts: Facts) -> Sentence | None:
    if facts.desk_kind == DeskKind.BRANCH:
        return None
    return Sentence(N_("A branch of the Fund grants a temporary status; hand the appeal over to the branch."))


def _at_a_desk_of_the_fund(facts: Facts) -> Sentence | None:
    if facts.desk_kind in (DeskKind.BRANCH, DeskKind.CENTRE):
        return None
    return Sentence(N_("A branch of the Fund or its centre revokes a temporary status."))


def _about_a_status(facts: Facts) -> Sentence | None:
    if facts.about_status:
        return None
    return Sentence(N_("The appeal is not about somebody's insured status; split the question off if it is one."))


def _a_known_person(facts: Facts) -> Sentence | None:
    if facts.person_known:
        return None
    return Sentence(N_("The IIN of the person is not known or cannot be right; ask for it first."))


def _time_for_another(facts: Facts) -> Sentence | None:
    if facts.temporary_until is None or facts.next_temporary_from is None:
        return None
    return Sentence(
        N_("The person has a temporary status until {day}. Another one can be decided upon from {next} on."),
        {"day": facts.temporary_until, "next": facts.next_temporary_from},
    )


def _a_status_in_force(facts: Facts) -> Sentence | None:
    if facts.temporary_in_force:
        return None
    return Sentence(N_("No temporary status that was granted upon this appeal is in force."))


_HOLDER = frozenset({Standing.HOLDER})
_RECEIVER = frozenset({Standing.RECEIVER})
_ADDRESSEE = frozenset({Standing.ADDRESSEE})
_APPLICANT = frozenset({Standing.APPLICANT})
_CLOCK = frozenset({Standing.CLOCK})
_LEADING = frozenset({Standing.LEADING})
_INVOLVED = frozenset({Standing.HOLDER, Standing.RECEIVER, Standing.ADDRESSEE, Standing.PARTICIPANT})
# A desk that was only asked for information is the one that the appeal is about, more often than not.
_TAKE_PART = _INVOLVED - {Standing.ADDRESSEE}
_TAKE_PART_OR_ARE_CALLED = _TAKE_PART | {Standing.CALLED}
_NO_STAFF: frozenset[Role] = frozenset()

MOVES: tuple[Move, ...] = (
    Move(Verb.ACCEPT, frozenset({State.REGISTERED}), State.IN_WORK, HANDLERS, _HOLDER),
    Move(Verb.ACCEPT, _NOT_STARTED_OR_IN_WORK, State.IN_WORK, HANDLERS, _RECEIVER),
    Move(Verb.ASSIGN, OPEN, None, HANDLERS, _HOLDER),
    Move(Verb.RETURN_BACK, OPEN, None, HANDLERS, _RECEIVER, (_not_escalated,)),
    Move(Verb.TAKE_BACK, OPEN, None, HANDLERS, _HOLDER, (_an_offer, _not_settled_above)),
    Move(Verb.PASS_ON, _NOT_STARTED_OR_IN_WORK, None, HANDLERS, _HOLDER, (_no_open_hand_over,)),
    Move(Verb.REDIRECT, _NOT_STARTED_OR_IN_WORK, State.REDIRECTED, HANDLERS, _HOLDER),
    Move(
        Verb.REQUEST_INFORMATION,
        _IN_WORK,
        State.AWAITING_CLINIC,
        HANDLERS,
        _HOLDER,
        (_not_sensitive, _not_a_clinics_own_desk, _no_open_request),
    ),
    Move(Verb.REPLY_INFORMATION, frozenset({State.AWAITING_CLINIC}), State.IN_WORK, HANDLERS, _ADDRESSEE),
    # The desk carried on without the reply; a late one is still taken.
    Move(Verb.REPLY_INFORMATION, _CARRIED_ON, None, HANDLERS, _ADDRESSEE),
    Move(Verb.ASK_APPLICANT, _IN_WORK, State.AWAITING_APPLICANT, HANDLERS, _HOLDER),
    Move(Verb.CARRY_ON, _WAITING, State.IN_WORK, HANDLERS, _HOLDER),  # silence must not keep the desk from answering
    Move(Verb.ADD_MESSAGE, OPEN | _ANSWERED | _MERGED, None, _NO_STAFF, _APPLICANT),
    Move(Verb.REPLY, frozenset({State.AWAITING_APPLICANT}), State.IN_WORK, _NO_STAFF, _APPLICANT),
    Move(Verb.DRAFT, _IN_WORK, None, HANDLERS, _HOLDER),
    Move(Verb.SUBMIT_FOR_APPROVAL, _IN_WORK, State.ON_APPROVAL, HANDLERS, _HOLDER, (_a_draft, _steps_done_first)),
    Move(Verb.APPROVE, frozenset({State.ON_APPROVAL}), State.IN_WORK, HEADS, _HOLDER, (_somebody_elses_draft,)),
    Move(Verb.SEND_BACK, frozenset({State.ON_APPROVAL}), State.IN_WORK, HEADS, _HOLDER, (_somebody_elses_draft,)),
    Move(Verb.ANSWER, _IN_WORK, State.ANSWERED, HANDLERS, _HOLDER, (_a_draft, _steps_done_first, _approval_where_due)),
    Move(Verb.PROPOSE_EXTENSION, OPEN, None, HANDLERS, _HOLDER, (_no_proposal,)),
    # АППК Art. 76: the head's or deputy's reasoned decision, and never upon a proposal of their own.
    Move(Verb.EXTEND, OPEN, None, HEADS, _HOLDER, (_a_proposal, _somebody_elses_proposal)),
    Move(Verb.REFUSE_EXTENSION, OPEN, None, HEADS, _HOLDER, (_a_proposal, _somebody_elses_proposal)),
    Move(Verb.RECORD_WITHDRAWAL, OPEN | _MERGED, None, HANDLERS, _HOLDER, (_no_recorded_withdrawal,)),
    Move(Verb.CONFIRM_WITHDRAWAL, OPEN | _MERGED, State.WITHDRAWN, _NO_STAFF, _APPLICANT, (_a_recorded_withdrawal,)),
    Move(Verb.WITHDRAW, OPEN | _MERGED, State.WITHDRAWN, _NO_STAFF, _APPLICANT),
    Move(Verb.RATE, _ANSWERED, State.CLOSED, _NO_STAFF, _APPLICANT),
    Move(Verb.OPEN_NEXT_STAGE, frozenset({State.ANSWERED, State.CLOSED}), None, _NO_STAFF, _APPLICANT, (_a_way_up,)),
    Move(Verb.CLOSE_UNRATED, _ANSWERED, State.CLOSED, _NO_STAFF, _CLOCK),
    Move(Verb.NOTE, _ANY, None, HANDLERS, _INVOLVED),
    Move(Verb.MARK_SENSITIVE, _ANY, None, HANDLERS, _INVOLVED, (_not_sensitive_already,)),
    Move(Verb.MARK_ORDINARY, _ANY, None, NAMERS, _INVOLVED, (_sensitive,)),
    Move(Verb.SET_DETAILS, _ANY, None, HANDLERS, _HOLDER),
    Move(Verb.CORRECT, OPEN, None, HANDLERS, _HOLDER),
    # Whoever approves may find that a step was not done after all.
    Move(Verb.TICK, _TAKEN, None, HANDLERS, _HOLDER, (_a_checklist,)),
    Move(Verb.LINK, _ANY, None, HANDLERS, _HOLDER),
    Move(Verb.UNLINK, _ANY, None, HANDLERS, _HOLDER, (_a_link,)),
    Move(
        Verb.MERGE,
        _NOT_STARTED_OR_IN_WORK,
        State.MERGED,
        HANDLERS,
        _HOLDER,
        (_leads_nobody, _no_open_hand_over, _no_open_request, _no_recorded_withdrawal),
    ),
    # A draft that is being approved was written without knowing of the other one.
    Move(Verb.TAKE_IN, _BEFORE_APPROVAL, None, HANDLERS, _HOLDER, (_no_open_hand_over,)),
    Move(Verb.SEPARATE, _MERGED, State.IN_WORK, HANDLERS, _HOLDER, (_separation_in_time,)),
    Move(Verb.SPLIT, OPEN, None, HANDLERS, _HOLDER),
    Move(
        Verb.GRANT_TEMPORARY,
        _TAKEN,
        None,
        GRANTERS,
        _HOLDER,
        (_at_a_branch, _about_a_status, _a_known_person, _time_for_another),
    ),
    # A document may prove false long after the answer.
    Move(Verb.REVOKE_TEMPORARY, _ANY, None, HEADS, _HOLDER, (_at_a_desk_of_the_fund, _a_status_in_force)),
    # Whoever has lost the code wants to read the answer too, long after the appeal has ended.
    Move(Verb.ISSUE_CODE, _ANY, None, HANDLERS, _TAKE_PART_OR_ARE_CALLED),
    # What is done with the leading appeal is done with those that are part of it.
    Move(Verb.ACCEPT, _MERGED, None, HANDLERS, _LEADING),
    Move(Verb.EXTEND, _MERGED, None, HEADS, _LEADING),
    Move(Verb.REDIRECT, _MERGED, State.REDIRECTED, HANDLERS, _LEADING),
    Move(Verb.ANSWER, _MERGED, State.ANSWERED, HANDLERS, _LEADING),
    # Its applicant withdrew the leading one: nobody else's appeal ends with it.
    Move(Verb.SEPARATE, _MERGED, State.IN_WORK, _NO_STAFF, _LEADING),
)

_MOVES_OF = {verb: [move for move in MOVES if move.verb == verb] for verb in Verb}


def judge(verb: Verb, *, state: State, role: Role | None, standing: Standing, facts: Facts) -> Decision:
    """Whether ``verb`` is allowed now, and if not, why.

    ``role`` is None for the applicant and the clock. The reason given is the first that holds of: wrong person, wrong
    standing, wrong state, a missing condition; so people are not told to wait for what will never be theirs to do.
    """
    moves = [move for move in _MOVES_OF[verb] if _is_for(move, role)]
    if not moves:
        return Decision(False, _why_not_this_role(_MOVES_OF[verb][0], role))
    moves_of_standing = [move for move in moves if standing in move.standing]
    if not moves_of_standing:
        return Decision(False, _why_not_this_standing(moves[0]))
    move = next((move for move in moves_of_standing if state in move.from_states), None)
    if move is None:
        return Decision(False, _why_not_this_state(verb, state))
    for need in move.needs:
        why = need(facts)
        if why is not None:
            return Decision(False, why)
    return Decision(True, None, move.to_state or state)


def allowed_verbs(*, state: State, role: Role | None, standing: Standing, facts: Facts) -> dict[Verb, Decision]:
    """Every verb with its verdict, in the order of :class:`Verb`: what is allowed now, and why the others are not."""
    return {verb: judge(verb, state=state, role=role, standing=standing, facts=facts) for verb in Verb}


def _is_for(move: Move, role: Role | None) -> bool:
    return role in move.roles if role is not None else not move.roles


def _why_not_this_role(move: Move, role: Role | None) -> Sentence:
    if not move.roles:
        return _why_not_this_standing(move)
    if role is None:
        return Sentence(N_("Only the staff of a desk can do this."))
    if role in READERS:
        return Sentence(N_("Your role lets you read appeals, not work on them."))
    if role not in HANDLERS:
        return Sentence(N_("Your role does not include work on appeals."))
    if move.roles == GRANTERS:
        return Sentence(N_("Only specialists and heads of a branch of the Fund grant a temporary status."))
    if move.roles == NAMERS:
        return Sentence(N_("Only the head of the desk, the deputy or an expert of the Fund’s centre can do this."))
    return Sentence(N_("Only the head of the desk or the deputy can do this."))


def _why_not_this_standing(move: Move) -> Sentence:
    if move.standing in (_INVOLVED, _TAKE_PART_OR_ARE_CALLED):
        return Sentence(N_("Only desks that take part in the appeal can do this."))
    return _ONLY_FOR[next(iter(move.standing))]


def _why_not_this_state(verb: Verb, state: State) -> Sentence:
    if state in OPEN and verb in _NOT_YET:
        return _NOT_YET[verb]
    if verb == Verb.ACCEPT and state == State.IN_WORK:
        return Sentence(N_("The appeal is in work already."))
    return _STANDS[state]


_ONLY_FOR = {
    Standing.HOLDER: Sentence(N_("Only the desk that holds the appeal can do this.")),
    Standing.RECEIVER: Sentence(N_("Only the desk that the appeal was handed to can do this.")),
    Standing.ADDRESSEE: Sentence(N_("Only the organisation that was asked for information can do this.")),
    Standing.LEADING: Sentence(N_("This happens by itself with the appeal that this one is part of.")),
    Standing.APPLICANT: Sentence(N_("Only the applicant can do this.")),
    Standing.CLOCK: Sentence(N_("This happens by itself when a time limit passes.")),
}

_NOT_YET = {
    Verb.REPLY_INFORMATION: Sentence(N_("No request for information is waiting for a reply.")),
    Verb.CARRY_ON: Sentence(N_("The appeal is not waiting for anybody's answer.")),
    Verb.REPLY: Sentence(N_("No question is waiting for the applicant's answer.")),
    Verb.APPROVE: Sentence(N_("No draft is waiting for approval.")),
    Verb.SEND_BACK: Sentence(N_("No draft is waiting for approval.")),
    Verb.RATE: Sentence(N_("The appeal has not been answered yet.")),
    Verb.OPEN_NEXT_STAGE: Sentence(N_("The appeal has not been answered yet.")),
    Verb.CLOSE_UNRATED: Sentence(N_("The appeal has not been answered yet.")),
    Verb.SEPARATE: Sentence(N_("The appeal is not part of another one.")),
}

_STANDS = {
    State.REGISTERED: Sentence(N_("The desk must accept the appeal first.")),
    State.IN_WORK: Sentence(N_("The appeal is in work.")),
    State.AWAITING_APPLICANT: Sentence(N_("The appeal is waiting for the applicant's answer.")),
    State.AWAITING_CLINIC: Sentence(N_("The appeal is waiting for the organisation's information.")),
    State.ON_APPROVAL: Sentence(N_("The draft answer is waiting for approval.")),
    State.ANSWERED: Sentence(N_("The appeal has been answered.")),
    State.CLOSED: Sentence(N_("The appeal is closed.")),
    State.WITHDRAWN: Sentence(N_("The applicant has withdrawn the appeal.")),
    State.REDIRECTED: Sentence(N_("The appeal was passed to a body that is competent for it.")),
    State.MERGED: Sentence(N_("The appeal is part of another one, where work on both goes on.")),
}
