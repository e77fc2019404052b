from django.conf import settings
from django.db import models

from qorgau.directory.models import Desk
from qorgau.register.models.appeal import Appeal


class Message(models.Model):
    """Words between the applicant and a desk, or a note that stays inside."""

    DIRECTIONS = [("from_applicant", "from_applicant"), ("to_applicant", "to_applicant"), ("note", "note")]

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=15, choices=DIRECTIONS)
    text = models.TextField()
    at = models.DateTimeField()
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # The desk that the author wrote for; they may work at another one by now.
    desk = models.ForeignKey(Desk, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    # A question of ours that waits for the applicant's reply.
    expects_reply = models.BooleanField(default=False)
    delivery_key = models.CharField(max_length=80, unique=True, null=True)  # noqa: DJ001 - unique, so none is null

    class Meta:
        indexes = [models.Index(fields=["appeal", "at"], name="message_of_appeal")]
