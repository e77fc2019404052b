"""What an applicant reads of a state of an appeal: the installation's own words, or the built-in ones."""

from django.utils.translation import gettext_lazy as _

from qorgau.directory.own_states import own_words
from qorgau.rules.states import State

_STATES = {
    State.REGISTERED: _("Registered"),
    State.IN_WORK: _("Being looked into"),
    State.AWAITING_APPLICANT: _("Waiting for your reply"),
    State.AWAITING_CLINIC: _("Waiting for the clinic"),
    State.ON_APPROVAL: _("The answer is being approved"),
    State.ANSWERED: _("Answered"),
    State.CLOSED: _("Closed"),
    State.WITHDRAWN: _("Withdrawn"),
    State.REDIRECTED: _("Passed to another body"),
    State.MERGED: _("Being looked into"),
}


def words_for_applicant(state: State, *, desk_id: int, topic_id: int | None) -> str:
    """The words for a state, in the reader's language, at the desk that holds the appeal and its topic. No query."""
    return own_words("citizen", state, desk_id=desk_id, topic_id=topic_id) or str(_STATES[state])
