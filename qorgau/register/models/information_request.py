from django.conf import settings
from django.db import models

from qorgau.directory.models import Desk
from qorgau.register.models.appeal import Appeal
from qorgau.register.models.clock import Clock


class InformationRequest(models.Model):
    """What a desk asked a clinic about an appeal, and what the clinic replied. It runs on its own clock."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="information_requests")
    asking = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appeal"], condition=models.Q(replied_at__isnull=True), name="one_open_request"
            ),
        ]
