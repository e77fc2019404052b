from django.conf import settings
from django.db import models

from qorgau.directory.models import Label, OwnField
from qorgau.register.models.appeal import Appeal


class AppealLabel(models.Model):
    """A label on an appeal. Taken off, its row goes; the journal keeps who put it there and who took it off."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, db_index=False, related_name="labels")
    label = models.ForeignKey(Label, on_delete=models.PROTECT, db_index=False, related_name="+")
    put_at = models.DateTimeField()
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "label"], name="one_label_once")]
        indexes = [models.Index(fields=["label", "appeal"], name="appeals_of_label")]


class FieldValue(models.Model):
    """What staff filled in an own field; `value` in the form of `directory/own_fields.py`, never empty."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, db_index=False, related_name="field_values")
    field = models.ForeignKey(OwnField, on_delete=models.PROTECT, db_index=False, related_name="+")
    value = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "field"], name="one_value_a_field")]
        indexes = [models.Index(fields=["field", "value"], name="values_of_field")]
