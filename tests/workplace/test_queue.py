"""The queue: what is in each view, in which order, page by page, and how many queries it takes."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qorgau.handling.accept import accept
from qorgau.handling.add_message import add_message
from qorgau.handling.answer import answer
from qorgau.handling.approve import approve
from qorgau.handling.ask_applicant import ask_applicant
from qorgau.handling.draft import draft
from qorgau.handling.extend import refuse_extension
from qorgau.handling.note import note
from qorgau.handling.pass_on import pass_on
from qorgau.handling.propose_extension import propose_extension
from qorgau.handling.request_information import request_information
from qorgau.handling.send_back import send_back
from qorgau.handling.submit_for_approval import submit_for_approval
from qorgau.lib.for_a_while import TrueForAWhile
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, InformationRequest
from qorgau.rules.kinds import Channel
from qorgau.rules.roles import Role
from qorgau.workplace.queue import counting, listing
from qorgau.workplace.queue.asked import asked_for
from tests import factories
from tests.factories import World
from tests.workplace.conftest import SignIn


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def client(specialist: Staff, sign_in: SignIn) -> Client:
    return sign_in(specialist)


def numbers(client: Client, query: str = "") -> list[str]:
    """The numbers of one page, from top to bottom."""
    page = client.get(reverse("desk:queue") + query)
    assert page.status_code == 200
    return re.findall(r'/desk/appeal/([\d-]+)/[^"]*"><span class="number"', page.content.decode())


def counts(client: Client, query: str = "") -> dict[str, int]:
    page = client.get(reverse("desk:queue") + query).content.decode()
    found = re.findall(r'href="\?tab=(\w+)[^"]*"[^>]*>[^<]+<span class="count[^>]*>(\d+)</span>', page)
    return {tab: int(count) for tab, count in found}


def received(days_ago: float) -> dict[str, object]:
    return {"received_at": timezone.now() - timedelta(days=days_ago)}


def test_what_is_due_first_stands_first_then_who_waits_longest(client: Client, world: World) -> None:
    about = {"organisation_id": world.state_clinic.pk}
    late = factories.appeal(**about, **received(30))
    fresh = factories.appeal(**about, **received(0.001))
    same_day_later = factories.appeal(**about, **received(10))
    same_day_earlier = factories.appeal(**about, **received(10.001))
    assert same_day_later.due_on == same_day_earlier.due_on
    in_order = [late.number, same_day_earlier.number, same_day_later.number, fresh.number]
    assert numbers(client, "?tab=desk") == in_order


def test_by_due_date_what_has_ended_comes_last_on_every_page(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "ROWS_ON_A_PAGE", 2)
    ended, running = [
        [factories.appeal(organisation_id=world.state_clinic.pk, **received(days)) for days in (30, 20, 10)]
        for _ in range(2)
    ]
    Appeal.objects.filter(pk__in=[one.pk for one in ended]).update(
        state="closed", waiting_since=None, version=F("version") + 1
    )
    seen, address = [], "?tab=all&sort=due"
    while address:
        page = client.get(reverse("desk:queue") + address).content.decode()
        seen += numbers(client, address)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = html.unescape(following[1]) if following else ""
    assert seen == [one.number for one in (*running, *ended)]


@pytest.mark.parametrize("sort", ["due", "waiting"])
@pytest.mark.parametrize("running", [0, 2, 3, 4, 9])
def test_what_is_open_and_what_is_over_make_one_list(
    client: Client, specialist: Staff, world: World, monkeypatch: pytest.MonkeyPatch, sort: str, running: int
) -> None:
    """The rows of a clinic are read in two parts; whoever goes from page to page does not notice."""
    monkeypatch.setattr(listing, "ROWS_ON_A_PAGE", 3)
    made = [factories.appeal(organisation_id=world.state_clinic.pk, **received(n // 2)) for n in range(running + 5)]
    changes = [
        (made[running:], {"state": "closed", "waiting_since": None}),
        (made[0:running:3], {"waiting_since": None, "state": "awaiting_applicant"}),
        (made[1:running:3], {"due_on": None}),
        (made[4:running:5], {"due_on": None, "waiting_since": None, "state": "awaiting_applicant"}),
        # Whoever's appeal was merged still waits, most of these longer than anybody.
        (made[running + 3 :], {"state": "merged", "waiting_since": F("received_at")}),
    ]
    for rows, change in changes:
        Appeal.objects.filter(pk__in=[one.pk for one in rows]).update(version=F("version") + 1, **change)

    def last_if_none(value: object) -> tuple[bool, object]:
        return (value is None, value or 0)

    def place(one: Appeal) -> tuple[object, ...]:
        due = one.due_on if one.state not in ("closed", "merged") else None
        waits = (last_if_none(one.waiting_since), one.pk)
        return waits if sort == "waiting" else (last_if_none(due), *waits)

    in_order = [one.number for one in sorted(Appeal.objects.all(), key=place)]
    seen, query = [], f"tab=all&sort={sort}"
    while query:
        asked = asked_for(QueryDict(query), Staff.objects.select_related("desk").get(pk=specialist.pk))
        assert asked is not None
        found = listing.page(asked.view)
        seen += [row.number for row in found.rows]
        query = f"tab=all&sort={sort}&after={found.next.address()}" if found.next else ""
    assert seen == in_order


def test_a_page_full_of_what_is_open_asks_nothing_of_what_is_over(
    specialist: Staff, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "ROWS_ON_A_PAGE", 3)
    for _ in range(4):
        factories.appeal(organisation_id=world.state_clinic.pk, **received(1))
    asked = asked_for(QueryDict("tab=all&sort=due"), Staff.objects.select_related("desk").get(pk=specialist.pk))
    assert asked is not None
    with CaptureQueriesContext(connection) as taken:
        listing.page(asked.view)
    assert len(taken) == 1


def test_views_hold_what_their_names_say(client: Client, world: World, specialist: Staff) -> None:
    branch = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    now = timezone.now()
    fund = {"wish": "fund", "region": world.astana.kato, **received(1)}
    of_the_desk = factories.appeal(organisation_id=world.state_clinic.pk, **received(1))
    mine = factories.appeal(organisation_id=world.state_clinic.pk, **received(1))
    accept(mine, staff=specialist, at=now)
    offered, asked = factories.appeal(**fund), factories.appeal(**fund)
    for appeal in (offered, asked):
        accept(appeal, staff=branch, at=now)
    pass_on(offered, staff=branch, to=world.clinic_desk, reason="Ваш пациент", at=now)
    request_information(asked, staff=branch, asked=world.clinic_desk, question="Что было?", at=now)
    late = factories.appeal(organisation_id=world.state_clinic.pk, **received(30))
    assert set(numbers(client, "?tab=mine")) == {mine.number}
    assert set(numbers(client, "?tab=desk")) == {of_the_desk.number, mine.number, late.number}
    assert set(numbers(client, "?tab=offered")) == {offered.number}
    assert set(numbers(client, "?tab=asked")) == {asked.number}
    assert set(numbers(client, "?tab=overdue")) == {late.number}
    assert set(numbers(client, "?tab=approval")) == set()
    assert set(numbers(client, "?tab=all")) == {a.number for a in (of_the_desk, mine, offered, asked, late)}
    assert counts(client) == {
        "mine": 1, "desk": 3, "offered": 1, "asked": 1, "approval": 0, "overdue": 1, "all": 5,
    }  # fmt: skip


def test_a_longer_term_that_is_proposed_waits_for_the_head_beside_the_drafts(world: World, sign_in: SignIn) -> None:
    branch = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    head = factories.staff(Role.APPROVER, world.branch)
    appeal, other = (factories.appeal(wish="fund", region=world.astana.kato, **received(1)) for _ in range(2))
    for one in (appeal, other):
        accept(one, staff=branch, at=timezone.now())
    until = timezone.localdate() + timedelta(days=40)
    propose_extension(appeal, staff=branch, until=until, reason="Нужна экспертиза", at=timezone.now())
    client = sign_in(head)
    assert numbers(client, "?tab=approval") == [appeal.number]
    assert counts(client)["approval"] == 1
    page = client.get(reverse("desk:queue") + "?tab=desk").content.decode()
    assert page.count("A longer term is proposed") == 1
    refuse_extension(appeal, staff=head, reason="Хватит времени", at=timezone.now())
    assert numbers(client, "?tab=approval") == []
    assert "A longer term is proposed" not in client.get(reverse("desk:queue") + "?tab=desk").content.decode()


def test_a_row_says_what_the_head_said_of_the_draft_to_the_desk_that_reads_it(world: World, sign_in: SignIn) -> None:
    author, head = (factories.staff(role, world.branch) for role in (Role.BRANCH_SPECIALIST, Role.APPROVER))
    expert = factories.staff(Role.CENTRAL_EXPERT, world.centre)
    ready, bad = (factories.appeal(wish="fund", region=world.astana.kato, **received(1)) for _ in range(2))
    now = timezone.now()
    for one in (ready, bad):
        accept(one, staff=author, at=now)
        words = {"text": "Вас примут завтра.", "legal_basis": "", "how_to_appeal": "", "language": "ru"}
        draft(one, staff=author, decision="founded", at=now, **words)
        submit_for_approval(one, staff=author, at=now)
    said = ("The answer is approved: send it", "The draft was sent back")

    def told(staff: Staff) -> tuple[int, ...]:
        page = sign_in(staff).get(reverse("desk:queue") + "?tab=all").content.decode()
        return tuple(page.count(words) for words in said)

    assert told(author) == (0, 0)
    approve(ready, staff=head, at=now)
    send_back(bad, staff=head, reason="Назовите день", at=now)
    assert (told(author), told(expert)) == ((1, 1), (0, 0))
    answer(ready, staff=author, at=now)
    submit_for_approval(bad, staff=author, at=now)
    assert told(author) == (0, 0)


def test_the_count_of_a_view_is_the_length_of_its_list_under_every_filter(client: Client, world: World) -> None:
    for days in (0, 4, 20, 40):
        factories.appeal(organisation_id=world.state_clinic.pk, **received(days))
        factories.appeal(organisation_id=world.state_clinic.pk, language="kk", **received(days))
    for filters in (
        "",
        "&due=overdue",
        "&due=7",
        "&language=kk",
        "&state=registered",
        "&state=closed",
        "&kind=request",
    ):
        for tab, count in counts(client, f"?tab=all{filters}").items():
            assert len(numbers(client, f"?tab={tab}{filters}")) == count, (tab, filters)


def test_a_view_of_very_many_is_not_counted_again_for_a_while(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    monkeypatch.setattr(counting, "_HOLD_MORE", TrueForAWhile(seconds=300, at_most=10))
    shown = r'id="count-desk"[^>]*>([^<]+)<'
    made = [factories.appeal(organisation_id=world.state_clinic.pk) for _ in range(3)]
    first = client.get(reverse("desk:queue")).content.decode()
    Appeal.objects.filter(pk=made[0].pk).update(state="closed", version=F("version") + 1)
    again = client.get(reverse("desk:queue")).content.decode()
    filtered = client.get(reverse("desk:queue") + "?tab=desk&kind=complaint").content.decode()
    told = [re.findall(shown, page) for page in (first, again, filtered)]
    assert told[:2] == [["2+"], ["2+"]]
    monkeypatch.setattr(counting, "_HOLD_MORE", TrueForAWhile(seconds=300, at_most=10))
    assert re.findall(shown, client.get(reverse("desk:queue")).content.decode()) == ["2"]
    assert told[2] != ["2+"]


def test_a_list_that_was_asked_before_is_of_this_moment_and_of_the_desk_one_is_at_now(
    client: Client, world: World, specialist: Staff
) -> None:
    first = factories.appeal(organisation_id=world.state_clinic.pk, **received(2))
    assert numbers(client, "?tab=all") == [first.number]
    second = factories.appeal(organisation_id=world.state_clinic.pk, **received(1))
    assert numbers(client, "?tab=all") == [second.number, first.number]
    Staff.objects.filter(pk=specialist.pk).update(desk=world.private_clinic_desk)
    elsewhere = factories.appeal(organisation_id=world.private_clinic.pk)
    assert numbers(client, "?tab=all") == [elsewhere.number]
    assert counts(client, "?tab=all")["all"] == 1


@pytest.mark.parametrize(
    "query", ["?tab=mine", "?tab=desk", "?tab=all&assignee=me", "?tab=all&unread=1", "?tab=offered"]
)
def test_two_clinics_share_the_sql_of_a_view_and_none_of_its_rows(
    client: Client, world: World, specialist: Staff, sign_in: SignIn, query: str
) -> None:
    other = factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk)
    here, there = (
        factories.appeal(organisation_id=clinic.pk, **received(1))
        for clinic in (world.state_clinic, world.private_clinic)
    )
    accept(here, staff=specialist, at=timezone.now())
    accept(there, staff=other, at=timezone.now())
    for appeal, person in (here, specialist), (there, other):
        Appeal.objects.filter(pk=appeal.pk).update(assignee=person, version=F("version") + 1)
    offered = "offered" in query
    assert numbers(client, query) == ([] if offered else [here.number])
    made = listing._first_rows.cache_info().misses + counting._put_into_sql_once.cache_info().misses
    assert numbers(sign_in(other), query) == ([] if offered else [there.number])
    assert listing._first_rows.cache_info().misses + counting._put_into_sql_once.cache_info().misses == made


@pytest.mark.parametrize("sort", ["due", "newest"])
def test_what_was_asked_of_a_desk_shows_when_its_reply_is_due_in_any_order(
    client: Client, world: World, specialist: Staff, sort: str
) -> None:
    branch = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    asked = factories.appeal(wish="fund", region=world.astana.kato, **received(1))
    accept(asked, staff=branch, at=timezone.now())
    request_information(asked, staff=branch, asked=world.clinic_desk, question="Что было?", at=timezone.now())
    due = InformationRequest.objects.get(appeal=asked).clock.due_on
    assert due != asked.due_on
    staff = Staff.objects.select_related("desk").get(pk=specialist.pk)
    found = asked_for(QueryDict(f"tab=asked&sort={sort}"), staff)
    assert found is not None
    assert [row.due for row in listing.page(found.view).rows] == [due]


@pytest.mark.parametrize("sort", ["due", "waiting", "newest", "topic"])
def test_pages_follow_each_other_without_gaps_or_repeats(client: Client, world: World, sort: str) -> None:
    made = [factories.appeal(organisation_id=world.state_clinic.pk, **received(n // 3)) for n in range(65)]
    # Some wait for nobody and some have no term, so the order has holes to step over.
    for hole, rows in ({"waiting_since": None}, made[::5]), ({"due_on": None}, made[::7]):
        Appeal.objects.filter(pk__in=[appeal.pk for appeal in rows]).update(version=F("version") + 1, **hole)
    query, seen, pages = f"?tab=all&sort={sort}", [], 0
    while query:
        page = client.get(reverse("desk:queue") + query).content.decode()
        seen += re.findall(r'/desk/appeal/([\d-]+)/[^"]*"><span class="number"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        query = following[1].replace("&amp;", "&") if following else ""
        pages += 1
    assert pages == 3
    assert len(seen) == len(set(seen)) == 65


@pytest.mark.parametrize("query", ["?tab=desk", "?tab=all&sort=newest", "?tab=asked", "?tab=desk&due=7&language=ru"])
def test_thirty_rows_take_as_many_queries_as_one(client: Client, world: World, query: str) -> None:
    branch = factories.staff(Role.BRANCH_SPECIALIST, world.branch)

    def one_more() -> None:
        factories.appeal(organisation_id=world.state_clinic.pk, **received(0.001))
        asked = factories.appeal(wish="fund", region=world.astana.kato, **received(0.001))
        accept(asked, staff=branch, at=timezone.now())
        request_information(asked, staff=branch, asked=world.clinic_desk, question="Что было?", at=timezone.now())

    one_more()
    client.get(reverse("desk:queue") + query)  # whatever a process reads once
    with CaptureQueriesContext(connection) as with_one:
        assert len(numbers(client, query)) in (1, 2)
    for _ in range(29):
        one_more()
    with CaptureQueriesContext(connection) as with_thirty:
        assert len(numbers(client, query)) == 30
    # The session, the person with the desk, the colleagues, the rows, the counts, the saved views and theirs, labels
    # and steps, of which several go in one trip; not whether the directory has a new version, asked now and then.
    thirty, one = (
        [q["sql"][:60] for q in taken if "directoryversion" not in q["sql"]] for taken in (with_thirty, with_one)
    )
    assert thirty == one
    assert len(thirty) <= 10


def test_a_new_message_is_marked_until_somebody_does_something(client: Client, world: World, specialist: Staff) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, **received(1))
    accept(appeal, staff=specialist, at=timezone.now())
    page = reverse("desk:queue")
    assert "New message" not in client.get(page).content.decode()
    later = timezone.now() + timedelta(minutes=1)
    add_message(appeal, text="Добавляю: это было утром.", at=later, delivery_key="m1")
    assert "New message" in client.get(page).content.decode()
    note(appeal, staff=specialist, text="Прочитано.", at=later + timedelta(minutes=1))
    assert "New message" not in client.get(page).content.decode()


def test_nobody_waits_for_us_while_it_is_the_applicants_turn(client: Client, world: World, specialist: Staff) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, **received(3))
    assert "3 days" in client.get(reverse("desk:queue") + "?tab=desk").content.decode()
    accept(appeal, staff=specialist, at=timezone.now())
    ask_applicant(appeal, staff=specialist, question="Когда?", at=timezone.now())
    assert "It is the applicant’s turn" in client.get(reverse("desk:queue")).content.decode()


def test_an_organisation_is_found_by_words_and_narrowed_to_one(world: World, sign_in: SignIn) -> None:
    client = sign_in(factories.staff(Role.CENTRAL_EXPERT, world.centre))
    state = factories.appeal(organisation_id=world.state_clinic.pk, **received(1))
    private = factories.appeal(organisation_id=world.private_clinic.pk, **received(1))
    assert numbers(client, "?tab=all&organisation_words=шипа") == [private.number]
    page = client.get(reverse("desk:queue") + "?tab=all&organisation_words=шипа").content.decode()
    assert f"organisation={world.private_clinic.pk}" in page
    assert numbers(client, f"?tab=all&organisation={world.state_clinic.pk}") == [state.number]
    assert numbers(client, "?tab=all&organisation_words=zzzzzz") == []


def test_one_of_several_values_is_enough(client: Client, world: World, specialist: Staff) -> None:
    about = {"organisation_id": world.state_clinic.pk}
    refusal = factories.appeal(topic="refusal", **about, **received(1))
    plain = factories.appeal(language="kk", **about, **received(2))
    other = factories.appeal(channel=Channel.CALL, **about, **received(3))
    accept(plain, staff=specialist, at=timezone.now())
    everything = [other.number, plain.number, refusal.number]
    assert numbers(client, "?tab=desk&language=ru&language=kk&sort=waiting") == everything
    assert numbers(client, "?tab=desk&channel=call&channel=qr") == [other.number]
    assert numbers(client, "?tab=desk&topic=refusal&topic=extortion") == [refusal.number]
    assert numbers(client, "?tab=desk&state=in_work&state=closed") == [plain.number]
    assert numbers(client, "?tab=desk&assignee=me") == [plain.number]
    assert numbers(client, f"?tab=desk&assignee={specialist.pk}") == [plain.number]
    assert numbers(client, "?tab=desk&assignee=nobody&sort=waiting") == [other.number, refusal.number]
    assert numbers(client, "?tab=desk&assignee=nobody&assignee=me&sort=waiting") == everything
    assert counts(client, "?tab=desk&assignee=nobody&channel=call")["desk"] == 1


def test_each_value_of_a_filter_is_taken_off_by_itself(client: Client, world: World) -> None:
    page = client.get(reverse("desk:queue") + "?tab=desk&language=ru&language=kk&assignee=nobody").content.decode()
    chips = re.findall(r'class="chip" href="([^"]+)">([^<]+)', page.replace("&amp;", "&"))
    assert chips == [
        ("?tab=desk&language=kk&assignee=nobody", "Русский"),
        ("?tab=desk&language=ru&assignee=nobody", "Қазақша"),
        ("?tab=desk&language=ru&language=kk", "Nobody works on it yet"),
    ]


def test_the_work_of_another_desk_is_asked_for_by_the_fund_only(world: World, sign_in: SignIn, client: Client) -> None:
    elsewhere = factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk)
    appeal = factories.appeal(organisation_id=world.private_clinic.pk, **received(1))
    accept(appeal, staff=elsewhere, at=timezone.now())
    query = f"?tab=all&assignee={elsewhere.pk}"
    assert numbers(sign_in(factories.staff(Role.CENTRAL_EXPERT, world.centre)), query) == [appeal.number]
    page = client.get(reverse("desk:queue") + query).content.decode()
    assert "could not be read in the address: who works on it" in page


def test_nonsense_in_the_address_is_noted_and_the_list_stays(client: Client, world: World) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, **received(1))
    page = client.get(reverse("desk:queue") + "?tab=desk&state=x&due=%FF&after=zzz&organisation=%00&topic=%27")
    assert page.status_code == 200
    assert appeal.number in page.content.decode()
    assert page.content.decode().count("Left aside, because it could not be read in the address") == 1
    assert "in the address: the state, the topic, the organisation, the due date, the page." in page.content.decode()


def test_the_list_alone_is_given_to_those_who_ask_for_it(client: Client, world: World) -> None:
    whole = client.get(reverse("desk:queue"))
    part = client.get(reverse("desk:queue"), headers={"HX-Request": "true", "HX-Target": "queue-list"})
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert whole["Vary"] and "HX-Target" in whole["Vary"]
    assert "no-store" in whole["Cache-Control"]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AUDITOR])
def test_those_who_only_read_have_no_work_of_their_own(world: World, sign_in: SignIn, role: Role) -> None:
    factories.appeal(**received(1))
    client = sign_in(factories.staff(role, world.centre))
    assert set(counts(client)) == {"overdue", "all"}


def test_an_administrator_is_sent_to_the_administration(world: World, sign_in: SignIn) -> None:
    page = sign_in(factories.staff(Role.ADMINISTRATOR, world.centre)).get(reverse("desk:queue"))
    assert page.status_code == 200
    assert "You have no queue." in page.content.decode()
    assert reverse("admin:index") in page.content.decode()


def test_a_browser_with_scripts_gets_the_list_first_and_the_counts_afterwards(
    client: Client, world: World, specialist: Staff
) -> None:
    for _ in range(2):
        factories.appeal(organisation_id=world.state_clinic.pk, **received(1))
    query = "?tab=desk&kind=complaint"
    client.cookies["counts"] = "later"
    page = client.get(reverse("desk:queue") + query).content.decode()
    assert '<span class="count" id="count-desk"></span>' in page
    assert f'hx-get="{reverse("desk:queue_counts")}?tab=desk&amp;kind=complaint" hx-trigger="load"' in page
    told = client.get(reverse("desk:queue_counts") + query).content.decode()
    assert '<span class="count" id="count-desk" hx-swap-oob="true">2</span>' in told
    assert "2 unread" in told
    assert "<title>My desk’s (2) – Qorgau</title>" in told
    # Whoever has switched scripts off since asks for them.
    assert counts(client, f"{query}&counts=now")["desk"] == 2


def test_counts_alone_are_one_statement_besides_who_asks(client: Client, world: World) -> None:
    client.get(reverse("desk:queue_counts"))
    with CaptureQueriesContext(connection) as taken:
        client.get(reverse("desk:queue_counts") + "?tab=all&kind=complaint")
    assert len([q for q in taken if "count(*)" in q["sql"]]) == 1
    assert len([q for q in taken if "directoryversion" not in q["sql"]]) <= 6


def test_whoever_has_no_work_of_their_own_is_led_to_that_of_the_desk(client: Client, world: World) -> None:
    page = client.get(reverse("desk:queue") + "?tab=mine").content.decode()
    assert 'href="?tab=desk">See what waits at my desk</a>' in page
    assert "See what waits at my desk" not in client.get(reverse("desk:queue") + "?tab=overdue").content.decode()
