"""Where a chat stands, as it lies in the database: sealed, since a draft may hold anything."""

import json

import structlog

from qorgau.channels.telegram.dialogue.state import State
from qorgau.channels.telegram.models import Dialogue
from qorgau.lib.sealed import CannotUnseal, seal, unseal

log = structlog.get_logger(__name__)


def sealed(state: State) -> bytes:
    """What is kept of a state."""
    return seal(json.dumps(state.as_json(), ensure_ascii=False, separators=(",", ":")))


def state_of(dialogue: Dialogue) -> State:
    """Where the chat stands; at the beginning when nothing is kept or it cannot be read."""
    if not dialogue.state:
        return State()
    try:
        return State.from_json(json.loads(unseal(bytes(dialogue.state))))
    except (CannotUnseal, ValueError, KeyError, TypeError):
        log.error("state_unreadable", version=dialogue.version)
        return State()
