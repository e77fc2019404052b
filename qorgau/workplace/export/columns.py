"""The columns of a table of appeals: their stable codes, their names, and what of an appeal stands in each.

Everything that a card says of one appeal has a column, the own fields of the installation too. What there can be many
of (messages, files, requests) is counted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qorgau.directory.models import OwnField
from qorgau.directory.own_fields import input_name
from qorgau.directory.reference import Reference
from qorgau.lib.written_tables import Cell
from qorgau.workplace.export.words import Words

Record = Mapping[str, Any]
"""One appeal as `reading.py` reads it: columns of the database by their names."""


@dataclass(frozen=True, slots=True)
class Column:
    """`code` never changes, whatever language the table is in; programs may rely on it. The name of an own field is
    the field itself, which says it in the language of the moment.
    """

    code: str
    name: Promise | OwnField
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
    Column("state_words", _("State"), lambda record, words: words.state(record)),
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
    _as_it_is("extended_from", _("Due on, before it was extended")),
    _yes_or_no("overdue", _("Overdue")),
    _as_it_is("waiting_since", _("The person waits since")),
    _as_it_is("answered_at", _("Answered at")),
    _as_it_is("closed_at", _("Closed at")),
    _as_it_is("days_taken", _("Working days it took")),
    _as_it_is("days_over", _("Working days over the term")),
    Column("topic", _("Reason, code"), lambda record, words: words.topic_code(record["topic_id"])),
    Column("topic_words", _("Reason"), lambda record, words: words.topic(record["topic_id"])),
    Column("region", _("Region, KATO code"), lambda record, words: words.region_code(record["region_id"])),
    Column("region_words", _("Region"), lambda record, words: words.region(record["region_id"])),
    Column("organisation", _("Organisation, code"), lambda record, words: words.organisation_code(record)),
    Column("organisation_words", _("Organisation"), lambda record, words: words.organisation(record)),
    _written("organisation_as_said", _("Organisation, as it was said")),
    Column("holder", _("Kind of the desk, code"), lambda record, words: words.desk_code(record["holder_id"])),
    Column("holder_words", _("Desk"), lambda record, words: words.desk(record["holder_id"])),
    Column("because", _("Why this desk"), lambda record, words: words.because(record["because"])),
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
    _as_it_is("applicant_language", _("Language of the applicant, code"), "applicant__language"),
    Column("applicant_iin", _("IIN of the applicant"), lambda record, words: words.iin(record, "applicant")),
    Column("applicant_phone", _("Telephone"), lambda record, words: words.phone(record, "applicant")),
    Column("applicant_email", _("E-mail"), lambda record, words: words.email(record, "applicant")),
    Column("applicant_address", _("Postal address"), lambda record, words: words.address(record, "applicant")),
    _as_it_is("preferred_channel", _("Preferred way, code"), "applicant__preferred_channel"),
    _spoken("preferred_channel", _("Preferred way"), "preferred_channels", "applicant__preferred_channel"),
    Column("patient", _("Patient"), lambda record, words: words.person(record, "patient")),
    Column("patient_iin", _("IIN of the patient"), lambda record, words: words.iin(record, "patient")),
    Column("patient_phone", _("Telephone of the patient"), lambda record, words: words.phone(record, "patient")),
    Column("patient_email", _("E-mail of the patient"), lambda record, words: words.email(record, "patient")),
    Column("patient_address", _("Address of the patient"), lambda record, words: words.address(record, "patient")),
    _written("relation", _("Who the applicant is to the patient")),
    Column("decision", _("Decision, code"), lambda record, words: words.of_answer(record, "decision")),
    Column(
        "decision_words",
        _("Decision"),
        lambda record, words: words.of("decisions", words.of_answer(record, "decision")),
    ),
    Column("answer", _("Answer"), lambda record, words: words.written(words.of_answer(record, "text"))),
    Column("legal_basis", _("Legal basis"), lambda record, words: words.of_answer(record, "legal_basis")),
    Column("how_to_appeal", _("How to challenge it"), lambda record, words: words.of_answer(record, "how_to_appeal")),
    Column("answer_language", _("Answer in, code"), lambda record, words: words.of_answer(record, "language")),
    Column("approved_by", _("Who approved the answer"), lambda record, words: words.approver(record)),
    Column("answered_by", _("Who answered"), lambda record, words: words.colleague(record, "answer__sent_by")),
    _as_it_is("outcome", pgettext_lazy("rating", "Solved or not, code"), "rating__outcome"),
    _spoken("outcome", pgettext_lazy("rating", "Solved or not"), "outcomes", "rating__outcome"),
    _as_it_is("stars", _("Stars"), "rating__stars"),
    _written("rating_words", _("Words of the rating"), "rating__words"),
    _as_it_is("rated_at", _("Rated at"), "rating__at"),
    _as_it_is("withdrawal_recorded_at", _("Wish to withdraw written down at"), "withdrawal__recorded_at"),
    _as_it_is("withdrawal_channel", _("Wish to withdraw came by, code"), "withdrawal__channel"),
    _spoken("withdrawal_channel", _("Wish to withdraw came by"), "channels", "withdrawal__channel"),
    _written("withdrawal_reason", _("Reason of the withdrawal"), "withdrawal__reason"),
    _as_it_is("withdrawn_at", _("Withdrawn at"), "withdrawal__confirmed_at"),
    Column("requests", _("Requests for information"), lambda record, words: record["requests"] or None),
    Column("messages", _("Messages"), lambda record, words: record["messages"] or None),
    Column("files", _("Files"), lambda record, words: record["files"] or None),
    _as_it_is("linked", _("Linked appeals")),
    Column("flags", _("What looked wrong"), lambda record, words: words.flags(record["flags"])),
    _as_it_is("labels", _("Labels, codes"), "label_codes"),
    Column("labels_words", _("Labels"), lambda record, words: words.names(record["labels"])),
    Column("steps", _("Steps of the checklist"), lambda record, words: words.steps(record)),
    Column("steps_done", _("Steps done"), lambda record, words: words.steps_done(record)),
    Column("steps_open", _("Steps not done yet"), lambda record, words: words.steps_open(record)),
)  # fmt: skip


def columns_of(reference: Reference) -> tuple[Column, ...]:
    """All columns of a table: those of every installation, then the own fields of this one, ended ones too."""
    own = (column for field in reference.own_fields.values() for column in _of_field(field))
    return (*COLUMNS, *own)


def _of_field(field: OwnField) -> tuple[Column, ...]:
    """The column of an own field; a choice has one for the code of the option and one for its words."""
    code = input_name(field.code)

    def kept(record: Record, words: Words) -> Cell:
        return words.own_value(field, record["own"].get(field.code, ""))

    def spoken(record: Record, words: Words) -> Cell:
        return words.own_words(field, record["own"].get(field.code, ""))

    if field.kind == "choice":
        in_code = format_lazy(_("{field}, code"), field=field)
        return Column(code, in_code, kept), Column(f"{code}_words", field, spoken)
    return (Column(code, field, spoken if field.kind == "yes_no" else kept),)
