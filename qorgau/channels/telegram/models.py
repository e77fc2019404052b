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


class WantedFile(models.Model):
    """A file that somebody sent into a chat and that is to be fetched for a draft; deleted once it is here or refused.

    What is known of it (`lib/telegram/came.py: FileSent`) lies sealed: a name can tell what ails somebody.
    """

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=20)
    draft = models.CharField(max_length=20)
    # Telegram's name of the file, hashed under our key: one draft wants it once.
    file_hash = models.BinaryField()
    content = models.BinaryField()
    wanted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    # Which process has it in hand (`lib/presence.py`).
    claimed_by = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chat", "path", "draft", "file_hash"], name="file_wanted_once"),
        ]
        indexes = [models.Index(fields=["due_at"], name="wanted_file_due")]


class Dialogue(models.Model):
    """Where a chat stands in the dialogue (`dialogue/state.py`), sealed, since a draft may hold anything.

    `version` counts the turns.
    """

    chat = models.OneToOneField(Chat, on_delete=models.CASCADE, primary_key=True)
    state = models.BinaryField()
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    # When something of it may no longer be kept (`dialogue/forgetting.py`).
    forget_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["forget_at"], condition=models.Q(forget_at__isnull=False), name="dialogue_forget"),
        ]
