from django.conf import settings
from django.db import models

from qorgau.register.models.appeal import Appeal


class Withdrawal(models.Model):
    """A wish to withdraw: who recorded it, by which channel, and the applicant's own confirmation.

    A confirmed complaint costs the provider money (DOMAIN §5.4), so nobody else's word withdraws an appeal.
    """

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="withdrawal")
    channel = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    # Somebody of the staff had seen the code with which it was withdrawn, so it may not have been the applicant.
    code_seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
