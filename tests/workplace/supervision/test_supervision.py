"""The page of supervision: figures that a plain count confirms, lists that hold them, a file that says the same."""

import csv
import io
import re
from collections import Counter
from datetime import date, datetime, timedelta
from html import unescape
from math import ceil
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from qorgau.directory.models import HolidayOverride, StateLabel, WorkingHours
from qorgau.directory.reference import current, refresh
from qorgau.handling.accept import accept
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Handover, Link, Message
from qorgau.rules.roles import HEADS, READERS, Role
from qorgau.rules.states import OPEN, State
from qorgau.rules.working_time import working_seconds
from qorgau.workplace.supervision.asked import COLUMN_OF, Asked, By
from qorgau.workplace.supervision.counting import report
from qorgau.workplace.supervision.figures import Figure, Period
from qorgau.workplace.supervision.times import Times
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn
from tests.workplace.counting import queries_of

ALMATY = ZoneInfo("Asia/Almaty")
TODAY = date(2026, 6, 2)
PERIOD = Period(date(2026, 5, 4), TODAY)
ADDRESS = "?by={by}&from=2026-05-04&to=2026-06-02"


# --- Figures against a plain count -----------------------------------------------------------------------------------


def random_register(world: World, seed: int, size: int) -> list[Staff]:
    """Appeals in every state, of every age, with answers, questions, returns and mergings, written straight away."""
    random = Random(seed)
    people = [factories.staff(Role.BRANCH_SPECIALIST, world.branch) for _ in range(3)]
    model = factories.appeal(wish="fund", region=world.astana.kato)
    desks = [world.branch, world.branch, world.clinic_desk, world.other_branch]
    topics = [None, *(topic.pk for topic in current().topics.values())]

    def moment(days: int) -> datetime:
        return NOON - timedelta(days=days, minutes=random.randrange(24 * 60), seconds=random.randrange(60))

    def later(begun: datetime) -> datetime:
        return begun + random.random() * (NOON - begun)

    rows = []
    for serial in range(size):
        received = moment(random.choice([0, 1, 2, 3, 4, 7, 8, 15, 16, 25, 40, 80]))
        state = random.choice([*OPEN, *State])
        answered = later(received) if state in (State.ANSWERED, State.CLOSED) else None
        ended = later(received) if state in (State.WITHDRAWN, State.REDIRECTED) else None
        rows.append(
            Appeal(
                number=f"26-{9_000_000 + seed * 10_000 + serial}-0", delivery_key=f"random-{seed}-{serial}",
                content_digest=b"", kind="complaint", procedure="full", channel="portal", language="ru", text="Текст",
                topic_id=random.choice(topics), region_id=random.choice([None, world.astana.pk, world.almaty.pk]),
                applicant=model.applicant, sensitive=random.random() < 0.1, received_at=received,
                registered_on=received.date(), state=state.value, holder=random.choice(desks),
                assignee=random.choice([None, *people]),
                due_on=random.choice([None, TODAY + timedelta(days=random.randrange(-20, 20))]),
                answered_at=answered, closed_at=ended, journal_head=b"",
            )
        )  # fmt: skip
    appeals = Appeal.objects.bulk_create(rows)
    for appeal in random.sample(appeals, size // 3):
        Message.objects.create(
            appeal=appeal, direction="to_applicant", text="?", at=later(appeal.received_at), staff=people[0]
        )
    for appeal in random.sample(appeals, size // 4):
        Handover.objects.create(
            appeal=appeal, giver=appeal.holder, receiver=world.centre, reason="-", offered_at=appeal.received_at,
            offered_by=people[0], settled_at=moment(random.randrange(60)),
            outcome=random.choice(["returned", "accepted", "returned"]),
        )  # fmt: skip
    for part in random.sample(appeals, size // 6):
        Link.objects.create(appeal=part, earlier=model, type="part_of", at=moment(random.randrange(60)))
    return people


def plainly(asked: Asked) -> tuple[dict[Any, Counter[Figure]], dict[Any, list[tuple[int, int]]]]:
    """The same, counted one appeal after the other."""
    figures: dict[Any, Counter[Figure]] = {}
    took: dict[Any, list[tuple[int, int]]] = {}
    messages, returned, merged = {}, set(), {}
    for message in Message.objects.filter(direction="to_applicant").order_by("-at"):
        messages[message.appeal_id] = message.at
    for handover in Handover.objects.filter(outcome="returned"):
        if handover.settled_at and _within(handover.settled_at):
            returned.add(handover.appeal_id)
    for link in Link.objects.filter(type="part_of"):
        merged[link.appeal_id] = link.at
    for appeal in asked.appeals():
        found = _figures(appeal, messages, returned, merged)
        key = getattr(appeal, COLUMN_OF[asked.by])
        if found:
            figures.setdefault(key, Counter()).update(found)
        if Figure.ANSWERED in found:
            assert appeal.answered_at
            first = min(appeal.answered_at, messages.get(appeal.pk, appeal.answered_at))
            pair = tuple(
                working_seconds(appeal.received_at, moment, current().calendar_on)
                for moment in (first, appeal.answered_at)
            )
            took.setdefault(key, []).append(pair)  # type: ignore[arg-type]
    return figures, took


def _figures(appeal: Appeal, messages: Any, returned: set[int], merged: dict[int, datetime]) -> set[Figure]:
    found = set()
    if appeal.state in OPEN:
        age = (TODAY - appeal.received_at.astimezone(ALMATY).date()).days
        ages = [(1, Figure.AGE_1), (3, Figure.AGE_3), (7, Figure.AGE_7), (15, Figure.AGE_15), (9999, Figure.OLDER)]
        found |= {Figure.OPEN, next(figure for most, figure in ages if age <= most)}
        if appeal.assignee_id is None:
            found.add(Figure.UNASSIGNED)
        if appeal.due_on and appeal.due_on < TODAY:
            found.add(Figure.OVERDUE)
        if appeal.due_on and 0 <= (appeal.due_on - TODAY).days <= 3:
            found.add(Figure.SOON)
    if _within(appeal.received_at):
        found.add(Figure.RECEIVED)
    if appeal.answered_at and _within(appeal.answered_at) and appeal.pk not in merged:
        found.add(Figure.ANSWERED)
        if appeal.due_on and appeal.answered_at.astimezone(ALMATY).date() > appeal.due_on:
            found.add(Figure.LATE)
    if appeal.state == State.WITHDRAWN and appeal.closed_at and _within(appeal.closed_at):
        found.add(Figure.WITHDRAWN)
    if appeal.pk in returned:
        found.add(Figure.RETURNED)
    if appeal.pk in merged and _within(merged[appeal.pk]):
        found.add(Figure.MERGED)
    return found


def _within(moment: datetime) -> bool:
    return PERIOD.first <= moment.astimezone(ALMATY).date() <= PERIOD.last


def _nth(values: list[int], share: float) -> int:
    return sorted(values)[ceil(share * len(values)) - 1]


def _times(pairs: list[tuple[int, int]]) -> Times:
    first, whole = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return Times(_nth(first, 0.5), _nth(first, 0.9), _nth(whole, 0.5), _nth(whole, 0.9))


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_what_a_plain_count_gives(world: World, seed: int) -> None:
    HolidayOverride.objects.create(day=date(2026, 5, 20), is_working=False, name_ru="перенос")
    HolidayOverride.objects.create(day=date(2026, 5, 23), is_working=True, name_ru="перенос")
    WorkingHours.objects.create(opens="08:30", closes="17:00", valid_from=date(2026, 5, 15), valid_to=None)
    refresh()
    random_register(world, seed, 120)
    for role, desk in (
        (Role.APPROVER, world.branch),
        (Role.ANALYST, world.centre),
        (Role.CLINIC_MANAGER, world.clinic_desk),
    ):
        head = factories.staff(role, desk, may_read_sensitive=seed % 2 == 0)
        for by in By:
            asked = Asked(staff=head, by=by, period=PERIOD, today=TODAY)
            counted, (figures, took) = report(asked), plainly(asked)
            by_key = {None if line.key == "none" else int(line.key): line for line in counted.lines}
            assert {key: +Counter(line.figures) for key, line in by_key.items()} == figures
            assert {key: line.times for key, line in by_key.items() if line.times} == {
                key: _times(pairs) for key, pairs in took.items()
            }
            everything = [pair for pairs in took.values() for pair in pairs]
            assert counted.total.times == (_times(everything) if everything else None)


def test_people_of_one_name_are_told_apart_by_their_desks(world: World) -> None:
    """The file names them so too: it is made of the same lines."""
    here = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    there = factories.staff(Role.BRANCH_SPECIALIST, world.other_branch)
    other = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    Staff.objects.filter(pk=other.pk).update(last_name="Ким", first_name="Олег")
    for staff, region in ((here, world.astana), (there, world.almaty), (other, world.astana)):
        accept(factories.appeal(wish="fund", region=region.kato), staff=staff, at=NOON)
    reader = factories.staff(Role.ANALYST, world.centre)
    lines = report(Asked(staff=reader, by=By.PERSON, period=PERIOD, today=TODAY)).lines
    assert {line.name for line in lines} == {
        f"Сейітова А. ({name_in(world.branch)})", f"Сейітова А. ({name_in(world.other_branch)})", "Ким О.",
    }  # fmt: skip


def test_ages_add_up_to_what_is_open(world: World) -> None:
    random_register(world, 9, 80)
    total = report(
        Asked(staff=factories.staff(Role.APPROVER, world.centre), by=By.DESK, period=PERIOD, today=TODAY)
    ).total
    ages = [Figure.AGE_1, Figure.AGE_3, Figure.AGE_7, Figure.AGE_15, Figure.OLDER]
    assert sum(total.figures[age] for age in ages) == total.figures[Figure.OPEN] > 0


# --- The page, its lists, its file -----------------------------------------------------------------------------------


def table_of(client: Client, address: str) -> list[list[str]]:
    """The table as it stands on the page, in words."""
    page = client.get(reverse("desk:supervision") + address).content.decode()
    rows = re.findall(r"<tr[^>]*><th scope=\"row\">(.*?)</tr>", page, re.S)
    return [[_words(cell) for cell in re.split(r"</t[hd]>", row) if cell.strip()] for row in rows]


def _words(cell: str) -> str:
    return (
        unescape(re.sub(r"<[^>]+>", "", cell)).strip().replace("–", "", 1)
        if "nothing" in cell
        else unescape(re.sub(r"<[^>]+>", "", cell)).strip()
    )


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_file_says_the_same_as_the_screen(world: World, sign_in: SignIn, by: By, language: str) -> None:
    random_register(world, 3, 60)
    client = sign_in(factories.staff(Role.APPROVER, world.branch, language=language))
    address = ADDRESS.format(by=by)
    data = client.get(reverse("desk:supervision_file") + address + "&format=csv-semicolon").getvalue()
    file = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))[1:]
    screen = table_of(client, address)
    assert len(file) > 1
    assert [[row[0], *(_number(cell) for cell in row[1:])] for row in file] == [
        [row[0], *(_number(cell) for cell in row[1:])] for row in screen
    ]


def _number(text: str) -> float | None:
    plain = text.replace("\u00a0", "").replace(",", ".") if "," in text else text
    return float(plain) if plain else None


@pytest.mark.parametrize("by", By)
def test_every_figure_leads_to_the_appeals_it_counts(world: World, sign_in: SignIn, by: By) -> None:
    random_register(world, 5, 60)
    client = sign_in(factories.staff(Role.APPROVER, world.branch))
    page = client.get(reverse("desk:supervision") + ADDRESS.format(by=by)).content.decode()
    links = re.findall(r'<a href="(/desk/supervision/appeals/[^"]+figure=([\w-]+))">([\d,]+)</a>', page)
    assert len(links) > 20
    for href, figure, words in links[:60]:
        listed = client.get(unescape(href)).content.decode()
        assert f'<span class="count">{words.replace(",", "")}</span>' in listed, (href, figure)
        assert len(re.findall(r'<td class="cell-number"><a href="/desk/appeal/', listed)) == min(int(words), 50)


@pytest.mark.parametrize("role", Role)
def test_only_heads_and_readers_supervise(world: World, sign_in: SignIn, role: Role) -> None:
    desks = {
        Role.OPERATOR: world.contact_centre, Role.CLINIC_SPECIALIST: world.clinic_desk,
        Role.CLINIC_MANAGER: world.clinic_desk, Role.HEALTH_DEPARTMENT_SPECIALIST: world.health_department,
        Role.BRANCH_SPECIALIST: world.branch, Role.APPROVER: world.branch,
    }  # fmt: skip
    client = sign_in(factories.staff(role, desks.get(role, world.centre)))
    for name in ("supervision", "supervision_file", "supervision_appeals"):
        expected = 200 if role in HEADS | READERS else 403
        assert client.get(reverse(f"desk:{name}")).status_code == expected, name
        away = Client().get(reverse(f"desk:{name}"))
        assert away.status_code == 302 and away["Location"].startswith(reverse("account_login"))


def test_nobody_counts_what_they_may_not_see(world: World, sign_in: SignIn) -> None:
    mine = factories.appeal(wish="fund", region=world.astana.kato)
    sensitive = factories.appeal(wish="fund", region=world.astana.kato, topic="extortion")
    elsewhere = factories.appeal(wish="fund", region=world.almaty.kato)
    client = sign_in(factories.staff(Role.APPROVER, world.branch))
    for more in (
        "",
        f"&desk={world.other_branch.pk}",
        "&desk=none",
        "&region=none",
        "&person=99999999999999999999",
        "&desk=x",
    ):
        page = client.get(reverse("desk:supervision_appeals") + ADDRESS.format(by="desk") + "&figure=open" + more)
        assert page.status_code == 200
        for other in (sensitive, elsewhere):
            assert other.number not in page.content.decode()
    page = client.get(reverse("desk:supervision_appeals") + ADDRESS.format(by="desk") + "&figure=open")
    assert mine.number in page.content.decode()


STRANGE = (
    "?from=x&to=y",
    "?from=2026-06-30&to=2026-01-01",
    "?from=0001-01-01&to=9999-12-31",
    "?by=moon&figure=sun&page=-1",
    "?page=99999&after=1",
)


@pytest.mark.parametrize("address", STRANGE)
def test_what_cannot_be_read_in_the_address_is_as_usual(world: World, sign_in: SignIn, address: str) -> None:
    client = sign_in(factories.staff(Role.APPROVER, world.branch))
    for name in ("supervision", "supervision_appeals", "supervision_file"):
        assert client.get(reverse(f"desk:{name}") + address).status_code == 200


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("by=moon", "what the lines are."),
        ("from=2026-99-99&to=x", "the first day, the last day."),
        ("region=999999&person=abc", "who works on it, the region."),
        ("figure=sun", "the figure."),
        ("regoin=none", "«regoin»."),
    ],
)
def test_what_was_left_aside_of_an_address_is_said(world: World, sign_in: SignIn, query: str, note: str) -> None:
    client = sign_in(factories.staff(Role.APPROVER, world.branch))
    for name in ("supervision", "supervision_appeals"):
        page = client.get(reverse(f"desk:{name}") + f"?{query}").content.decode()
        assert "Left aside" in page and note in page


def test_what_can_be_read_needs_no_note(world: World, sign_in: SignIn) -> None:
    """A day still to come neither: figures end today."""
    client = sign_in(factories.staff(Role.APPROVER, world.branch))
    query = f"?by=person&from=2026-05-04&to=2100-01-01&region={world.astana.pk}&topic=none"
    for name in ("supervision", "supervision_appeals"):
        assert "Left aside" not in client.get(reverse(f"desk:{name}") + query).content.decode()


def test_queries_do_not_grow_with_people_and_appeals(world: World, sign_in: SignIn) -> None:
    client = sign_in(factories.staff(Role.APPROVER, world.branch))
    counted = []
    for more in (1, 29):
        for _ in range(more):
            appeal = factories.appeal(wish="fund", region=world.astana.kato)
            accept(appeal, staff=factories.staff(Role.BRANCH_SPECIALIST, world.branch), at=NOON)
        for name in ("supervision", "supervision_appeals"):
            counted.append(len(queries_of(client, reverse(f"desk:{name}") + "?by=person")))
    assert counted[:2] == counted[2:]


# --- Giving work to others -------------------------------------------------------------------------------------------


def test_appeals_are_given_one_by_one_each_with_its_result(world: World, sign_in: SignIn) -> None:
    head = factories.staff(Role.APPROVER, world.branch)
    one, other = (factories.staff(Role.BRANCH_SPECIALIST, world.branch) for _ in range(2))
    mine = [factories.appeal(wish="fund", region=world.astana.kato) for _ in range(2)]
    for appeal in mine:
        accept(appeal, staff=one, at=NOON)
    of_clinic = factories.appeal(organisation_id=world.state_clinic.pk)
    elsewhere = factories.appeal(wish="fund", region=world.almaty.kato)
    client = sign_in(head)
    chosen = [*(appeal.number for appeal in mine), of_clinic.number, elsewhere.number, "26-9999999-9", "a\0b"]
    page = client.post(
        reverse("desk:supervision_appeals") + f"?by=person&person={one.pk}&figure=open",
        {"appeal": chosen, "to": str(other.pk)},
    ).content.decode()
    assert set(Appeal.objects.filter(assignee=other).values_list("pk", flat=True)) == {appeal.pk for appeal in mine}
    assert "2 of 5 given to" in page
    assert page.count("There is no such appeal.") == 2
    assert "This person does not work on appeals at the desk that holds it." in page
    assert [line.staff for line in mine[0].journal.filter(verb="assign")] == [head]


def test_all_that_can_be_given_is_chosen_at_once(world: World, sign_in: SignIn) -> None:
    """Without scripts too: a link comes back with every box ticked. What another desk holds has no box."""
    head = factories.staff(Role.APPROVER, world.branch)
    ours = [factories.appeal(wish="fund", region=world.astana.kato) for _ in range(2)]
    theirs = factories.appeal(organisation_id=world.state_clinic.pk)
    client, address = sign_in(head), reverse("desk:supervision_appeals") + "?by=person&figure=open"
    page = client.get(address).content.decode()
    link = re.search(r'href="([^"]+choose=page)"', page)
    assert link is not None and "checked" not in page
    chosen = client.get(reverse("desk:supervision_appeals") + unescape(link[1])).content.decode()
    assert set(re.findall(r'name="appeal" value="([\d-]+)" checked', chosen)) == {one.number for one in ours}
    assert f'name="appeal" value="{theirs.number}"' not in chosen
    assert "Choose all on this page" in page and "Choose all on this page" not in chosen


def test_the_list_behind_a_figure_says_states_in_the_installations_own_words(world: World, sign_in: SignIn) -> None:
    StateLabel.objects.create(
        state="registered", staff_kk="Кезекте", staff_ru="В очереди", staff_en="In line", citizen_kk="Кезекте",
        citizen_ru="В очереди", citizen_en="In line", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    refresh()
    factories.appeal(wish="fund", region=world.astana.kato)
    client = sign_in(factories.staff(Role.APPROVER, world.branch))
    assert "In line (New)" in client.get(reverse("desk:supervision_appeals") + "?figure=open").content.decode()


def test_what_was_chosen_stays_chosen_after_an_error(world: World, sign_in: SignIn) -> None:
    appeal = factories.appeal(wish="fund", region=world.astana.kato)
    client = sign_in(factories.staff(Role.APPROVER, world.branch))
    address = reverse("desk:supervision_appeals") + "?figure=open"
    page = client.post(address, {"appeal": [appeal.number]})
    assert page.status_code == 422
    assert "Choose a colleague." in page.content.decode()
    assert f'name="appeal" value="{appeal.number}" checked' in page.content.decode()
    assert client.post(address, {"to": "1"}).status_code == 422


@pytest.mark.parametrize("role", sorted(READERS))
def test_readers_give_nothing(world: World, sign_in: SignIn, role: Role) -> None:
    appeal = factories.appeal(wish="fund", region=world.astana.kato)
    colleague = factories.staff(Role.CENTRAL_EXPERT, world.centre)
    client = sign_in(factories.staff(role, world.centre))
    address = reverse("desk:supervision_appeals")
    assert client.post(address, {"appeal": [appeal.number], "to": str(colleague.pk)}).status_code == 403
    assert Appeal.objects.get(pk=appeal.pk).assignee is None
