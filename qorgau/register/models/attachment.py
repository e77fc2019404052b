from django.conf import settings
from django.db import models

from qorgau.register.models.appeal import Appeal
from qorgau.register.models.message import Message


class Attachment(models.Model):
    """A file given with an appeal or a message. Lies under a random name; the person's name for it is only shown."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=120)
    stored_as = models.CharField(max_length=80, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name
