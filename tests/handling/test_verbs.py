"""Each verb does what its docstring lists, and says why when it is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from qorgau.handling import clock
from qorgau.handling import open_next_stage as next_stage
from qorgau.handling.accept import accept
from qorgau.handling.add_message import add_message
from qorgau.handling.answer import answer
from qorgau.handling.approve import approve
from qorgau.handling.ask_applicant import ask_applicant
from qorgau.handling.assign import assign
from qorgau.handling.carry_on import carry_on
from qorgau.handling.draft import draft
from qorgau.handling.extend import extend, refuse_extension
from qorgau.handling.note import note
from qorgau.handling.open_next_stage import open_next_stage
from qorgau.handling.pass_on import pass_on, receivers
from qorgau.handling.propose_extension import propose_extension
from qorgau.handling.rate import rate
from qorgau.handling.record_withdrawal import record_withdrawal
from qorgau.handling.redirect import redirect
from qorgau.handling.reply_information import reply_information
from qorgau.handling.request_information import request_information
from qorgau.handling.return_back import return_back
from qorgau.handling.send_back import send_back
from qorgau.handling.submit_for_approval import submit_for_approval
from qorgau.handling.withdraw import confirm_withdrawal, withdraw
from qorgau.notices.chats.linking import appeals_of
from qorgau.notices.chats.linking import link as link_chat
from qorgau.notices.chats.models import Chat
from qorgau.notices.models import Notice
from qorgau.people.models import Staff
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.journal import verify
from qorgau.register.models import (
    Appeal,
    Clock,
    Custody,
    ExtensionProposal,
    Handover,
    InformationRequest,
    JournalLine,
    Link,
    Message,
)
from qorgau.register.scope import appeals_for
from qorgau.register.words import AskedWords
from qorgau.rules.computation_sheet import Sheet
from qorgau.rules.kinds import Channel
from qorgau.rules.problems import NotAllowed, Problem, SameKeyOtherContent
from qorgau.rules.roles import Role
from tests.factories import NOON, World, appeal, name, staff

LATER = NOON + timedelta(hours=2)
NEXT_DAY = NOON + timedelta(days=1)


@pytest.fixture
def clinician(world: World) -> Staff:
    return staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def specialist(world: World) -> Staff:
    return staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def head(world: World) -> Staff:
    return staff(Role.APPROVER, world.branch)


@pytest.fixture
def at_clinic(world: World) -> Appeal:
    return appeal(organisation_id=world.state_clinic.pk)


@pytest.fixture
def in_branch(world: World, specialist: Staff) -> Appeal:
    """Went to the Fund at once and is in work there."""
    one = appeal(organisation_id=world.state_clinic.pk, wish="fund")
    accept(one, staff=specialist, at=LATER)
    return one


def words(draft_of: Appeal, by: Staff, **more: str) -> None:
    draft(
        draft_of,
        staff=by,
        at=LATER,
        **{
            "decision": "founded",
            "text": "Жалоба подтвердилась.",
            "legal_basis": "АППК, ст. 76",
            "how_to_appeal": "В центральный аппарат Фонда.",
            "language": "ru",
            **more,
        },
    )


def topics_of(one: Appeal) -> list[str]:
    return list(Notice.objects.filter(appeal_number=one.number).order_by("pk").values_list("topic", flat=True))


def verbs_of(one: Appeal) -> list[str]:
    return list(JournalLine.objects.filter(appeal=one).order_by("sequence").values_list("verb", flat=True))


def test_accepting_makes_the_person_the_one_who_works_on_it(at_clinic: Appeal, clinician: Staff) -> None:
    accept(at_clinic, staff=clinician, at=LATER)

    assert (at_clinic.state, at_clinic.assignee) == ("in_work", clinician)
    assert Custody.objects.get(appeal=at_clinic).accepted_by == clinician


def test_a_stranger_cannot_accept(world: World, at_clinic: Appeal) -> None:
    stranger = staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk)
    with pytest.raises(NotAllowed, match="Only the desk that holds the appeal can do this"):
        accept(at_clinic, staff=stranger, at=LATER)

    assert verbs_of(at_clinic) == ["register"]


def test_the_giver_holds_it_until_the_receiver_accepts(
    world: World, at_clinic: Appeal, clinician: Staff, specialist: Staff
) -> None:
    accept(at_clinic, staff=clinician, at=LATER)
    pass_on(at_clinic, staff=clinician, to=world.branch, reason="Вопрос оплаты решает Фонд", at=LATER)
    assert at_clinic.holder == world.clinic_desk

    accept(at_clinic, staff=specialist, at=NEXT_DAY)
    assert at_clinic.holder == world.branch
    custodies = Custody.objects.filter(appeal=at_clinic).order_by("since").values_list("desk", "until")
    assert list(custodies) == [(world.clinic_desk.pk, NEXT_DAY), (world.branch.pk, None)]
    assert topics_of(at_clinic) == ["receipt", "passed_on"]


def test_a_hand_over_stops_the_desks_own_term_and_the_lawful_one_runs_on(
    world: World, at_clinic: Appeal, clinician: Staff, specialist: Staff
) -> None:
    pass_on(at_clinic, staff=clinician, to=world.branch, reason="Не наш вопрос", at=LATER)
    accept(at_clinic, staff=specialist, at=NEXT_DAY)

    running = Clock.objects.filter(appeal=at_clinic, stopped_at=None)
    assert [(clock.purpose, clock.due_on) for clock in running] == [("consideration", date(2026, 6, 23))]
    assert at_clinic.due_on == date(2026, 6, 23)


def test_a_return_needs_a_reason_and_leaves_the_holder(
    world: World, at_clinic: Appeal, clinician: Staff, specialist: Staff
) -> None:
    pass_on(at_clinic, staff=clinician, to=world.branch, reason="Пусть решает Фонд", at=LATER)
    with pytest.raises(Problem):
        return_back(at_clinic, staff=specialist, reason="  ", at=NEXT_DAY)
    return_back(at_clinic, staff=specialist, reason="Это вопрос этики, решите на месте", at=NEXT_DAY)

    assert at_clinic.holder == world.clinic_desk
    assert Handover.objects.get(appeal=at_clinic).outcome == "returned"


def test_a_private_clinics_case_never_goes_to_a_health_department(world: World) -> None:
    one = appeal(organisation_id=world.private_clinic.pk)
    person = staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk)

    assert world.health_department not in receivers(one)
    with pytest.raises(Problem, match="state organisations of its region only"):
        pass_on(one, staff=person, to=world.health_department, reason="Туда", at=LATER)


def test_a_state_clinics_case_goes_to_the_health_department_of_its_own_region_only(
    world: World, at_clinic: Appeal, clinician: Staff
) -> None:
    assert world.health_department in receivers(at_clinic)
    with pytest.raises(Problem):
        pass_on(at_clinic, staff=clinician, to=world.other_health_department, reason="Туда", at=LATER)


def test_assigning_is_for_colleagues_of_the_desk(at_clinic: Appeal, clinician: Staff, specialist: Staff) -> None:
    colleague = staff(Role.CLINIC_MANAGER, at_clinic.holder)
    assign(at_clinic, staff=clinician, to=colleague, at=LATER)
    assert at_clinic.assignee == colleague

    with pytest.raises(Problem, match="does not work on appeals at the desk"):
        assign(at_clinic, staff=clinician, to=specialist, at=LATER)


def test_redirecting_ends_the_appeal_here_and_tells_where_it_went(in_branch: Appeal, specialist: Staff) -> None:
    redirect(in_branch, staff=specialist, body="Комитет контроля", reason="Качество лечения", at=LATER)

    assert (in_branch.state, in_branch.closed_at, in_branch.due_on) == ("redirected", LATER, None)
    assert not Clock.objects.filter(appeal=in_branch, stopped_at=None).exists()
    assert JournalLine.objects.get(appeal=in_branch, verb="redirect").after["in_time"] is True
    assert topics_of(in_branch)[-1] == "redirected"


def test_a_redirection_after_three_working_days_is_marked_late(in_branch: Appeal, specialist: Staff) -> None:
    redirect(in_branch, staff=specialist, body="Комитет контроля", reason="Качество", at=NOON + timedelta(days=6))

    assert JournalLine.objects.get(appeal=in_branch, verb="redirect").after["in_time"] is False


def test_a_clinic_replies_to_a_request_on_its_own_clock(
    world: World, in_branch: Appeal, specialist: Staff, clinician: Staff
) -> None:
    request_information(in_branch, staff=specialist, asked=world.clinic_desk, question="Почему отказали?", at=LATER)
    assert in_branch.state == "awaiting_clinic"
    assert in_branch.due_on == date(2026, 6, 23)

    reply_information(in_branch, staff=clinician, reply="Врач был в отпуске.", at=NEXT_DAY)
    assert in_branch.state == "in_work"
    clock = Clock.objects.get(appeal=in_branch, purpose="information_request")
    assert (clock.due_on, clock.stopped_at, clock.days_taken) == (date(2026, 6, 9), NEXT_DAY, 1)


def test_a_sensitive_appeal_is_not_shown_to_the_clinic(world: World, head: Staff) -> None:
    named = staff(Role.BRANCH_SPECIALIST, world.branch, may_read_sensitive=True)
    one = appeal(organisation_id=world.state_clinic.pk, topic="extortion")
    name(one, named)
    accept(one, staff=named, at=LATER)

    with pytest.raises(Problem, match="not shown to the clinic"):
        request_information(one, staff=named, asked=world.clinic_desk, question="Брали?", at=LATER)
    with pytest.raises(Problem, match="never handed to the clinic"):
        pass_on(one, staff=named, to=world.clinic_desk, reason="Пусть ответят", at=LATER)


def test_a_reply_to_our_question_puts_the_ball_into_our_court(in_branch: Appeal, specialist: Staff) -> None:
    ask_applicant(in_branch, staff=specialist, question="Какого числа это было?", at=LATER)
    assert (in_branch.state, in_branch.waiting_since) == ("awaiting_applicant", None)

    add_message(in_branch, text="В понедельник", delivery_key="m", at=NEXT_DAY)
    assert (in_branch.state, in_branch.waiting_since) == ("in_work", NEXT_DAY)
    assert not Message.objects.filter(appeal=in_branch, expects_reply=True).exists()


def test_a_message_sent_twice_is_added_once(in_branch: Appeal) -> None:
    add_message(in_branch, text="Ещё одно", delivery_key="m", at=LATER)
    add_message(Appeal.objects.get(pk=in_branch.pk), text="Ещё одно", delivery_key="m", at=LATER)

    assert Message.objects.filter(appeal=in_branch).count() == 1


def test_words_of_an_applicant_are_added_whatever_staff_did_at_the_same_moment(
    in_branch: Appeal, specialist: Staff
) -> None:
    as_the_person_saw_it = Appeal.objects.get(pk=in_branch.pk)
    note(in_branch, staff=specialist, text="Звоню в клинику.", at=LATER)
    add_message(as_the_person_saw_it, text="Мне перезвонили.", delivery_key="m", at=LATER)

    assert [message.text for message in Message.objects.order_by("pk")] == ["Звоню в клинику.", "Мне перезвонили."]
    assert list(verify(in_branch.number)) == []


def test_silence_does_not_keep_the_desk_from_answering(in_branch: Appeal, specialist: Staff) -> None:
    ask_applicant(in_branch, staff=specialist, question="Когда?", at=LATER)
    carry_on(in_branch, staff=specialist, at=NEXT_DAY)

    assert (in_branch.state, in_branch.waiting_since) == ("in_work", NEXT_DAY)


def test_the_funds_answer_needs_four_eyes(in_branch: Appeal, specialist: Staff, head: Staff) -> None:
    words(in_branch, specialist)
    with pytest.raises(NotAllowed, match="must be approved before it is sent"):
        answer(in_branch, staff=specialist, at=LATER)
    submit_for_approval(in_branch, staff=specialist, at=LATER)
    approve(in_branch, staff=head, at=LATER)
    answer(in_branch, staff=specialist, at=LATER)

    assert (in_branch.state, in_branch.answered_at) == ("answered", LATER)
    assert topics_of(in_branch)[-1] == "answered"


def test_an_answer_is_found_by_its_words_once_it_is_sent(in_branch: Appeal, specialist: Staff, head: Staff) -> None:
    words(in_branch, specialist, text="Заказан новый томограф.")
    submit_for_approval(in_branch, staff=specialist, at=LATER)
    assert not Appeal.objects.filter(AskedWords("томографы").condition).exists()
    approve(in_branch, staff=head, at=LATER, send=True)
    assert Appeal.objects.get(AskedWords("томографы").condition) == in_branch


def test_nobody_approves_their_own_draft(in_branch: Appeal, head: Staff) -> None:
    words(in_branch, head)
    submit_for_approval(in_branch, staff=head, at=LATER)
    with pytest.raises(NotAllowed, match="another person must read it"):
        approve(in_branch, staff=head, at=LATER)


def test_words_changed_after_approval_must_be_approved_again(in_branch: Appeal, specialist: Staff, head: Staff) -> None:
    words(in_branch, specialist)
    submit_for_approval(in_branch, staff=specialist, at=LATER)
    approve(in_branch, staff=head, at=LATER)
    words(in_branch, specialist, text="Жалоба не подтвердилась.")

    with pytest.raises(NotAllowed):
        answer(in_branch, staff=specialist, at=LATER)


@pytest.mark.parametrize("left", ["Срок: {due_date}.", "Срок: {due_day}.", "{Имя}!", "Анализ [опишите факты] готов."])
def test_an_answer_with_an_unfilled_place_does_not_leave(in_branch: Appeal, specialist: Staff, left: str) -> None:
    words(in_branch, specialist, text=left)
    with pytest.raises(Problem, match="A place of the template is not filled in yet"):
        submit_for_approval(in_branch, staff=specialist, at=LATER)

    words(in_branch, specialist, text="Сумма [1] указана в приложении {к письму}.")
    submit_for_approval(in_branch, staff=specialist, at=LATER)


def test_a_draft_sent_back_says_what_must_change(in_branch: Appeal, specialist: Staff, head: Staff) -> None:
    words(in_branch, specialist)
    submit_for_approval(in_branch, staff=specialist, at=LATER)
    send_back(in_branch, staff=head, reason="Нет ссылки на закон", at=LATER)

    in_branch.refresh_from_db()
    assert (in_branch.state, in_branch.answer.sent_back_reason) == ("in_work", "Нет ссылки на закон")

    # Laid before the head again, it is no longer a draft that was sent back; the journal keeps why it was.
    submit_for_approval(in_branch, staff=specialist, at=LATER)
    in_branch.answer.refresh_from_db()
    assert in_branch.answer.sent_back_reason == ""


def test_an_approval_can_send_the_answer_at_once(in_branch: Appeal, specialist: Staff, head: Staff) -> None:
    words(in_branch, specialist)
    submit_for_approval(in_branch, staff=specialist, at=LATER)
    approve(in_branch, staff=head, at=LATER, send=True)

    assert in_branch.state == "answered"


def test_answering_stops_every_clock_with_the_days_taken(at_clinic: Appeal, clinician: Staff) -> None:
    accept(at_clinic, staff=clinician, at=LATER)
    words(at_clinic, clinician)
    answer(at_clinic, staff=clinician, at=NOON + timedelta(days=7))

    taken = dict(Clock.objects.filter(appeal=at_clinic).values_list("purpose", "days_over"))
    assert taken == {"support_service": 1, "consideration": 0}


def test_the_head_extends_what_was_proposed_within_two_months_and_the_applicant_is_told(
    in_branch: Appeal, specialist: Staff, head: Staff
) -> None:
    propose_extension(in_branch, staff=specialist, until=date(2026, 7, 23), reason="Нужна экспертиза", at=NEXT_DAY)
    assert (in_branch.due_on, topics_of(in_branch)[-1]) == (date(2026, 6, 23), "receipt")
    extend(in_branch, staff=head, at=NEXT_DAY)

    assert in_branch.due_on == date(2026, 7, 23)
    assert topics_of(in_branch)[-1] == "extended"
    told = Message.objects.get(appeal=in_branch, direction="to_applicant")
    assert (told.staff, told.at) == (head, NEXT_DAY)
    assert in_branch.number in told.text and "Нужна экспертиза" in told.text
    sheet = Sheet.from_json(Clock.objects.get(appeal=in_branch, purpose="consideration").sheet)
    assert (sheet.due_on, sheet.notice_due_on) == (date(2026, 7, 23), date(2026, 6, 8))
    with pytest.raises(Problem) as refused:
        propose_extension(in_branch, staff=specialist, until=date(2026, 9, 23), reason="Ещё", at=NEXT_DAY)
    assert refused.value.field == "until"


def test_nobody_extends_alone(in_branch: Appeal, specialist: Staff, head: Staff) -> None:
    with pytest.raises(NotAllowed, match="Nobody has proposed"):
        extend(in_branch, staff=head, at=LATER)
    propose_extension(in_branch, staff=head, until=date(2026, 7, 23), reason="Экспертиза", at=LATER)
    with pytest.raises(NotAllowed, match="head of the desk"):
        extend(in_branch, staff=specialist, at=LATER)
    with pytest.raises(NotAllowed, match="another person must decide"):
        extend(in_branch, staff=head, at=LATER)


def test_a_refused_extension_leaves_the_term_and_tells_nobody(
    in_branch: Appeal, specialist: Staff, head: Staff
) -> None:
    propose_extension(in_branch, staff=specialist, until=date(2026, 7, 23), reason="Экспертиза", at=LATER)
    refuse_extension(in_branch, staff=head, reason="Документы уже пришли", at=LATER)

    assert (in_branch.due_on, topics_of(in_branch)) == (date(2026, 6, 23), ["receipt"])
    proposal = ExtensionProposal.objects.get()
    assert (proposal.outcome, proposal.decided_by) == ("refused", head)
    propose_extension(in_branch, staff=specialist, until=date(2026, 7, 1), reason="Ещё раз", at=LATER)


def test_what_was_proposed_lapses_with_the_answer_and_with_the_hand_over(
    world: World, in_branch: Appeal, specialist: Staff
) -> None:
    propose_extension(in_branch, staff=specialist, until=date(2026, 7, 23), reason="Экспертиза", at=LATER)
    pass_on(in_branch, staff=specialist, to=world.centre, reason="Ваш вопрос", at=LATER)
    accept(in_branch, staff=staff(Role.CENTRAL_EXPERT, world.centre), at=LATER)
    assert ExtensionProposal.objects.get().outcome == "lapsed"


def test_staff_cannot_withdraw_for_the_applicant(in_branch: Appeal, specialist: Staff) -> None:
    record_withdrawal(in_branch, staff=specialist, channel="call", reason="Сказал по телефону", at=LATER)
    assert in_branch.state == "in_work"
    assert topics_of(in_branch)[-1] == "withdrawal_recorded"

    confirm_withdrawal(in_branch, at=NEXT_DAY)
    assert (in_branch.state, in_branch.closed_at) == ("withdrawn", NEXT_DAY)
    assert not Custody.objects.filter(appeal=in_branch, until=None).exists()


def test_the_applicant_withdraws_with_their_own_code(in_branch: Appeal) -> None:
    withdraw(in_branch, reason="Решили на месте", at=NEXT_DAY)

    assert in_branch.state == "withdrawn"
    assert in_branch.withdrawal.confirmed_at == NEXT_DAY


def test_a_rating_closes_and_not_solved_opens_the_way_up(world: World, at_clinic: Appeal, clinician: Staff) -> None:
    accept(at_clinic, staff=clinician, at=LATER)
    words(at_clinic, clinician)
    answer(at_clinic, staff=clinician, at=LATER)
    rate(at_clinic, outcome="not_solved", stars=1, words="Отписка", at=NEXT_DAY)
    assert at_clinic.state == "closed"

    receipt = open_next_stage(at_clinic, text="Меня не услышали", delivery_key="n", at=NEXT_DAY)
    higher = Appeal.objects.get(number=receipt.number)
    assert higher.holder == world.health_department
    assert higher.applicant.phone == at_clinic.applicant.phone
    assert Link.objects.get(appeal=higher).earlier == at_clinic


@pytest.mark.parametrize(("door", "receipts"), [(Channel.PORTAL, ["telegram"]), (Channel.TELEGRAM, [])])
def test_the_next_stage_is_told_of_in_the_chat_of_the_first(
    at_clinic: Appeal, clinician: Staff, settings: Any, door: Channel, receipts: list[str]
) -> None:
    settings.TELEGRAM_TOKEN = "4242:token"
    Chat.objects.create(id=77, language="en", begun_at=NOON, heard_at=NOON)
    link_chat(at_clinic.applicant_id, 77, NOON)
    accept(at_clinic, staff=clinician, at=LATER)
    words(at_clinic, clinician)
    answer(at_clinic, staff=clinician, at=LATER)
    assert Notice.objects.get(topic="answered").transport == "telegram"

    receipt = open_next_stage(at_clinic, text="Не согласен", delivery_key="n", at=NEXT_DAY, channel=door)

    assert {one.number for one in appeals_of(77)} == {at_clinic.number, receipt.number}
    told = Notice.objects.filter(appeal_number=receipt.number, topic="receipt")
    assert list(told.values_list("transport", flat=True)) == receipts


def test_the_next_stage_sent_twice_is_one_appeal(at_clinic: Appeal, clinician: Staff) -> None:
    accept(at_clinic, staff=clinician, at=LATER)
    words(at_clinic, clinician)
    answer(at_clinic, staff=clinician, at=LATER)
    first = open_next_stage(at_clinic, text="Не согласен", delivery_key="n", at=NEXT_DAY)
    again = open_next_stage(at_clinic, text="Не согласен", delivery_key="n", at=NEXT_DAY)

    assert (again.number, again.repeated) == (first.number, True)
    with pytest.raises(NotAllowed, match="opened already"):
        open_next_stage(at_clinic, text="Не согласен", delivery_key="other", at=NEXT_DAY)


def test_the_next_stage_sent_twice_at_once_is_one_appeal(
    at_clinic: Appeal, clinician: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(at_clinic, staff=clinician, at=LATER)
    words(at_clinic, clinician)
    answer(at_clinic, staff=clinician, at=LATER)
    slower = Appeal.objects.get(pk=at_clinic.pk)
    first = open_next_stage(at_clinic, text="Не согласен", delivery_key="n", at=NEXT_DAY)
    looked, judged = iter([False, True]), next_stage._came_before
    monkeypatch.setattr(next_stage, "_came_before", lambda *said: next(looked) and judged(*said))
    monkeypatch.setattr(next_stage, "move", _too_late)
    again = open_next_stage(slower, text="Не согласен", delivery_key="n", at=NEXT_DAY)

    assert (again.number, again.repeated) == (first.number, True)


def _too_late(*_said: object, **_more: object) -> None:
    raise SomebodyWasFaster


def test_other_words_under_the_key_of_a_next_stage_are_not_swallowed(at_clinic: Appeal, clinician: Staff) -> None:
    accept(at_clinic, staff=clinician, at=LATER)
    words(at_clinic, clinician)
    answer(at_clinic, staff=clinician, at=LATER)
    open_next_stage(at_clinic, text="Не согласен", delivery_key="n", at=NEXT_DAY)

    with pytest.raises(SameKeyOtherContent, match="sent before with other content"):
        open_next_stage(at_clinic, text="И ещё вот что", delivery_key="n", at=NEXT_DAY)


def test_the_higher_desk_reads_what_was_said_and_answered_before(world: World) -> None:
    one = appeal(organisation_id=world.state_clinic.pk, event_date="прошлой весной", desired_outcome="Принять")
    clinician = staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    accept(one, staff=clinician, at=LATER)
    words(one, clinician)
    answer(one, staff=clinician, at=LATER)
    receipt = open_next_stage(one, text="Не согласен", delivery_key="n", at=NEXT_DAY)

    higher = Appeal.objects.get(number=receipt.number)
    assert (higher.event_date_as_said, higher.desired_outcome) == ("прошлой весной", "Принять")
    department = staff(Role.HEALTH_DEPARTMENT_SPECIALIST, world.health_department)
    assert set(appeals_for(department)) == {one, higher}
    stranger = staff(Role.HEALTH_DEPARTMENT_SPECIALIST, world.other_health_department)
    assert not appeals_for(stranger).exists()


def test_after_three_months_the_way_up_is_closed_and_a_new_appeal_is_offered(
    at_clinic: Appeal, clinician: Staff
) -> None:
    accept(at_clinic, staff=clinician, at=LATER)
    words(at_clinic, clinician)
    answer(at_clinic, staff=clinician, at=LATER)

    with pytest.raises(NotAllowed, match="a new appeal can be filed at any time"):
        open_next_stage(at_clinic, text="Поздно", delivery_key="n", at=NOON + timedelta(days=100))


def test_a_note_sent_twice_is_written_once(at_clinic: Appeal, clinician: Staff) -> None:
    note(at_clinic, staff=clinician, text="Звонил, не ответили", at=LATER)
    note(at_clinic, staff=clinician, text="Звонил, не ответили", at=LATER + timedelta(seconds=30))
    note(at_clinic, staff=clinician, text="Звонил, не ответили", at=NEXT_DAY)

    assert list(Message.objects.order_by("at").values_list("at", flat=True)) == [LATER, NEXT_DAY]


def test_whoever_saw_an_older_version_writes_nothing(at_clinic: Appeal, clinician: Staff) -> None:
    seen = at_clinic.version
    note(at_clinic, staff=clinician, text="Звонил, перезвоню", at=LATER)
    with pytest.raises(SomebodyWasFaster):
        accept(at_clinic, staff=clinician, at=LATER, seen_version=seen)

    assert verbs_of(at_clinic) == ["register", "note"]


def test_of_two_who_read_the_same_version_one_is_faster(at_clinic: Appeal, clinician: Staff) -> None:
    one, other = Appeal.objects.get(pk=at_clinic.pk), Appeal.objects.get(pk=at_clinic.pk)
    note(one, staff=clinician, text="Первая", at=LATER)
    with pytest.raises(SomebodyWasFaster):
        note(other, staff=clinician, text="Вторая", at=LATER)

    assert Message.objects.filter(appeal=at_clinic, direction="note").count() == 1


def test_every_verb_leaves_a_line_and_the_chain_holds(
    world: World, in_branch: Appeal, specialist: Staff, head: Staff, clinician: Staff
) -> None:
    note(in_branch, staff=specialist, text="Заметка", at=LATER)
    request_information(in_branch, staff=specialist, asked=world.clinic_desk, question="Как было?", at=LATER)
    reply_information(in_branch, staff=clinician, reply="Так", at=LATER)
    words(in_branch, specialist)
    submit_for_approval(in_branch, staff=specialist, at=LATER)
    approve(in_branch, staff=head, at=LATER, send=True)
    rate(in_branch, outcome="solved", stars=5, words="Рахмет", at=NEXT_DAY)

    assert verbs_of(in_branch) == [
        "register",
        "accept",
        "note",
        "request_information",
        "reply_information",
        "draft",
        "submit_for_approval",
        "approve",
        "answer",
        "rate",
    ]
    assert list(verify(in_branch.number)) == []


def test_an_answer_leaves_nothing_waiting_at_other_desks(
    world: World, in_branch: Appeal, specialist: Staff, head: Staff, clinician: Staff
) -> None:
    request_information(in_branch, staff=specialist, asked=world.clinic_desk, question="Был приём?", at=LATER)
    carry_on(in_branch, staff=specialist, at=LATER)
    pass_on(in_branch, staff=specialist, to=world.centre, reason="Решает центр", at=LATER)
    words(in_branch, specialist)
    submit_for_approval(in_branch, staff=specialist, at=LATER)
    approve(in_branch, staff=head, send=True, at=LATER)

    assert Handover.objects.get(appeal=in_branch).outcome == "lapsed"
    assert not InformationRequest.objects.filter(appeal=in_branch, replied_at__isnull=True).exists()


def test_an_approval_of_the_givers_desk_does_not_go_along(
    world: World, in_branch: Appeal, specialist: Staff, head: Staff
) -> None:
    expert = staff(Role.CENTRAL_EXPERT, world.centre)
    words(in_branch, specialist)
    submit_for_approval(in_branch, staff=specialist, at=LATER)
    approve(in_branch, staff=head, at=LATER)
    pass_on(in_branch, staff=specialist, to=world.centre, reason="Решает центр", at=LATER)
    accept(in_branch, staff=expert, at=NEXT_DAY)

    with pytest.raises(NotAllowed, match="must be approved before it is sent"):
        answer(in_branch, staff=expert, at=NEXT_DAY)


def test_a_desk_that_takes_over_is_not_late_by_the_givers_own_term(
    world: World, at_clinic: Appeal, clinician: Staff, specialist: Staff
) -> None:
    ninth = NOON + timedelta(days=7)
    accept(at_clinic, staff=clinician, at=LATER)
    assert clock.run(ninth)["overdue"] == 1
    at_clinic.refresh_from_db()
    pass_on(at_clinic, staff=clinician, to=world.branch, reason="Вопрос оплаты решает Фонд", at=ninth)
    accept(at_clinic, staff=specialist, at=ninth)

    at_clinic.refresh_from_db()
    assert (at_clinic.due_on, at_clinic.overdue) == (date(2026, 6, 23), False)


def test_a_clinic_that_takes_over_is_no_longer_asked(
    world: World, in_branch: Appeal, specialist: Staff, clinician: Staff
) -> None:
    request_information(in_branch, staff=specialist, asked=world.clinic_desk, question="Был приём?", at=LATER)
    carry_on(in_branch, staff=specialist, at=LATER)
    pass_on(in_branch, staff=specialist, to=world.clinic_desk, reason="Решите на месте", at=LATER)
    accept(in_branch, staff=clinician, at=NEXT_DAY)

    assert InformationRequest.objects.get(appeal=in_branch).replied_at == NEXT_DAY
    assert not Clock.objects.filter(appeal=in_branch, purpose="information_request", stopped_at=None).exists()
