"""What an applicant reads of a state: the installation's own words, or the built-in ones."""

from qorgau.channels.portal.tracking.story import Story
from qorgau.channels.portal.tracking.wording import STATES
from qorgau.directory.own_states import own_words


def state_words(story: Story) -> str:
    """The words for the state of an appeal. No query."""
    own = own_words("citizen", story.state, desk_id=story.holder.pk, topic_id=story.row.topic_id)
    return own or str(STATES[story.state])
