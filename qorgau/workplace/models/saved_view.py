from django.conf import settings
from django.db import models

from qorgau.directory.models import Desk
from qorgau.lib.speech import current_language

LONGEST_NAME = 60


class SavedView(models.Model):
    """A view of the queue that somebody named and kept: their own, or everybody's at a desk.

    `address` is the query part of the queue's address, read again whenever it is shown: what has gone from the
    directory meanwhile is left aside with a note. A view that was deleted stays for a while, to be put back.
    """

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Empty: of whoever made it alone.
    desk = models.ForeignKey(Desk, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    name_kk = models.CharField(max_length=LONGEST_NAME, blank=True)
    name_ru = models.CharField(max_length=LONGEST_NAME, blank=True)
    name_en = models.CharField(max_length=LONGEST_NAME, blank=True)
    address = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    pinned = models.BooleanField(default=True)
    deleted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The name in the reader's language; the one name it has when there is none."""
        return str(getattr(self, f"name_{current_language()}")) or self.name


class FirstView(models.Model):
    """The view with which somebody's queue opens."""

    staff = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+")
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE)
