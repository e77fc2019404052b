import uuid

from django.db import models


class DirectoryVersion(models.Model):
    """One row that changes with every change of the directory, so that each process knows when to read it again.

    The stamps are random and not counted: a change that was rolled back can never be taken for a later one.
    """

    THE_ROW = 1

    number = models.PositiveBigIntegerField(default=0)
    stamp = models.UUIDField(default=uuid.uuid4)
    # Thousands of organisations and the index to search them are read again only when they changed themselves.
    organisations_stamp = models.UUIDField(default=uuid.uuid4)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_directory_version")]

    def __str__(self) -> str:
        return str(self.number)
