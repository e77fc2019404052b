"""Reading the appeals of a view from the first to the last: the order is taken down once, the rows come in batches.

The list of ids takes eight bytes an appeal, so a table of a hundred thousand rows needs less than a megabyte, holds no
transaction open while somebody's slow line takes it, and is complete whatever changes meanwhile. Every batch starts
from the scope again: what stopped being the reader's in between is left out.
"""

from array import array
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC
from typing import Any

from django.db.models import Count, DateTimeField, F, Func, Max, Min, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.lib.kept_queries import KeptQuery, any_of
from qorgau.lib.read_ahead import read_ahead
from qorgau.lib.read_together import ReadTogether
from qorgau.lib.written_tables import Cell
from qorgau.people.models import Staff
from qorgau.register.checklists import About, how_far
from qorgau.register.clocks import OF_THE_ANSWER
from qorgau.register.details import LABELS, VALUES, label_codes, labels_of, values_of
from qorgau.register.models import Attachment, Clock, Handover, InformationRequest, Link, Message
from qorgau.register.openings import Opened, write
from qorgau.register.scope import ScopedQuery, scope_of
from qorgau.workplace.discretion import sees_personal_data
from qorgau.workplace.export.columns import Column
from qorgau.workplace.export.words import Words
from qorgau.workplace.queue.listing import everything
from qorgau.workplace.queue.view import View

ROWS_AT_A_TIME = 1_000
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
_COLLEAGUES = ("assignee_id", "taken_by_id", "answer__approved_by_id", "answer__sent_by_id")
_FIELDS = (
    "pk", "number", "state", "kind", "procedure", "channel", "language", "registered_on", "due_on",
    "overdue", "topic_id", "region_id", "organisation_id",
    "organisation_as_said", "holder_id", "sensitive", "event_date", "event_date_as_said", "text", "circumstances",
    "desired_outcome", "relation",
    "applicant__anonymous", "applicant__language", "applicant__preferred_channel",
    *(f"{who}__{part}" for who in ("applicant", "patient") for part in _OF_A_PERSON),
    *_COLLEAGUES,
    "answer__decision", "answer__text", "answer__legal_basis", "answer__how_to_appeal", "answer__language",
    "rating__outcome", "rating__stars", "rating__words", "withdrawal__channel", "withdrawal__reason",
)  # fmt: skip
_MOMENTS = (
    "received_at", "waiting_since", "answered_at", "closed_at", "answer__sent_at", "rating__at",
    "withdrawal__recorded_at", "withdrawal__confirmed_at",
)  # fmt: skip
_SENTENCES = ("because", "flags")
_NAMES = (*_FIELDS, *_SENTENCES, *_MOMENTS)


def _in_utc(moment: str) -> Func:
    """A moment without its zone: a hundred thousand of them are read ten times as fast."""
    return Func(F(moment), template="timezone('UTC', %(expressions)s)", output_field=DateTimeField())


def _as_kept(sentence: str) -> Cast:
    """A sentence as the text of its JSON: most are the same, and need not be read again."""
    return Cast(sentence, TextField())


_RECORDS = ScopedQuery(
    lambda appeals: appeals.filter(any_of("pk", "rows")).values_list(
        *_FIELDS, *map(_as_kept, _SENTENCES), *map(_in_utc, _MOMENTS)
    )
)
_NUMBERS = ScopedQuery(lambda appeals: appeals.filter(any_of("pk", "rows")).values_list("pk", "number"))


def _of_the_rows(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(any_of("appeal_id", "rows")).order_by()


def _counting(rows: QuerySet[Any]) -> QuerySet[Any]:
    return _of_the_rows(rows).values("appeal_id").annotate(rows=Count("pk")).values_list("appeal_id", "rows")


_COUNTS = {
    "returned": KeptQuery(lambda: _counting(Handover.objects.filter(outcome="returned"))),
    "requests": KeptQuery(lambda: _counting(InformationRequest.objects.all())),
    "messages": KeptQuery(lambda: _counting(Message.objects.exclude(direction="note"))),
    "files": KeptQuery(lambda: _counting(Attachment.objects.all())),
}
_LINKS = KeptQuery(
    lambda: _of_the_rows(Link.objects.all()).order_by("pk").values_list("appeal_id", "type", "earlier_id")
)
_TERMS = KeptQuery(
    lambda: (
        _of_the_rows(Clock.objects.filter(purpose__in=OF_THE_ANSWER))
        .values("appeal_id")
        .annotate(
            before=Min("extended_from"), taken=Max("days_taken"), over=Max("days_over"), stopped=Max("stopped_at")
        )
        .values_list("appeal_id", "before", "taken", "over", "stopped")
    )
)


def ids_of(view: View) -> "array[int]":
    """The appeals that a view holds, in its order."""
    return array("q", everything(view).values_list("pk", flat=True).iterator(chunk_size=_IDS_AT_A_TIME))


def rows_of(
    ids: Sequence[int],
    columns: Sequence[Column],
    staff: Staff,
    *,
    language: str,
    in_full: bool,
    purpose: str,
    ahead: bool = False,
) -> Generator[list[Cell], None, None]:
    """One row of cells per appeal, in the order of the ids. Whose data leave is written down before they do.

    `ahead`: where there are several batches, the next one is read in a thread while the rows of one are put to use.
    Closing the rows ends that thread.
    """
    words = Words(staff, current(), language=language, in_full=in_full)
    values = [column.value_in(words) for column in columns]
    batches = _batches(ids, staff, words, purpose)
    several = len(ids) > ROWS_AT_A_TIME
    with read_ahead(batches, named="rows") if ahead and several else nullcontext(batches) as ready:
        for batch in ready:
            for record in batch:
                yield [value(record) for value in values]


def _batches(
    ids: Sequence[int], staff: Staff, words: Words, purpose: str
) -> Generator[list[dict[str, Any]], None, None]:
    """The appeals, so many at a time; that they are about to leave is committed before they are given out."""
    for start in range(0, len(ids), ROWS_AT_A_TIME):
        batch = list(_records(ids[start : start + ROWS_AT_A_TIME], staff, words))
        if sees_personal_data(staff):
            write(staff, [Opened(record["pk"], "export", purpose) for record in batch], at=timezone.now())
        yield batch


def _records(ids: Sequence[int], staff: Staff, words: Words) -> Iterator[dict[str, Any]]:
    """A dozen queries for a batch, however many rows it has, and most of them in one trip."""
    keys = list(ids)
    with _in_one_trip(keys, staff):
        found = {row[0]: dict(zip(_NAMES, row, strict=True)) for row in _RECORDS.all(staff, rows=keys)}
        counted = [(name, dict(counts.all(rows=keys))) for name, counts in _COUNTS.items()]
        terms, linked = _terms(keys), _linked(keys, staff, words)
        labels, own = labels_of(keys), values_of(keys)
    words.meet(record[who] for record in found.values() for who in _COLLEAGUES)
    steps = how_far(
        About(key, record["topic_id"], record["kind"], record["registered_on"]) for key, record in found.items()
    )
    for key in keys:
        record = found.get(key)
        if record is None:
            continue
        for moment in _MOMENTS:
            if (at := record[moment]) is not None:
                record[moment] = at.replace(tzinfo=UTC)
        if record["answer__sent_at"] is None:
            record.update(_NO_ANSWER)
        for name, of_each in counted:
            record[name] = of_each.get(key)
        record["extended_from"], record["days_taken"], record["days_over"] = terms.get(key, _NO_TERM)
        record["linked"] = "; ".join(linked[key]) if key in linked else ""
        record["labels"] = labels.get(key, ())
        record["label_codes"] = label_codes(labels, key) if key in labels else ""
        record["own"], record["progress"] = own.get(key, _NO_FIELDS), steps.get(key)
        yield record


def _in_one_trip(keys: list[int], staff: Staff) -> AbstractContextManager[None]:
    """While rows are being written, each answer that a thread waits for makes it wait for the interpreter as well."""
    records = _RECORDS.kept_for(staff)
    asked = (*([records] if records else ()), *_COUNTS.values(), _TERMS, _LINKS, LABELS, VALUES)
    return ReadTogether(*asked).of(rows=keys, appeals=keys, **scope_of(staff))


_NO_ANSWER = dict.fromkeys(
    ("answer__decision", "answer__text", "answer__legal_basis", "answer__how_to_appeal", "answer__language",
     "answer__approved_by_id")
)  # fmt: skip
# Until it was sent; a draft is nobody's but the desk's.
_NO_TERM = (None, None, None)
_NO_FIELDS: dict[str, str] = {}


def _terms(keys: list[int]) -> dict[int, tuple[Any, Any, Any]]:
    """What came of the terms of the answer: the first of their due dates that was extended, the days they took, and by
    how many they were over.
    """
    return {
        key: (before, taken, over if stopped else None) for key, before, taken, over, stopped in _TERMS.all(rows=keys)
    }


def _linked(keys: list[int], staff: Staff, words: Words) -> dict[int, list[str]]:
    """How each appeal belongs to earlier ones; those outside the scope are not named."""
    links = _LINKS.all(rows=keys)
    numbers = dict(_NUMBERS.all(staff, rows=list({earlier for _key, _kind, earlier in links}))) if links else {}
    found: dict[int, list[str]] = defaultdict(list)
    kinds = words.table("links")
    for key, kind, earlier in links:
        if earlier in numbers:
            found[key].append(f"{kinds.get(kind, kind)}: {numbers[earlier]}")
    return found
