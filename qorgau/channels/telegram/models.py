from django.db import models

from qorgau.notices.chats.models import Chat


class Received(models.Model):
    """An update as it came, kept until it is answered; from then on only that it came, so that it is answered once.

    The content lies sealed: people write identity numbers and what ails them.
    """

    bot = models.BigIntegerField()
    update_id = models.BigIntegerField()
    chat_id = models.BigIntegerField()
    # None once it is answered.
    content = models.BinaryField(null=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bot", "update_id"], name="received_once")]
        indexes = [
            models.Index(
                fields=["chat_id", "update_id"], condition=models.Q(content__isnull=False), name="received_of_chat"
            ),
            models.Index(fields=["due_at"], condition=models.Q(content__isnull=False), name="received_due"),
            models.Index(fields=["received_at"], name="received_when"),
        ]


class Dialogue(models.Model):
    """Where a chat stands in the dialogue (`dialogue/state.py`), sealed, since a draft may hold anything.

    `version` counts the turns.
    """

    chat = models.OneToOneField(Chat, on_delete=models.CASCADE, primary_key=True)
    state = models.BinaryField()
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
