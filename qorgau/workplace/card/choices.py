"""What a card offers at its top: the verbs, the macros, and whether steps of the checklist can be ticked."""

from typing import Any

from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.card.verb_choices import verb_choices
from qorgau.workplace.macros.pages import macros_for, may_run_macros


def card_choices(appeal: Appeal, staff: Staff) -> dict[str, Any]:
    """`verbs`, `macros` and `may_tick` of the templates."""
    verbs = verb_choices(appeal, staff)
    return {
        "verbs": verbs,
        "macros": macros_for(staff) if may_run_macros(verbs["allowed"]) else [],
        "may_tick": any(verb["verb"] == Verb.TICK for verb in verbs["allowed"]),
    }
