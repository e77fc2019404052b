"""The columns of a table of appeals: their stable codes, their names, and what of an appeal stands in each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qorgau.lib.written_tables import Cell
from qorgau.workplace.export.words import Words

Record = Mapping[str, Any]
"""One appeal as `reading.py` reads it: columns of the database by their names."""


@dataclass(frozen=True, slots=True)
class Column:
    """`code` never changes, whatever language the table is in; programs may rely on it."""

    code: str
    name: Promise
    value: Callable[[Record, Words], Cell]


def _as_it_is(code: str, name: Promise, field: str = "") -> Column:
    return Column(code, name, lambda record, words, field=field or code: record[field])  # type: ignore[misc]


def _written(code: str, name: Promise, field: str = "") -> Column:
    """What a person wrote: with telephones, e-mails and IINs masked unless the table holds contacts in full."""
    return Column(code, name, lambda record, words, field=field or code: words.written(record[field]))  # type: ignore[misc]


def _spoken(code: str, name: Promise, table: str, field: str = "") -> Column:
    """A code of ours in words."""
    return Column(
        f"{code}_words",
        name,
        lambda record, words, table=table, field=field or code: words.of(table, record[field]),  # type: ignore[misc]
    )


def _yes_or_no(code: str, name: Promise) -> Column:
    return Column(code, name, lambda record, words: words.yes if record[code] else words.no)


COLUMNS: tuple[Column, ...] = (
    _as_it_is("number", _("Number")),
    _as_it_is("state", _("State, code")),
    _spoken("state", _("State"), "states"),
    _as_it_is("kind", _("Kind, code")),
    _spoken("kind", _("Kind"), "kinds"),
    _as_it_is("procedure", _("Procedure, code")),
    _spoken("procedure", _("Procedure"), "procedures"),
    _as_it_is("channel", _("Door, code")),
    _spoken("channel", _("Door"), "channels"),
    _as_it_is("language", _("Language, code")),
    _as_it_is("received_at", _("Received at")),
    _as_it_is("registered_on", _("Registered on")),
    _as_it_is("due_on", _("Due on")),
    _yes_or_no("overdue", _("Overdue")),
    _as_it_is("waiting_since", _("The person waits since")),
    _as_it_is("answered_at", _("Answered at")),
    _as_it_is("closed_at", _("Closed at")),
    Column("topic", _("Reason, code"), lambda record, words: words.topic_code(record["topic_id"])),
    Column("topic_words", _("Reason"), lambda record, words: words.topic(record["topic_id"])),
    Column("region", _("Region, KATO code"), lambda record, words: words.region_code(record["region_id"])),
    Column("region_words", _("Region"), lambda record, words: words.region(record["region_id"])),
    Column("organisation", _("Organisation, code"), lambda record, words: words.organisation_code(record)),
    Column("organisation_words", _("Organisation"), lambda record, words: words.organisation(record)),
    _written("organisation_as_said", _("Organisation, as it was said")),
    Column("holder", _("Kind of the desk, code"), lambda record, words: words.desk_code(record["holder_id"])),
    Column("holder_words", _("Desk"), lambda record, words: words.desk(record["holder_id"])),
    Column("assignee", _("Who works on it"), lambda record, words: words.colleague(record, "assignee")),
    Column("taken_by", _("Who registered it"), lambda record, words: words.colleague(record, "taken_by")),
    Column("returned", _("Times returned"), lambda record, words: record["returned"] or None),
    _yes_or_no("sensitive", _("Sensitive")),
    _as_it_is("event_date", _("Day of the event")),
    _written("event_date_as_said", _("Day of the event, as it was said")),
    _written("text", _("What the person said")),
    _written("circumstances", _("Circumstances")),
    _written("desired_outcome", _("What the person wants")),
    Column("applicant", _("Applicant"), lambda record, words: words.person(record, "applicant")),
    _yes_or_no("applicant__anonymous", _("Anonymous")),
    Column("applicant_iin", _("IIN of the applicant"), lambda record, words: words.iin(record, "applicant")),
    Column("applicant_phone", _("Telephone"), lambda record, words: words.phone(record, "applicant")),
    Column("applicant_email", _("E-mail"), lambda record, words: words.email(record, "applicant")),
    Column("applicant_address", _("Postal address"), lambda record, words: words.address(record, "applicant")),
    _as_it_is("preferred_channel", _("Preferred way, code"), "applicant__preferred_channel"),
    _spoken("preferred_channel", _("Preferred way"), "preferred_channels", "applicant__preferred_channel"),
    Column("patient", _("Patient"), lambda record, words: words.person(record, "patient")),
    Column("patient_iin", _("IIN of the patient"), lambda record, words: words.iin(record, "patient")),
    Column("patient_phone", _("Telephone of the patient"), lambda record, words: words.phone(record, "patient")),
    _written("relation", _("Who the applicant is to the patient")),
    Column("decision", _("Decision, code"), lambda record, words: words.of_answer(record, "decision")),
    Column(
        "decision_words",
        _("Decision"),
        lambda record, words: words.of("decisions", words.of_answer(record, "decision")),
    ),
    Column("answer", _("Answer"), lambda record, words: words.written(words.of_answer(record, "text"))),
    Column("legal_basis", _("Legal basis"), lambda record, words: words.of_answer(record, "legal_basis")),
    Column("answer_language", _("Answer in, code"), lambda record, words: words.of_answer(record, "language")),
    Column("answered_by", _("Who answered"), lambda record, words: words.colleague(record, "answer__sent_by")),
    _as_it_is("outcome", pgettext_lazy("rating", "Solved or not, code"), "rating__outcome"),
    _spoken("outcome", pgettext_lazy("rating", "Solved or not"), "outcomes", "rating__outcome"),
    _as_it_is("stars", _("Stars"), "rating__stars"),
    _written("rating_words", _("Words of the rating"), "rating__words"),
    Column("files", _("Files"), lambda record, words: record["files"] or None),
    _as_it_is("linked", _("Linked appeals")),
    Column("flags", _("What looked wrong"), lambda record, words: words.flags(record["flags"])),
)  # fmt: skip
