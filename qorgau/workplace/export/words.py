"""Words of one table: codes in the reader's language, names from the directory, people as far as the reader may see."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext, override

from qorgau.directory.models import OwnField
from qorgau.directory.own_fields import NO, YES, say_value
from qorgau.directory.reference import Reference
from qorgau.lib.kept_queries import KeptQuery, any_of
from qorgau.lib.sealed import unseal
from qorgau.lib.speech import name_in, say
from qorgau.lib.written_tables import Cell
from qorgau.people.models import Staff
from qorgau.register.checklists import HowFar
from qorgau.rules import privacy
from qorgau.workplace import wording
from qorgau.workplace.discretion import sees_inside, sees_personal_data
from qorgau.workplace.state_words import words_of_state

_TABLES: dict[str, Mapping[Any, Any]] = {
    "kinds": wording.KINDS,
    "procedures": wording.PROCEDURES,
    "channels": wording.CHANNELS,
    "decisions": wording.DECISIONS,
    "outcomes": wording.OUTCOMES,
    "preferred_channels": wording.PREFERRED_CHANNELS,
    "links": wording.LINKS,
}

_NO_FLAGS = "[]"
_KEPT_AT_MOST = 20_000

_PEOPLE = KeptQuery(
    lambda: Staff.objects.filter(any_of("pk", "people")).only("last_name", "first_name", "patronymic", "username")
)


class Words:
    """Everything that the cells of one table need to speak; made once, asked a hundred thousand times."""

    def __init__(self, staff: Staff, reference: Reference, *, language: str, in_full: bool) -> None:
        self._reference = reference
        self._language = language
        self._in_full = in_full
        self._sees_people = sees_personal_data(staff)
        self._names: dict[tuple[str, int], str] = {}
        self._states: dict[tuple[str, int, int | None], str] = {}
        self._colleagues: dict[int, str] = {}
        self._sentences: dict[str, str] = {}
        self._staff = staff
        with override(language):
            self.yes, self.no = gettext("Yes"), gettext("No")
            self._tables = {
                name: {str(code): str(words) for code, words in table.items()} for name, table in _TABLES.items()
            }

    def table(self, name: str) -> Mapping[str, str]:
        """Codes of ours in words."""
        return self._tables[name]

    def state(self, record: Mapping[str, Any]) -> str:
        """As the queue says it: by the installation's own words where it has some."""
        key = (record["state"], record["holder_id"], record["topic_id"])
        if key not in self._states:
            with override(self._language):
                self._states[key] = words_of_state(key[0], holder_id=key[1], topic_id=key[2])
        return self._states[key]

    def topic(self, key: int | None) -> str:
        return self._name("topic", self._reference.topics, key)

    def topic_code(self, key: int | None) -> str:
        topic = self._reference.topics.get(key or 0)
        return topic.code if topic else ""

    def region(self, key: int | None) -> str:
        return self._name("region", self._reference.regions, key)

    def region_code(self, key: int | None) -> str:
        region = self._reference.regions.get(key or 0)
        return region.kato if region else ""

    def desk(self, key: int) -> str:
        return self._name("desk", self._reference.desks, key)

    def desk_code(self, key: int) -> str:
        desk = self._reference.desks.get(key)
        return desk.kind if desk else ""

    def organisation(self, record: Mapping[str, Any]) -> str:
        return self._name("organisation", self._reference.organisations, record["organisation_id"])

    def organisation_code(self, record: Mapping[str, Any]) -> str:
        organisation = self._reference.organisations.get(record["organisation_id"] or 0)
        return organisation.source_key if organisation else ""

    def meet(self, people: Iterable[int | None]) -> None:
        """Learn the names of colleagues before they are asked for: one query, none when all are known."""
        new = {key for key in people if key is not None and key not in self._colleagues}
        if new:
            self._colleagues |= {person.pk: person.short_name for person in _PEOPLE.all(people=list(new))}

    def colleague(self, key: int | None) -> str:
        """Somebody of the staff: surname and initials, as on receipts."""
        return self._colleagues[key] if key is not None else ""

    def because(self, because: str) -> str:
        """Why it lies with its desk, from the JSON it is kept in."""
        return self._said(because)

    def names(self, rows: Sequence[Any]) -> str:
        """Rows of the directory by their names."""
        if not rows:
            return ""
        return "; ".join(name_in(row, self._language) for row in rows)

    def steps(self, record: Mapping[str, Any]) -> int | None:
        """How many steps its checklist has; nothing where there is none, or where it is not for this reader."""
        return progress.steps if (progress := self._progress(record)) else None

    def steps_done(self, record: Mapping[str, Any]) -> int | None:
        return progress.done if (progress := self._progress(record)) else None

    def steps_open(self, record: Mapping[str, Any]) -> str:
        return self.names(progress.still_open) if (progress := self._progress(record)) else ""

    def _progress(self, record: Mapping[str, Any]) -> HowFar | None:
        progress: HowFar | None = record["progress"]
        return progress if progress and sees_inside(record["holder_id"], self._staff) else None

    def own_value(self, field: OwnField, value: str) -> Cell:
        """What an own field holds, as a spreadsheet counts and sorts it."""
        if not value:
            return None
        if field.kind == "number":
            return float(value) if "." in value else int(value)
        return date.fromisoformat(value) if field.kind == "date" else self.written(value)

    def own_words(self, field: OwnField, value: str) -> str:
        """What an own field holds, as the card says it."""
        if field.kind == "yes_no":
            return {YES: self.yes, NO: self.no}.get(value, "")
        with override(self._language):
            return say_value(field, value)

    def person(self, record: Mapping[str, Any], who: str) -> str:
        names = (record[f"{who}__surname"], record[f"{who}__given_name"], record[f"{who}__patronymic"])
        full = " ".join(filter(None, names))
        return full if self._sees_people or not full else privacy.DOT * 3

    def iin(self, record: Mapping[str, Any], who: str) -> str:
        sealed = record[f"{who}__iin_sealed"]
        if sealed is None or not self._sees_people:
            return ""
        iin = unseal(bytes(sealed))
        return iin if self._in_full else privacy.mask_iin(iin)

    def phone(self, record: Mapping[str, Any], who: str) -> str:
        phone = record[f"{who}__phone"] or record[f"{who}__phone_as_said"] or ""
        if not self._sees_people or not phone:
            return ""
        return phone if self._in_full else privacy.mask_phone(phone)

    def email(self, record: Mapping[str, Any], who: str) -> str:
        email = record[f"{who}__email"]
        if not self._sees_people or not email:
            return ""
        return email if self._in_full else privacy.mask_email(email)

    def address(self, record: Mapping[str, Any], who: str) -> str:
        address = record[f"{who}__postal_address"]
        if not self._sees_people or not address:
            return ""
        return address if self._in_full else privacy.DOT * 3

    def written(self, text: str | None) -> str:
        """What somebody wrote: a table travels further than a card, so the contacts in it are masked too."""
        if not text or self._in_full:
            return text or ""
        return privacy.mask_text(text)

    def flags(self, flags: str) -> str:
        """What looked wrong, from the JSON it is kept in."""
        return self._said(flags) if flags != _NO_FLAGS else ""

    def _said(self, kept: str) -> str:
        """One sentence or several from the JSON they are kept in: the same ones come again and again."""
        said = self._sentences.get(kept)
        if said is None:
            sentences = json.loads(kept)
            several = sentences if isinstance(sentences, list) else [sentences]
            said = self.written(" ".join(say(one, self._language) for one in several))
            if len(self._sentences) < _KEPT_AT_MOST:
                self._sentences[kept] = said
        return said

    def _name(self, kind: str, rows: Mapping[int, Any], key: int | None) -> str:
        if key is None:
            return ""
        name = self._names.get((kind, key))
        if name is None:
            name = self._names[kind, key] = name_in(rows.get(key), self._language)
        return name
