from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.people.models.applicant import Applicant


class ChannelIdentity(models.Model):
    """How one channel knows a person: a chat, an address, a telephone; and whether that was proved."""

    REGISTERED, CARRIED, CODE = "registered", "carried", "code"
    WAYS = [
        (REGISTERED, _("an appeal was registered there")),
        (CARRIED, _("an earlier appeal of the person was registered there")),
        (CODE, _("number and access code were said there")),
    ]

    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="identities")
    channel = models.CharField(_("channel"), max_length=20)
    external_id = models.CharField(_("identity in the channel"), max_length=128)
    proved_at = models.DateTimeField(_("proved at"), null=True, blank=True)
    # How it came to be known. What somebody opened with a code closes once the code is replaced.
    came_by = models.CharField(_("known because"), max_length=10, choices=WAYS, default=REGISTERED)

    class Meta:
        verbose_name = _("identity in a channel")
        verbose_name_plural = _("identities in channels")
        constraints = [
            models.UniqueConstraint(fields=["applicant", "channel", "external_id"], name="identity_once"),
        ]
        indexes = [models.Index(fields=["channel", "external_id"], name="identity_by_channel")]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"
