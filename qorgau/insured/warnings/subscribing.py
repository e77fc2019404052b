"""Beginning and ending warnings. The address was confirmed before anything is kept: the caller sees to that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from qorgau.insured.person_key import person_key
from qorgau.insured.warnings.addresses import address_hash
from qorgau.insured.warnings.models import Subscription
from qorgau.lib.sealed import seal
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

_LOCK = 20_261_129
"""Key of the advisory lock: one subscription at a time is counted and written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for: about whom (by hash), where to, how. ``address`` is in its one written form."""

    person: UUID
    channel: str
    address: str
    language: str
    label: str = ""
    tells_back: bool = False
    proven: bool = False
    consent_version: str

    @property
    def about(self) -> str:
        """What a code that confirms the address is about: this address, and warnings about this person alone."""
        return f"warnings\n{self.person}\n{self.channel}\n{self.address}"


def offered() -> bool:
    """Whether warnings can be had here: another system's register is asked by identity numbers, and we keep none."""
    return settings.INSURED_SOURCE == "local"


def subscribe(wish: Wish, *, at: datetime) -> Subscription:
    """Begin warnings, or let those that run already go on as wished now.

    Raises Problem when there are too many to this address or about this person, and says which and what helps.
    """
    where = address_hash(wish.channel, wish.address)
    said = {
        "language": wish.language,
        "label_sealed": seal(wish.label) if wish.label else b"",
        "tells_back": wish.tells_back,
        "consent_version": wish.consent_version,
        "confirmed_at": at,
    }
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        running = Subscription.objects.filter(ended_at=None)
        known = running.filter(person=wish.person, address_hash=where).first()
        if known is not None:
            running.filter(pk=known.pk).update(**said, proven=known.proven or wish.proven)
            known.refresh_from_db()
            return known
        _refuse_too_many(running, wish.person, where)
        return Subscription.objects.create(
            person=wish.person,
            channel=wish.channel,
            address_sealed=seal(wish.address),
            address_hash=where,
            proven=wish.proven,
            **said,
        )


def running_at_the_same_address(subscription: Subscription) -> list[Subscription]:
    """All warnings that go where these go, the oldest first."""
    same_address = Subscription.objects.filter(address_hash=bytes(subscription.address_hash), ended_at=None)
    return list(same_address.order_by("pk"))


def stop(subscriptions: Iterable[int], *, why: str, at: datetime) -> int:
    """End warnings; how many were running."""
    return Subscription.objects.filter(pk__in=list(subscriptions), ended_at=None).update(ended_at=at, ended_why=why)


def addresses_told_about(iin: str) -> int:
    """To how many addresses warnings about a person go; for the person alone."""
    return Subscription.objects.filter(person=person_key(iin), ended_at=None).count()


def stop_all_about(iin: str, *, at: datetime) -> int:
    """End all warnings about a person, as the person wishes; how many there were."""
    about = Subscription.objects.filter(person=person_key(iin), ended_at=None)
    return about.update(ended_at=at, ended_why=Subscription.BY_PERSON)


def _refuse_too_many(running: QuerySet[Subscription], person: UUID, where: bytes) -> None:
    """Whose address it is has shown it by the code, so what goes there may be told; of the person no more than that it
    is as much as may be.
    """
    if running.filter(address_hash=where).count() >= settings.WARNINGS_PER_CONTACT:
        raise Problem(Sentence(_TO_THIS_CONTACT, {"count": settings.WARNINGS_PER_CONTACT}))
    if running.filter(person=person).count() >= settings.WARNINGS_PER_PERSON:
        raise Problem(Sentence(_ABOUT_THIS_PERSON, {"count": settings.WARNINGS_PER_PERSON}))


_TO_THIS_CONTACT = N_(
    "This number or address hears of as many people as it may ({count}). Stop one that you no longer need by the link "
    "in any message that came there, and then begin once more."
)
_ABOUT_THIS_PERSON = N_(
    "As many contacts as may be ({count}) hear about this person. Another number or address does not help. The person "
    "can prove on this site who they are and stop these warnings; 1414 helps too."
)
