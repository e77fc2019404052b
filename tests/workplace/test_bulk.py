"""Several appeals at once: the checks and journal of single ones, a result for each, and nothing done twice."""

import re
import threading
from collections.abc import Iterable
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qorgau.directory.models import AnswerTemplate, Label
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.handling.assign import assign
from qorgau.handling.draft import draft
from qorgau.handling.note import note
from qorgau.handling.set_details import add_labels
from qorgau.people.models import Staff
from qorgau.register.details import labels_of
from qorgau.register.models import Answer, Appeal, Handover, JournalLine, Message, NamedReader
from qorgau.rules.problems import Problem
from qorgau.rules.roles import Role
from qorgau.rules.sentences import Sentence
from qorgau.workplace.bulk.chosen import Chosen, read_chosen
from qorgau.workplace.bulk.pages import OFFERED
from qorgau.workplace.bulk.run import do_each, run_of
from qorgau.workplace.models import ManyOutcome, ManyRun, OwnText
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def colleague(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk, username="colleague")


@pytest.fixture
def client(specialist: Staff, sign_in: SignIn) -> Client:
    return sign_in(specialist)


@pytest.fixture
def five(world: World) -> list[Appeal]:
    return [factories.appeal(organisation_id=world.state_clinic.pk) for _ in range(5)]


def rows(appeals: Iterable[Appeal]) -> list[str]:
    return [f"{appeal.number}.{appeal.version}" for appeal in appeals]


def press(client: Client, word: str, appeals: Iterable[Appeal], key: str = "", **typed: object) -> HttpResponse:
    """Fill in the form for the appeals and send it; the page of the result."""
    sent = {"row": rows(appeals), "key": key or str(uuid4()), **typed}
    return client.post(reverse("desk:many", args=[word]), sent, follow=True)


def refused(answer: HttpResponse) -> dict[str, str]:
    """Why each refused appeal was refused; it must still be chosen."""
    page = answer.content.decode()
    found = re.findall(r'id="why-([\d-]+)">.*?<span>([^<]+)</span></p>', page, re.DOTALL)
    for number, _why in found:
        assert re.search(rf'name="row" value="{number}\.\d+" checked', page), number
    return {number: unescape(why) for number, why in found}


def test_five_are_assigned_each_with_its_journal_line(client: Client, five: list[Appeal], colleague: Staff) -> None:
    before = JournalLine.objects.count()
    answer = press(client, "assignment", five, to=colleague.pk)
    assert answer.status_code == 200
    assert "Done with 5 appeals." in answer.content.decode()
    assert set(Appeal.objects.values_list("assignee_id", flat=True)) == {colleague.pk}
    lines = JournalLine.objects.filter(verb="assign")
    assert (lines.count(), JournalLine.objects.count()) == (5, before + 5)
    assert {line.appeal_id for line in lines} == {appeal.pk for appeal in five}


def test_the_queue_brings_what_was_chosen_to_the_form(client: Client, five: list[Appeal]) -> None:
    queue = client.get(reverse("desk:queue") + "?tab=desk").content.decode()
    boxes = re.findall(r'name="row" value="([^"]+)"', queue)
    assert set(boxes) == set(rows(five))
    assert 'formaction="/desk/many/assignment/"' in queue
    assert "checked" not in queue.partition("<table")[2]
    everything = client.get(reverse("desk:queue") + "?tab=desk&choose=page").content.decode().partition("<table")[2]
    assert everything.count(" checked>") == 5
    form = client.get(reverse("desk:many", args=["assignment"]), {"row": boxes[:2]}).content.decode()
    assert re.findall(r'name="row" value="([^"]+)" checked', form) == boxes[:2]


def test_mixed_rights_and_states_each_get_their_own_sentence(
    client: Client, sign_in: SignIn, world: World, five: list[Appeal], specialist: Staff, colleague: Staff
) -> None:
    mine, moved, ended = five[:3]
    elsewhere = factories.appeal(organisation_id=world.private_clinic.pk)
    chosen = [*rows([mine, moved, ended]), f"{elsewhere.number}.1", "26-9999999-9.1"]
    accept(moved, staff=colleague, at=NOON)
    accept(ended, staff=colleague, at=NOON)
    draft(
        ended, staff=colleague, decision="explained", text="Готово", legal_basis="", how_to_appeal="", language="ru",
        at=NOON,
    )  # fmt: skip
    answer = client.post(reverse("desk:many", args=["acceptance"]), {"row": chosen, "key": str(uuid4())}, follow=True)
    page = answer.content.decode()
    assert "Done with 1 appeal." in page
    faster = "Somebody changed this appeal a moment ago. Look at what changed and try again; your text is kept."
    assert refused(answer) == {moved.number: faster, ended.number: faster}
    assert "4 appeals were refused." in page
    mine.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (mine.state, elsewhere.version) == ("in_work", 1)
    again = press(client, "acceptance", Appeal.objects.filter(pk__in=[moved.pk, ended.pk]))
    assert refused(again) == dict.fromkeys((moved.number, ended.number), "The appeal is in work already.")


def test_a_version_that_only_looks_and_own_notes_came_after_is_no_reason_to_refuse(
    client: Client, five: list[Appeal], specialist: Staff
) -> None:
    chosen = rows(five[:1])
    note(five[0], staff=specialist, text="Себе на память.", at=NOON)
    answer = client.post(reverse("desk:many", args=["acceptance"]), {"row": chosen, "key": str(uuid4())}, follow=True)
    assert "Done with 1 appeal." in answer.content.decode()


def test_what_was_typed_stands_in_the_form_for_the_refused_ones(
    client: Client, world: World, five: list[Appeal], specialist: Staff
) -> None:
    for appeal in five[:2]:
        accept(appeal, staff=specialist, at=NOON)
    reason = "Решает Фонд, а не клиника."
    first = press(client, "hand-over", five[:2], to=world.branch.pk, reason=reason)
    assert "Done with 2 appeals." in first.content.decode()
    again = press(client, "hand-over", Appeal.objects.filter(pk__in=[a.pk for a in five[:3]]), to=world.branch.pk,
                  reason=reason)  # fmt: skip
    page = again.content.decode()
    assert "Done with 1 appeal." in page
    assert set(refused(again).values()) == {
        "The appeal has been handed to another desk, which has not accepted it yet."
    }
    assert reason in page
    assert f'value="{world.branch.pk}" checked' in re.sub(r' id="[^"]*"', "", page)
    assert Handover.objects.count() == 3


def test_a_double_press_is_one(client: Client, five: list[Appeal], colleague: Staff) -> None:
    key, chosen = str(uuid4()), rows(five)
    for _ in range(2):
        answer = client.post(
            reverse("desk:many", args=["note"]), {"row": chosen, "key": key, "text": "Звонили из СМИ."}, follow=True
        )
        assert "Done with 5 appeals." in answer.content.decode()
    assert Message.objects.filter(direction="note").count() == 5
    assert ManyRun.objects.count() == 1
    # The result stays where it is; opening it again does nothing.
    result = reverse("desk:many_done", args=["note", key])
    assert "Done with 5 appeals." in client.get(result).content.decode()
    assert Message.objects.filter(direction="note").count() == 5


def test_the_same_form_with_something_else_in_it_is_asked_about(client: Client, five: list[Appeal]) -> None:
    key = str(uuid4())
    press(client, "note", five[:1], key=key, text="Первое")
    answer = press(client, "note", five[:1], key=key, text="Второе")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "This form was sent before with something else in it." in page
    assert "Второе" in page
    assert f'name="key" value="{key}"' not in page
    assert list(Message.objects.values_list("text", flat=True)) == ["Первое"]


def test_a_run_that_was_cut_short_goes_on_where_it_stopped(specialist: Staff, five: list[Appeal]) -> None:
    chosen = [Chosen(appeal.number, appeal.version) for appeal in five]
    run = run_of(uuid4(), staff=specialist, verb="acceptance", typed={}, chosen=chosen)
    did: list[str] = []

    def act(appeal: Appeal, seen_version: int | None) -> None:
        if len(did) == 3:
            raise RuntimeError("the power went")
        accept(appeal, staff=specialist, at=NOON, seen_version=seen_version)
        did.append(appeal.number)

    with pytest.raises(RuntimeError):
        do_each(run, chosen, act, staff=specialist)
    assert Appeal.objects.filter(state="in_work").count() == ManyOutcome.objects.count() == 3
    did.clear()
    do_each(run, chosen, act, staff=specialist)
    assert did == [appeal.number for appeal in five[3:]]
    assert Appeal.objects.filter(state="in_work", version=2).count() == ManyOutcome.objects.count() == 5


def test_a_refusal_leaves_nothing_half_done(specialist: Staff, five: list[Appeal]) -> None:
    chosen = [Chosen(five[0].number, 1)]
    run = run_of(uuid4(), staff=specialist, verb="acceptance", typed={}, chosen=chosen)

    def act(appeal: Appeal, seen_version: int | None) -> None:
        accept(appeal, staff=specialist, at=NOON, seen_version=seen_version)
        raise Problem(Sentence("No."))

    do_each(run, chosen, act, staff=specialist)
    assert Appeal.objects.get(pk=five[0].pk).version == 1
    assert ManyOutcome.objects.get().why == Sentence("No.").to_json()


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_do_each_appeal_once() -> None:
    world = factories.world()
    specialist = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    appeals = [factories.appeal(organisation_id=world.state_clinic.pk) for _ in range(4)]
    chosen = [Chosen(appeal.number, appeal.version) for appeal in appeals]
    key, together, did = uuid4(), threading.Barrier(2), []

    def act(appeal: Appeal, seen_version: int | None) -> None:
        accept(appeal, staff=specialist, at=NOON, seen_version=seen_version)
        did.append(appeal.number)

    def one_press() -> None:
        try:
            together.wait()
            run = run_of(key, staff=specialist, verb="acceptance", typed={}, chosen=chosen)
            do_each(run, chosen, act, staff=specialist)
        finally:
            connections.close_all()

    presses = [threading.Thread(target=one_press) for _ in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert sorted(did) == sorted(appeal.number for appeal in appeals)
    assert set(Appeal.objects.values_list("state", "version")) == {("in_work", 2)}
    assert not ManyOutcome.objects.exclude(why={}).exists()


def test_answers_are_drafted_in_each_applicants_language_and_replace_nothing(
    client: Client, world: World, specialist: Staff
) -> None:
    about = {"organisation_id": world.state_clinic.pk}
    appeals = [factories.appeal(language="kk", **about), factories.appeal(**about), factories.appeal(**about)]
    for appeal in appeals:
        accept(appeal, staff=specialist, at=NOON)
    ready = AnswerTemplate.objects.create(
        code="thanks",
        name_ru="Ответ",
        text_kk="{number} бойынша жауап",
        text_ru="Ответ по {number}",
        text_en="On {number}",
        valid_from=NOON.date() - timedelta(days=1),
    )
    refresh()
    written = {
        "decision": "founded",
        "text": "Своими словами",
        "legal_basis": "",
        "how_to_appeal": "",
        "language": "ru",
    }
    draft(appeals[2], staff=specialist, at=NOON, **written)
    answer = press(client, "draft", appeals, decision="explained", template=f"common-{ready.pk}", legal_basis="АППК")
    assert refused(answer) == {appeals[2].number: "There is a draft already. Open the card to go on with it."}
    texts = {row.appeal_id: (row.language, row.text) for row in Answer.objects.all()}
    assert texts == {
        appeals[0].pk: ("kk", f"{appeals[0].number} бойынша жауап"),
        appeals[1].pk: ("ru", f"Ответ по {appeals[1].number}"),
        appeals[2].pk: ("ru", "Своими словами"),
    }
    sent = press(client, "answer", Appeal.objects.filter(pk__in=[appeal.pk for appeal in appeals]))
    assert "Done with 3 appeals." in sent.content.decode()
    assert set(Appeal.objects.values_list("state", flat=True)) == {"answered"}


def test_own_texts_and_those_of_the_desk_answer_several_too_and_never_in_another_language(
    client: Client, world: World, specialist: Staff, sign_in: SignIn
) -> None:
    about = {"organisation_id": world.state_clinic.pk}
    appeals = [factories.appeal(language=language, **about) for language in ("ru", "kk")]
    for appeal in appeals:
        accept(appeal, staff=specialist, at=NOON)
    own = OwnText.objects.create(owner=specialist, name="Моё", text_ru="Ответ по {number}", changed_at=NOON)
    of_desk = OwnText.objects.create(desk=specialist.desk, name="Наше", text_ru="Всем", changed_at=NOON)
    form = client.get(reverse("desk:many", args=["draft"]), {"row": rows(appeals)}).content.decode()
    assert f'value="own-{own.pk}"' in form and f'value="own-{of_desk.pk}"' in form
    answer = press(client, "draft", appeals, decision="explained", template=f"own-{own.pk}")
    why = "The ready text is not there in the applicant's language. Open the card to write."
    assert refused(answer) == {appeals[1].number: why}
    assert Answer.objects.get().text == f"Ответ по {appeals[0].number}"
    own.refresh_from_db()
    assert own.used == 1
    stranger = sign_in(factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk))
    assert press(stranger, "draft", appeals, decision="explained", template=f"own-{own.pk}").status_code == 422


def test_the_funds_answers_leave_only_with_an_approval(sign_in: SignIn, world: World) -> None:
    specialist = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    client = sign_in(specialist)
    appeal = factories.appeal(wish="fund", region=world.astana.kato)
    accept(appeal, staff=specialist, at=NOON)
    none = press(client, "answer", [appeal])
    assert refused(none) == {appeal.number: "Write a draft of the answer first."}
    written = {
        "decision": "founded",
        "text": "Ответ",
        "legal_basis": "АППК",
        "how_to_appeal": "В суд",
        "language": "ru",
    }
    draft(appeal, staff=specialist, at=NOON, **written)
    unapproved = press(client, "answer", [appeal])
    assert refused(unapproved) == {appeal.number: "The answer of this desk must be approved before it is sent."}
    submitted = press(client, "submission", [appeal])
    assert "Done with 1 appeal." in submitted.content.decode()
    appeal.refresh_from_db()
    assert appeal.state == "on_approval"


def test_labels_come_to_those_that_are_there(client: Client, five: list[Appeal], specialist: Staff) -> None:
    for code in ("press", "again"):
        Label.objects.create(code=code, name_ru=code, valid_from=NOON.date() - timedelta(days=1))
    refresh()
    add_labels(five[0], staff=specialist, labels=["press"], at=NOON)
    answer = press(client, "labels", five[:2], labels=["again"])
    assert "Done with 2 appeals." in answer.content.decode()
    found = labels_of([appeal.pk for appeal in five[:2]])
    assert [{label.code for label in found[appeal.pk]} for appeal in five[:2]] == [{"press", "again"}, {"again"}]
    assert press(client, "labels", five[:2]).status_code == 422


def test_nobody_closes_approves_or_withdraws_several_at_once() -> None:
    assert {many.verb.value for many in OFFERED.values()} == {
        "accept", "assign", "pass_on", "draft", "submit_for_approval", "answer", "note", "merge", "link",
        "set_details",
    }  # fmt: skip


def test_two_hundred_are_as_many_as_fit(client: Client, five: list[Appeal]) -> None:
    chosen = rows(five) + [f"26-{9_000_000 + n}-0.1" for n in range(196)]
    answer = client.post(reverse("desk:many", args=["note"]), {"row": chosen, "text": "Кому", "key": str(uuid4())})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "201 appeals are chosen; 200 at once are as many as fit." in page
    assert "Кому" in page
    assert not Message.objects.exists()


def test_nothing_chosen_and_nonsense_are_told_so(client: Client, five: list[Appeal]) -> None:
    for query in ("", "?row=", "?row=%00", "?row=%D2%9B", "?row=" + "9" * 5000):
        page = client.get(reverse("desk:many", args=["assignment"]) + query)
        assert page.status_code == 200
        assert "No appeal is chosen." in page.content.decode()
    for word in ("approval", "closing", "x"):
        assert client.get(reverse("desk:many", args=[word])).status_code == 404
    empty = client.post(reverse("desk:many", args=["assignment"]), {"key": "nonsense", "row": "26-1.x"})
    assert empty.status_code == 422
    assert read_chosen(["26-1.x", "26-1.3", " 26-2.5 ", "26-3"]) == [
        Chosen("26-1", None), Chosen("26-2", 5), Chosen("26-3", None),
    ]  # fmt: skip


def test_an_error_in_the_form_keeps_what_was_chosen_and_typed(client: Client, five: list[Appeal], world: World) -> None:
    answer = press(client, "hand-over", five, reason="Решает Фонд")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose the desk." in page
    assert "Решает Фонд" in page
    assert page.count('name="row"') == 5
    found = client.post(
        reverse("desk:many", args=["hand-over"]),
        {"row": rows(five), "find": "desk_words", "desk_words": "филиал астана", "reason": "Решает Фонд"},
    ).content.decode()
    assert "Филиал по городу Астана" in found
    assert "Решает Фонд" in found


ROLES_THAT_READ = [(Role.ANALYST, "centre"), (Role.AUDITOR, "centre"), (Role.ADMINISTRATOR, "centre")]


@pytest.mark.parametrize(("role", "desk"), ROLES_THAT_READ)
def test_those_who_only_read_have_no_boxes_and_may_do_nothing(
    world: World, sign_in: SignIn, five: list[Appeal], role: Role, desk: str
) -> None:
    client = sign_in(factories.staff(role, getattr(world, desk)))
    assert 'name="row"' not in client.get(reverse("desk:queue") + "?tab=all").content.decode()
    for word in OFFERED:
        assert client.get(reverse("desk:many", args=[word]), {"row": rows(five)}).status_code == 403
        assert press(client, word, five, text="x", to=1, reason="x").status_code == 403
    assert set(Appeal.objects.values_list("version", flat=True)) == {1}


def test_foreign_appeals_are_neither_shown_nor_touched(world: World, sign_in: SignIn, five: list[Appeal]) -> None:
    sensitive = factories.appeal(topic="extortion", organisation_id=world.state_clinic.pk)
    foreign = [*five, sensitive]
    people = [
        factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk),
        factories.staff(Role.BRANCH_SPECIALIST, world.other_branch, may_read_sensitive=True),
        factories.staff(Role.OPERATOR, world.contact_centre),
        factories.staff(Role.HEALTH_DEPARTMENT_SPECIALIST, world.other_health_department),
    ]
    before = JournalLine.objects.count()
    for person in people:
        client = sign_in(person)
        for word in OFFERED:
            page = client.get(reverse("desk:many", args=[word]), {"row": rows(foreign)}).content.decode()
            assert "6 of the appeals you chose are not there" in page
            assert 'name="row"' not in page
            typed = {"to": person.pk, "text": "x", "reason": "x", "decision": "founded"}
            answer = press(client, word, foreign, **typed)
            assert answer.status_code in (200, 422), (person.role, word)
            assert "Complaint" not in answer.content.decode()
    assert JournalLine.objects.count() == before


def test_the_result_is_for_whoever_pressed(
    client: Client, sign_in: SignIn, five: list[Appeal], colleague: Staff
) -> None:
    key = str(uuid4())
    press(client, "acceptance", five, key=key)
    result = reverse("desk:many_done", args=["acceptance", key])
    assert client.get(result).status_code == 200
    assert sign_in(colleague).get(result).status_code == 404
    assert client.get(reverse("desk:many_done", args=["note", key])).status_code == 404
    theirs = press(sign_in(colleague), "acceptance", five, key=key)
    assert theirs.status_code == 409


def test_a_person_of_another_desk_is_not_in_the_list(client: Client, world: World, five: list[Appeal]) -> None:
    stranger = factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk)
    answer = press(client, "assignment", five, to=stranger.pk)
    assert answer.status_code == 422
    assert not Appeal.objects.filter(assignee__isnull=False).exists()


def test_what_was_typed_is_kept_for_a_day(client: Client, specialist: Staff, five: list[Appeal]) -> None:
    press(client, "note", five[:1], text="Старое")
    ManyRun.objects.update(at=timezone.now() - timedelta(days=2))
    press(client, "note", five[:1], text="Новое")
    assert [run.typed for run in ManyRun.objects.all()] == [{"text": "Новое"}]


def test_the_form_takes_as_many_queries_for_thirty_as_for_one(client: Client, world: World) -> None:
    made = [factories.appeal(organisation_id=world.state_clinic.pk) for _ in range(30)]

    def queries(path: str, appeals: list[Appeal]) -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get(path, {"row": rows(appeals)}).status_code == 200
        return len([query for query in taken if "directoryversion" not in query["sql"]])

    for word in OFFERED:
        path = reverse("desk:many", args=[word])
        client.get(path)  # whatever a process reads once
        assert queries(path, made) == queries(path, made[:1]), word
    press(client, "acceptance", made)
    result = reverse("desk:many_done", args=["acceptance", ManyRun.objects.get().pk])
    assert queries(result, []) <= 8


def test_a_sensitive_appeal_is_not_given_to_somebody_who_may_not_read_it(world: World, sign_in: SignIn) -> None:
    named = factories.staff(Role.BRANCH_SPECIALIST, world.branch, may_read_sensitive=True)
    other = factories.staff(Role.BRANCH_SPECIALIST, world.branch, username="unnamed")
    sensitive = factories.appeal(topic="extortion", region=world.astana.kato)
    NamedReader.objects.create(appeal=sensitive, staff=named, named_by=named, reason="Ведёт дело", named_at=NOON)
    plain = factories.appeal(wish="fund", region=world.astana.kato)
    answer = press(sign_in(named), "assignment", [sensitive, plain], to=other.pk)
    assert refused(answer) == {sensitive.number: "This person was not named to read this sensitive appeal."}
    plain.refresh_from_db()
    assert plain.assignee == other
    with pytest.raises(Problem):
        assign(sensitive, staff=named, to=other, at=NOON)


# --- Splitting one of them --------------------------------------------------------------------------------------------


def test_one_chosen_appeal_leads_to_the_form_that_splits_it(world: World, sign_in: SignIn) -> None:
    client = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    one, other = (factories.appeal(wish="fund", region=world.astana.kato) for _ in range(2))
    address = reverse("desk:split_chosen")
    assert f'formaction="{address}"' in client.get(reverse("desk:queue") + "?tab=all").content.decode()
    forms = [reverse("desk:split", args=[appeal.number]) for appeal in (one, other)]

    assert client.get(address, {"row": f"{one.number}.1"})["Location"] == forms[0]
    both = client.get(address, {"row": [one.number, other.number]}).content.decode()
    assert "Which one?" in both and all(f'href="{form}"' in both for form in forms)


def test_what_is_not_theirs_cannot_be_chosen_to_be_split(world: World, sign_in: SignIn) -> None:
    client = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    foreign = factories.appeal(wish="fund", region=world.almaty.kato)
    for rows in ([], [foreign.number], ["nonsense"]):
        page = client.get(reverse("desk:split_chosen"), {"row": rows})
        assert page.status_code == 200 and "No appeal is chosen." in page.content.decode()
