"""The columns of a table of appeals: their stable codes, their names, and what of an appeal stands in each.

Everything that a card says of one appeal has a column, the own fields of the installation too. What there can be many
of (messages, files, requests) is counted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeAlias

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


Value: TypeAlias = Callable[[Record], Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """`code` never changes, whatever language the table is in; programs may rely on it. The name of an own field is
    the field itself, which says it in the language of the moment.

    `value_in` gives, for the words of one table, what makes a cell of a record: a hundred thousand rows have nine
    million cells, so whatever can is looked up once for the table and not for each of them.
    """

    code: str
    name: Promise | OwnField
    value_in: Callable[[Words], Value]


def _as_it_is(code: str, name: Promise, field: str = "") -> Column:
    value = itemgetter(field or code)
    return Column(code, name, lambda words: value)


def _written(code: str, name: Promise, field: str = "") -> Column:
    """What a person wrote: with telephones, e-mails and IINs masked unless the table holds contacts in full."""
    field = field or code

    def value_in(words: Words) -> Value:
        written = words.written
        return lambda record: written(record[field])

    return Column(code, name, value_in)


def _spoken(code: str, name: Promise, table: str, field: str = "") -> Column:
    """A code of ours in words."""
    field = field or code

    def value_in(words: Words) -> Value:
        spoken = words.table(table)
        return lambda record: spoken.get(record[field], record[field])

    return Column(f"{code}_words", name, value_in)


def _said(code: str, name: Promise | OwnField, value: Callable[[Record, Words], Cell]) -> Column:
    """What needs more than one column of the database."""
    return Column(code, name, lambda words: lambda record: value(record, words))


def _colleague(code: str, name: Promise, field: str) -> Column:
    """Somebody of the staff."""
    return _said(code, name, lambda record, words: words.colleague(record[field]))


def _yes_or_no(code: str, name: Promise) -> Column:
    return _said(code, name, lambda record, words: words.yes if record[code] else words.no)


COLUMNS: tuple[Column, ...] = (
    _as_it_is("number", _("Number")),
    _as_it_is("state", _("State, code")),
    _said("state_words", _("State"), lambda record, words: words.state(record)),
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
    _said("topic", _("Reason, code"), lambda record, words: words.topic_code(record["topic_id"])),
    _said("topic_words", _("Reason"), lambda record, words: words.topic(record["topic_id"])),
    _said("region", _("Region, KATO code"), lambda record, words: words.region_code(record["region_id"])),
    _said("region_words", _("Region"), lambda record, words: words.region(record["region_id"])),
    _said("organisation", _("Organisation, code"), lambda record, words: words.organisation_code(record)),
    _said("organisation_words", _("Organisation"), lambda record, words: words.organisation(record)),
    _written("organisation_as_said", _("Organisation, as it was said")),
    _said("holder", _("Kind of the desk, code"), lambda record, words: words.desk_code(record["holder_id"])),
    _said("holder_words", _("Desk"), lambda record, words: words.desk(record["holder_id"])),
    _said("because", _("Why this desk"), lambda record, words: words.because(record["because"])),
    _colleague("assignee", _("Who works on it"), "assignee_id"),
    _colleague("taken_by", _("Who registered it"), "taken_by_id"),
    _said("returned", _("Times returned"), lambda record, words: record["returned"] or None),
    _yes_or_no("sensitive", _("Sensitive")),
    _as_it_is("event_date", _("Day of the event")),
    _written("event_date_as_said", _("Day of the event, as it was said")),
    _written("text", _("What the person said")),
    _written("circumstances", _("Circumstances")),
    _written("desired_outcome", _("What the person wants")),
    _said("applicant", _("Applicant"), lambda record, words: words.person(record, "applicant")),
    _yes_or_no("applicant__anonymous", _("Anonymous")),
    _as_it_is("applicant_language", _("Language of the applicant, code"), "applicant__language"),
    _said("applicant_iin", _("IIN of the applicant"), lambda record, words: words.iin(record, "applicant")),
    _said("applicant_phone", _("Telephone"), lambda record, words: words.phone(record, "applicant")),
    _said("applicant_email", _("E-mail"), lambda record, words: words.email(record, "applicant")),
    _said("applicant_address", _("Postal address"), lambda record, words: words.address(record, "applicant")),
    _as_it_is("preferred_channel", _("Preferred way, code"), "applicant__preferred_channel"),
    _spoken("preferred_channel", _("Preferred way"), "preferred_channels", "applicant__preferred_channel"),
    _said("patient", _("Patient"), lambda record, words: words.person(record, "patient")),
    _said("patient_iin", _("IIN of the patient"), lambda record, words: words.iin(record, "patient")),
    _said("patient_phone", _("Telephone of the patient"), lambda record, words: words.phone(record, "patient")),
    _said("patient_email", _("E-mail of the patient"), lambda record, words: words.email(record, "patient")),
    _said("patient_address", _("Address of the patient"), lambda record, words: words.address(record, "patient")),
    _written("relation", _("Who the applicant is to the patient")),
    _as_it_is("decision", _("Decision, code"), "answer__decision"),
    _spoken("decision", _("Decision"), "decisions", "answer__decision"),
    _written("answer", _("Answer"), "answer__text"),
    _as_it_is("legal_basis", _("Legal basis"), "answer__legal_basis"),
    _as_it_is("how_to_appeal", _("How to challenge it"), "answer__how_to_appeal"),
    _as_it_is("answer_language", _("Answer in, code"), "answer__language"),
    _colleague("approved_by", _("Who approved the answer"), "answer__approved_by_id"),
    _colleague("answered_by", _("Who answered"), "answer__sent_by_id"),
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
    _said("requests", _("Requests for information"), lambda record, words: record["requests"] or None),
    _said("messages", _("Messages"), lambda record, words: record["messages"] or None),
    _said("files", _("Files"), lambda record, words: record["files"] or None),
    _as_it_is("linked", _("Linked appeals")),
    _said("flags", _("What looked wrong"), lambda record, words: words.flags(record["flags"])),
    _as_it_is("labels", _("Labels, codes"), "label_codes"),
    _said("labels_words", _("Labels"), lambda record, words: words.names(record["labels"])),
    _said("steps", _("Steps of the checklist"), lambda record, words: words.steps(record)),
    _said("steps_done", _("Steps done"), lambda record, words: words.steps_done(record)),
    _said("steps_open", _("Steps not done yet"), lambda record, words: words.steps_open(record)),
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
        return _said(code, in_code, kept), _said(f"{code}_words", field, spoken)
    return (_said(code, field, spoken if field.kind == "yes_no" else kept),)
