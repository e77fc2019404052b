"""Words of one table: codes in the reader's language, names from the directory, people as far as the reader may see."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, override

from qorgau.directory.reference import Reference
from qorgau.lib.sealed import unseal
from qorgau.lib.speech import name_in, say
from qorgau.people.models import Staff
from qorgau.rules import privacy
from qorgau.workplace import wording
from qorgau.workplace.discretion import sees_personal_data

_TABLES: dict[str, Mapping[Any, Any]] = {
    "states": wording.STATES,
    "kinds": wording.KINDS,
    "procedures": wording.PROCEDURES,
    "channels": wording.CHANNELS,
    "decisions": wording.DECISIONS,
    "outcomes": wording.OUTCOMES,
    "preferred_channels": wording.PREFERRED_CHANNELS,
    "links": wording.LINKS,
}


class Words:
    """Everything that the cells of one table need to speak; made once, asked a hundred thousand times."""

    def __init__(self, staff: Staff, reference: Reference, *, language: str, in_full: bool) -> None:
        self._reference = reference
        self._language = language
        self._in_full = in_full
        self._sees_people = sees_personal_data(staff)
        self._names: dict[tuple[str, int], str] = {}
        with override(language):
            self.yes, self.no = gettext("Yes"), gettext("No")
            self._tables = {
                name: {str(code): str(words) for code, words in table.items()} for name, table in _TABLES.items()
            }

    def of(self, table: str, code: str | None) -> str:
        """A code in words; the code itself when there are none for it."""
        return self._tables[table].get(code, code) if code else ""

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

    def colleague(self, record: Mapping[str, Any], who: str) -> str:
        """Somebody of the staff: surname and initials, as on receipts."""
        surname = record[f"{who}__last_name"]
        if surname is None:
            return ""
        given = (record[f"{who}__first_name"], record[f"{who}__patronymic"])
        initials = "".join(f"{part[0]}." for part in given if part)
        return f"{surname} {initials}".strip() or record[f"{who}__username"]

    def of_answer(self, record: Mapping[str, Any], field: str) -> str:
        """A part of the answer once it was sent; a draft is nobody's but the desk's."""
        return record[f"answer__{field}"] or "" if record["answer__sent_at"] else ""

    def person(self, record: Mapping[str, Any], who: str) -> str:
        names = (record[f"{who}__{part}"] for part in ("surname", "given_name", "patronymic"))
        full = " ".join(name for name in names if name)
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
        # Nothing of what is masked does without a digit or an @.
        return privacy.mask_text(text) if "@" in text or any(sign.isdecimal() for sign in text) else text

    def flags(self, flags: list[dict[str, Any]]) -> str:
        return self.written(" ".join(say(flag, self._language) for flag in flags)) if flags else ""

    def _name(self, kind: str, rows: Mapping[int, Any], key: int | None) -> str:
        if key is None:
            return ""
        name = self._names.get((kind, key))
        if name is None:
            name = self._names[kind, key] = name_in(rows.get(key), self._language)
        return name
