"""Several appeals answered as one: nothing is lost, nobody hears of anybody else, and it can be undone."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qorgau.handling import clock
from qorgau.handling.accept import accept
from qorgau.handling.add_message import add_message
from qorgau.handling.answer import answer
from qorgau.handling.draft import draft
from qorgau.handling.extend import extend
from qorgau.handling.merge import merge
from qorgau.handling.open_next_stage import open_next_stage
from qorgau.handling.pass_on import pass_on
from qorgau.handling.propose_extension import propose_extension
from qorgau.handling.rate import rate
from qorgau.handling.redirect import redirect
from qorgau.handling.return_back import return_back
from qorgau.handling.separate import separate
from qorgau.handling.withdraw import withdraw
from qorgau.intake.new_appeal import Person
from qorgau.notices.models import Notice
from qorgau.people.models import Staff
from qorgau.register.access import access_code, opened_by
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.journal import verify
from qorgau.register.models import Answer, Appeal, Clock, Custody, JournalLine, Link, Message
from qorgau.register.scope import appeals_for
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import Role
from qorgau.rules.states import OPEN
from tests import factories
from tests.factories import NOON, World

LATER = NOON + timedelta(hours=1)
EARLIER_TERM, OWN_TERM = date(2026, 6, 3), date(2026, 6, 8)
ERZHAN = Person(surname="Оспанов", given_name="Ержан", phone="+7 701 000 00 67")
SAULE = Person(surname="Тілеуова", given_name="Сәуле", phone="+7 702 000 00 68", email="saule@example.kz")


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


def filed(world: World, person: Person = ERZHAN, **more: object) -> Appeal:
    return factories.appeal(organisation_id=world.state_clinic.pk, applicant=person, **more)


def together(world: World, specialist: Staff) -> tuple[Appeal, Appeal]:
    """Сәуле's appeal, filed four days earlier, is part of Ержан's."""
    merged = filed(world, SAULE, received_at=NOON - timedelta(days=4))
    leading = filed(world)
    accept(leading, staff=specialist, at=NOON)
    merge(merged, into=leading, staff=specialist, reason="Одна и та же очередь", at=LATER)
    return fresh(leading), fresh(merged)


def fresh(appeal: Appeal) -> Appeal:
    return Appeal.objects.select_related("applicant", "patient", "holder", "organisation").get(pk=appeal.pk)


def answered(leading: Appeal, specialist: Staff, text: str = "Очередь устранена.") -> None:
    words = {"decision": "founded", "text": text, "legal_basis": "", "how_to_appeal": "", "language": "ru"}
    draft(leading, staff=specialist, at=LATER, **words)
    answer(leading, staff=specialist, at=LATER)


def told(appeal: Appeal) -> list[str]:
    rows = Notice.objects.filter(appeal_number=appeal.number, for_staff=False)
    return list(rows.order_by("pk").values_list("topic", flat=True))


def reads(person: Staff, appeal: Appeal) -> bool:
    return appeals_for(person).filter(pk=appeal.pk).exists()


def verbs(appeal: Appeal) -> list[str]:
    return list(JournalLine.objects.filter(appeal=appeal).order_by("sequence").values_list("verb", flat=True))


def test_merging_leaves_each_its_words_its_clock_and_its_code(world: World, specialist: Staff) -> None:
    leading, merged = together(world, specialist)
    assert (leading.state, merged.state) == ("in_work", "merged")
    assert (leading.due_on, merged.due_on) == (EARLIER_TERM, EARLIER_TERM)  # the earliest term counts
    assert Clock.objects.filter(appeal=merged, stopped_at__isnull=True).count() == 2
    assert Custody.objects.filter(appeal=merged, until__isnull=True).count() == 1
    assert merged.applicant.surname == "Тілеуова"
    assert (verbs(merged)[-1], verbs(leading)[-1]) == ("merge", "take_in")
    assert told(merged) == ["receipt", "merged"]
    assert told(leading) == ["receipt"]
    for appeal in (leading, merged):
        assert opened_by(appeal.number, access_code(appeal.number)) == appeal
    assert list(verify()) == []


def test_the_answer_comes_to_every_applicant_as_the_answer_to_their_own(world: World, specialist: Staff) -> None:
    leading, merged = together(world, specialist)
    answered(leading, specialist)
    merged = fresh(merged)
    assert (merged.state, merged.answered_at) == ("answered", LATER)
    copy, first = Answer.objects.get(appeal=merged), Answer.objects.get(appeal=leading)
    assert (copy.text, copy.sent_at, copy.sent_by, copy.author) == (first.text, LATER, specialist, specialist)
    assert told(merged) == ["receipt", "merged", "answered"]
    assert not Clock.objects.filter(appeal=merged, stopped_at__isnull=True).exists()
    rate(merged, outcome="not_solved", stars=1, words="", at=LATER)
    receipt = open_next_stage(merged, text="Не помогло", delivery_key="next-1", at=LATER)
    assert Link.objects.get(type="stage_after").appeal.number == receipt.number
    assert fresh(leading).state == "answered"  # the other applicant's matter is their own
    assert list(verify()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Уважаемая Сәуле, очередь устранена.",
        "По обращению Тілеуоваға ответ дан.",
        "Мы позвонили по номеру 8 702 000-00-68.",
        "Ответ отправлен на SAULE@example.kz.",
    ],
)
def test_an_answer_that_names_one_applicant_to_another_is_not_sent(world: World, specialist: Staff, text: str) -> None:
    leading, merged = together(world, specialist)
    with pytest.raises(Problem) as refusal:
        answered(leading, specialist, text)
    assert str(refusal.value.sentence).startswith("The answer goes to 2 applicants and names one of them to the others")
    assert (fresh(leading).state, fresh(merged).state) == ("in_work", "merged")


def test_an_answer_to_one_person_who_wrote_twice_may_name_them(world: World, specialist: Staff) -> None:
    merged, leading = filed(world), filed(world)
    accept(leading, staff=specialist, at=NOON)
    merge(merged, into=leading, staff=specialist, reason="Дважды", at=LATER)
    answered(fresh(leading), specialist, "Уважаемый Ержан Оспанов, очередь устранена.")
    assert fresh(merged).state == "answered"


def test_what_makes_no_sense_is_refused_with_a_sentence(world: World, specialist: Staff) -> None:
    leading, merged = together(world, specialist)
    third = filed(world)

    def refused(appeal: Appeal, into: Appeal) -> str:
        with pytest.raises(Problem) as refusal:
            merge(fresh(appeal), into=fresh(into), staff=specialist, reason="Причина", at=LATER)
        return str(refusal.value.sentence)

    assert refused(leading, leading).startswith("An appeal cannot become part of itself.")
    assert refused(merged, third) == f"Appeal {merged.number} is part of another one already."
    assert refused(third, merged).startswith(f"Appeal {merged.number} is part of another one itself.")
    assert refused(leading, third).startswith(f"Other appeals are part of {leading.number}")
    assert refused(leading, merged).startswith(f"Appeal {merged.number} is part of another one itself.")


def test_both_sides_must_be_seen_held_and_alike_in_sensitivity(world: World, specialist: Staff) -> None:
    own = filed(world)
    elsewhere = factories.appeal(organisation_id=world.private_clinic.pk)
    with pytest.raises(NotAllowed, match="not yours to see"):
        merge(own, into=elsewhere, staff=specialist, reason="Причина", at=LATER)
    branch = factories.staff(Role.BRANCH_SPECIALIST, world.branch, may_read_sensitive=True)
    with pytest.raises(NotAllowed, match="Only the desk that holds the appeal"):
        merge(own, into=elsewhere, staff=branch, reason="Причина", at=LATER)
    plain = factories.appeal(wish="fund", region=world.astana.kato)
    with pytest.raises(NotAllowed, match="Only the desk that holds the appeal"):
        merge(plain, into=own, staff=branch, reason="Причина", at=LATER)
    sensitive = factories.appeal(topic="extortion", organisation_id=world.state_clinic.pk)
    factories.name(sensitive, branch)
    with pytest.raises(Problem, match="sensitive"):
        merge(plain, into=sensitive, staff=branch, reason="Причина", at=LATER)
    assert not Link.objects.filter(type="part_of").exists()


def test_whoever_is_slower_loses_nothing_and_changes_nothing(world: World, specialist: Staff) -> None:
    """Two make a loop at the same moment: the second finds what the first did."""
    one, two = filed(world), filed(world, SAULE)
    stale_one, stale_two = fresh(one), fresh(two)
    merge(one, into=two, staff=specialist, reason="Причина", at=LATER)
    with pytest.raises(Problem):
        merge(stale_two, into=stale_one, staff=specialist, reason="Причина", at=LATER)
    with pytest.raises(SomebodyWasFaster):
        merge(filed(world), into=stale_two, staff=specialist, reason="Причина", at=LATER)
    assert Link.objects.filter(type="part_of").count() == 1


def test_a_draft_that_was_begun_is_kept_as_a_note(world: World, specialist: Staff) -> None:
    merged, leading = filed(world, SAULE), filed(world)
    accept(merged, staff=specialist, at=NOON)
    words = {"decision": "founded", "text": "Начатый ответ", "legal_basis": "", "how_to_appeal": "", "language": "ru"}
    draft(merged, staff=specialist, at=NOON, **words)
    merge(merged, into=leading, staff=specialist, reason="Причина", at=LATER)
    assert Message.objects.get(appeal=merged).text == "Начатый ответ"
    assert not Answer.objects.filter(appeal=merged).exists()


def test_a_merging_is_undone_within_two_weeks_while_nothing_was_answered(world: World, specialist: Staff) -> None:
    leading, merged = together(world, specialist)
    with pytest.raises(NotAllowed, match="The time to undo"):
        separate(merged, staff=specialist, reason="Ошибка", at=LATER + timedelta(days=14, seconds=1))
    separate(merged, staff=specialist, reason="Ошибка", at=LATER + timedelta(days=14))
    leading, merged = fresh(leading), fresh(merged)
    assert (merged.state, merged.assignee, leading.state) == ("in_work", specialist, "in_work")
    assert (leading.due_on, merged.due_on) == (OWN_TERM, EARLIER_TERM)
    assert told(merged) == ["receipt", "merged", "separated"]
    assert (verbs(merged)[-1], verbs(leading)[-1]) == ("separate", "let_go")
    answered(leading, specialist)
    assert fresh(merged).state == "in_work"
    assert list(verify()) == []


def test_what_was_answered_is_not_separated(world: World, specialist: Staff) -> None:
    leading, merged = together(world, specialist)
    answered(leading, specialist)
    with pytest.raises(NotAllowed, match="The appeal has been answered"):
        separate(fresh(merged), staff=specialist, reason="Ошибка", at=LATER)


def test_nobodys_appeal_ends_because_another_applicant_withdraws(world: World, specialist: Staff) -> None:
    leading, merged = together(world, specialist)
    withdraw(leading, reason="", at=LATER + timedelta(days=20))
    merged = fresh(merged)
    assert (fresh(leading).state, merged.state) == ("withdrawn", "in_work")
    assert told(merged) == ["receipt", "merged", "separated"]
    assert not Link.objects.filter(type="part_of").exists()


def test_a_merged_applicant_withdraws_only_their_own(world: World, specialist: Staff) -> None:
    leading, merged = together(world, specialist)
    withdraw(merged, reason="", at=LATER)
    leading = fresh(leading)
    assert (fresh(merged).state, leading.state) == ("withdrawn", "in_work")
    assert leading.due_on == OWN_TERM
    answered(leading, specialist)
    assert not Answer.objects.filter(appeal=merged).exists()


def test_what_a_merged_applicant_adds_reaches_the_leading_journal(world: World, specialist: Staff) -> None:
    leading, merged = together(world, specialist)
    add_message(merged, text="Ещё одно слово", delivery_key="m-1", at=LATER)
    assert (verbs(merged)[-1], verbs(leading)[-1]) == ("add_message", "merged_wrote")
    assert Message.objects.get().appeal == merged


def test_a_hand_over_and_a_redirection_take_merged_ones_along(world: World, specialist: Staff) -> None:
    leading, merged = together(world, specialist)
    pass_on(leading, staff=specialist, to=world.branch, reason="Вопрос Фонда", at=LATER)
    branch = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    accept(fresh(leading), staff=branch, at=LATER)
    leading, merged = fresh(leading), fresh(merged)
    assert (leading.holder, merged.holder, merged.state) == (world.branch, world.branch, "merged")
    assert [row.desk for row in Custody.objects.filter(appeal=merged, until__isnull=True)] == [world.branch]
    assert leading.due_on == merged.due_on
    redirect(leading, staff=branch, body="Комитет", reason="Его дело", at=LATER)
    assert fresh(merged).state == "redirected"
    assert told(merged) == ["receipt", "merged", "passed_on", "redirected"]
    assert list(verify()) == []


def test_what_was_shown_with_an_offered_appeal_goes_with_it(world: World, specialist: Staff) -> None:
    """A desk that returned it, or waited in vain, reads neither of them any longer; one that it came to above both."""
    reader = factories.staff(Role.BRANCH_SPECIALIST, world.other_branch)
    returned, lapsed, left, settled = (together(world, specialist) for _ in range(4))
    for leading, merged in (returned, lapsed, left):
        pass_on(leading, staff=specialist, to=world.other_branch, reason="К вам", at=LATER)
        assert reads(reader, leading) and reads(reader, merged)
    return_back(fresh(returned[0]), staff=reader, reason="Не наш регион", at=LATER)
    answered(fresh(lapsed[0]), specialist)
    separate(fresh(left[1]), staff=specialist, reason="Другое дело", at=LATER)
    assert [reads(reader, one) for pair in (returned, lapsed) for one in pair] == [False] * 4
    assert (reads(reader, left[0]), reads(reader, left[1])) == (True, False)

    above = factories.staff(Role.HEALTH_DEPARTMENT_SPECIALIST, world.health_department)
    for _ in range(3):
        pass_on(fresh(settled[0]), staff=specialist, to=world.other_branch, reason="К вам", at=LATER)
        return_back(fresh(settled[0]), staff=reader, reason="Не к нам", at=LATER)
    assert reads(above, settled[0]) and reads(above, settled[1])


def test_an_extension_holds_for_all_that_is_answered_together(world: World, specialist: Staff) -> None:
    leading, merged = together(world, specialist)
    head = factories.staff(Role.CLINIC_MANAGER, world.clinic_desk)
    until = date(2026, 7, 1)
    propose_extension(leading, staff=specialist, until=until, reason="Ждём заключения", at=LATER)
    extend(leading, staff=head, at=LATER)
    leading, merged = fresh(leading), fresh(merged)
    assert (leading.due_on, merged.due_on) == (until, until)
    assert told(merged) == ["receipt", "merged", "extended"]
    with pytest.raises(Problem):
        # Beyond what the earlier one may.
        propose_extension(leading, staff=specialist, until=date(2026, 8, 20), reason="Ещё", at=LATER)
        extend(leading, staff=head, at=LATER)
    assert fresh(merged).due_on == until
    assert list(verify()) == []


def test_the_leading_one_is_late_when_the_earliest_term_has_passed(world: World, specialist: Staff) -> None:
    leading, merged = together(world, specialist)
    clock.run(NOON + timedelta(days=2))
    leading, merged = fresh(leading), fresh(merged)
    assert (leading.overdue, merged.overdue) == (True, True)
    assert (verbs(merged).count("overdue"), verbs(leading).count("merged_overdue")) == (1, 1)
    assert list(verify()) == []


STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "separate", "withdraw"]), st.integers(0, 3), st.integers(0, 3)), max_size=12
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_merged_and_separated_there_are_no_chains_and_every_number_works(
    world: World, specialist: Staff, steps: list[tuple[str, int, int]]
) -> None:
    appeals = [filed(world, person) for person in (ERZHAN, SAULE, ERZHAN, SAULE)]
    for step, one, other in steps:
        appeal, into = fresh(appeals[one]), fresh(appeals[other])
        try:
            if step == "merge":
                merge(appeal, into=into, staff=specialist, reason="Причина", at=LATER)
            elif step == "separate":
                separate(appeal, staff=specialist, reason="Причина", at=LATER)
            else:
                withdraw(appeal, reason="", at=LATER)
        except Problem as refusal:
            assert str(refusal.sentence).endswith(".")
    keys = [appeal.pk for appeal in appeals]
    links = Link.objects.filter(type="part_of", appeal__in=keys)
    followers, leaders = {link.appeal_id for link in links}, {link.earlier_id for link in links}
    assert not followers & leaders
    for appeal in map(fresh, appeals):
        assert (appeal.state == "merged") == (appeal.pk in followers)
        assert opened_by(appeal.number, access_code(appeal.number)) == appeal
        is_held = Custody.objects.filter(appeal=appeal, until__isnull=True).count()
        assert is_held == (appeal.state in OPEN or appeal.state == "merged")
        running = Clock.objects.filter(appeal=appeal, stopped_at__isnull=True).count()
        assert running == (0 if appeal.state == "withdrawn" else 2)
        if appeal.pk in leaders:
            merged = [link.appeal for link in links if link.earlier_id == appeal.pk]
            assert appeal.state in OPEN
            assert appeal.due_on == min(one.due_on for one in (*merged, fresh(appeal)))
    assert list(verify()) == []
