from django.contrib import admin

from qorgau.directory.administration.dated_form import DatedForm
from qorgau.directory.administration.recorded import IN_FORCE, Dated, InForce
from qorgau.directory.models import HandlingLimit


class HandlingLimitForm(DatedForm):
    """How often something may happen."""

    only_one_of = ("limit",)

    class Meta:
        model = HandlingLimit
        fields = ("limit", "value", "basis", "valid_from", "valid_to")


@admin.register(HandlingLimit)
class Limits(Dated):
    """Limits of how desks work together. One that has been in force stays as it was; a new row takes its place."""

    form = HandlingLimitForm
    list_display = ("limit", "value", "in_force", "valid_from", "valid_to")
    list_filter = ("limit", InForce)
    fieldsets = ((None, {"fields": ("limit", "value", "basis")}), IN_FORCE)
