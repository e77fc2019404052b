"""The checklist of an appeal as the card, the queue, the journal and files show it.

It is the inner work of the desk that holds the appeal, so it is read by those who read that desk's notes.
"""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.checklists import About, HowFar, Progress, how_far, progress
from qorgau.register.models import Appeal, JournalLine
from qorgau.workplace.discretion import sees_inside
from qorgau.workplace.queue.row import Row


def checklist_of(appeal: Appeal, staff: Staff) -> dict[str, Any] | None:
    """The lists of an appeal with who did what when; None where there are none or they are not for this reader."""
    if not sees_inside(appeal.holder_id, staff):
        return None
    found = progress(appeal)
    if not found.lists:
        return None
    return {
        "lists": [
            {
                "name": name_in(checklist),
                "steps": [
                    {
                        "id": line.step.pk,
                        "name": name_in(line.step),
                        "must": line.step.must,
                        "done": line.done is not None,
                        "by": line.done.done_by.short_name if line.done else "",
                        "at": line.done.done_at if line.done else None,
                    }
                    for line in lines
                ],
            }
            for checklist, lines in found.lists
        ],
        "progress": progress_words(found),
        "href": reverse("desk:checklist", args=[appeal.number]),
    }


def progress_words(found: Progress | HowFar) -> str:
    """How far it is: 3 of 5."""
    return _("%(done)s of %(steps)s") % {"done": found.done, "steps": found.steps}


def progress_in_rows(rows: Sequence[Row], staff: Staff) -> dict[int, str]:
    """How far each appeal of a page is, of those with steps that this reader may see. One query or none."""
    found = how_far(About(row.pk, row.topic_id, row.kind, row.registered_on) for row in rows)
    seen = {row.pk for row in rows if row.pk in found and sees_inside(row.holder_id, staff)}
    return {key: progress_words(progress) for key, progress in found.items() if key in seen}


def step_told(line: JournalLine) -> str:
    """What a line says of a step."""
    step = current().checklist_steps.get(line.after.get("step", 0))
    name = name_in(step) if step else _("a step that is no more")
    return (_("Done: %(step)s") if line.after.get("done") else _("Open again: %(step)s")) % {"step": name}
