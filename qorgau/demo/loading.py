"""The demo: some clinics, staff, and a few hundred appeals of the past months that lived their lives by real verbs."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from qorgau.demo import people
from qorgau.demo.accounts import ASTANA, Cast, engage, named_accounts
from qorgau.demo.insured import known_people
from qorgau.demo.sayings import SAYINGS, Saying
from qorgau.demo.stories import Tale, live, name_readers
from qorgau.directory.changes import record, values_of
from qorgau.directory.models import ChecklistStep, Desk, Organisation
from qorgau.directory.reference import current, refresh
from qorgau.handling import clock
from qorgau.intake.new_appeal import NewAppeal, Person
from qorgau.intake.submit import submit
from qorgau.notices.models import Notice
from qorgau.register.models import Appeal
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import Role

ORGANISATIONS = Path(__file__).parent / "organisations.csv"
_MONTHS_BACK = timedelta(days=120)
_DAYS_BACK = timedelta(days=4)
_OF_THE_NAMED_CLINIC = 45
"""For every so many appeals one more came these days about the clinic of the named accounts: their desk has work."""
_CHANNELS = ([Channel.PORTAL] * 6) + ([Channel.CALL] * 3) + [Channel.CLINIC_DESK] + [Channel.MOBILE]
_LANGUAGES = (["kk"] * 5) + (["ru"] * 4) + ["en"]


def load_demo(*, at: datetime, appeals: int = 300, seed: int = 1) -> Counter[str]:
    """Fill an empty register with the demo as it would stand at this moment; how many appeals ended in which state.

    The same seed makes the same people and lives. Everything comes through intake and handling like real data.
    """
    call_command("import_organisations", str(ORGANISATIONS), with_desks=True, verbosity=0)
    refresh()
    home_clinic = _home_clinic()
    cast = engage(home_clinic)
    _want_one_step_before_the_answer()
    random = Random(seed)
    told: list[tuple[datetime, Organisation | None]] = [
        *((at - random.random() ** 1.4 * _MONTHS_BACK, None) for _ in range(appeals)),
        *(
            (at - random.random() * _DAYS_BACK, home_clinic.organisation)
            for _ in range(appeals // _OF_THE_NAMED_CLINIC)
        ),
    ]
    for serial, (moment, about) in enumerate(sorted(told, key=lambda one: one[0])):
        _one(serial, moment, about, cast, random, until=at)
    clock.run(at)
    past_notices_have_left(at)
    return Counter(Appeal.objects.values_list("state", flat=True))


def demo_appeal() -> Appeal | None:
    """An appeal worth looking at: one that is in work in Astana."""
    shown = Appeal.objects.filter(state="in_work", region__kato=ASTANA, sensitive=False, kind=Kind.COMPLAINT.value)
    return shown.order_by("-received_at").first() or Appeal.objects.order_by("-received_at").first()


def applicant_of(serial: int, random: Random, *, on: date) -> Person:
    """Who writes an appeal. The first ones are by those whose numbers the demo tells: so a telephone is known for them,
    and with it whoever tries the demo can prove to be one of them.
    """
    somebody, known = people.somebody(random), known_people(on)
    if serial >= len(known):
        return somebody
    return replace(somebody, iin=known[serial].iin, phone=f"+7701000000{serial}")


def _home_clinic() -> Desk:
    organisation = Organisation.objects.get(source_key=f"demo-{ASTANA[:2]}-gp1")
    desk = current().desk_of(DeskKind.CLINIC, organisation_id=organisation.pk)
    assert desk is not None, "the demo's clinics were imported with their desks"
    return desk


@transaction.atomic
def _want_one_step_before_the_answer() -> None:
    """An administrator marks a step as a must, so that a newcomer sees an answer that waits for it, and the history."""
    step = ChecklistStep.objects.get(checklist__code="charged-for-free-care", name_en__startswith="Check the insured")
    before = values_of(step)
    step.must = True
    step.save(update_fields=["must"])
    record(step, before=before, by=next(person for person in named_accounts() if person.role == Role.ADMINISTRATOR))
    transaction.on_commit(refresh)


@transaction.atomic
def _one(
    serial: int, moment: datetime, about: Organisation | None, cast: Cast, random: Random, *, until: datetime
) -> None:
    saying = random.choice(SAYINGS)
    language = random.choice(_LANGUAGES)
    organisation = about or random.choice(_clinics(random))
    channel = random.choice(_CHANNELS)
    receipt = submit(
        NewAppeal(
            channel=channel,
            kind=saying.kind,
            text=saying.words(language),
            delivery_key=f"demo-{serial}",
            received_at=moment,
            language=language,
            applicant=applicant_of(serial, random, on=timezone.localdate(until)),
            region=_kato(organisation),
            organisation_id=organisation.pk if saying.kind != Kind.REQUEST else None,
            topic=saying.topic,
            event_date=(moment - timedelta(days=random.randrange(1, 12))).date(),
            wish=_wish(saying, random),
        )
    )
    appeal = Appeal.objects.select_related("holder", "organisation", "applicant", "region", "topic").get(
        number=receipt.number
    )
    tale = Tale(appeal=appeal, saying=saying, cast=cast, random=random, moment=moment, until=until)
    if appeal.sensitive:
        name_readers(appeal, tale.worker, tale.head, by=tale.head, at=moment)
    if until - moment < timedelta(days=3) and random.random() < 0.7:
        _begin(tale)
    else:
        live(tale)


def _begin(tale: Tale) -> None:
    """What came these days is new or has just been taken."""
    if tale.random.random() < 0.5:
        live(tale)


def _clinics(random: Random) -> list[Organisation]:
    """Astana, whose desks have the named accounts, gets more than its share."""
    clinics = [o for o in current().organisations.values() if o.source_key.startswith("demo-")]
    at_home = [o for o in clinics if o.source_key.startswith(f"demo-{ASTANA[:2]}-")]
    return at_home if random.random() < 0.45 else clinics


def _kato(organisation: Organisation) -> str:
    return current().regions[organisation.region_id].kato


def _wish(saying: Saying, random: Random) -> str:
    return "fund" if saying.kind == Kind.COMPLAINT and random.random() < 0.3 else ""


def past_notices_have_left(at: datetime) -> None:
    """Whoever starts the demo must not be sent months of old letters, nor what the clock told just now."""
    Notice.objects.filter(state="waiting", due_at__lte=at).update(state="sent", sent_at=F("due_at"))
