"""What a process had claimed is free as soon as it is gone, and not before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qorgau.lib.presence import Presence
from qorgau.lib.telegram.says import Message
from qorgau.notices.chats import queue
from qorgau.notices.chats.models import Saying


@pytest.mark.django_db(transaction=True)
def test_a_claim_is_free_once_its_process_is_gone_and_does_not_count_as_a_try() -> None:
    now = timezone.now()
    queue.put(1, [Message(text="one")], now)
    first, second = Presence(), Presence()
    try:
        assert first.free_what_the_dead_claimed("chats_saying") == 0
        assert len(queue.claim(now, 5, first.number)) == 1
        assert second.free_what_the_dead_claimed("chats_saying") == 0
        assert queue.claim(now, 5, second.number) == []

        first.close()
        while not second.free_what_the_dead_claimed("chats_saying"):
            assert timezone.now() - now < timedelta(seconds=20)  # the server notices in a moment
        (claimed,) = queue.claim(now, 5, second.number)
        assert claimed.attempts == 1
    finally:
        first.close()
        second.close()
    assert Saying.objects.get().claimed_by == second.number
