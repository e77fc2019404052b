"""Appeals that are answered together, as the card of each shows it: where the work goes on, and whose words came in."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from qorgau.people.models import Staff
from qorgau.register.merged import PART_OF, link_to_leading, merged_into
from qorgau.register.models import Appeal, Message
from qorgau.register.scope import appeals_for
from qorgau.rules.states import State
from qorgau.workplace.card.parts import files as files_of
from qorgau.workplace.card.person_shown import masked
from qorgau.workplace.card.related import row_of
from qorgau.workplace.discretion import words_for
from qorgau.workplace.openings import note_opening


def together(request: HttpRequest, appeal: Appeal, staff: Staff, linked: list[dict[str, Any]]) -> dict[str, Any]:
    """`leading`: the appeal that this one is part of. `merged`: those that are part of this one, with their words.

    Asks nothing more unless `linked`, which the card has read already, names such a link. Whose words are shown is
    written down like the opening of their own card.
    """
    if all(row["type"] != PART_OF for row in linked):
        return {"leading": None, "merged": []}
    link = link_to_leading(appeal) if appeal.state == State.MERGED else None
    seen = appeals_for(staff)
    leading = seen.filter(pk=link.earlier_id).first() if link else None
    merged = list(
        merged_into(appeal).filter(pk__in=seen.values("pk")).select_related("applicant").prefetch_related("attachments")
    )
    note_opening(request, merged, part="card")
    return {"leading": row_of(leading, "") if leading else None, "merged": _merged(merged, staff)}


def _merged(appeals: list[Appeal], staff: Staff) -> list[dict[str, Any]]:
    written: dict[int, list[Message]] = defaultdict(list)
    messages = (
        Message.objects.filter(appeal__in=appeals).exclude(direction="note") if appeals else Message.objects.none()
    )
    for message in messages.select_related("staff").order_by("at", "pk"):
        written[message.appeal_id].append(message)
    return [
        row_of(appeal, "")
        | {
            "person": masked(appeal.applicant, staff)["name"] or _("No name was given"),
            "language": appeal.language,
            "due_on": appeal.due_on,
            "text": words_for(staff, appeal.text),
            "files": files_of(appeal.attachments.all(), appeal.number, staff),
            "talk": [
                {
                    "mine": message.direction == "to_applicant",
                    "who": message.staff.short_name if message.staff else _("the applicant"),
                    "when": message.at,
                    "text": words_for(staff, message.text),
                    "files": [],
                }
                for message in written[appeal.pk]
            ],
        }
        for appeal in appeals
    ]
