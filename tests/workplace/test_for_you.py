"""Notes that name somebody, and appeals that somebody follows: in their list, in their mail, and for nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qorgau.handling.accept import accept
from qorgau.handling.add_message import add_message
from qorgau.handling.follow import follow
from qorgau.handling.note import note
from qorgau.handling.request_information import request_information
from qorgau.notices.models import Notice
from qorgau.notices.wording import message_for
from qorgau.people.models import Staff
from qorgau.register.following.models import Follower, Mention
from qorgau.register.models import Appeal, Message, NamedReader
from qorgau.rules.problems import Problem
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn, statements


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def dana(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch, username="Dana.A", email="dana@example.kz")


@pytest.fixture
def appeal(world: World, specialist: Staff) -> Appeal:
    made = factories.appeal(wish="fund", region=world.astana.kato)
    accept(made, staff=specialist, at=NOON)
    return made


def list_of(sign_in: SignIn, person: Staff) -> str:
    answer = sign_in(person).get(reverse("desk:for_you"))
    assert answer.status_code == 200
    return answer.content.decode()


def letters() -> list[tuple[str, str]]:
    return list(
        Notice.objects.filter(for_staff=True, topic__in=["mentioned", "note_on_followed"]).values_list(
            "topic", "address"
        )
    )


def test_a_name_typed_after_the_sign_brings_the_note_to_its_owner(
    specialist: Staff, dana: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    path = reverse("desk:note", args=[appeal.number])
    answer = sign_in(specialist).post(path, {"text": "@dana.a, посмотрите договор."}, follow=True)
    assert "The note was written. It names: Сейітова А." in answer.content.decode()
    assert "For: Сейітова А." in answer.content.decode()
    unread = list_of(sign_in, dana)
    assert "посмотрите договор." in unread and "New</span>" in unread
    assert letters() == [("mentioned", "dana@example.kz")]
    sign_in(dana).get(reverse("desk:appeal", args=[appeal.number]))
    read = list_of(sign_in, dana)
    assert "посмотрите договор." in read and "New</span>" not in read


def test_the_queue_says_how_many_notes_wait_until_they_are_opened(
    specialist: Staff, dana: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    note(appeal, staff=specialist, text="@dana.a, посмотрите договор.", at=NOON)
    client, said = sign_in(dana), f'href="{reverse("desk:for_you")}">1 new note for you</a>'
    assert said in client.get(reverse("desk:queue")).content.decode()
    client.cookies["counts"] = "later"
    assert said not in client.get(reverse("desk:queue")).content.decode()
    counts = reverse("desk:queue_counts")
    assert said in client.get(counts).content.decode()
    assert said not in sign_in(specialist).get(counts).content.decode()
    client.get(reverse("desk:appeal", args=[appeal.number]))
    assert "for you</a>" not in client.get(counts).content.decode()


def test_the_letter_says_that_there_is_a_note_and_not_what_it_says(
    specialist: Staff, dana: Staff, appeal: Appeal
) -> None:
    note(appeal, staff=specialist, text="@dana.a Диагноз: туберкулёз.", at=NOON)
    notice = Notice.objects.get(topic="mentioned")
    letter = message_for(notice)
    assert (notice.language, letter.subject) == ("en", f"Appeal {appeal.number}: a note for you")
    assert "туберкулёз" not in letter.body and f"/desk/appeal/{appeal.number}/" in letter.body


def test_whoever_wants_no_letters_finds_it_in_their_list_alone(
    specialist: Staff, dana: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    follower = factories.staff(Role.BRANCH_SPECIALIST, specialist.desk, email="f@example.kz", email_notices=False)
    follow(appeal, staff=follower, at=NOON)
    sign_in(dana).post(reverse("desk:settings"), {"language": "ru", "single_keys": "on"})
    note(appeal, staff=specialist, text="@dana.a, посмотрите договор.", at=NOON)
    assert letters() == []
    assert "посмотрите договор." in list_of(sign_in, dana)
    assert "News</span>" in list_of(sign_in, follower)


def test_colleagues_are_chosen_from_a_list_without_javascript(
    world: World, specialist: Staff, dana: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    clinician = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk, username="clinician")
    request_information(appeal, staff=specialist, asked=world.clinic_desk, question="Что было?", at=NOON)
    form = sign_in(specialist).get(reverse("desk:note", args=[appeal.number])).content.decode()
    assert "(@Dana.A)" in form
    assert "clinician" not in form, "a clinic does not read the Fund's notes"
    clinics = sign_in(clinician).get(reverse("desk:note", args=[appeal.number])).content.decode()
    assert "(@Dana.A)" in clinics
    sign_in(specialist).post(
        reverse("desk:note", args=[appeal.number]), {"text": "Взгляните", "mentioned": [str(dana.pk)]}
    )
    assert list(Mention.objects.values_list("staff", flat=True)) == [dana.pk]


@pytest.mark.parametrize("text", ["Пишите на info@dana.a", "@Dana.Ab", "@@dana.a", "@ dana.a", "@specialist"])
def test_what_only_looks_like_a_name_stays_a_word(specialist: Staff, dana: Staff, appeal: Appeal, text: str) -> None:
    assert note(appeal, staff=specialist, text=f"Заметка {text}", at=NOON) == []
    assert Message.objects.filter(direction="note").count() == 1


def test_nobody_outside_can_be_named(world: World, specialist: Staff, appeal: Appeal) -> None:
    stranger = factories.staff(Role.BRANCH_SPECIALIST, world.other_branch, username="stranger")
    assert note(appeal, staff=specialist, text="@stranger посмотрите", at=NOON) == []
    with pytest.raises(Problem):
        note(appeal, staff=specialist, text="Посмотрите ещё", at=NOON, mentioned=[stranger.pk])
    assert not Mention.objects.exists()


def test_a_sensitive_appeal_is_named_to_its_readers_alone(world: World) -> None:
    author = factories.staff(Role.BRANCH_SPECIALIST, world.branch, may_read_sensitive=True)
    factories.staff(Role.BRANCH_SPECIALIST, world.branch, username="not-named")
    secret = factories.appeal(topic="extortion", organisation_id=world.state_clinic.pk)
    NamedReader.objects.create(appeal=secret, staff=author, named_by=author, reason="Ведёт дело", named_at=NOON)
    assert note(secret, staff=author, text="@not-named смотрите", at=NOON) == []


def test_followers_hear_of_notes_and_of_news_until_they_stop(
    specialist: Staff, dana: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    client, path = sign_in(dana), reverse("desk:following", args=[appeal.number])
    assert "Stop following" in client.post(path, {"follow": "yes"}, follow=True).content.decode()
    client.post(path, {"follow": "yes"})
    assert "News</span>" not in list_of(sign_in, dana)
    note(appeal, staff=specialist, text="Новое", at=NOON)
    assert letters() == [("note_on_followed", "dana@example.kz")]
    add_message(appeal, text="Ещё слово", at=NOON, delivery_key="x")
    assert "News</span>" in list_of(sign_in, dana)
    client.get(reverse("desk:appeal", args=[appeal.number]))
    assert "News</span>" not in list_of(sign_in, dana)
    client.post(path, {"follow": "no"})
    note(appeal, staff=specialist, text="Совсем новое", at=NOON)
    assert len(letters()) == 1 and not Follower.objects.exists()


def test_what_somebody_may_no_longer_see_is_not_in_their_list(
    world: World, specialist: Staff, dana: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    note(appeal, staff=specialist, text="@dana.a тайна", at=NOON)
    follow(appeal, staff=dana, at=NOON)
    Staff.objects.filter(pk=dana.pk).update(desk=world.other_branch)
    page = list_of(sign_in, dana)
    assert appeal.number not in page and "тайна" not in page
    note(appeal, staff=specialist, text="ещё тайна", at=NOON)
    assert letters() == [("mentioned", "dana@example.kz")], "nor do they get letters"


def test_the_list_costs_the_same_with_one_and_with_thirty(
    specialist: Staff, dana: Staff, appeal: Appeal, sign_in: SignIn, world: World
) -> None:
    note(appeal, staff=specialist, text="@dana.a раз", at=NOON)
    follow(appeal, staff=dana, at=NOON)
    client, path = sign_in(dana), reverse("desk:for_you")
    client.get(path)
    with CaptureQueriesContext(connection) as with_one:
        client.get(path)
    for n in range(30):
        note(appeal, staff=specialist, text=f"@dana.a {n}", at=NOON)
        follow(factories.appeal(wish="fund", region=world.astana.kato, text=f"Дело {n}"), staff=dana, at=NOON)
    with CaptureQueriesContext(connection) as with_thirty:
        client.get(path)
    assert statements(with_thirty) == statements(with_one) <= 6


def test_whoever_reads_only_follows_nothing(world: World, appeal: Appeal, sign_in: SignIn) -> None:
    auditor = factories.staff(Role.AUDITOR, world.centre)
    assert sign_in(auditor).post(reverse("desk:following", args=[appeal.number]), {"follow": "yes"}).status_code == 403
