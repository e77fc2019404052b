"""How near the day is on which the answer is due."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qorgau.handling.for_applicant.story import Story
from qorgau.rules.states import State


def nearness(story: Story) -> tuple[str, str] | None:
    """How near the due date is, as the badge draws it, and in words."""
    due_on = story.row.due_on
    if due_on is None or story.state in (State.WITHDRAWN, State.REDIRECTED):
        return None
    if not story.is_open:
        answered_at = story.row.answered_at
        in_time = answered_at is not None and story.sheet is not None and answered_at.date() <= story.sheet.due_on
        return ("met", _("Answered in time")) if in_time else None
    left = (due_on - story.today).days
    if left < 0:
        return "over", ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
    if left == 0:
        return "today", _("Due today")
    return "on_time" if left > 3 else "soon", ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
