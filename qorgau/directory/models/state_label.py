from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated
from qorgau.directory.models.desk import KIND_NAMES
from qorgau.directory.models.topic import Topic
from qorgau.rules.states import State

_NAMES = {
    State.REGISTERED: _("New"),
    State.IN_WORK: _("In work"),
    State.AWAITING_APPLICANT: _("Waiting for the applicant"),
    State.AWAITING_CLINIC: _("Waiting for the organisation"),
    State.ON_APPROVAL: _("On approval"),
    State.ANSWERED: _("Answered"),
    State.CLOSED: _("Closed"),
    State.WITHDRAWN: _("Withdrawn"),
    State.REDIRECTED: _("Redirected"),
    State.MERGED: _("Merged"),
}


def state_names() -> list[tuple[str, Any]]:
    """The states that may have own words; a function, so that a new state needs no migration."""
    return [(state.value, name) for state, name in _NAMES.items()]


class StateLabel(Dated):
    """An installation's own words for a state, for its staff and for citizens; the state itself and its clocks stay.

    The row of a topic and a kind of desk counts before that of the topic, that before the one of the kind of desk.
    """

    state = models.CharField(_("state of the appeal"), max_length=20, choices=state_names)
    desk_kind = models.CharField(_("desk that holds the appeal"), max_length=20, choices=KIND_NAMES, blank=True)
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.PROTECT)
    staff_kk = models.CharField(_("for staff, in Kazakh"), max_length=60, blank=True)
    staff_ru = models.CharField(_("for staff, in Russian"), max_length=60, blank=True)
    staff_en = models.CharField(_("for staff, in English"), max_length=60, blank=True)
    citizen_kk = models.CharField(_("for citizens, in Kazakh"), max_length=60, blank=True)
    citizen_ru = models.CharField(_("for citizens, in Russian"), max_length=60, blank=True)
    citizen_en = models.CharField(_("for citizens, in English"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("own words for a state")
        verbose_name_plural = _("own words for states")
        ordering = ["state", "desk_kind", "pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.staff_ru or self.citizen_ru}"
