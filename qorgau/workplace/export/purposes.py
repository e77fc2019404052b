"""What tables of appeals are taken for, and who may take them with contacts in full."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qorgau.people.models import Staff
from qorgau.rules.roles import HEADS

PURPOSES = {
    "work": pgettext_lazy("purpose of an export", "Work of the desk"),
    "report": pgettext_lazy("purpose of an export", "A report"),
    "analysis": pgettext_lazy("purpose of an export", "Finding causes"),
    "inspection": pgettext_lazy("purpose of an export", "An inspection or a court asks for it"),
    "calling": pgettext_lazy("purpose of an export", "Reaching the applicants"),
}
"""The code stands in the journal of exports."""

FORMATS = {
    "xlsx": _("Workbook (XLSX)"),
    "csv-semicolon": _("Text table (CSV), with semicolons"),
    "csv-comma": _("Text table (CSV), with commas"),
}


def may_take_in_full(staff: Staff) -> bool:
    """Heads answer for what leaves their desk; everybody else's tables hold contacts and IIN masked."""
    return staff.role in HEADS
