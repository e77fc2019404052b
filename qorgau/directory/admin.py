"""What the directory brings to the administration area; Django looks for it here."""

from qorgau.directory.administration import (
    answer_templates,
    attachment,
    calendar,
    checklists,
    desks,
    history,
    insurance,
    labels,
    limits,
    organisations,
    own_fields,
    regions,
    state_labels,
    terms,
    topics,
)

__all__ = [
    "answer_templates",
    "attachment",
    "calendar",
    "checklists",
    "desks",
    "history",
    "insurance",
    "labels",
    "limits",
    "organisations",
    "own_fields",
    "regions",
    "state_labels",
    "terms",
    "topics",
]
