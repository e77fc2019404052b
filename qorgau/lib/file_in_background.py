"""Files that somebody asks for and the worker makes: how far one is, where it lies while it is kept, and its end.

    with Table.tried(key, context, retries=3):  # the job
        with table.being_written() as file:
            file.write(content)
        table.end(Table.READY)
    file = table.opened()  # the page; None as soon as it is no longer kept
    Table.forget_old(timezone.now())  # the clock

A row tells all of it, so whoever looks, and whoever is killed, finds the truth there.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

import structlog
from django.conf import settings
from django.db import models
from django.utils import timezone
from procrastinate import JobContext

from qorgau.lib.sealed import CannotUnseal
from qorgau.lib.sealed_files import sealing, unsealing

log = structlog.get_logger(__name__)

ONE_AT_A_TIME = "large file"
"""The lock of jobs that take minutes: one of them runs, and leaves the worker free for what people wait for."""


class FileInBackground(models.Model):
    """The row of such a file. Of what it is, whose it is, and its further states are for the models made of this one.

    Its file lies sealed below ``MEDIA_ROOT`` under a name that nobody can guess, and is never served by its path.
    """

    WAITING, READY, FAILED, CLEARED = "waiting", "ready", "failed", "cleared"
    STATES = [(state, state) for state in (WAITING, READY, FAILED, CLEARED)]
    UNFINISHED: ClassVar[tuple[str, ...]] = (WAITING,)
    FOLDER: ClassVar[str]
    KEPT: ClassVar[models.Q] = ~models.Q(stored_as="")
    """Rows of which something is to be forgotten when their time is over."""
    AT_ITS_END: ClassVar[dict[str, Any]] = {}
    """What else becomes of a row when the file is made, or can't be."""
    WHEN_FORGOTTEN: ClassVar[dict[str, Any]] = {}
    """What else becomes of a row when its file is forgotten."""

    asked_at = models.DateTimeField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    finished_at = models.DateTimeField(null=True)
    stored_as = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def kept_for(cls) -> timedelta:
        """How long a file is kept after it was made."""
        return timedelta(days=1)

    @property
    def goes_on(self) -> bool:
        """Whether looking again will show something new."""
        return self.state in self.UNFINISHED

    @property
    def kept_until(self) -> datetime | None:
        """When the file is forgotten; None where there is none."""
        return self.finished_at + self.kept_for() if self.state == self.READY and self.finished_at else None

    # --- Making it ----------------------------------------------------------------------------------------------------

    @classmethod
    @contextmanager
    def tried(cls, key: int, context: JobContext, *, retries: int) -> Iterator[None]:
        """One try of a job that is tried once more so often. After the last one whoever asked sees that it failed."""
        try:
            yield
        except Exception:
            if context.job.attempts >= retries:
                cls._default_manager.get(pk=key).end(cls.FAILED)
            raise

    @contextmanager
    def being_written(self) -> Iterator[BinaryIO]:
        """Where to write the file. Nothing remains of one that was broken off, nor of an earlier try.

        The name stands in the row before there is a file: whatever is killed, the file is found and removed.
        """
        self._remove()
        self.stored_as = secrets.token_hex(16)
        self.save(update_fields=["stored_as"])
        try:
            with sealing(self.place) as file:
                yield file
        except BaseException:
            self._remove()
            raise

    def end(self, state: str, **what: Any) -> bool:
        """It is made, or can't be. False, and nothing changes, when it had ended or another run has taken it over."""
        told = {"state": state, "finished_at": timezone.now(), **self.AT_ITS_END, **what}
        going_on = self._row().filter(state__in=self.UNFINISHED, stored_as=self.stored_as)
        if not going_on.update(**told):
            return False
        self._take(told)
        return True

    # --- Keeping it ---------------------------------------------------------------------------------------------------

    @property
    def place(self) -> Path:
        """Where the file lies; its folder is made."""
        folder = Path(settings.MEDIA_ROOT) / self.FOLDER
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / self.stored_as

    def opened(self) -> BinaryIO | None:
        """The file, to be given out; None when there is none. A row whose file is gone says so from now on, and so does
        one whose file was changed on the disk.
        """
        if self.state != self.READY or not self.stored_as:
            return None
        try:
            return unsealing(self.place)
        except FileNotFoundError:
            self.forget()
        except CannotUnseal:
            log.error("file_cannot_be_unsealed", folder=self.FOLDER, row=self.pk)
            self.forget()
        return None

    def forget(self) -> None:
        """Remove the file. The row remains."""
        self._remove()
        state = self.CLEARED if self.state == self.READY else self.state
        told = {"state": state, "stored_as": "", **self.WHEN_FORGOTTEN}
        self._row().update(**told)
        self._take(told)

    @classmethod
    def forget_old(cls, at: datetime) -> int:
        """Forget the files whose time is over; how many."""
        old = list(cls._default_manager.filter(cls.KEPT, finished_at__lt=at - cls.kept_for()))
        for one in old:
            one.forget()
        return len(old)

    # ------------------------------------------------------------------------------------------------------------------

    def _row(self) -> "models.QuerySet[Any]":
        return type(self)._default_manager.filter(pk=self.pk)

    def _take(self, told: dict[str, Any]) -> None:
        for name, value in told.items():
            setattr(self, name, value)

    def _remove(self) -> None:
        if self.stored_as:
            self.place.unlink(missing_ok=True)
