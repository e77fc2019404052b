"""Every address below an appeal, tried by every role: what is not theirs is as if it did not exist.

The addresses are those of the desk, so a new one is tried as soon as it is there. Lists, tables and what is kept under
a key of its own are tried in test_scope_of_lists.py.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qorgau.handling.note import note
from qorgau.handling.reply_information import reply_information
from qorgau.people.models import Staff
from qorgau.register.access import access_code
from qorgau.register.following.models import Follower
from qorgau.register.models import Appeal, Attachment, JournalLine
from qorgau.rules.roles import HANDLERS, Role
from qorgau.workplace import urls
from qorgau.workplace.news.feed import feed
from qorgau.workplace.queue.tabs import Tab
from tests import factories
from tests.factories import NOON
from tests.workplace.conftest import SignIn
from tests.workplace.stage import FILLED_IN, SEES, Stage

FOR_FEWER_STILL = {"receipt", "readers", "callers_code"}
"""Shown to whoever took the appeal, to those who may name its readers (each has a test of its own below), and to those
whom its applicant calls (test_callers.py).
"""

OF_AN_APPEAL = {
    str(pattern.name) for pattern in urls.urlpatterns if "number" in pattern.pattern.converters
} - FOR_FEWER_STILL
"""Found by its number, and only within the scope."""

ONLY_POST = {"following", "contacts", "insurance"}
ONLY_GET = {"appeal", "history", "here", "person", "terms", "file", "preview", "small"}


def address(name: str, appeal: Appeal) -> str:
    if name in ("file", "preview", "small"):
        attachment = Attachment.objects.filter(appeal=appeal).first()
        return reverse(f"desk:{name}", args=[appeal.number, attachment.pk if attachment else 1])
    return reverse(f"desk:{name}", args=[appeal.number])


def test_the_appeals_lie_where_the_table_says(stage_set: Stage) -> None:
    world = stage_set.world
    holders = {name: appeal.holder for name, appeal in stage_set.appeals.items()}
    assert holders == {
        "sensitive": world.branch,
        "clinic": world.clinic_desk,
        "private": world.private_clinic_desk,
        "offered": world.branch,
        "asked": world.branch,
        "department": world.health_department,
        "elsewhere": world.other_branch,
        "consultation": world.contact_centre,
    }
    assert set(stage_set.people) == set(SEES)


def test_every_role_is_tried(stage_set: Stage) -> None:
    assert {person.role for person in stage_set.people.values()} == {role.value for role in Role}


@pytest.mark.parametrize("who", SEES)
def test_foreign_appeals_do_not_exist(stage_set: Stage, sign_in: SignIn, who: str) -> None:
    client = sign_in(stage_set.people[who])
    before = JournalLine.objects.count()
    nothing = client.get(reverse("desk:appeal", args=["26-9999999-9"]))
    assert nothing.status_code == 404
    for name, appeal in _each_address_with_some(stage_set.foreign(who), also="appeal"):
        if name not in ONLY_POST:
            answer = client.get(address(name, appeal))
            assert answer.status_code == 404, (who, name, "GET")
            assert _but_for_its_address(answer) == _but_for_its_address(nothing), (who, name)
        if name not in ONLY_GET:
            assert client.post(address(name, appeal), FILLED_IN).status_code == 404, (who, name, "POST")
    assert JournalLine.objects.count() == before


def _each_address_with_some(appeals: Iterable[Appeal], *, also: str) -> Iterator[tuple[str, Appeal]]:
    """Every address with two of the appeals in turn, and one address with every appeal."""
    appeals = list(appeals)
    if not appeals:
        return
    yield from ((also, appeal) for appeal in appeals)
    for place, name in enumerate(sorted(OF_AN_APPEAL - {also})):
        yield from ((name, appeal) for appeal in {appeals[place % len(appeals)], appeals[-1 - place % len(appeals)]})


def _but_for_its_address(answer: HttpResponse) -> str:
    page = answer.content.decode().replace(answer.wsgi_request.path, "")  # type: ignore[attr-defined]
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("who", SEES)
def test_own_appeals_open_and_no_page_names_a_foreign_one(stage_set: Stage, sign_in: SignIn, who: str) -> None:
    """All appeals are by one person, and most repeat each other: no link, flag or list may lead outside."""
    client = sign_in(stage_set.people[who])
    foreign = [appeal.number for appeal in stage_set.foreign(who)]
    for name, appeal in _each_address_with_some(stage_set.own(who), also="appeal"):
        if name in ONLY_POST | {"file", "preview", "small"}:
            continue
        answer = client.get(address(name, appeal))
        assert answer.status_code == 200, (who, name)
        page = answer.content.decode()
        assert [number for number in foreign if number in page] == [], (who, name, appeal.number)


def test_the_queue_lists_and_counts_what_is_theirs(stage_set: Stage, sign_in: SignIn) -> None:
    for who in SEES:
        client = sign_in(stage_set.people[who])
        foreign = [appeal.number for appeal in stage_set.foreign(who)]
        own = {appeal.number for appeal in stage_set.own(who)}
        narrowed = ("&due=week", "&sort=newest", f"&organisation={stage_set.world.state_clinic.pk}")
        for query in (*Tab, *(f"{Tab.ALL}{more}" for more in narrowed)):
            answer = client.get(f"{reverse('desk:queue')}?tab={query}")
            assert answer.status_code == 200
            assert [number for number in foreign if number in answer.content.decode()] == [], (who, query)
        page = client.get(reverse("desk:queue") + "?tab=all").content.decode()
        assert {appeal.number for appeal in stage_set.appeals.values() if appeal.number in page} == own
        if not who.startswith("administrator"):
            assert re.search(rf'"page">All I may see <span class="[^"]+" id="count-all">{len(own)}</span>', page)
            told = client.get(reverse("desk:queue_counts") + "?tab=all").content.decode()
            assert re.search(rf'id="count-all"[^>]*>{len(own)}</span>', told)


def test_the_list_for_somebody_is_open_to_all_and_names_nothing_foreign(stage_set: Stage, sign_in: SignIn) -> None:
    """Whatever they followed, or were named in, before it went out of their sight."""
    for who, person in stage_set.people.items():
        foreign = list(stage_set.foreign(who))
        Follower.objects.bulk_create(Follower(appeal=appeal, staff=person, since=NOON) for appeal in foreign)
        answer = sign_in(person).get(reverse("desk:for_you"))
        assert answer.status_code == 200, who
        assert [appeal.number for appeal in foreign if appeal.number in answer.content.decode()] == [], who


def test_a_number_is_found_by_those_who_may_see_it(stage_set: Stage, sign_in: SignIn) -> None:
    for who in SEES:
        client = sign_in(stage_set.people[who])
        for name, appeal in stage_set.appeals.items():
            answer = client.get(reverse("desk:find"), {"number": appeal.number})
            assert (answer.status_code == 302) == (name in SEES[who]), (who, name)
            # A number with a slip brings up only what is theirs.
            slip = appeal.number[:-1] + str((int(appeal.number[-1]) + 1) % 10)
            page = client.get(reverse("desk:find"), {"number": slip}).content.decode()
            offered = {other for other, one in stage_set.appeals.items() if f">{one.number}<" in page}
            assert offered <= SEES[who], (who, name)


def test_the_palette_offers_what_the_card_offers_and_finds_what_is_theirs(stage_set: Stage, sign_in: SignIn) -> None:
    for who in SEES:
        client = sign_in(stage_set.people[who])
        for name, appeal in stage_set.appeals.items():
            offered = client.post(reverse("desk:palette"), {"card": appeal.number}).content.decode()
            forms = set(re.findall(rf'href="(/desk/appeal/{appeal.number}/[^"]+)"', offered))
            card = client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
            buttons = re.findall(r'<ul class="verb-list[^"]*">.*?</ul>', card, re.DOTALL)
            assert forms == set(re.findall(r'href="([^"]+)"', "".join(buttons))), (who, name)
            assert forms == set() or name in SEES[who], (who, name)
            found = client.post(reverse("desk:palette"), {"words": appeal.number}).content.decode()
            assert (f">{appeal.number}</a>" in found) == (name in SEES[who]), (who, name)


def test_going_on_leads_through_what_is_theirs_and_nothing_else(stage_set: Stage, sign_in: SignIn) -> None:
    for who in SEES:
        client = sign_in(stage_set.people[who])
        own, seen = {appeal.number for appeal in stage_set.own(who)}, set()
        goes = client.get(reverse("desk:next") + "?from=tab%3Dall")["Location"]
        while "/appeal/" in goes:
            seen.add(goes.split("/")[3])
            goes = client.get(reverse("desk:next") + "?" + goes.partition("?")[2])["Location"]
        assert seen == own, who


def test_news_count_what_is_theirs_alone(stage_set: Stage, sign_in: SignIn) -> None:
    somebody = stage_set.people["central expert"]
    for who in [who for who in SEES if not who.startswith("administrator") and who != "central expert"]:
        client = sign_in(stage_set.people[who])
        asked = f"{reverse('desk:news')}?tab=all"
        mark = client.get(asked)["ETag"].strip('"')
        for appeal in stage_set.appeals.values():
            appeal.refresh_from_db()
            note(appeal, staff=somebody, text=f"ищем {who}", at=NOON) if not appeal.sensitive else None
        feed.refresh(now=True)
        answer = client.get(f"{asked}&since={mark}")
        told = re.search(r"(\d+) appeal", answer.content.decode())
        assert int(told[1] if told else 0) == len(SEES[who] - {"sensitive"}), who


def test_files_go_to_those_who_may_see_the_appeal(stage_set: Stage, sign_in: SignIn) -> None:
    for who in SEES:
        client = sign_in(stage_set.people[who])
        for name in ("clinic", "elsewhere"):
            allowed = name in SEES[who] and who != "analyst"
            for kind in ("file", "preview", "small"):
                answer = client.get(address(kind, stage_set.appeals[name]))
                assert answer.status_code == (200 if allowed else 404), (who, name, kind)
            # The number of an appeal that is theirs does not open the file of another.
            mixed = reverse(
                "desk:file", args=[stage_set.appeals["private"].number, _file_of(stage_set.appeals[name]).pk]
            )
            assert client.get(mixed).status_code == 404


def _file_of(appeal: Appeal) -> Attachment:
    return Attachment.objects.get(appeal=appeal)


def test_readers_change_nothing(stage_set: Stage, sign_in: SignIn) -> None:
    for who in [who for who in SEES if "analyst" in who or "auditor" in who]:
        client = sign_in(stage_set.people[who])
        before = list(JournalLine.objects.values_list("pk", flat=True))
        for name, appeal in _each_address_with_some(stage_set.own(who), also="note"):
            if name not in ONLY_GET:
                assert client.post(address(name, appeal), FILLED_IN).status_code == 403, (who, name)
        assert client.get(reverse("desk:new")).status_code == 403
        assert client.post(reverse("desk:new"), {"text": "Текст"}).status_code == 403
        assert list(JournalLine.objects.values_list("pk", flat=True)) == before
        assert Appeal.objects.count() == len(stage_set.appeals)


def test_an_administrator_registers_nothing(stage_set: Stage, sign_in: SignIn) -> None:
    for who in [who for who in SEES if "administrator" in who]:
        client = sign_in(stage_set.people[who])
        assert client.get(reverse("desk:new")).status_code == 403
        assert client.post(reverse("desk:new"), {"text": "Текст"}).status_code == 403


def test_desks_that_only_watch_cannot_act(stage_set: Stage, sign_in: SignIn) -> None:
    """The branch sees the whole region; of what a clinic holds it may read, note and give the applicant a new code."""
    client = sign_in(stage_set.people["branch's approver"])
    appeal = stage_set.appeals["clinic"]
    for name in OF_AN_APPEAL - ONLY_GET - {"note", "contacts", "following", "sensitivity", "new_code"}:
        answer = client.post(address(name, appeal), FILLED_IN)
        assert answer.status_code in (403, 422), name
    appeal.refresh_from_db()
    assert appeal.version == 1


def test_a_receipt_is_for_whoever_took_the_appeal(stage_set: Stage, sign_in: SignIn) -> None:
    taker = stage_set.people["clinic specialist"]
    taken = factories.appeal(organisation_id=stage_set.world.state_clinic.pk, taken_by_id=taker.pk)
    for who, person in stage_set.people.items():
        answer = sign_in(person).get(reverse("desk:receipt", args=[taken.number]))
        assert answer.status_code == (200 if who == "clinic specialist" else 404), who
        assert access_code(taken.number) not in answer.content.decode()
        if who != "clinic specialist":
            assert sign_in(person).post(reverse("desk:receipt", args=[taken.number])).status_code == 404, who
    late = factories.appeal(taken_by_id=taker.pk, received_at=NOON - timedelta(hours=1, minutes=1))
    assert sign_in(taker).get(reverse("desk:receipt", args=[late.number])).status_code == 404


def test_who_may_know_that_a_sensitive_appeal_exists(stage_set: Stage, sign_in: SignIn) -> None:
    """A number, a state and a holder, for those who may be named within its region; nothing it says."""
    trusted = "branch specialist trusted but not named"
    stage_set.people[trusted] = factories.staff(Role.BRANCH_SPECIALIST, stage_set.world.branch, may_read_sensitive=True)
    one = stage_set.appeals["sensitive"]
    knows = {"branch specialist named for sensitive ones", "auditor named for sensitive ones", trusted}
    for who, person in stage_set.people.items():
        client = sign_in(person)
        listed = client.get(reverse("desk:sensitive"))
        assert listed.status_code == (200 if person.may_read_sensitive else 403), who
        assert (one.number in listed.content.decode()) == (who in knows), who
        page = client.get(reverse("desk:readers", args=[one.number]))
        assert page.status_code == (200 if who in knows else 404), who
        assert one.text not in page.content.decode() + listed.content.decode()
        assert client.post(reverse("desk:readers", args=[one.number])).status_code == (403 if who in knows else 404), (
            who
        )
        assert client.get(reverse("desk:readers", args=[stage_set.appeals["clinic"].number])).status_code == 404, who
    assert sign_in(stage_set.people[trusted]).get(reverse("desk:appeal", args=[one.number])).status_code == 404


def test_a_desk_reads_its_own_replies_only(stage_set: Stage, sign_in: SignIn) -> None:
    asked = stage_set.people["clinic specialist"]
    reply_information(stage_set.appeals["asked"], staff=asked, reply="Врач был в отпуске.", at=NOON)
    for who, person in stage_set.people.items():
        page = sign_in(person).get(reverse("desk:replies")).content.decode()
        assert ("Врач был в отпуске." in page) == (person.desk == asked.desk), who
    assert sign_in(asked).get(reverse("desk:appeal", args=[stage_set.appeals["asked"].number])).status_code == 404


def test_nobody_gets_in_without_signing_in(stage_set: Stage) -> None:
    client = Client()
    before = JournalLine.objects.count()
    appeal = stage_set.appeals["clinic"]
    names = {"number": appeal.number, "word": "assignment", "deed": "delete", "key": 1, "attachment_id": 1}
    names |= {"export_id": 1, "case_file_id": 1}
    addresses = [
        reverse(f"desk:{pattern.name}", kwargs={name: names[name] for name in pattern.pattern.converters})
        if pattern.name != "many_done"
        else reverse("desk:many_done", args=["assignment", UUID(int=1)])
        for pattern in urls.urlpatterns
    ]
    assert len(set(addresses)) == len(urls.urlpatterns)
    for path in addresses:
        for call in (client.get, client.post):
            answer = call(path)
            if answer.status_code == 405:
                continue
            assert answer.status_code == 302, path
            assert answer["Location"].startswith(reverse("account_login")), path
    assert JournalLine.objects.count() == before


def test_somebody_who_has_left_gets_no_further(stage_set: Stage, sign_in: SignIn) -> None:
    person = stage_set.people["clinic specialist"]
    client = sign_in(person)
    Staff.objects.filter(pk=person.pk).update(active_until=timezone.localdate() - timedelta(days=1))
    assert client.get(reverse("desk:queue")).status_code == 302


def test_the_roles_that_work_are_those_that_may_post() -> None:
    assert {Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR} == set(Role) - HANDLERS
