from django.db import models

from qorgau.directory.models import Change


class CalendarFollowed(models.Model):
    """A change of the calendar that every term which ran then has followed: when, and how many of them it moved."""

    change = models.OneToOneField(Change, on_delete=models.PROTECT, primary_key=True, related_name="+")
    at = models.DateTimeField()
    moved = models.PositiveIntegerField()
