from django.conf import settings
from django.db import models

from qorgau.register.models import Appeal, Message


class Follower(models.Model):
    """Somebody who asked to hear of an appeal, until they ask no longer."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, db_index=False, related_name="followers")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "staff"], name="follower_once")]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.appeal_id}"


class Mention(models.Model):
    """Somebody whom a note names, so that they read it. `version` is that of the appeal which the note made."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, db_index=False, related_name="mentions")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False, related_name="+")
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "staff"], name="mention_once")]
        indexes = [models.Index(fields=["staff", "-id"], name="mention_of_staff")]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.message_id}"
