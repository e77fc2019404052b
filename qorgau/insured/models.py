from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from qorgau.insured.temporary.models import TemporaryStatus
from qorgau.lib.file_in_background import FileInBackground

__all__ = ["Certificate", "Clinic", "Load", "LookUp", "Serving", "TemporaryStatus"]


class Load(models.Model):
    """A file that was loaded, or that somebody tried to load: who, when, what, and what came of it.

    The rows of people are no model: a table `insured_person` is made anew by every whole load and takes the place of
    the one before in one moment (`loading/generations.py`).
    """

    WHOLE, DELTA = "whole", "delta"
    KINDS = [(WHOLE, "whole"), (DELTA, "delta")]
    RUNNING, SERVING, REFUSED, ROLLED_BACK = "running", "serving", "refused", "rolled_back"
    STATES = [
        (RUNNING, "running, or broken off"),
        (SERVING, "loaded"),
        (REFUSED, "refused"),
        (ROLLED_BACK, "rolled back"),
    ]

    kind = models.CharField(max_length=5, choices=KINDS)
    state = models.CharField(max_length=12, choices=STATES, default=RUNNING)
    by = models.CharField(max_length=100)
    file_name = models.CharField(max_length=255)
    size = models.BigIntegerField(default=0)
    sha256 = models.BinaryField(max_length=32, default=b"")
    as_of = models.DateField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    read = models.BigIntegerField(default=0)
    taken = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    people_before = models.BigIntegerField(default=0)
    people_after = models.BigIntegerField(default=0)
    why_refused = models.JSONField(null=True)

    class Meta:
        ordering = ["-pk"]


class Serving(models.Model):
    """One row: as of which day the register that answers now speaks. No row: nothing was ever loaded."""

    THE_ROW = 1

    id = models.SmallIntegerField(primary_key=True, default=THE_ROW)
    as_of = models.DateField()
    people = models.BigIntegerField()


class Clinic(models.Model):
    """The key of an organisation in the directory, by the number that rows of people name it by."""

    id = models.BigIntegerField(primary_key=True)
    organisation = models.CharField(max_length=80)


class LookUp(models.Model):
    """Somebody asked for a person's insurance: whose (by hash), who, when, what for, and whether there was an answer.

    Append-only: the database refuses changes, and deletions before five years are over. Written by `journal.py` and
    `sources/local.py` alone.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.UUIDField()
    at = models.DateTimeField()
    purpose = models.CharField(max_length=20)
    who = models.CharField(max_length=60)
    answer = models.CharField(max_length=13)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="look_ups_of_person"),
            # Lines come in the order of time: a few pages tell which are too old.
            BrinIndex(fields=["at"], name="look_ups_in_time"),
        ]


class Certificate(FileInBackground):
    """A certificate that somebody asked for: how far it is, where its file lies, and the hash that proves it.

    It holds no name. The identity number lies in it sealed until the file is made, and its hash until the file is
    forgotten; what remains tells nothing of a person. A number without a hash stands for no certificate.
    """

    FOLDER = "certificates"
    WAITING, READY, UNKNOWN, FAILED, CLEARED = "waiting", "ready", "unknown", "failed", "cleared"
    STATES = [(state, state) for state in (WAITING, READY, UNKNOWN, FAILED, CLEARED)]
    KEPT = models.Q(person__isnull=False)
    AT_ITS_END: ClassVar = {"iin_sealed": b""}
    WHEN_FORGOTTEN: ClassVar = {"person": None}

    number = models.CharField(max_length=16, unique=True)
    person = models.UUIDField(null=True)
    iin_sealed = models.BinaryField(default=b"")
    asked_by = models.CharField(max_length=60)
    first_month = models.DateField()
    last_month = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    sha256 = models.BinaryField(max_length=32, default=b"")

    class Meta:
        indexes = [
            models.Index(fields=["finished_at"], condition=models.Q(person__isnull=False), name="certificate_kept"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="waiting") | models.Q(iin_sealed=b""), name="iin_only_while_waiting"
            ),
        ]

    @classmethod
    def kept_for(cls) -> timedelta:
        return timedelta(hours=settings.CERTIFICATES_KEPT_HOURS)
