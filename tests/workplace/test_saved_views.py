"""Saved views: one's own and the desk's, beside the queue with their counts, arranged, deleted and put back."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from qorgau.workplace.models import FirstView, SavedView
from tests import factories
from tests.factories import World
from tests.workplace.conftest import SignIn
from tests.workplace.counting import queries_of

FILTERS = "tab=desk&topic=refusal&topic=extortion&sort=waiting"


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def head(world: World) -> Staff:
    return factories.staff(Role.CLINIC_MANAGER, world.clinic_desk)


@pytest.fixture
def client(specialist: Staff, sign_in: SignIn) -> Client:
    return sign_in(specialist)


def save(client: Client, name: str = "Отказы", address: str = FILTERS, **more: str) -> SavedView:
    sent = {"name": name, "address": address, "pinned": "on", **more}
    answer = client.post(reverse("desk:save_view"), sent)
    assert answer.status_code == 302, answer.content.decode()
    return SavedView.objects.latest("pk")


def do(client: Client, view: SavedView, deed: str) -> int:
    return client.post(reverse("desk:view_deed", args=[view.pk, deed])).status_code


def beside(client: Client, query: str = "?tab=mine") -> list[tuple[str, int]]:
    """The saved views above the queue, each with its count."""
    page = client.get(reverse("desk:queue") + query).content.decode()
    bar = page.partition('aria-label="Saved views"')[2].partition("</nav>")[0]
    found = re.findall(r"<a [^>]*>([^<]+) <span class=\"count[^>]*>(\d+)</span>", bar)
    return [(name, int(count)) for name, count in found]


def test_a_view_is_saved_from_the_queue_and_found_there_with_its_count(client: Client, world: World) -> None:
    factories.appeal(organisation_id=world.state_clinic.pk, topic="refusal")
    factories.appeal(organisation_id=world.state_clinic.pk)
    queue = client.get(f"{reverse('desk:queue')}?{FILTERS}").content.decode().replace("&amp;", "&")
    assert f'href="{reverse("desk:save_view")}?{FILTERS}">Save this view' in queue
    form = client.get(f"{reverse('desk:save_view')}?{FILTERS}").content.decode()
    assert f'value="{FILTERS}"' in form.replace("&amp;", "&")
    assert "<dd>My desk’s</dd>" in form
    view = save(client)
    assert (view.address, view.desk_id, view.pinned) == (FILTERS, None, True)
    assert beside(client) == [("Отказы", 1)]
    page = client.get(f"{reverse('desk:queue')}?{FILTERS}").content.decode()
    assert 'aria-current="page">Отказы' in page


def test_the_page_of_the_list_and_nonsense_are_not_saved(client: Client) -> None:
    assert (
        save(client, address="tab=desk&state=x&after=1.2.3&language=kk&next=//evil").address == "tab=desk&language=kk"
    )


def test_a_name_speaks_each_language(client: Client, specialist: Staff) -> None:
    save(client, "Мои", name_kk="Менікі", name_en="My own")
    for language, words in {"kk": "Менікі", "en": "My own", "ru": "Мои"}.items():
        Staff.objects.filter(pk=specialist.pk).update(language=language)
        assert words in client.get(reverse("desk:saved_views")).content.decode()


def test_a_view_without_a_name_is_asked_for_one_and_nothing_is_lost(client: Client) -> None:
    answer = client.post(reverse("desk:save_view"), {"name": " ", "name_ru": "Отказы", "address": FILTERS})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Give the view a name." in page
    assert 'value="Отказы"' in page
    assert not SavedView.objects.exists()


def test_the_head_shares_with_the_desk_and_others_cannot(
    client: Client, sign_in: SignIn, head: Staff, world: World
) -> None:
    assert save(client, shared="on").desk_id is None
    shared = save(sign_in(head), "Наши отказы", shared="on")
    assert shared.desk_id == world.clinic_desk.pk
    assert [name for name, _count in beside(client)] == ["Наши отказы", "Отказы"]
    elsewhere = sign_in(factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk))
    assert beside(elsewhere) == []


def test_a_shared_view_is_changed_by_heads_of_the_desk_alone(
    client: Client, sign_in: SignIn, head: Staff, world: World
) -> None:
    shared = save(sign_in(head), "Наши", shared="on")
    other_head = sign_in(factories.staff(Role.CLINIC_MANAGER, world.clinic_desk))
    for deed in ("up", "down", "pin", "unpin", "delete", "put-back"):
        assert do(client, shared, deed) == 404, deed
        assert do(other_head, shared, deed) == 302, deed
    assert client.get(reverse("desk:saved_view", args=[shared.pk])).status_code == 404
    assert client.post(reverse("desk:saved_view", args=[shared.pk]), {"name": "Чужое"}).status_code == 404
    renamed = other_head.post(reverse("desk:saved_view", args=[shared.pk]), {"name": "Наше", "shared": "on"})
    assert renamed.status_code == 302
    shared.refresh_from_db()
    assert (shared.name, shared.address, shared.desk_id) == ("Наше", FILTERS, world.clinic_desk.pk)


def test_somebody_elses_view_does_not_exist(client: Client, sign_in: SignIn, world: World) -> None:
    own = save(client)
    people = [
        factories.staff(Role.CLINIC_MANAGER, world.clinic_desk),
        factories.staff(Role.CENTRAL_EXPERT, world.centre),
        factories.staff(Role.AUDITOR, world.centre),
        factories.staff(Role.ADMINISTRATOR, world.centre),
    ]
    for person in people:
        other = sign_in(person)
        assert other.get(reverse("desk:saved_view", args=[own.pk])).status_code == 404
        assert other.post(reverse("desk:saved_view", args=[own.pk]), {"name": "x"}).status_code == 404
        for deed in ("first", "not-first", "up", "delete", "put-back", "pin"):
            assert do(other, own, deed) == 404, (person.role, deed)
        assert "Отказы" not in other.get(f"{reverse('desk:saved_views')}?deleted={own.pk}").content.decode()
    own.refresh_from_db()
    assert own.name == "Отказы"
    assert own.deleted_at is None


def test_a_deleted_view_is_put_back(client: Client) -> None:
    view = save(client)
    answer = client.post(reverse("desk:view_deed", args=[view.pk, "delete"]), follow=True)
    assert "“Отказы” is deleted." in answer.content.decode()
    assert beside(client) == []
    assert do(client, view, "put-back") == 302
    assert [name for name, _count in beside(client)] == ["Отказы"]


def test_what_was_deleted_long_ago_goes_for_good(client: Client) -> None:
    old, new = save(client, "Старый"), save(client, "Новый")
    do(client, old, "delete")
    SavedView.objects.filter(pk=old.pk).update(deleted_at=timezone.now() - timedelta(days=2))
    do(client, new, "delete")
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Новый"]


def test_views_are_arranged_and_taken_off_the_queue(client: Client) -> None:
    views = [save(client, name) for name in ("А", "Б", "В")]
    do(client, views[2], "up")
    do(client, views[0], "up")
    assert [name for name, _count in beside(client)] == ["А", "В", "Б"]
    do(client, views[0], "down")
    do(client, views[1], "down")
    assert [name for name, _count in beside(client)] == ["В", "А", "Б"]
    do(client, views[0], "unpin")
    assert [name for name, _count in beside(client)] == ["В", "Б"]


def test_the_queue_opens_with_the_view_chosen_to_be_first(client: Client, sign_in: SignIn, head: Staff) -> None:
    shared = save(sign_in(head), "Наши", shared="on")
    assert client.get(reverse("desk:queue")).status_code == 200
    assert do(client, shared, "first") == 302
    assert client.get(reverse("desk:queue"))["Location"] == f"{reverse('desk:queue')}?{FILTERS}"
    assert client.get(reverse("desk:queue") + "?tab=mine").status_code == 200
    assert do(client, shared, "not-first") == 302
    assert client.get(reverse("desk:queue")).status_code == 200
    do(client, shared, "first")
    do(sign_in(head), shared, "delete")
    assert client.get(reverse("desk:queue")).status_code == 200
    assert FirstView.objects.count() == 1


def test_a_view_takes_the_filters_of_the_page_instead_of_its_own(client: Client, sign_in: SignIn, head: Staff) -> None:
    view = save(client)
    foreign = save(sign_in(head))
    save(client, "", "tab=all&language=kk", instead_of=str(view.pk))
    view.refresh_from_db()
    assert (view.name, view.address) == ("Отказы", "tab=all&language=kk")
    refused = client.post(reverse("desk:save_view"), {"address": "tab=all", "instead_of": str(foreign.pk)})
    assert refused.status_code == 422
    foreign.refresh_from_db()
    assert foreign.address == FILTERS


def test_a_view_that_a_role_does_not_have_is_left_out(world: World, sign_in: SignIn) -> None:
    save(sign_in(factories.staff(Role.APPROVER, world.centre)), "Наши", "tab=desk", shared="on")
    save(sign_in(factories.staff(Role.APPROVER, world.centre)), "Все", "tab=all", shared="on")
    assert [name for name, _count in beside(sign_in(factories.staff(Role.AUDITOR, world.centre)), "?tab=all")] == [
        "Все"
    ]


def test_what_has_gone_from_the_directory_is_left_aside(client: Client, specialist: Staff) -> None:
    SavedView.objects.create(made_by=specialist, name="Старый", address="tab=desk&topic=gone&region=1&assignee=me")
    assert beside(client) == [("Старый", 0)]
    page = client.get(f"{reverse('desk:queue')}?tab=desk&topic=gone&assignee=me").content.decode()
    assert "could not be read in the address: the topic" in page


def test_thirty_views_are_as_many_as_fit(client: Client) -> None:
    for n in range(30):
        save(client, f"Вид {n}")
    answer = client.post(reverse("desk:save_view"), {"name": "Ещё", "address": FILTERS})
    assert answer.status_code == 422
    assert "Thirty views are as many as fit." in answer.content.decode()


def test_ten_views_take_as_many_queries_as_one(client: Client) -> None:
    paths = [reverse("desk:queue") + "?tab=desk", reverse("desk:saved_views")]
    save(client)
    with_one = [len(queries_of(client, path)) for path in paths]
    for n in range(9):
        save(client, f"Вид {n}")
    assert [len(queries_of(client, path)) for path in paths] == with_one


def test_an_unknown_deed_and_a_look_do_nothing(client: Client) -> None:
    view = save(client)
    assert do(client, view, "burn") == 404
    assert client.get(reverse("desk:view_deed", args=[view.pk, "delete"])).status_code == 405
    assert do(client, SavedView(pk=2**62), "delete") == 404
