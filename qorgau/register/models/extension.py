from django.conf import settings
from django.db import models

from qorgau.register.models.appeal import Appeal


class ExtensionProposal(models.Model):
    """A longer term that a specialist proposes and the head decides upon (АППК Art. 76).

    `notice` is what the applicant will read, as the head reads it before deciding; it leaves when it is approved.
    """

    OUTCOMES = [("approved", "approved"), ("refused", "refused"), ("lapsed", "lapsed")]

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="extension_proposals")
    until = models.DateField()
    reason = models.TextField()
    notice = models.TextField()
    language = models.CharField(max_length=2)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    refusal_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appeal"], condition=models.Q(decided_at__isnull=True), name="one_open_proposal"
            ),
        ]
