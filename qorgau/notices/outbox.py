"""Writing what people must hear of, in the transaction of the change it tells of. Nothing leaves from here."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from qorgau.directory.models import Desk
from qorgau.lib.statements import Clause
from qorgau.notices.chats.reaching import TELEGRAM, chats_reaching
from qorgau.notices.models import Notice
from qorgau.notices.quiet_hours import after_quiet_hours
from qorgau.notices.topics import Topic
from qorgau.people.contacts import takes_messages
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


def tell(
    *, topic: Topic, appeal_number: str, applicant: Applicant, facts: Mapping[str, Any], at: datetime
) -> list[Notice]:
    """Let the person hear of it, in each chat that follows the appeal, or else by the way they chose: one INSERT.

    Each chat has a row of its own. Somebody who left no way gets a row too, in the state "undeliverable", so that staff
    see who heard nothing. Facts are words, whole numbers, dates, names in three languages or sentences, and never the
    text of an appeal or answer. Must run inside the transaction of the change.
    """
    return _write(prepare(topic=topic, appeal_number=appeal_number, applicant=applicant, facts=facts, at=at))


def tell_other_chats(
    *, topic: Topic, appeal_number: str, applicant: Applicant, chat: int, facts: Mapping[str, Any], at: datetime
) -> list[Notice]:
    """Let the other chats that follow the appeal hear of what the bot itself says in one of them, in answer to what was
    asked there. Must run inside the transaction of the change.
    """
    others = [address for address in chats_reaching(applicant.pk) if address != str(chat)]
    rows = _rows(TELEGRAM, others, topic=topic, appeal_number=appeal_number, applicant=applicant, facts=facts, at=at)
    return _write(rows) if rows else []


def tell_by(
    way: str,
    addresses: Sequence[str],
    *,
    topic: Topic,
    appeal_number: str,
    applicant: Applicant,
    facts: Mapping[str, Any],
    at: datetime,
    awaited_until: datetime,
) -> list[Notice]:
    """Let the person hear by this way of what they asked for and wait for: it leaves in quiet hours too, and later than
    `awaited_until` not at all. Must run inside the transaction of the change.
    """
    rows = _rows(way, addresses, topic=topic, appeal_number=appeal_number, applicant=applicant, facts=facts, at=at)
    for row in rows:
        row.due_at, row.awaited_until = at, awaited_until
    return _write(rows)


def tell_desk(*, topic: Topic, appeal_number: str, desk: Desk, facts: Mapping[str, Any], at: datetime) -> Notice | None:
    """Let a desk hear of it at its e-mail address: one INSERT; nothing when the desk has none (its queue shows it)."""
    return _letter(desk.email, settings.LANGUAGE_CODE, topic, appeal_number, _as_json(facts), at)


def tell_colleague(*, topic: Topic, appeal_number: str, person: Staff, at: datetime) -> Notice | None:
    """Let one member of staff hear of it by e-mail in their own language; nothing when they have no address or want no
    letters (their list at the desk shows it). Must run inside the transaction of the change.
    """
    return _letter(person.letters_to, person.language, topic, appeal_number, {}, at)


def _letter(
    address: str, language: str, topic: Topic, appeal_number: str, facts: dict[str, Any], at: datetime
) -> Notice | None:
    if not address:
        return None
    notice = Notice(
        appeal_number=appeal_number,
        topic=topic.value,
        facts=facts,
        language=language,
        transport=EMAIL,
        address=address,
        for_staff=True,
        created_at=at,
        due_at=at,
    )
    return _write([notice])[0]


_INSERT = """
    INSERT INTO notices_notice (appeal_number, topic, facts, language, transport, address, for_staff, created_at,
        due_at, attempts, state, error, external_id, occasion)
    SELECT $1::text, $2::text, $3::jsonb, $4::text, $5::text, address, false, $7::timestamptz, $8::timestamptz, 0,
        $9::text, '', '', $10::uuid
    FROM unnest($6::text[]) AS told (address)
"""


def clause(
    *,
    topic: Topic,
    appeal_number: str,
    applicant: Reachable,
    chats: Sequence[str] = (),
    facts: Mapping[str, Any],
    at: datetime,
) -> Clause:
    """What `tell` would write, as a clause of the statement that registers the appeal. ``chats`` are those of the
    person that are still open.
    """
    way, addresses = _first_way(applicant, chats)
    return Clause(
        "notice",
        _INSERT,
        (
            appeal_number,
            topic.value,
            json.dumps(_as_json(facts), ensure_ascii=False),
            applicant.language,
            way,
            addresses,
            at,
            leaves_at(way, at),
            _state_at_first(way),
            _occasion(addresses),
        ),
    )


def prepare(
    *, topic: Topic, appeal_number: str, applicant: Applicant, facts: Mapping[str, Any], at: datetime
) -> list[Notice]:
    """The rows that `tell` would write, not written."""
    way, addresses = _first_way(applicant, chats_reaching(applicant.pk))
    return _rows(way, addresses, topic=topic, appeal_number=appeal_number, applicant=applicant, facts=facts, at=at)


def _rows(
    way: str,
    addresses: Sequence[str],
    *,
    topic: Topic,
    appeal_number: str,
    applicant: Applicant,
    facts: Mapping[str, Any],
    at: datetime,
) -> list[Notice]:
    occasion = _occasion(addresses)
    return [
        Notice(
            appeal_number=appeal_number,
            topic=topic.value,
            facts=_as_json(facts),
            language=applicant.language,
            transport=way,
            address=address,
            created_at=at,
            due_at=leaves_at(way, at),
            state=_state_at_first(way),
            occasion=occasion,
        )
        for address in addresses
    ]


def instead(notice: Notice, *, at: datetime) -> Notice | None:
    """The row, not written, that tells the same person by the next of their ways; None when each was tried, or the
    person heard of it in another chat, or still may.

    A desk has one way only. Nobody is told by a way they did not leave in the very appeal that the notice is about. Of
    several chats that fail at once the last one sees that none is left, if `lock_occasion` was called before.
    """
    if notice.for_staff:
        return None
    applicant = Applicant.objects.filter(appeals__number=notice.appeal_number).first()
    if applicant is None or not _is_theirs(applicant, notice) or _told_in_another_chat(notice):
        return None
    tried = _ways_tried(notice)
    chat = next(iter(chats_reaching(applicant.pk)), "")
    way, address = next(
        ((way, address) for way, address in ways_to(applicant, chat) if way not in tried),
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


def lock_occasion(notice: Notice) -> None:
    """Let nobody else write down the fate of what tells the same, until the end of the transaction."""
    if notice.occasion is not None:
        list(Notice.objects.select_for_update().filter(occasion=notice.occasion).order_by("pk").values_list("pk"))


def _told_in_another_chat(notice: Notice) -> bool:
    """Whether the person heard the same there, or may hear it still; or was told by another way because that failed."""
    if notice.occasion is None:
        return False
    same = Notice.objects.filter(occasion=notice.occasion).exclude(pk=notice.pk)
    return same.filter(Q(state__in=("waiting", "sent")) | Q(replaced_by__isnull=False)).exists()


def _is_theirs(applicant: Applicant, notice: Notice) -> bool:
    """Whether the notice went to this person: what they left may have been changed since. A chat was theirs when the
    row was written, and unlinking it is no reason to leave them without the news.
    """
    if notice.transport == TELEGRAM:
        return True
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
    can be used, else SMS, else e-mail. A landline is no way: an SMS to it would be lost.
    """
    mobile = person.phone if takes_messages(person.phone) else ""
    left = {SMS: mobile, EMAIL: person.email}
    if person.preferred_channel == EMAIL:
        left = {EMAIL: person.email, SMS: mobile}
    return [(way, address) for way, address in {TELEGRAM: chat, **left}.items() if address]


def _first_way(person: Reachable, chats: Sequence[str]) -> tuple[str, list[str]]:
    """By which way, and where: in every chat, or at one address; at none in particular if the person left no way."""
    if chats:
        return TELEGRAM, list(chats)
    way, address = next(iter(ways_to(person, "")), ("", ""))
    return way, [address]


def _occasion(addresses: Sequence[str]) -> UUID | None:
    return uuid4() if len(addresses) > 1 else None


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


def _write(notices: Iterable[Notice]) -> list[Notice]:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a notice is written in the transaction of the change it tells of")
    return Notice.objects.bulk_create(notices)
