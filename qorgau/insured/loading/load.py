"""Loading a file: all of it is checked, staged and swapped in at one moment, or nothing happens at all.

Everything is one transaction. Until it ends, look-ups read what was there before; if it does not end well, whatever the
reason, nothing of it was ever there. Only the line in the list of loads stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from psycopg import Cursor
from psycopg.errors import DiskFull

from qorgau.directory.reference import current
from qorgau.insured.loading import generations
from qorgau.insured.loading.checking import Terms
from qorgau.insured.loading.crew import Refusal, Work, doubled_lines, ready_blocks
from qorgau.insured.loading.faults import FileRefused
from qorgau.insured.loading.files import NOBODY, Source, opened
from qorgau.insured.loading.packing import HEADER, TRAILER
from qorgau.insured.models import Clinic, Load, Serving
from qorgau.insured.person_key import PURPOSE
from qorgau.insured.record import category_number
from qorgau.lib.sealed import key_for
from qorgau.rules.months import month_of
from qorgau.rules.sentences import N_, Sentence

REFUSED_AT_MOST = 10_000
ORGANISATIONS_AT_MOST = 50_000
"""A country has some thousand of them; a column of something else must not fill the memory."""
LEAST_SHARE = 0.9
"""A whole load with a smaller share of the people held before is taken for a mistake."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load has come: bytes of the file, lines, lines refused."""

    done: int
    size: int
    lines: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be loaded, by whom, and what is allowed."""

    path: Path
    delta: bool = False
    by: str
    as_of: date
    refused_at_most: int = REFUSED_AT_MOST
    may_shrink: bool = False
    may_be_older: bool = False
    processes: int | None = None

    @property
    def kind(self) -> str:
        return Load.DELTA if self.delta else Load.WHOLE


@dataclass(frozen=True, slots=True)
class Outcome:
    """The load as it stands in the list; ``again`` says that this very file is what the register serves already."""

    load: Load
    again: bool = False


def load_file(
    order: Order,
    *,
    refused: Callable[[Refusal], None] = lambda refusal: None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Outcome:
    """Load a file into the register.

    Every refused line is handed to ``refused`` once, in the order of the file, doubled persons last. Raises FileRefused
    when nothing of the file is taken, and OSError when it cannot be read; the register serves on what it had.
    """
    load = Load.objects.create(
        kind=order.kind, by=order.by, file_name=order.path.name[:255], as_of=order.as_of, began_at=timezone.now()
    )
    try:
        with transaction.atomic():
            again = _Loading(order, load, refused, progress).run()
            if again:
                transaction.set_rollback(True)
    except BaseException as error:
        why = error.sentence if isinstance(error, FileRefused) else _why(error)
        _keep(load, why_refused=why or _STOPPED)
        if why is not None and not isinstance(error, FileRefused):
            raise FileRefused(why) from error
        raise
    if again:
        _keep(load, why_refused=_AGAIN)
    elif not order.delta:
        _forget_the_one_before_last(load)
    return Outcome(load, again)


_AGAIN = Sentence(N_("This very file is loaded already. Nothing was changed."))
_ANOTHER_RUNS = Sentence(N_("Another file is being loaded right now. Please try again when that has ended."))
_STILL_READ = Sentence(
    N_("Somebody has been reading the register for minutes, a backup perhaps. Please try again when that has ended.")
)
_NO_ROOM = Sentence(
    N_("The disk of the database has no room for one more register of this size. Make room and load the file again.")
)
_WHY: dict[type[BaseException], Sentence] = {
    generations.AnotherRuns: _ANOTHER_RUNS,
    generations.StillRead: _STILL_READ,
    generations.NoRoom: _NO_ROOM,
    DiskFull: _NO_ROOM,
}
_OLDER = N_(
    "The file is of {day} and the register of {serving}: older data would take the place of newer ones. If that is "
    "meant, load it with {option}."
)
_NONE_TAKEN = Sentence(N_("No line of the file can be taken, so the file as a whole is taken for wrong."))
_STOPPED = Sentence(N_("The loading was stopped or failed. Nothing of the file was taken."))


def _why(error: BaseException | None) -> Sentence | None:
    """What to tell of trouble that is nobody's mistake; Django wraps what the database says."""
    while error is not None:
        if (why := _WHY.get(type(error))) is not None:
            return why
        error = error.__cause__
    return None


class _Loading:
    """One load on its way."""

    def __init__(
        self,
        order: Order,
        load: Load,
        refused: Callable[[Refusal], None],
        progress: Callable[[Progress], None],
    ) -> None:
        self.order, self.load = order, load
        self._tell_refused, self._tell_progress = refused, progress
        self._people_refused: set[bytes] = set()
        self._clinics: dict[int, str] = {}

    def run(self) -> bool:
        """Do it within the open transaction; true when the file turns out to be the one that was loaded last."""
        generations.lock()
        self._begin()
        with opened(self.order.path) as source:
            work = Work(self._terms(source), key_for(PURPOSE))
            generations.refuse_without_room(source.size)
            generations.make_room(self.order.kind)
            self._stage(source, work)
            self.load.size, self.load.sha256 = source.size, source.sha256()
        if self._is_loaded_already():
            return True
        if not generations.index_the_coming(self.order.kind):
            self._sort_out_doubled(work)
        self._put_in_place()
        return False

    def _begin(self) -> None:
        serving = Serving.objects.first()
        if self.order.delta and serving is None:
            raise FileRefused(
                Sentence(N_("There is no register yet that a delta could change. Load a whole one first."))
            )
        self.load.people_before = serving.people if serving else 0
        if serving is not None and self.order.as_of < serving.as_of and not self.order.may_be_older:
            raise FileRefused(
                Sentence(_OLDER, {"day": self.order.as_of, "serving": serving.as_of, "option": "--older"})
            )

    def _terms(self, source: Source) -> Terms:
        codes = [row.code for row in current().insurance_categories.values()]
        known = frozenset(category_number(code) for code in codes if _is_number(code))
        return Terms(source.columns, month_of(self.order.as_of), known)

    def _stage(self, source: Source, work: Work) -> None:
        with (
            connection.wrap_database_errors,
            Cursor(connection.connection) as cursor,
            cursor.copy(generations.copy_statement(self.order.kind)) as copy,
        ):
            copy.write(HEADER)
            for block in ready_blocks(work, source.blocks(), self.order.processes):
                self.load.read += block.lines
                for refusal in block.refusals:
                    self._refuse(refusal)
                self._name(block.clinics)
                copy.write(block.records)
                self._tell_progress(Progress(source.done, source.size, self.load.read, self.load.refused))
            copy.write(TRAILER)
        self.load.taken = self.load.read - self.load.refused

    def _name(self, clinics: dict[int, str]) -> None:
        self._clinics |= clinics
        if len(self._clinics) > ORGANISATIONS_AT_MOST:
            raise FileRefused(
                Sentence(
                    N_("The file names more than {count} organisations: the column holds something else."),
                    {"count": ORGANISATIONS_AT_MOST},
                )
            )

    def _refuse(self, refusal: Refusal) -> None:
        self.load.refused += 1
        self._tell_refused(refusal)
        if refusal.person is not None:
            self._people_refused.add(refusal.person)
        if self.load.refused > self.order.refused_at_most:
            raise FileRefused(
                Sentence(
                    N_("More than {count} lines are wrong, so the file as a whole is taken for wrong."),
                    {"count": self.order.refused_at_most},
                )
            )

    def _is_loaded_already(self) -> bool:
        """A whole file is when it was the last one; a delta when it came after the last whole file."""
        done = Load.objects.filter(state=Load.SERVING)
        if not self.order.delta:
            last = done.first()
            return last is not None and last.kind == Load.WHOLE and bytes(last.sha256) == self.load.sha256
        last_whole = done.filter(kind=Load.WHOLE).first()
        since = done.filter(kind=Load.DELTA, pk__gt=last_whole.pk if last_whole else 0)
        return since.filter(sha256=self.load.sha256).exists()

    def _sort_out_doubled(self, work: Work) -> None:
        # Each has two lines at least, so one more than may be refused is enough to refuse the file.
        people = frozenset(generations.take_out_doubled(self.order.refused_at_most + 1))
        if people:
            with opened(self.order.path) as source:
                for refusal in doubled_lines(work, source.blocks(), people):
                    self._refuse(refusal)
        assert generations.index_the_coming(self.order.kind), "nobody stands there twice any more"
        self.load.taken = generations.count_coming()

    def _put_in_place(self) -> None:
        Clinic.objects.bulk_create(
            [Clinic(id=number, organisation=key) for number, key in self._clinics.items()], ignore_conflicts=True
        )
        if self.load.read and not self.load.taken:
            raise FileRefused(_NONE_TAKEN)
        if self.order.delta:
            self.load.people_after = self.load.people_before + generations.apply_delta(self.load.pk)
        else:
            kept = generations.keep_known(self._people_refused) if self._people_refused else 0
            self.load.people_after = self.load.taken + kept
            self._refuse_to_shrink()
            generations.swap(self.load.pk)
        self.load.state, self.load.ended_at = Load.SERVING, timezone.now()
        self.load.save()
        generations.serve(self.load)

    def _refuse_to_shrink(self) -> None:
        if not self.load.taken:
            raise FileRefused(NOBODY)
        if not self.order.may_shrink and self.load.people_after < LEAST_SHARE * self.load.people_before:
            raise FileRefused(
                Sentence(
                    N_(
                        "The file has {count} people and the register {before}: it seems to be only a part. If it is "
                        "not, load it with {option}."
                    ),
                    {"count": self.load.people_after, "before": self.load.people_before, "option": "--smaller"},
                )
            )


def _keep(load: Load, *, why_refused: Sentence) -> None:
    """Write down that a load came to nothing, and why."""
    load.state, load.why_refused, load.ended_at = Load.REFUSED, why_refused.to_json(), timezone.now()
    load.taken, load.people_after = 0, load.people_before
    load.save()


def _forget_the_one_before_last(load: Load) -> None:
    """What was before this load is kept, and what its deltas changed; what was before those is not."""
    before = Load.objects.filter(state=Load.SERVING, kind=Load.WHOLE, pk__lt=load.pk).first()
    if before is not None:
        generations.forget_older(before.pk + 1)


def _is_number(code: str) -> bool:
    try:
        category_number(code)
    except ValueError:
        return False
    return True
