"""Receipts that the bot gives in the chat itself: that they were, and what becomes of one that it could not say."""

from datetime import datetime

from django.db import transaction

from qorgau.notices.chats.models import GivenReceipt
from qorgau.notices.outbox import tell, tell_other_chats
from qorgau.notices.topics import Topic
from qorgau.register.models import Appeal


def give_in_chat(appeal: Appeal, chat: int, *, at: datetime) -> int:
    """Write down that the bot says number and code in this chat; gives the row to say it with (`Message.gives`). Other
    chats of the person hear of the appeal as of other news. In the transaction that puts it into the queue.
    """
    tell_other_chats(
        topic=Topic.RECEIPT,
        appeal_number=appeal.number,
        applicant=appeal.applicant,
        chat=chat,
        facts={"due_on": appeal.due_on},
        at=at,
    )
    return GivenReceipt.objects.create(appeal_number=appeal.number, chat_id=chat, promised_at=at).pk


def tell_what_was_not_said(at: datetime) -> int:
    """Let those receipts leave as notices that the bot could not say, since the person has gone from the chat or
    Telegram refused them; how many they were.
    """
    waiting = GivenReceipt.objects.filter(failed_at__isnull=False, left_at=None).order_by("failed_at")
    return sum(_tell(row, at) for row in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _tell(row: int, at: datetime) -> bool:
    if not GivenReceipt.objects.filter(pk=row, left_at=None).update(left_at=at):
        return False  # somebody else was faster
    number = GivenReceipt.objects.values_list("appeal_number", flat=True).get(pk=row)
    appeal = Appeal.objects.select_related("applicant").get(number=number)
    facts = {"due_on": appeal.due_on}
    tell(topic=Topic.RECEIPT, appeal_number=number, applicant=appeal.applicant, facts=facts, at=at)
    return True
