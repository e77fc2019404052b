"""Macros: what they may do, what is shown before, and that a refusal half-way leaves nothing done."""

import pytest
from django.urls import reverse

from qorgau.directory.models import Label
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.handling.note import note
from qorgau.notices.models import Notice
from qorgau.people.models import Staff
from qorgau.register.details import labels_of
from qorgau.register.journal import verify
from qorgau.register.models import Answer, Appeal, JournalLine, Message
from qorgau.rules.roles import Role
from qorgau.rules.states import Verb
from qorgau.workplace.macros.steps import VERBS, Step
from qorgau.workplace.models import Macro, OwnText
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn
from tests.workplace.counting import queries_of


@pytest.fixture
def specialist(world: World) -> Staff:
    Label.objects.create(code="urgent", name_ru="Срочно", name_en="Urgent")
    refresh()
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def appeal(world: World, specialist: Staff) -> Appeal:
    return factories.appeal(organisation_id=world.state_clinic.pk, wish="fund")


ASK = Step(verb=Verb.ASK_APPLICANT, words="Здравствуйте, {name}! Пришлите справку.")
USUAL = (
    Step(verb=Verb.ACCEPT),
    Step(verb=Verb.ASSIGN),
    Step(verb=Verb.SET_DETAILS, label="urgent"),
    Step(verb=Verb.NOTE, words="Жду справку"),
    ASK,
)


def made(staff: Staff, *steps: Step, for_desk: bool = False) -> Macro:
    whose = {"desk": staff.desk} if for_desk else {"owner": staff}
    return Macro.objects.create(name="Запросить справку", changed_at=NOON, steps=[s.to_json() for s in steps], **whose)


def run(sign_in: SignIn, staff: Staff, macro: Macro, appeal: Appeal, **more: object) -> tuple[int, str]:
    fields = {"macro": macro.pk, "seen_version": appeal.version, **more}
    answer = sign_in(staff).post(reverse("desk:run_macro", args=[appeal.number]), fields)
    appeal.refresh_from_db()
    return answer.status_code, answer.content.decode()


def state_of(appeal: Appeal) -> tuple[object, ...]:
    return (
        Appeal.objects.values().get(pk=appeal.pk),
        JournalLine.objects.count(),
        Message.objects.count(),
        Notice.objects.count(),
        Answer.objects.count(),
        labels_of([appeal.pk]),
    )


def test_one_press_does_every_step_with_its_own_line(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    macro = made(specialist, *USUAL)
    status, _page = run(sign_in, specialist, macro, appeal)
    lines = JournalLine.objects.filter(appeal=appeal, sequence__gt=1).order_by("sequence")
    assert (status, [line.verb for line in lines]) == (
        302,
        ["accept", "assign", "set_details", "note", "ask_applicant"],
    )
    assert {line.staff_id for line in lines} == {specialist.pk}
    assert (appeal.state, appeal.assignee_id) == ("awaiting_applicant", specialist.pk)
    asked = Message.objects.get(direction="to_applicant")
    assert asked.text == "Здравствуйте, Оспанов Ержан! Пришлите справку."
    assert [label.code for label in labels_of([appeal.pk])[appeal.pk]] == ["urgent"]
    assert list(verify(appeal.number)) == []
    macro.refresh_from_db()
    assert macro.used == 1


def test_the_page_shows_what_will_happen_and_does_nothing(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    macro = made(specialist, *USUAL)
    before = state_of(appeal)
    path = f"{reverse('desk:run_macro', args=[appeal.number])}?macro={macro.pk}"
    page = sign_in(specialist).get(path).content.decode()
    assert page.count(">Possible<") == 5
    assert "Здравствуйте, Оспанов Ержан! Пришлите справку." in page
    assert "Do all of it" in page
    assert state_of(appeal) == before


def test_a_refusal_half_way_leaves_nothing_done(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    """Submitting needs a draft: three steps are fine, the fourth is not."""
    macro = made(
        specialist, *USUAL[:2], USUAL[3], Step(verb=Verb.SUBMIT_FOR_APPROVAL), Step(verb=Verb.NOTE, words="После")
    )
    before = state_of(appeal)
    status, page = run(sign_in, specialist, macro, appeal)
    assert status == 422
    assert (
        "Stopped at step 4: Write a draft of the answer first. Nothing was done, the steps before it neither." in page
    )
    assert (page.count(">Possible<"), page.count(">Not possible<"), page.count(">Not reached<")) == (3, 1, 1)
    assert "Do all of it" not in page
    assert state_of(appeal) == before
    macro.refresh_from_db()
    assert macro.used == 0


def test_what_is_left_open_never_reaches_the_applicant(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    macro = made(specialist, USUAL[0], Step(verb=Verb.ASK_APPLICANT, words="О чём: {topic}?"))
    before = state_of(appeal)
    status, page = run(sign_in, specialist, macro, appeal)
    assert (status, "Left open in the text: {topic}" in page) == (422, True)
    assert state_of(appeal) == before


def test_a_draft_is_added_to_and_keeps_its_decision(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    accept(appeal, staff=specialist, at=NOON)
    text = OwnText.objects.create(owner=specialist, name="Итог", text_ru="По {number}.", changed_at=NOON)
    macro = made(specialist, Step(verb=Verb.DRAFT, text=f"own-{text.pk}", words="Ждём.", decision="explained"))
    assert run(sign_in, specialist, macro, appeal)[0] == 302
    Answer.objects.update(decision="founded")
    assert run(sign_in, specialist, macro, appeal)[0] == 302
    answer = Answer.objects.get()
    once = f"По {appeal.number}.\n\nЖдём."
    assert (answer.decision, answer.text) == ("founded", f"{once}\n\n{once}")


def test_a_text_that_is_no_more_stops_the_macro(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    macro = made(specialist, USUAL[0], Step(verb=Verb.NOTE, text="own-999999"))
    before = state_of(appeal)
    status, page = run(sign_in, specialist, macro, appeal)
    assert (status, "The ready text of this step is no more." in page) == (422, True)
    assert state_of(appeal) == before


def test_whoever_was_slower_sees_what_changed(world: World, sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    macro = made(specialist, *USUAL[:2])
    other = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    accept(Appeal.objects.get(pk=appeal.pk), staff=other, at=NOON)
    before = state_of(appeal)
    status, page = run(sign_in, specialist, macro, appeal)
    assert (status, "What changed meanwhile" in page, "Taken into work" in page) == (409, True, True)
    assert state_of(appeal) == before


def test_desks_that_only_watch_run_nothing(world: World, sign_in: SignIn, specialist: Staff) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    before = state_of(appeal)
    status, page = run(sign_in, specialist, made(specialist, *USUAL), appeal)
    assert (status, "Only the desk that holds the appeal can do this." in page) == (422, True)
    assert state_of(appeal) == before


def test_a_foreign_macro_or_appeal_is_not_there(
    world: World, sign_in: SignIn, specialist: Staff, appeal: Appeal
) -> None:
    stranger = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    assert run(sign_in, stranger, made(specialist, *USUAL), appeal)[0] == 404
    assert run(sign_in, stranger, made(specialist, *USUAL, for_desk=True), appeal)[0] == 302
    elsewhere = factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk)
    assert run(sign_in, elsewhere, made(elsewhere, *USUAL), appeal)[0] == 404


FORM = {"name": "Запросить", "whose": "mine", "verb1": "accept", "verb2": "note", "words2": "Жду {name}"}


def test_a_macro_is_made_changed_and_deleted(sign_in: SignIn, specialist: Staff) -> None:
    client, path = sign_in(specialist), reverse("desk:macro")
    assert client.post(path, FORM).status_code == 302
    macro = Macro.objects.get()
    assert macro.steps == [{"verb": "accept"}, {"verb": "note", "words": "Жду {name}"}]
    page = client.get(path, {"macro": macro.pk}).content.decode()
    assert ("Жду {name}" in page, 'value="note" selected' in page) == (True, True)
    changed = FORM | {"macro": macro.pk, "version": 1, "verb3": "assign"}
    assert client.post(path, changed).status_code == 302
    assert client.post(path, changed).status_code == 409
    assert client.get(reverse("desk:macros")).status_code == 200
    assert client.post(path, {"macro": macro.pk, "delete": "1"}).status_code == 302
    assert not Macro.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"words2": "Жду {nmae}"}, "There is no variable {nmae}."),
        ({"words2": " "}, "Choose a ready text or write own words."),
        ({"verb2": "draft"}, "Choose what was decided."),
        ({"verb2": "set_details"}, "Choose a label."),
        ({"verb1": "", "verb2": ""}, "Choose at least one step."),
        ({"verb2": "answer"}, "Select a valid choice."),
    ],
)
def test_a_macro_that_cannot_work_is_refused(
    sign_in: SignIn, specialist: Staff, said: dict[str, str], words: str
) -> None:
    answer = sign_in(specialist).post(reverse("desk:macro"), FORM | said)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Macro.objects.exists()


def test_a_macro_of_the_desk_uses_no_text_of_one_person(world: World, sign_in: SignIn) -> None:
    head = factories.staff(Role.APPROVER, world.branch)
    text = OwnText.objects.create(owner=head, name="Моё", text_ru="Текст", changed_at=NOON)
    answer = sign_in(head).post(reverse("desk:macro"), FORM | {"whose": "desk", "text2": f"own-{text.pk}"})
    assert answer.status_code == 422
    assert "Others at the desk do not see this text" in answer.content.decode()


def test_a_macro_never_ends_hands_over_or_extends() -> None:
    assert set(VERBS) == {
        Verb.ACCEPT, Verb.ASSIGN, Verb.SET_DETAILS, Verb.NOTE, Verb.ASK_APPLICANT, Verb.CARRY_ON, Verb.DRAFT,
        Verb.SUBMIT_FOR_APPROVAL,
    }  # fmt: skip


def test_the_card_offers_macros_and_thirty_cost_what_one_costs(
    sign_in: SignIn, specialist: Staff, appeal: Appeal
) -> None:
    client, counted = sign_in(specialist), []
    card = reverse("desk:appeal", args=[appeal.number])
    note(appeal, staff=specialist, text="x", at=NOON)
    made(specialist, *USUAL)
    for more in (29, 0):
        counted.append(len(queries_of(client, card)))
        for _number in range(more):
            made(specialist, *USUAL)
    assert client.get(card).content.decode().count("?macro=") == 30
    assert counted[0] == counted[1]


def test_a_card_that_can_only_be_read_offers_no_macros(world: World, sign_in: SignIn, specialist: Staff) -> None:
    made(specialist, *USUAL)
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    assert "?macro=" not in sign_in(specialist).get(reverse("desk:appeal", args=[appeal.number])).content.decode()
