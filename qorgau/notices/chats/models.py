from django.conf import settings
from django.db import models


class Chat(models.Model):
    """A private chat of somebody with the bot. Its number is Telegram's, and the person's there.

    Which appeals belong to it is told by `people.ChannelIdentity` rows (channel "telegram") of their applicants.
    """

    id = models.BigIntegerField(primary_key=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    begun_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    # The person blocked the bot or deleted the chat: nothing reaches them until they write again.
    blocked_at = models.DateTimeField(null=True)
    # The person wants no news here (/stop): what they ask themselves is answered all the same.
    muted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"chat {self.pk}"


class GivenReceipt(models.Model):
    """The receipt of an appeal that was sent in a chat: the bot says number and code itself, in answer, and what it
    says stands in no outbox. With this row the desk sees that they were given, when, and whether that went through.
    """

    appeal_number = models.CharField(max_length=16)
    chat_id = models.BigIntegerField()
    promised_at = models.DateTimeField()
    said_at = models.DateTimeField(null=True)
    # How often it may have been said although nobody knows, and was said again.
    unsure = models.PositiveSmallIntegerField(default=0)
    # It never will be said: the chat is closed, or Telegram refuses it.
    failed_at = models.DateTimeField(null=True)
    # Since then it goes the ways of notices (`notices/receipts.py`).
    left_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["appeal_number"], name="given_of_appeal"),
            models.Index(
                fields=["failed_at"],
                condition=models.Q(failed_at__isnull=False, left_at=None),
                name="given_not_left",
            ),
        ]

    def __str__(self) -> str:
        return f"receipt of {self.appeal_number}"


class Saying(models.Model):
    """Something that is to be said in a chat; deleted as soon as it is said. Those of one chat leave in their order.

    The content (`lib/telegram/says.py`) lies sealed: it may name what an appeal or an insurance is about.
    """

    # No foreign key: what is said to a group belongs to no chat of a person.
    chat_id = models.BigIntegerField()
    content = models.BinaryField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    # Which process has it in hand (`lib/presence.py`).
    claimed_by = models.IntegerField(null=True)
    receipt = models.ForeignKey(GivenReceipt, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["chat_id", "id"], name="saying_of_chat"),
            models.Index(fields=["due_at"], name="saying_due"),
        ]


class ChatPace(models.Model):
    """When the next message may be sent to a chat, and (chat 0) by the bot at all: `pace.py`.

    The table is not logged: after a crash everybody begins anew, and no message waits for the disk.
    """

    chat_id = models.BigIntegerField(primary_key=True)
    free_at = models.DateTimeField()
    # The saying for which the last moment was taken: tried again before that moment, it has it still.
    taken_for = models.BigIntegerField(null=True)
    # Telegram asked to pause until then.
    paused_until = models.DateTimeField(null=True)
