"""Whoever tries the demo finds each status under a number that is printed."""

from datetime import date
from pathlib import Path
from random import Random

import phonenumbers
import pytest
from django.conf import LazySettings
from django.utils import timezone

from qorgau.demo.accounts import ASTANA
from qorgau.demo.insured import GRANTED, PEOPLE, known_people, load_insured
from qorgau.demo.loading import applicant_of
from qorgau.demo.temporary import grant_one
from qorgau.directory.loading import load_reference
from qorgau.directory.models import Region
from qorgau.directory.reference import refresh
from qorgau.insured.answers import Insured
from qorgau.insured.journal import Purpose
from qorgau.insured.lookup import look_up
from qorgau.insured.verdicts import verdict
from qorgau.notices.models import Notice
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.insured_status import Status
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import Role
from tests import factories


@pytest.mark.parametrize("on", [date(2026, 11, 28), date(2027, 2, 1)])
def test_the_known_people_have_the_statuses_the_demo_says(rows: None, on: date) -> None:
    load = load_insured(on).load
    assert (load.refused, load.people_after) == (0, PEOPLE + len(known_people(on)))

    found = {}
    for known in known_people(on):
        answer = look_up(known.iin, purpose=Purpose.OWN_STATUS, who="portal")
        assert isinstance(answer, Insured)
        now = verdict(answer, on)
        found[known.what] = (now.status.value, now.ground.value)
    assert found == {
        "insured, the employer pays": ("insured", "past_months"),
        "conditionally insured": ("conditionally_insured", "grace"),
        "not insured": ("not_insured", "nothing"),
        "insured by a category": ("insured", "category"),
        "insured as a student": ("insured", "category"),
        "insured as a child": ("insured", "category"),
        "insured by a year paid ahead": ("insured", "future_months"),
        "temporarily insured, granted elsewhere": ("temporarily_insured", "temporary"),
        "not insured; a temporary status was granted": ("not_insured", "nothing"),
    }


def test_the_branch_has_granted_a_temporary_status_by_the_verb(
    db: None, settings: LazySettings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    load_reference()
    branch = refresh().desk_of(DeskKind.BRANCH, region_id=Region.objects.get(kato=ASTANA).pk)
    assert branch is not None
    factories.staff(Role.BRANCH_SPECIALIST, branch, username="branch-specialist")
    load_insured(timezone.localdate())
    granted = grant_one(at=timezone.now())

    appeal = Appeal.objects.select_related("holder").get(number=granted.appeal_number)
    assert (appeal.holder, appeal.state) == (branch, "in_work")
    line = JournalLine.objects.get(appeal=appeal, verb="grant_temporary")
    assert (line.after["category"], line.after["register"]) == ("C07", "found")
    answer = look_up(GRANTED, purpose=Purpose.OWN_STATUS, who="portal")
    assert isinstance(answer, Insured)
    assert verdict(answer, timezone.localdate()).status == Status.TEMPORARILY_INSURED
    assert not Notice.objects.filter(state="waiting").exists()


def test_a_telephone_is_known_for_everybody_whose_number_is_told() -> None:
    on = date(2026, 11, 28)
    told = [one.iin for one in known_people(on)]
    writers = [applicant_of(serial, Random(serial), on=on) for serial in range(len(told) + 1)]

    assert [one.iin for one in writers[:-1]] == told and writers[-1].iin not in told
    assert len({one.phone for one in writers[:-1]}) == len(told)
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(one.phone)) for one in writers[:-1])
