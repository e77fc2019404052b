"""Reading the appeals of a view from the first to the last: the order is taken down once, the rows come in batches.

The list of ids takes eight bytes an appeal, so a table of a hundred thousand rows needs less than a megabyte, holds no
transaction open while somebody's slow line takes it, and is complete whatever changes meanwhile. Every batch starts
from the scope again: what stopped being the reader's in between is left out.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Max, Min
from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.lib.written_tables import Cell
from qorgau.people.models import Staff
from qorgau.register.checklists import About, progress_of
from qorgau.register.clocks import OF_THE_ANSWER
from qorgau.register.details import label_codes, labels_of, values_of
from qorgau.register.models import Attachment, Clock, Handover, InformationRequest, Link, Message
from qorgau.register.openings import Opened, write
from qorgau.register.scope import appeals_for
from qorgau.workplace.discretion import sees_personal_data
from qorgau.workplace.export.columns import Column
from qorgau.workplace.export.words import Words
from qorgau.workplace.listing import View, everything

ROWS_AT_A_TIME = 500
_IDS_AT_A_TIME = 10_000

_OF_A_PERSON = (
    "surname",
    "given_name",
    "patronymic",
    "iin_sealed",
    "phone",
    "phone_as_said",
    "email",
    "postal_address",
)
_OF_A_COLLEAGUE = ("last_name", "first_name", "patronymic", "username")
_COLLEAGUES = ("assignee", "taken_by", "answer__approved_by", "answer__sent_by")
_FIELDS = (
    "pk", "number", "state", "kind", "procedure", "channel", "language", "received_at", "registered_on", "due_on",
    "overdue", "waiting_since", "answered_at", "closed_at", "because", "topic_id", "region_id", "organisation_id",
    "organisation_as_said", "holder_id", "sensitive", "event_date", "event_date_as_said", "text", "circumstances",
    "desired_outcome", "relation", "flags",
    "applicant__anonymous", "applicant__language", "applicant__preferred_channel",
    *(f"{who}__{part}" for who in ("applicant", "patient") for part in _OF_A_PERSON),
    *(f"{who}__{part}" for who in _COLLEAGUES for part in _OF_A_COLLEAGUE),
    "answer__decision", "answer__text", "answer__legal_basis", "answer__how_to_appeal", "answer__language",
    "answer__sent_at", "rating__outcome", "rating__stars", "rating__words", "rating__at",
    "withdrawal__recorded_at", "withdrawal__channel", "withdrawal__reason", "withdrawal__confirmed_at",
)  # fmt: skip


def ids_of(view: View) -> "array[int]":
    """The appeals that a view holds, in its order."""
    return array("q", everything(view).values_list("pk", flat=True).iterator(chunk_size=_IDS_AT_A_TIME))


def rows_of(
    ids: Sequence[int], columns: Sequence[Column], staff: Staff, *, language: str, in_full: bool, purpose: str
) -> Iterator[list[Cell]]:
    """One row of cells per appeal, in the order of the ids. Whose data leave is written down before they do."""
    words = Words(staff, current(), language=language, in_full=in_full)
    values = [column.value for column in columns]
    for start in range(0, len(ids), ROWS_AT_A_TIME):
        batch = list(_records(ids[start : start + ROWS_AT_A_TIME], staff, words))
        if sees_personal_data(staff):
            write(staff, [Opened(record["pk"], "export", purpose) for record in batch], at=timezone.now())
        for record in batch:
            yield [value(record, words) for value in values]


def _records(ids: Sequence[int], staff: Staff, words: Words) -> Iterator[dict[str, Any]]:
    """A dozen queries for a batch, however many rows it has."""
    keys = list(ids)
    found = {record["pk"]: record for record in appeals_for(staff).filter(pk__in=keys).values(*_FIELDS)}
    counted = {
        "returned": _counted(Handover.objects.filter(appeal_id__in=keys, outcome="returned")),
        "requests": _counted(InformationRequest.objects.filter(appeal_id__in=keys)),
        "messages": _counted(Message.objects.filter(appeal_id__in=keys).exclude(direction="note")),
        "files": _counted(Attachment.objects.filter(appeal_id__in=keys)),
    }
    terms, linked = _terms(keys), _linked(keys, staff, words)
    labels, own = labels_of(keys), values_of(keys)
    steps = progress_of(
        About(key, record["topic_id"], record["kind"], record["registered_on"]) for key, record in found.items()
    )
    for key in keys:
        if record := found.get(key):
            record |= {name: of_each.get(key) for name, of_each in counted.items()}
            record |= terms.get(key, _NO_TERM)
            record["linked"] = "; ".join(linked.get(key, ()))
            record["labels"], record["label_codes"] = labels.get(key, []), label_codes(labels, key)
            record["own"], record["progress"] = own.get(key, {}), steps.get(key)
            yield record


_NO_TERM = {"extended_from": None, "days_taken": None, "days_over": None}


def _terms(keys: list[int]) -> dict[int, dict[str, Any]]:
    """What came of the terms of the answer: the first of their due dates that was extended, and the days they took."""
    clocks = Clock.objects.filter(appeal_id__in=keys, purpose__in=OF_THE_ANSWER).order_by().values("appeal_id")
    stopped = clocks.annotate(
        before=Min("extended_from"), taken=Max("days_taken"), over=Max("days_over"), stopped=Max("stopped_at")
    )
    return {
        row["appeal_id"]: {
            "extended_from": row["before"],
            "days_taken": row["taken"],
            "days_over": row["over"] if row["stopped"] else None,
        }
        for row in stopped
    }


def _counted(rows: Any) -> dict[int, int]:
    return dict(rows.order_by().values("appeal_id").annotate(rows=Count("pk")).values_list("appeal_id", "rows"))


def _linked(keys: list[int], staff: Staff, words: Words) -> dict[int, list[str]]:
    """How each appeal belongs to earlier ones; those outside the scope are not named."""
    links = Link.objects.filter(appeal_id__in=keys, earlier__in=appeals_for(staff)).order_by("pk")
    found: dict[int, list[str]] = defaultdict(list)
    for key, kind, number in links.values_list("appeal_id", "type", "earlier__number"):
        found[key].append(f"{words.of('links', kind)}: {number}")
    return found
