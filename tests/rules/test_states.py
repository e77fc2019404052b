"""Every move, allowed and forbidden, by verb, role, state and standing, against a table written by hand."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import Role
from qorgau.rules.sentences import Sentence
from qorgau.rules.states import OPEN, Decision, Facts, Standing, State, Verb, allowed_verbs, judge

# Columns: the verb, whose it is, by which role, and what becomes of an appeal that is
#   R registered   W in work   A awaiting the applicant   C awaiting the clinic   P on approval
#   N answered     X closed    D withdrawn                E redirected             M merged
# A letter is the state after the verb, = keeps the state, - forbids.
# staff: any of the seven roles that handle appeals; head: approver or clinic manager; nobody: not for staff.
TABLE = """
    verb                 standing     role     R W A C P N X D E M

    accept               holder       staff    W - - - - - - - - -
    accept               receiver     staff    W W - - - - - - - -
    assign               holder       staff    = = = = = - - - - -
    return_back          receiver     staff    = = = = = - - - - -
    take_back            holder       staff    = = = = = - - - - -
    pass_on              holder       staff    = = - - - - - - - -
    redirect             holder       staff    E E - - - - - - - -
    request_information  holder       staff    - C - - - - - - - -
    reply_information    addressee    staff    - = = W = - - - - -
    ask_applicant        holder       staff    - A - - - - - - - -
    carry_on             holder       staff    - - W W - - - - - -
    add_message          applicant    nobody   = = = = = = - - - =
    reply                applicant    nobody   - - W - - - - - - -
    draft                holder       staff    - = - - - - - - - -
    submit_for_approval  holder       staff    - P - - - - - - - -
    approve              holder       head     - - - - W - - - - -
    send_back            holder       head     - - - - W - - - - -
    answer               holder       staff    - N - - - - - - - -
    propose_extension    holder       staff    = = = = = - - - - -
    extend               holder       head     = = = = = - - - - -
    refuse_extension     holder       head     = = = = = - - - - -
    record_withdrawal    holder       staff    = = = = = - - - - =
    confirm_withdrawal   applicant    nobody   D D D D D - - - - D
    withdraw             applicant    nobody   D D D D D - - - - D
    rate                 applicant    nobody   - - - - - X - - - -
    open_next_stage      applicant    nobody   - - - - - = = - - -
    close_unrated        clock        nobody   - - - - - X - - - -
    note                 holder       staff    = = = = = = = = = =
    note                 receiver     staff    = = = = = = = = = =
    note                 addressee    staff    = = = = = = = = = =
    note                 participant  staff    = = = = = = = = = =
    mark_sensitive       holder       staff    = = = = = = = = = =
    mark_sensitive       receiver     staff    = = = = = = = = = =
    mark_sensitive       addressee    staff    = = = = = = = = = =
    mark_sensitive       participant  staff    = = = = = = = = = =
    mark_ordinary        holder       namer    = = = = = = = = = =
    mark_ordinary        receiver     namer    = = = = = = = = = =
    mark_ordinary        addressee    namer    = = = = = = = = = =
    mark_ordinary        participant  namer    = = = = = = = = = =
    set_details          holder       staff    = = = = = = = = = =
    correct              holder       staff    = = = = = - - - - -
    tick                 holder       staff    - = = = = - - - - -
    link                 holder       staff    = = = = = = = = = =
    unlink               holder       staff    = = = = = = = = = =
    merge                holder       staff    M M - - - - - - - -
    take_in              holder       staff    = = = = - - - - - -
    separate             holder       staff    - - - - - - - - - W
    separate             leading      nobody   - - - - - - - - - W
    split                holder       staff    = = = = = - - - - -
    grant_temporary      holder       granter  - = = = = - - - - -
    revoke_temporary     holder       head     = = = = = = = = = =
    issue_code           holder       staff    = = = = = = = = = =
    issue_code           receiver     staff    = = = = = = = = = =
    issue_code           participant  staff    = = = = = = = = = =
    issue_code           called       staff    = = = = = = = = = =
    accept               leading      staff    - - - - - - - - - =
    extend               leading      head     - - - - - - - - - =
    redirect             leading      staff    - - - - - - - - - E
    answer               leading      staff    - - - - - - - - - N
"""

LETTERS = {
    "R": State.REGISTERED,
    "W": State.IN_WORK,
    "A": State.AWAITING_APPLICANT,
    "C": State.AWAITING_CLINIC,
    "P": State.ON_APPROVAL,
    "N": State.ANSWERED,
    "X": State.CLOSED,
    "D": State.WITHDRAWN,
    "E": State.REDIRECTED,
    "M": State.MERGED,
}
HEADS = {"approver", "clinic_manager"}
STAFF = HEADS | {
    "operator",
    "clinic_specialist",
    "health_department_specialist",
    "branch_specialist",
    "central_expert",
}
ROLES = {
    "staff": STAFF,
    "head": HEADS,
    "namer": HEADS | {"central_expert"},
    "granter": {"branch_specialist", "approver"},
    "nobody": {None},
}


def read(table):
    """{(verb, role, state, standing): state after} for everything the table allows."""
    allowed = {}
    header, *rows = [line.split() for line in table.splitlines() if line.strip()]
    columns = header[3:]
    for verb, standing, roles, *cells in rows:
        for letter, cell in zip(columns, cells, strict=True):
            for role in ROLES[roles] if cell != "-" else ():
                after = LETTERS[letter] if cell == "=" else LETTERS[cell]
                allowed[verb, role, LETTERS[letter], standing] = after
    return allowed


EXPECTED = read(TABLE)

NOTHING_IN_THE_WAY = Facts(
    desk_kind=DeskKind.BRANCH,
    has_draft=True,
    draft_approved=True,
    rung_above=True,
    withdrawal_recorded=False,
    has_checklist=True,
    has_link=True,
    about_status=True,
    person_known=True,
    temporary_in_force=True,
)


def favourable(verb):
    return replace(
        NOTHING_IN_THE_WAY,
        withdrawal_recorded=verb == Verb.CONFIRM_WITHDRAWAL,
        sensitive=verb == Verb.MARK_ORDINARY,
        open_hand_over=verb == Verb.TAKE_BACK,
        open_proposal=verb in (Verb.EXTEND, Verb.REFUSE_EXTENSION),
    )


def verdict(verb, state, standing, role=Role.BRANCH_SPECIALIST, **changes):
    return judge(verb, state=state, role=role, standing=standing, facts=replace(favourable(verb), **changes))


def why(*args, **more):
    decision = verdict(*args, **more)
    assert (decision.allowed, decision.to_state) == (False, None)
    return str(decision.why)


def test_the_table_speaks_of_every_verb_and_state():
    assert {verb for verb, *_ in EXPECTED} == set(Verb)
    assert set(LETTERS.values()) == set(State)


@pytest.mark.parametrize("verb", Verb)
def test_every_move_is_allowed_or_forbidden_as_the_table_says(verb):
    for role, state, standing in product([None, *Role], State, Standing):
        decision = judge(verb, state=state, role=role, standing=standing, facts=favourable(verb))
        after = EXPECTED.get((verb, role, state, standing))
        where = f"{verb} by {role} as {standing} when {state}"
        assert decision.allowed == (after is not None), where
        assert decision.to_state == after, where
        assert (decision.why is None) == decision.allowed, where


@pytest.mark.parametrize("verb", Verb)
def test_every_refusal_is_a_whole_sentence(verb):
    for role, state, standing in product([None, *Role], State, Standing):
        decision = judge(verb, state=state, role=role, standing=standing, facts=Facts())
        if not decision.allowed:
            assert str(decision.why).endswith(".")
            assert str(decision.why)[0].isupper()


def test_open_states_are_those_in_which_an_answer_is_owed():
    assert {LETTERS[letter] for letter in "RWACP"} == OPEN


def test_a_machine_alone_only_closes_what_was_answered():
    by_the_clock = {(verb, state) for verb, _, state, standing in EXPECTED if standing == "clock"}
    assert by_the_clock == {("close_unrated", State.ANSWERED)}


def test_nobody_but_the_applicant_takes_an_appeal_back():
    takers = {
        standing
        for (_, _, state, standing), after in EXPECTED.items()
        if after == State.WITHDRAWN and state != State.WITHDRAWN
    }
    assert takers == {"applicant"}


# Who: the reason names whose verb it is


@pytest.mark.parametrize(
    ("verb", "standing", "expected"),
    [
        (Verb.ANSWER, Standing.PARTICIPANT, "Only the desk that holds the appeal can do this."),
        (Verb.RETURN_BACK, Standing.HOLDER, "Only the desk that the appeal was handed to can do this."),
        (Verb.REPLY_INFORMATION, Standing.HOLDER, "Only the organisation that was asked for information can do this."),
        (Verb.WITHDRAW, Standing.HOLDER, "Only the applicant can do this."),
        (Verb.CLOSE_UNRATED, Standing.HOLDER, "This happens by itself when a time limit passes."),
        (Verb.NOTE, Standing.NONE, "Only desks that take part in the appeal can do this."),
    ],
)
def test_the_reason_names_whose_verb_it_is(verb, standing, expected):
    assert why(verb, State.IN_WORK, standing) == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.ANALYST, "Your role lets you read appeals, not work on them."),
        (Role.AUDITOR, "Your role lets you read appeals, not work on them."),
        (Role.ADMINISTRATOR, "Your role does not include work on appeals."),
        (None, "Only the staff of a desk can do this."),
    ],
)
def test_the_reason_names_the_role_that_does_not_handle(role, expected):
    assert why(Verb.ANSWER, State.IN_WORK, Standing.HOLDER, role) == expected


@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.SEND_BACK, Verb.EXTEND])
def test_only_heads_of_desks_approve_and_extend(verb):
    expected = "Only the head of the desk or the deputy can do this."
    assert why(verb, State.ON_APPROVAL, Standing.HOLDER, Role.BRANCH_SPECIALIST) == expected


def test_who_is_said_before_when():
    assert why(Verb.APPROVE, State.CLOSED, Standing.NONE, Role.AUDITOR).startswith("Your role")
    assert why(Verb.APPROVE, State.CLOSED, Standing.NONE, Role.APPROVER).startswith("Only the desk")
    assert why(Verb.APPROVE, State.CLOSED, Standing.HOLDER, Role.APPROVER) == "The appeal is closed."


# When: the reason names what the appeal waits for


@pytest.mark.parametrize(
    ("verb", "state", "expected"),
    [
        (Verb.ANSWER, State.REGISTERED, "The desk must accept the appeal first."),
        (Verb.ANSWER, State.AWAITING_APPLICANT, "The appeal is waiting for the applicant's answer."),
        (Verb.ANSWER, State.AWAITING_CLINIC, "The appeal is waiting for the organisation's information."),
        (Verb.ANSWER, State.ON_APPROVAL, "The draft answer is waiting for approval."),
        (Verb.ANSWER, State.ANSWERED, "The appeal has been answered."),
        (Verb.ANSWER, State.CLOSED, "The appeal is closed."),
        (Verb.ANSWER, State.WITHDRAWN, "The applicant has withdrawn the appeal."),
        (Verb.ANSWER, State.REDIRECTED, "The appeal was passed to a body that is competent for it."),
        (Verb.ACCEPT, State.IN_WORK, "The appeal is in work already."),
        (Verb.CARRY_ON, State.IN_WORK, "The appeal is not waiting for anybody's answer."),
    ],
)
def test_the_holder_is_told_where_the_appeal_stands(verb, state, expected):
    assert why(verb, state, Standing.HOLDER) == expected


@pytest.mark.parametrize(
    ("verb", "state", "expected"),
    [
        (Verb.RATE, State.IN_WORK, "The appeal has not been answered yet."),
        (Verb.OPEN_NEXT_STAGE, State.IN_WORK, "The appeal has not been answered yet."),
        (Verb.REPLY, State.IN_WORK, "No question is waiting for the applicant's answer."),
        (Verb.RATE, State.CLOSED, "The appeal is closed."),
        (Verb.WITHDRAW, State.ANSWERED, "The appeal has been answered."),
    ],
)
def test_the_applicant_is_told_where_the_appeal_stands(verb, state, expected):
    assert why(verb, state, Standing.APPLICANT, None) == expected


def test_an_approver_is_told_that_no_draft_waits():
    assert why(Verb.APPROVE, State.IN_WORK, Standing.HOLDER, Role.APPROVER) == "No draft is waiting for approval."


def test_an_organisation_is_told_that_no_request_waits():
    expected = "No request for information is waiting for a reply."
    assert why(Verb.REPLY_INFORMATION, State.REGISTERED, Standing.ADDRESSEE, Role.CLINIC_SPECIALIST) == expected


# What else must be so


def test_an_appeal_that_leads_others_becomes_no_part_of_another():
    expected = "Other appeals are part of this one; it can lead, but not become part of another."
    assert why(Verb.MERGE, State.IN_WORK, Standing.HOLDER, leads_others=True) == expected
    assert verdict(Verb.TAKE_IN, State.IN_WORK, Standing.HOLDER, leads_others=True).allowed


@pytest.mark.parametrize("facts", [{"open_hand_over": True}, {"open_request": True}, {"withdrawal_recorded": True}])
def test_what_is_under_way_is_ended_before_an_appeal_becomes_part_of_another(facts):
    assert not verdict(Verb.MERGE, State.IN_WORK, Standing.HOLDER, **facts).allowed


def test_a_merging_is_undone_within_its_time_only():
    expected = "The time to undo the merging is over; it will be answered together with the other appeal."
    assert why(Verb.SEPARATE, State.MERGED, Standing.HOLDER, separation_expired=True) == expected
    assert why(Verb.SEPARATE, State.IN_WORK, Standing.HOLDER) == "The appeal is not part of another one."


def test_work_on_a_merged_appeal_goes_on_with_the_leading_one():
    expected = "The appeal is part of another one, where work on both goes on."
    for verb in (Verb.ANSWER, Verb.PASS_ON, Verb.DRAFT, Verb.MERGE, Verb.TAKE_IN, Verb.SPLIT):
        assert why(verb, State.MERGED, Standing.HOLDER) == expected


def test_a_withdrawn_leading_appeal_lets_the_others_go_whenever_that_is():
    decision = verdict(Verb.SEPARATE, State.MERGED, Standing.LEADING, None, separation_expired=True)
    assert decision == Decision(True, None, State.IN_WORK)


def test_a_sensitive_appeal_is_not_shown_to_a_clinic_and_the_card_says_so():
    expected = "A sensitive appeal is not shown to the clinic it may be about; ask for papers outside the register."
    assert why(Verb.REQUEST_INFORMATION, State.IN_WORK, Standing.HOLDER, sensitive=True) == expected


@pytest.mark.parametrize("verb", [Verb.EXTEND, Verb.REFUSE_EXTENSION])
def test_a_longer_term_is_decided_by_somebody_else_than_who_proposed_it(verb):
    head = {"role": Role.APPROVER}
    nobody = "Nobody has proposed to extend the term."
    assert why(verb, State.IN_WORK, Standing.HOLDER, open_proposal=False, **head) == nobody
    own = "You proposed it; another person must decide."
    assert why(verb, State.IN_WORK, Standing.HOLDER, is_proposer=True, **head) == own


def test_one_longer_term_is_proposed_at_a_time():
    expected = "A longer term is proposed already and waits for the head of the desk."
    assert why(Verb.PROPOSE_EXTENSION, State.IN_WORK, Standing.HOLDER, open_proposal=True) == expected


def test_one_organisation_is_asked_at_a_time():
    asked = "An organisation was asked already and has not replied yet."
    assert why(Verb.REQUEST_INFORMATION, State.IN_WORK, Standing.HOLDER, open_request=True) == asked


def test_an_appeal_is_handed_to_one_desk_at_a_time():
    expected = "The appeal has been handed to another desk, which has not accepted it yet."
    assert why(Verb.PASS_ON, State.IN_WORK, Standing.HOLDER, open_hand_over=True) == expected


def test_a_clinics_own_desk_does_not_ask_itself():
    expected = "The clinic's own desk holds the appeal and finds the information itself."
    role = Role.CLINIC_SPECIALIST
    assert why(Verb.REQUEST_INFORMATION, State.IN_WORK, Standing.HOLDER, role, desk_kind=DeskKind.CLINIC) == expected


@pytest.mark.parametrize("verb", [Verb.SUBMIT_FOR_APPROVAL, Verb.ANSWER])
def test_a_draft_is_written_before_it_is_submitted_or_sent(verb):
    expected = "Write a draft of the answer first."
    assert why(verb, State.IN_WORK, Standing.HOLDER, has_draft=False) == expected


@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.SEND_BACK])
def test_the_author_never_judges_the_own_draft(verb):
    expected = "You wrote this draft; another person must read it."
    assert why(verb, State.ON_APPROVAL, Standing.HOLDER, Role.APPROVER, is_author=True) == expected


@pytest.mark.parametrize("desk_kind", [DeskKind.BRANCH, DeskKind.CENTRE])
def test_the_funds_answers_need_approval(desk_kind):
    expected = "The answer of this desk must be approved before it is sent."
    assert why(Verb.ANSWER, State.IN_WORK, Standing.HOLDER, desk_kind=desk_kind, draft_approved=False) == expected


@pytest.mark.parametrize("desk_kind", [DeskKind.CONTACT_CENTRE, DeskKind.CLINIC])
def test_other_desks_answer_without_approval(desk_kind):
    decision = verdict(Verb.ANSWER, State.IN_WORK, Standing.HOLDER, desk_kind=desk_kind, draft_approved=False)
    assert decision == Decision(True, None, State.ANSWERED)


def test_a_withdrawal_is_recorded_once_and_confirmed_only_if_recorded():
    assert why(Verb.RECORD_WITHDRAWAL, State.IN_WORK, Standing.HOLDER, withdrawal_recorded=True) == (
        "A withdrawal is recorded already and waits for the applicant's confirmation."
    )
    assert why(Verb.CONFIRM_WITHDRAWAL, State.IN_WORK, Standing.APPLICANT, None, withdrawal_recorded=False) == (
        "No withdrawal is waiting to be confirmed."
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"next_stage_opened": True}, "The next stage has been opened already."),
        ({"rung_above": False}, "The highest desk has answered; the next step is the court."),
        (
            {"next_stage_expired": True},
            "The time to go to a higher desk is over; a new appeal can be filed at any time.",
        ),
    ],
)
def test_the_way_up_ends_somewhere(facts, expected):
    assert why(Verb.OPEN_NEXT_STAGE, State.CLOSED, Standing.APPLICANT, None, **facts) == expected


def test_an_answer_waits_for_the_steps_that_must_be_done_in_each_language():
    steps = ({"kk": "Қоңырау", "ru": "Позвонить", "en": "Call"}, {"kk": "Жазу", "ru": "Записать", "en": "Note"})
    for verb in (Verb.SUBMIT_FOR_APPROVAL, Verb.ANSWER):
        decision = verdict(verb, State.IN_WORK, Standing.HOLDER, steps_first=steps)
        assert decision.why == Sentence(
            "The checklist wants this done before the answer: {steps}.",
            {"steps": {"kk": "Қоңырау; Жазу", "ru": "Позвонить; Записать", "en": "Call; Note"}},
        )
    # The head may approve it for all that: the sending asks again.
    assert verdict(Verb.APPROVE, State.ON_APPROVAL, Standing.HOLDER, role=Role.APPROVER, steps_first=steps).allowed
    # Appeals that are part of another one are answered with it, whatever their own lists say.
    assert verdict(Verb.ANSWER, State.MERGED, Standing.LEADING, steps_first=steps).allowed


def test_there_is_nothing_to_tick_without_a_checklist():
    assert why(Verb.TICK, State.IN_WORK, Standing.HOLDER, has_checklist=False) == "No checklist belongs to this appeal."


def test_there_is_nothing_to_take_off_without_a_link():
    expected = "This appeal has no link that can be taken off."
    assert why(Verb.UNLINK, State.IN_WORK, Standing.HOLDER, has_link=False) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {"desk_kind": DeskKind.CONTACT_CENTRE},
            "A branch of the Fund grants a temporary status; hand the appeal over to the branch.",
        ),
        (
            {"about_status": False},
            "The appeal is not about somebody's insured status; split the question off if it is one.",
        ),
        ({"person_known": False}, "The IIN of the person is not known or cannot be right; ask for it first."),
        (
            {"temporary_until": date(2026, 12, 28), "next_temporary_from": date(2026, 12, 23)},
            "The person has a temporary status until 28 December 2026. "
            "Another one can be decided upon from 23 December 2026 on.",
        ),
    ],
)
def test_a_temporary_status_is_granted_by_a_branch_to_somebody_known_and_one_at_a_time(facts, expected):
    assert why(Verb.GRANT_TEMPORARY, State.IN_WORK, Standing.HOLDER, **facts) == expected


def test_who_does_not_grant_is_told_who_does():
    expected = "Only specialists and heads of a branch of the Fund grant a temporary status."
    for role in (Role.OPERATOR, Role.CLINIC_SPECIALIST, Role.CLINIC_MANAGER, Role.CENTRAL_EXPERT):
        assert why(Verb.GRANT_TEMPORARY, State.IN_WORK, Standing.HOLDER, role) == expected


def test_the_head_revokes_at_a_desk_of_the_fund_what_is_in_force():
    said = Verb.REVOKE_TEMPORARY, State.CLOSED, Standing.HOLDER
    assert why(*said, Role.BRANCH_SPECIALIST) == "Only the head of the desk or the deputy can do this."
    expected = "No temporary status that was granted upon this appeal is in force."
    assert why(*said, Role.APPROVER, temporary_in_force=False) == expected
    expected = "A branch of the Fund or its centre revokes a temporary status."
    assert why(*said, Role.CLINIC_MANAGER, desk_kind=DeskKind.CLINIC) == expected


def test_the_card_shows_every_verb_with_its_verdict():
    verbs = allowed_verbs(
        state=State.REGISTERED,
        role=Role.OPERATOR,
        standing=Standing.HOLDER,
        facts=Facts(desk_kind=DeskKind.CONTACT_CENTRE),
    )
    assert list(verbs) == list(Verb)
    assert [verb for verb, decision in verbs.items() if decision.allowed] == [
        Verb.ACCEPT,
        Verb.ASSIGN,
        Verb.PASS_ON,
        Verb.REDIRECT,
        Verb.PROPOSE_EXTENSION,
        Verb.RECORD_WITHDRAWAL,
        Verb.NOTE,
        Verb.MARK_SENSITIVE,
        Verb.SET_DETAILS,
        Verb.CORRECT,
        Verb.LINK,
        Verb.MERGE,
        Verb.TAKE_IN,
        Verb.SPLIT,
        Verb.ISSUE_CODE,
    ]
    assert verbs[Verb.ANSWER] == Decision(False, verbs[Verb.DRAFT].why)


def test_only_what_is_offered_and_not_settled_above_is_taken_back():
    said = (Verb.TAKE_BACK, State.IN_WORK, Standing.HOLDER)
    assert why(*said, open_hand_over=False) == "The appeal is not offered to another desk."
    expected = "The appeal was returned too often; the desk above settles whose it is."
    assert why(*said, escalated=True) == expected
