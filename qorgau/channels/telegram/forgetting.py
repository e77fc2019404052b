"""Forgetting by the clock what nobody comes back to: a number that was written to prove who one is, and left there."""

from datetime import datetime

from django.db import transaction

from qorgau.channels.telegram.dialogue.forgetting import forgets_at, remembered
from qorgau.channels.telegram.dialogue.paths import PATHS
from qorgau.channels.telegram.models import Dialogue
from qorgau.channels.telegram.sealed_state import sealed, state_of
from qorgau.notices.chats.models import Chat


def forget_what_had_its_time(at: datetime) -> int:
    """In every chat where something had its time; how many they were. One that is being answered forgets by itself."""
    due = Dialogue.objects.filter(forget_at__lte=at).order_by("forget_at")
    return sum(_forget(chat, at) for chat in list(due.values_list("chat_id", flat=True)))


@transaction.atomic
def _forget(chat: int, at: datetime) -> bool:
    # Turns lock the row of the chat, and look where it stands only then.
    if Chat.objects.select_for_update(skip_locked=True).filter(pk=chat).first() is None:
        return False
    dialogue = Dialogue.objects.filter(pk=chat, forget_at__lte=at).first()
    if dialogue is None:
        return False
    state = remembered(state_of(dialogue), PATHS, at)
    dialogue.state, dialogue.forget_at = sealed(state), forgets_at(state, PATHS)
    dialogue.save(update_fields=["state", "forget_at"])
    return True
