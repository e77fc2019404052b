"""What staff call a state: the installation's own words with the fixed meaning beside them, or the built-in words."""

from django.utils.translation import gettext as _

from qorgau.directory.own_states import own_words
from qorgau.register.models import Appeal
from qorgau.rules.states import State
from qorgau.workplace.wording import STATES


def state_words(appeal: Appeal) -> str:
    """The words for the state of this appeal; `state`, `holder_id` and `topic_id` must be loaded."""
    return words_of_state(appeal.state, holder_id=appeal.holder_id, topic_id=appeal.topic_id)


def words_of_state(state: str, *, holder_id: int, topic_id: int | None) -> str:
    """The words for a state at the desk that holds the appeal and its topic. No query."""
    fixed = str(STATES[State(state)])
    own = own_words("staff", state, desk_id=holder_id, topic_id=topic_id)
    return _("%(own)s (%(fixed)s)") % {"own": own, "fixed": fixed} if own and own != fixed else fixed
