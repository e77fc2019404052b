from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.people.models.applicant import Applicant


class ChannelIdentity(models.Model):
    """How one channel knows a person: a chat, an address, a telephone; and whether that was proved."""

    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="identities")
    channel = models.CharField(_("channel"), max_length=20)
    external_id = models.CharField(_("identity in the channel"), max_length=128)
    proved_at = models.DateTimeField(_("proved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("identity in a channel")
        verbose_name_plural = _("identities in channels")
        constraints = [
            models.UniqueConstraint(fields=["applicant", "channel", "external_id"], name="identity_once"),
        ]
        indexes = [models.Index(fields=["channel", "external_id"], name="identity_by_channel")]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"
