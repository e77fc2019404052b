import threading
from datetime import date, time

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from qorgau.directory import reference
from qorgau.directory.changes import new_version
from qorgau.directory.models import DeadlinePolicy, DirectoryVersion, Organisation, Region, Topic, WorkingHours
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import Problem
from tests import factories
from tests.factories import World

TODAY = date(2026, 6, 2)


@pytest.fixture(autouse=True)
def _fresh(world: World) -> None:
    """Each test begins with the small world in the snapshot."""


def look_now(monkeypatch: pytest.MonkeyPatch) -> reference.Reference:
    """`current()` as it is two seconds later."""
    monkeypatch.setattr(reference, "_look_again_at", 0.0)
    return reference.current()


def test_nothing_is_asked_of_the_database_within_two_seconds(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    reference.refresh()
    with django_assert_num_queries(0):
        held = reference.current()
        for organisation in held.organisations.values():
            assert organisation.region.name_ru
        for desk in held.desks.values():
            assert desk.organisation is None or desk.organisation.region.kato
        held.policy("consideration", on=TODAY)


def test_an_unchanged_directory_costs_one_query_every_two_seconds(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    held = reference.current()
    with django_assert_num_queries(1):
        assert look_now(monkeypatch) is held
        assert reference.current() is held


def test_a_change_is_seen_at_the_next_look(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    held = reference.current()
    Topic.objects.create(code="new", name_ru="Новая")
    new_version(organisations=False)
    assert reference.current() is held
    assert look_now(monkeypatch).topic_by_code("new") is not None


def test_organisations_are_read_again_only_when_they_changed(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    new_version(organisations=True)
    held = look_now(monkeypatch)
    new_version(organisations=False)
    without = look_now(monkeypatch)
    assert without is not held
    assert without.organisations is held.organisations
    factories.organisation(world.almaty, name="Городская поликлиника №7")
    new_version(organisations=True)
    assert len(look_now(monkeypatch).organisations) == len(held.organisations) + 1


def test_a_change_that_was_rolled_back_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    new_version(organisations=True)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Topic.objects.create(code="ghost", name_ru="Призрак")
        new_version(organisations=False)
        assert look_now(monkeypatch).topic_by_code("ghost") is not None
        raise ZeroDivisionError
    new_version(organisations=False)
    assert look_now(monkeypatch).topic_by_code("ghost") is None


def test_the_version_is_one_row_that_counts_changes() -> None:
    new_version(organisations=False)
    before = DirectoryVersion.objects.get()
    new_version(organisations=False)
    after = DirectoryVersion.objects.get()
    assert after.number == before.number + 1
    assert after.stamp != before.stamp
    assert after.organisations_stamp == before.organisations_stamp


def test_a_row_of_the_snapshot_refuses_to_be_saved(world: World) -> None:
    shared = reference.current().regions[world.astana.pk]
    shared.name_ru = "Акмола"
    with pytest.raises(RuntimeError, match="snapshot"):
        shared.save()
    reference.refresh()
    assert Region.objects.get(pk=world.astana.pk).name_ru == "город Астана"


def test_threads_that_come_first_together_read_the_directory_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []
    made = reference.current()

    def read(held: reference.Reference | None = None) -> reference.Reference:
        reads.append(1)
        return made

    monkeypatch.setattr(reference, "_held", None)
    monkeypatch.setattr(reference, "read", read)
    threads = [threading.Thread(target=reference.current) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reads) == 1


def test_while_one_thread_looks_others_get_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    held = reference.current()
    monkeypatch.setattr(reference, "_look_again_at", 0.0)
    looking, done = threading.Event(), threading.Event()

    def hold_the_lock() -> None:
        with reference._lock:
            looking.set()
            done.wait(10)

    thread = threading.Thread(target=hold_the_lock)
    thread.start()
    looking.wait(10)
    with connection.execute_wrapper(_refuse):
        assert reference.current() is held
    done.set()
    thread.join()


def _refuse(*args: object) -> None:
    raise AssertionError("the database was asked")


def test_each_kind_of_desk_is_found_by_what_it_belongs_to(world: World) -> None:
    held = reference.current()
    astana, clinic = world.astana.pk, world.state_clinic.pk
    assert held.desk_of(DeskKind.CONTACT_CENTRE) == world.contact_centre
    assert held.desk_of(DeskKind.CENTRE, region_id=astana, organisation_id=clinic) == world.centre
    assert held.desk_of(DeskKind.BRANCH, region_id=astana) == world.branch
    assert held.desk_of(DeskKind.BRANCH, region_id=world.almaty.pk) == world.other_branch
    assert held.desk_of(DeskKind.HEALTH_DEPARTMENT, organisation_id=clinic) == world.health_department
    assert held.desk_of(DeskKind.CLINIC, region_id=astana, organisation_id=clinic) == world.clinic_desk
    assert held.desk_of("clinic", organisation_id=world.private_clinic.pk) == world.private_clinic_desk


def test_there_is_no_desk_where_nothing_tells_which(world: World) -> None:
    held = reference.current()
    assert held.desk_of(DeskKind.BRANCH) is None
    assert held.desk_of(DeskKind.CLINIC, region_id=world.astana.pk) is None


def test_a_desk_that_was_ended_is_found_only_for_its_days(world: World) -> None:
    world.branch.valid_to = TODAY
    world.branch.save()
    held = reference.refresh()
    assert held.desk_of(DeskKind.BRANCH, region_id=world.astana.pk, on=TODAY) == world.branch
    assert held.desk_of(DeskKind.BRANCH, region_id=world.astana.pk, on=date(2026, 6, 3)) is None
    assert held.desks[world.branch.pk] == world.branch


def test_topics_make_a_tree_of_those_in_force_in_their_places(world: World) -> None:
    Topic.objects.all().delete()
    second = Topic.objects.create(code="second", name_ru="Вторая", position=200)
    first = Topic.objects.create(code="first", name_ru="Первая", position=100)
    Topic.objects.create(code="empty", name_ru="Пустая", position=50)
    late = Topic.objects.create(code="late", name_ru="Поздняя", parent=first, position=102)
    early = Topic.objects.create(code="early", name_ru="Ранняя", parent=first, position=101)
    Topic.objects.create(code="over", name_ru="Бывшая", parent=first, position=100, valid_to=date(2026, 6, 1))
    only = Topic.objects.create(code="only", name_ru="Одна", parent=second, position=201)
    tree = reference.refresh().topic_tree(TODAY)
    assert tree == [(first, [early, late]), (second, [only])]
    assert tree[0][1][0].parent.code == "first"


def test_a_policy_is_the_row_in_force_on_the_day() -> None:
    DeadlinePolicy.objects.create(
        code="shorter", purpose="consideration", term=10, unit="working_days", valid_from=date(2026, 7, 1),
        name_ru="Короче", basis="Новый закон", basis_kk="Жаңа заң", source_mark="V",
    )  # fmt: skip
    held = reference.refresh()
    assert held.policy("consideration", on=date(2026, 6, 30), kind="complaint").term == 15
    shorter = held.policy("consideration", on=date(2026, 7, 1), kind="complaint", desk_kind="branch")
    assert (shorter.term, shorter.code) == (10, "shorter")
    assert shorter.row_id == DeadlinePolicy.objects.get(code="shorter").pk
    assert shorter.basis == {"kk": "Жаңа заң", "ru": "Новый закон", "en": "Новый закон"}


def test_a_term_without_a_first_day_has_always_been_in_force() -> None:
    DeadlinePolicy.objects.update(valid_from=None)
    assert reference.refresh().policy("consideration", on=date(1999, 1, 1)).term == 15


def test_a_gap_in_the_terms_is_told() -> None:
    with pytest.raises(Problem):
        reference.current().policy("public_service", on=TODAY)


def test_the_calendar_follows_the_hours_of_the_day(world: World) -> None:
    WorkingHours.objects.create(opens=time(8), closes=time(17), valid_from=date(2026, 7, 1))
    held = reference.refresh()
    assert held.calendar_on(TODAY).closes == time(18, 30)
    assert held.calendar_on(date(2026, 7, 1)).closes == time(17)


@pytest.mark.parametrize(
    "text", ["Астана", "г. Астана", "город Астана", "Астана қ.", "астана қаласы", "KZ-71", "710000000", "711010000"]
)
def test_a_region_is_found_by_any_of_its_names(world: World, text: str) -> None:
    world.astana.aliases = ["Астана"]
    world.astana.save()
    assert reference.refresh().find_region(text) == world.astana


def test_a_region_nobody_knows_is_not_found() -> None:
    assert reference.current().find_region("Атлантида") is None
    assert reference.current().find_region("") is None


def test_organisations_of_the_snapshot_are_complete(world: World) -> None:
    held = reference.current()
    assert set(held.organisations) == set(Organisation.objects.values_list("pk", flat=True))


def test_a_region_without_a_place_is_not_near(world: World) -> None:
    Region.objects.filter(pk=world.almaty.pk).update(latitude=43.24, longitude=76.91)
    assert reference.refresh().regions_near((43.3, 76.95), within=5_000) == [world.almaty]
