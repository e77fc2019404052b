"""Lists, counts, tables, files and what is done to several at once, tried by every role: nothing foreign is in them.

The addresses are those of the desk. One without a key is opened by everybody; one with a key needs its line in `KEPT`.
"""

import csv
import io
import re
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F
from django.urls import reverse

from qorgau.directory.models import Region
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, JournalLine, Opening, Participation
from qorgau.register.models.custody import OF_THE_APPEAL
from qorgau.register.scope import appeals_for, appeals_to_list
from qorgau.rules.numbers import EXAMPLE
from qorgau.rules.roles import HANDLERS, HEADS, READERS, Role
from qorgau.rules.states import OPEN
from qorgau.workplace import urls
from qorgau.workplace.bulk.pages import OFFERED
from qorgau.workplace.models import CaseFile, Export, ManyRun, SavedView
from tests.factories import NOON
from tests.workplace.conftest import SignIn
from tests.workplace.stage import FILLED_IN, ONE_PERSON, SEES, WORDS, Stage

PLAIN = sorted(str(pattern.name) for pattern in urls.urlpatterns if not pattern.pattern.converters)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def body(answer: Any) -> str:
    content = answer.getvalue() if answer.streaming else answer.content
    if content.startswith(b"PK"):  # a workbook
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return str(content.decode("utf-8-sig"))


def foreign_in(text: str, stage_set: Stage, who: str) -> list[str]:
    """Which appeals that this person may not see are named in a text, by their number or by what they say."""
    # A page that asks for a number shows one as an example; in a long run some appeal comes to have just that one.
    folded, text = text.casefold(), text.replace(f"looks like {EXAMPLE}", "")
    return [
        name
        for name, appeal in stage_set.appeals.items()
        if name not in SEES[who] and (appeal.number in text or WORDS[name] in folded)
    ]


def untouched(stage_set: Stage, who: str) -> list[tuple[object, ...]]:
    """Everything that would tell that a foreign appeal was changed or looked at."""
    foreign = [appeal.pk for appeal in stage_set.foreign(who)]
    return [
        *Appeal.objects.filter(pk__in=foreign).order_by("pk").values_list("pk", "version", "state", "assignee_id"),
        *JournalLine.objects.filter(appeal_id__in=foreign).order_by("pk").values_list("pk"),
        *Opening.objects.filter(appeal_id__in=foreign).order_by("pk").values_list("pk"),
    ]


def at_a_desk(who: str) -> bool:
    return not who.startswith("administrator")


@pytest.mark.parametrize("who", SEES)
def test_no_page_of_the_desk_names_a_foreign_appeal(stage_set: Stage, sign_in: SignIn, who: str) -> None:
    client, before = sign_in(stage_set.people[who]), untouched(stage_set, who)
    # What other people keep is foreign too.
    for name in PLAIN:
        for query in ("", "?tab=all", "?tab=overdue&from=2000-01-01&to=2030-01-01&by=desk&figure=open"):
            answer = client.get(reverse(f"desk:{name}") + query)
            assert answer.status_code in (200, 204, 302, 403, 404, 405), (who, name)
            assert foreign_in(body(answer), stage_set, who) == [], (who, name, query)
    assert untouched(stage_set, who) == before


@pytest.mark.parametrize("who", SEES)
def test_what_is_listed_is_what_the_scope_holds(stage_set: Stage, who: str) -> None:
    person, regions = stage_set.people[who], list(Region.objects.values_list("pk", flat=True))
    for asked in ([], *([region] for region in regions), regions[:2]):
        seen = appeals_to_list(person, region_id=asked, language=["ru", "kk"])
        within = appeals_for(person).filter(language__in=["ru", "kk"])
        if asked:
            within = within.filter(region_id__in=asked)
        in_order = seen.appeals.order_by(f"-{seen.column('received_at')}", f"-{seen.column('pk')}")
        assert list(in_order) == list(within.order_by("-received_at", "-pk")), asked


def test_a_branch_of_no_region_finds_what_it_takes_part_in_by_region(stage_set: Stage) -> None:
    person = stage_set.people["branch specialist"]
    assert person.desk is not None
    region, person.desk.region = person.desk.region, None
    person.desk.save()
    expected = set(appeals_for(person).filter(region=region))
    assert expected and set(appeals_to_list(person, region_id=[region]).appeals) == expected


@pytest.mark.parametrize("who", SEES)
def test_what_a_desk_holds_is_a_part_of_what_it_sees(stage_set: Stage, who: str) -> None:
    person = stage_set.people[who]
    held = appeals_to_list(person, held=True, language=["ru"]).appeals.order_by("pk")
    assert list(held) == list(appeals_for(person).filter(holder=person.desk, language="ru").order_by("pk"))


def test_a_participation_follows_what_is_corrected_of_its_appeal(stage_set: Stage) -> None:
    appeal = Participation.objects.select_related("appeal").earliest("pk").appeal
    other = Region.objects.exclude(pk=appeal.region_id).first()
    Appeal.objects.filter(pk=appeal.pk).update(region=other, topic=None, version=F("version") + 1)
    appeal.refresh_from_db()
    for part in appeal.participations.all():
        assert [getattr(part, name) for name in OF_THE_APPEAL] == [getattr(appeal, name) for name in OF_THE_APPEAL]


def test_a_participation_knows_whether_its_appeal_is_open(stage_set: Stage) -> None:
    appeal = Participation.objects.select_related("appeal").earliest("pk").appeal
    for state in ("in_work", "closed", "answered", "on_approval"):
        Appeal.objects.filter(pk=appeal.pk).update(state=state, version=F("version") + 1)
        assert set(appeal.participations.values_list("is_open", flat=True)) == {state in ("in_work", "on_approval")}


def test_a_participation_knows_whether_its_appeal_is_of_another_region_than_its_desk(stage_set: Stage) -> None:
    def elsewhere() -> dict[int, bool]:
        return dict(Participation.objects.values_list("pk", "elsewhere"))

    def expected() -> dict[int, bool]:
        return {
            part.pk: part.desk.region_id is not None and part.desk.region_id != part.appeal.region_id
            for part in Participation.objects.select_related("desk", "appeal")
        }

    assert elsewhere() == expected()
    part = Participation.objects.filter(desk__kind="branch", elsewhere=False).earliest("pk")
    for region in (Region.objects.exclude(pk=part.region_id).first(), None):
        Appeal.objects.filter(pk=part.appeal_id).update(region=region, version=F("version") + 1)
        assert elsewhere() == expected() and elsewhere()[part.pk]
    # What the desk is for may change too.
    part.desk.region = None
    part.desk.save()
    assert elsewhere() == expected() and not elsewhere()[part.pk]


@pytest.mark.parametrize("who", SEES)
@pytest.mark.parametrize("is_open", [True, False])
def test_what_is_open_and_what_is_over_are_listed_apart(stage_set: Stage, who: str, is_open: bool) -> None:
    seen = list(stage_set.own(who))
    Appeal.objects.filter(pk__in=[one.pk for one in seen][::2]).update(state="closed", version=F("version") + 1)
    person = stage_set.people[who]
    listed = appeals_to_list(person, is_open=is_open).appeals.values_list("pk", flat=True)
    states = dict(appeals_for(person).values_list("pk", "state"))
    assert sorted(listed) == sorted(key for key, state in states.items() if (state in OPEN) == is_open)


def test_words_and_telephones_find_what_is_theirs(stage_set: Stage, sign_in: SignIn) -> None:
    for who, person in stage_set.people.items():
        client = sign_in(person)
        for name, word in WORDS.items():
            page = body(client.get(reverse("desk:queue"), {"tab": "all", "words": word}))
            numbers = set(re.findall(r"/desk/appeal/([\d-]+)/", page))
            assert numbers == ({stage_set.appeals[name].number} & {one.number for one in stage_set.own(who)}), (
                who,
                name,
            )
        everything = body(client.post(reverse("desk:find"), {"number": ONE_PERSON.phone}))
        assert foreign_in(everything, stage_set, who) == [], who


def test_counts_are_of_what_is_theirs(stage_set: Stage, sign_in: SignIn) -> None:
    for who, person in stage_set.people.items():
        if not at_a_desk(who):
            continue
        SavedView.objects.create(made_by=person, name="Everything", address="tab=all", pinned=True)
        page = body(sign_in(person).get(reverse("desk:queue") + "?tab=all"))
        own = len(list(stage_set.own(who)))
        for view in ("All I may see", "Everything"):
            assert re.findall(rf'{view} <span class="[^"]*"[^>]*>(\d+)</span>', page) == [str(own)], (who, view)


def test_a_table_holds_what_is_theirs(stage_set: Stage, sign_in: SignIn) -> None:
    for who, person in stage_set.people.items():
        client, before = sign_in(person), untouched(stage_set, who)
        taken = client.post(
            reverse("desk:export") + "?tab=all", {"format": "csv-comma", "purpose": "report", "in_full": "on"}
        )
        if not at_a_desk(who):
            assert taken.status_code in (302, 403, 404), who
            continue
        lines = list(csv.DictReader(io.StringIO(body(taken), newline="")))
        assert {line["Number"] for line in lines} == {appeal.number for appeal in stage_set.own(who)}, who
        assert foreign_in(body(taken), stage_set, who) == [], who
        for name in set(WORDS) - SEES[who]:
            narrowed = client.post(
                reverse("desk:export") + f"?tab=all&words={WORDS[name]}", {"format": "csv-comma", "purpose": "report"}
            )
            assert len(list(csv.DictReader(io.StringIO(body(narrowed), newline="")))) == 0, (who, name)
        assert untouched(stage_set, who) == before


def test_figures_count_and_list_what_is_theirs(stage_set: Stage, sign_in: SignIn) -> None:
    period = "?from=2000-01-01&to=2030-01-01&by=desk"
    for who, person in stage_set.people.items():
        client, before = sign_in(person), untouched(stage_set, who)
        listed = client.get(reverse("desk:supervision_appeals") + period + "&figure=received")
        if person.role not in HEADS | READERS:
            assert listed.status_code == 403, who
            continue
        own = {appeal.number for appeal in stage_set.own(who)}
        found = set(re.findall(r"/desk/appeal/([\d-]+)/", body(listed)))
        # A clinic's figures leave out what it was only asked about.
        assert found == own - ({stage_set.appeals["asked"].number} if person.role == Role.CLINIC_MANAGER else set()), (
            who
        )
        file = client.get(reverse("desk:supervision_file") + period)
        assert file.status_code == 200 and foreign_in(body(file), stage_set, who) == [], who
        if person.role in HANDLERS:
            given = client.post(
                reverse("desk:supervision_appeals") + period,
                {"appeal": [appeal.number for appeal in stage_set.foreign(who)], "to": person.pk},
            )
            assert given.status_code == 200, who
        assert untouched(stage_set, who) == before


def test_several_at_once_are_their_own(stage_set: Stage, sign_in: SignIn) -> None:
    """Whatever they choose by hand, with every verb that there is for several."""
    for who, person in stage_set.people.items():
        client, before = sign_in(person), untouched(stage_set, who)
        rows = [f"{appeal.number}.{appeal.version}" for appeal in stage_set.foreign(who)]
        for word in OFFERED:
            path = reverse("desk:many", args=[word])
            shown = client.get(path, {"row": rows})
            done = client.post(path, {**FILLED_IN, "row": rows, "key": str(uuid4())}, follow=True)
            if person.role not in HANDLERS:
                assert (shown.status_code, done.status_code) == (403, 403), (who, word)
                continue
            for answer in (shown, done):
                assert foreign_in(_without_echo(body(answer)), stage_set, who) == [], (who, word)
        assert untouched(stage_set, who) == before, who


def _without_echo(page: str) -> str:
    """What was typed by hand stands in the address of the page, and in its box; nobody learns anything from it."""
    return re.sub(r"""row(=|%3D|" value=")[\d.-]+""", "", page)


def test_what_somebody_keeps_is_theirs_alone(stage_set: Stage, sign_in: SignIn) -> None:
    """Views, runs, tables and case files of one person, asked for by everybody else."""
    owner = "branch specialist"
    person = stage_set.people[owner]
    kept = _kept_by(person, stage_set.appeals["clinic"])
    keyed = {
        str(one.name) for one in urls.urlpatterns if one.pattern.converters and "number" not in one.pattern.converters
    }
    assert set(kept) == keyed - {"many"}, "a new address with a key needs its line in `_kept_by`"
    for who, other in stage_set.people.items():
        if who == owner:
            continue
        client = sign_in(other)
        for name, path in kept.items():
            for answer in (client.get(path), client.post(path)):
                refused = {404, 405} | ({403} if other.role not in HANDLERS else set())
                if name == "export_progress" and other.role == Role.AUDITOR and answer.status_code == 200:
                    continue  # an auditor reads that a table was taken, and not what is in it
                assert answer.status_code in refused, (who, name, answer.status_code)
    assert SavedView.objects.get().deleted_at is None


def _kept_by(person: Staff, appeal: Appeal) -> dict[str, str]:
    """Addresses of what this person keeps under keys."""
    view = SavedView.objects.create(made_by=person, name="Mine", address="tab=all")
    run = ManyRun.objects.create(key=uuid4(), staff=person, at=NOON, verb="note", typed={}, chosen=[])
    table = Export.objects.create(
        staff=person, asked_at=NOON, query="tab=all", format="csv-comma", purpose="report", rows=1
    )
    case = CaseFile.objects.create(
        staff=person, appeal=appeal, asked_at=NOON, language="ru", format="zip", purpose="fixing"
    )
    return {
        "saved_view": reverse("desk:saved_view", args=[view.pk]),
        "view_deed": reverse("desk:view_deed", args=[view.pk, "delete"]),
        "many_done": reverse("desk:many_done", args=["note", run.key]),
        "export_progress": reverse("desk:export_progress", args=[table.pk]),
        "export_file": reverse("desk:export_file", args=[table.pk]),
        "case_file_progress": reverse("desk:case_file_progress", args=[case.pk]),
        "case_file_ready": reverse("desk:case_file_ready", args=[case.pk]),
    }


def test_who_looked_is_told_of_what_the_auditor_may_see(stage_set: Stage, sign_in: SignIn) -> None:
    everybody = sign_in(stage_set.people["central expert"])
    for appeal in stage_set.own("central expert"):
        assert everybody.get(reverse("desk:appeal", args=[appeal.number])).status_code == 200
    for who, person in stage_set.people.items():
        answer = sign_in(person).get(reverse("desk:who_looked"))
        assert answer.status_code == (200 if person.role == Role.AUDITOR else 403), who
        assert foreign_in(body(answer), stage_set, who) == [], who
