"""What rows of the queue show beside their appeals: news, labels, how far the checklists are. One trip for a page.

Asked in the statement of the list, such questions would be answered for the whole register first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from qorgau.lib.kept_queries import KeptQuery, any_of, given
from qorgau.lib.read_together import ReadTogether
from qorgau.people.models import Staff
from qorgau.register.checklists import DONE_OF_MANY
from qorgau.register.details import LABELS
from qorgau.register.merged import merged_count
from qorgau.register.models import Appeal, ExtensionProposal, JournalLine, Message
from qorgau.rules.states import OPEN
from qorgau.workplace.card.checklists_shown import progress_in_rows
from qorgau.workplace.card.details_shown import badges_of
from qorgau.workplace.queue.row import Row
from qorgau.workplace.queue.tabs import Reader
from qorgau.workplace.queue.unread import unread_among_rows

APPROVED, SENT_BACK = "approved", "sent_back"


class Marks(NamedTuple):
    """What is news in an appeal, how many others are part of it, whether a longer term waits for a decision, and what
    the head said of the draft: APPROVED, SENT_BACK or "".
    """

    new_message: bool = False
    unread: bool = False
    merged: int = 0
    longer_term: bool = False
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a page has beside its appeals, each by the id of its appeal; those of which nothing is to be said are not
    in it.
    """

    marks: Mapping[int, Marks]
    labels: Mapping[int, Iterable[Mapping[str, Any]]]
    steps: Mapping[int, str]


def beside(rows: Sequence[Row], staff: Staff, reader: Reader) -> Beside:
    """Of the rows of a page, what this reader is shown beside them."""
    if not rows:
        return Beside({}, {}, {})
    keys = [row.pk for row in rows]
    with _IN_ONE_TRIP.of(rows=keys, appeals=keys, staff=reader.staff_id, desk=reader.desk_id):
        return Beside(_marks_of(keys, reader), badges_of(keys), progress_in_rows(rows, staff))


def _marks_of(keys: list[int], reader: Reader) -> dict[int, Marks]:
    found = _MARKS.all(rows=keys, staff=reader.staff_id, desk=reader.desk_id)
    return {
        key: Marks(new, reader.works and is_unread, merged or 0, longer_term, draft)
        for key, new, is_unread, merged, longer_term, draft in found
    }


def _marks() -> "QuerySet[Appeal, tuple[int, bool, bool, int | None, bool, str]]":
    somebody = Reader(cast(int, given("staff")), cast(int, given("desk")), works=True)
    is_unread = Case(When(unread_among_rows(somebody), then=Value(True)), default=Value(False))
    proposed = Exists(ExtensionProposal.objects.filter(appeal_id=OuterRef("pk"), decided_at__isnull=True))
    facts = ("pk", _new_message(), is_unread, merged_count(), proposed, _draft())
    return Appeal.objects.filter(any_of("pk", "rows")).values_list(*facts)


def _draft() -> Case:
    """What the head said last of the draft of an appeal that is still open."""
    is_open, unsent = Q(state__in=sorted(OPEN)), Q(answer__sent_at__isnull=True)
    return Case(
        When(is_open & unsent & Q(answer__approved_at__isnull=False), then=Value(APPROVED)),
        When(is_open & unsent & Q(answer__sent_back_reason__gt=""), then=Value(SENT_BACK)),
        default=Value(""),
    )


def _new_message() -> Exists:
    """The applicant wrote, and nobody of the staff has done anything with the appeal since."""
    by_staff = JournalLine.objects.filter(appeal_id=OuterRef("appeal_id"), actor="staff")
    last_of_staff = Subquery(by_staff.order_by("-sequence").values("at")[:1])
    written = Message.objects.filter(appeal_id=OuterRef("pk"), direction="from_applicant")
    return Exists(written.filter(at__gt=Coalesce(last_of_staff, F("appeal__received_at"))))


_MARKS = KeptQuery(_marks)
_IN_ONE_TRIP = ReadTogether(_MARKS, LABELS, DONE_OF_MANY)
