"""An installation's own words for a state of an appeal. No query: they lie in the snapshot of the directory."""

from typing import Literal

from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.lib.speech import current_language

Audience = Literal["staff", "citizen"]


def own_words(audience: Audience, state: str, *, desk_id: int, topic_id: int | None) -> str:
    """What the administrators call this state at such a desk and topic, in the reader's language; "" for no own words.

    `desk_id` is the desk that holds the appeal.
    """
    reference = current()
    if not reference.has_own_states:
        return ""
    row = reference.state_label(
        state, desk_kind=reference.desks[desk_id].kind, topic_id=topic_id, on=timezone.localdate()
    )
    return str(getattr(row, f"{audience}_{current_language()}")) if row else ""
