"""Writing what people must hear of, in the transaction of the change it tells of. Nothing leaves from here."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from qorgau.directory.models import Desk
from qorgau.lib.statements import Clause
from qorgau.notices.chats.reaching import TELEGRAM, chat_reaching, is_linked
from qorgau.notices.models import Notice
from qorgau.notices.quiet_hours import after_quiet_hours
from qorgau.notices.topics import Topic
from qorgau.people.models import Applicant, Staff
from qorgau.rules.sentences import Sentence

EMAIL, SMS = "email", "sms"
RINGS = frozenset({SMS, TELEGRAM})


class Reachable(Protocol):
    """Somebody with the ways they left; an `Applicant`, or one on the way into the register."""

    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def preferred_channel(self) -> str: ...
    @property
    def language(self) -> str: ...


def tell(*, topic: Topic, appeal_number: str, applicant: Applicant, facts: Mapping[str, Any], at: datetime) -> Notice:
    """Let the person hear of it by the way they chose: one INSERT.

    Somebody who left no way gets a row too, in the state "undeliverable", so that staff see who heard nothing. Facts
    are words, whole numbers, dates, names in three languages or sentences, and never the text of an appeal or answer.
    Must run inside the transaction of the change.
    """
    return _write(prepare(topic=topic, appeal_number=appeal_number, applicant=applicant, facts=facts, at=at))


def tell_desk(*, topic: Topic, appeal_number: str, desk: Desk, facts: Mapping[str, Any], at: datetime) -> Notice | None:
    """Let a desk hear of it at its e-mail address: one INSERT; nothing when the desk has none (its queue shows it)."""
    if not desk.email:
        return None
    return _write(
        Notice(
            appeal_number=appeal_number,
            topic=topic.value,
            facts=_as_json(facts),
            language=settings.LANGUAGE_CODE,
            transport=EMAIL,
            address=desk.email,
            for_staff=True,
            created_at=at,
            due_at=at,
        )
    )


def tell_colleague(*, topic: Topic, appeal_number: str, person: Staff, at: datetime) -> Notice | None:
    """Let one member of staff hear of it by e-mail in their own language; nothing when they have no address or want no
    letters (their list at the desk shows it). Must run inside the transaction of the change.
    """
    if not person.letters_to:
        return None
    return _write(
        Notice(
            appeal_number=appeal_number,
            topic=topic.value,
            facts={},
            language=person.language,
            transport=EMAIL,
            address=person.letters_to,
            for_staff=True,
            created_at=at,
            due_at=at,
        )
    )


_INSERT = """
    INSERT INTO notices_notice (appeal_number, topic, facts, language, transport, address, for_staff, created_at,
        due_at, attempts, state, error, external_id)
    VALUES ($1, $2, $3::jsonb, $4, $5, $6, false, $7, $8, 0, $9, '', '')
"""


def clause(
    *,
    topic: Topic,
    appeal_number: str,
    applicant: Reachable,
    chat: str = "",
    facts: Mapping[str, Any],
    at: datetime,
) -> Clause:
    """What `tell` would write, as a clause of the statement that registers the appeal. ``chat`` is that of the person,
    if it is still open.
    """
    way, address = _first_way(applicant, chat)
    return Clause(
        "notice",
        _INSERT,
        (
            appeal_number,
            topic.value,
            json.dumps(_as_json(facts), ensure_ascii=False),
            applicant.language,
            way,
            address,
            at,
            leaves_at(way, at),
            _state_at_first(way),
        ),
    )


def prepare(
    *, topic: Topic, appeal_number: str, applicant: Applicant, facts: Mapping[str, Any], at: datetime
) -> Notice:
    """The row that `tell` would write, not written."""
    way, address = _first_way(applicant, chat_reaching(applicant.pk))
    return Notice(
        appeal_number=appeal_number,
        topic=topic.value,
        facts=_as_json(facts),
        language=applicant.language,
        transport=way,
        address=address,
        created_at=at,
        due_at=leaves_at(way, at),
        state=_state_at_first(way),
    )


def instead(notice: Notice, *, at: datetime) -> Notice | None:
    """The row, not written, that tells the same person by the next of their ways; None when each was tried.

    A desk has one way only. Nobody is told by a way they did not leave in the very appeal that the notice is about.
    """
    if notice.for_staff:
        return None
    applicant = Applicant.objects.filter(appeals__number=notice.appeal_number).first()
    if applicant is None or not _is_theirs(applicant, notice):
        return None
    tried = _ways_tried(notice)
    way, address = next(
        ((way, address) for way, address in ways_to(applicant, chat_reaching(applicant.pk)) if way not in tried),
        ("", ""),
    )
    if not way:
        return None
    return Notice(
        appeal_number=notice.appeal_number,
        topic=notice.topic,
        facts=notice.facts,
        language=notice.language,
        transport=way,
        address=address,
        created_at=at,
        due_at=leaves_at(way, at),
        instead_of=notice,
    )


def _is_theirs(applicant: Applicant, notice: Notice) -> bool:
    """Whether the notice went to this person: what they left may have been changed since."""
    if notice.transport == TELEGRAM:
        return is_linked(applicant.pk, notice.address)
    return {EMAIL: applicant.email, SMS: applicant.phone}.get(notice.transport) == notice.address


def _ways_tried(notice: Notice) -> set[str]:
    """By which ways the same was told, or was to be."""
    tried = {notice.transport}
    before = notice.instead_of
    while before is not None:
        tried.add(before.transport)
        before = before.instead_of
    return tried


def ways_to(person: Reachable, chat: str) -> list[tuple[str, str]]:
    """The ways to a person with the address on each, in the order in which they are tried; ``chat`` is "" for none.

    A chat comes first: that it was linked was the person's last wish, and it costs nothing. Then what they chose, if it
    can be used, else SMS, else e-mail.
    """
    left = {SMS: person.phone, EMAIL: person.email}
    if person.preferred_channel == EMAIL:
        left = {EMAIL: person.email, SMS: person.phone}
    return [(way, address) for way, address in {TELEGRAM: chat, **left}.items() if address]


def _first_way(person: Reachable, chat: str) -> tuple[str, str]:
    return next(iter(ways_to(person, chat)), ("", ""))


def leaves_at(way: str, moment: datetime) -> datetime:
    """The moment, for what rings moved out of the quiet hours. E-mail rings nobody up."""
    if way not in RINGS:
        return moment
    return after_quiet_hours(moment, hours=settings.QUIET_HOURS, zone=ZoneInfo(settings.TIME_ZONE))


def _state_at_first(way: str) -> str:
    return "waiting" if way else "undeliverable"


def _as_json(facts: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: fact for name, fact in facts.items() if fact is not None}
    written: dict[str, Any] = Sentence("", known).to_json()["facts"]
    return written


def _write(notice: Notice) -> Notice:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a notice is written in the transaction of the change it tells of")
    notice.save(force_insert=True)
    return notice
