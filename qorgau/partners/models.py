from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.partners.scopes import PartnerPurpose, Scope

LONGEST_CODE = 40
"""With "partner:" before it, a code fits into the journal of look-ups."""


class PartnerKey(models.Model):
    """A key by which a partner's system asks ours. The key itself is kept nowhere, only its keyed hash.

    A partner may have several keys: one for trying, and the next one while the one before still works.
    """

    partner = models.CharField(
        _("code of the partner"),
        max_length=LONGEST_CODE,
        validators=[
            RegexValidator(
                r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", _("Small Latin letters and digits, with single hyphens between them.")
            )
        ],
    )
    name = models.CharField(_("name of the partner"), max_length=200)
    scopes = ArrayField(
        models.CharField(max_length=20, choices=Scope), verbose_name=_("may ask"), help_text=_("One or several.")
    )
    purpose = models.CharField(_("looks people up"), max_length=20, choices=PartnerPurpose, default=PartnerPurpose.CARE)
    per_minute = models.PositiveIntegerField(_("requests a minute"), default=600, validators=[MinValueValidator(1)])
    per_day = models.PositiveIntegerField(_("requests a day"), default=50_000, validators=[MinValueValidator(1)])
    valid_from = models.DateField(_("first day"), null=True, blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    # So that people can tell keys apart; the rest of a key has 256 bits.
    beginning = models.CharField(_("beginning of the key"), max_length=16, editable=False)
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("key of a partner")
        verbose_name_plural = _("keys of partners")
        ordering = ["partner", "-created_at"]

    def __str__(self) -> str:
        return f"{self.partner}: {self.beginning}…"

    def opens_on(self, day: date) -> bool:
        """Whether the key opens anything on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return self.revoked_at is None and begun and (self.valid_to is None or day <= self.valid_to)


class Use(models.Model):
    """What of its quotas a key has used: in the minute and on the day it was used last. `quotas.py` alone writes."""

    key = models.OneToOneField(PartnerKey, primary_key=True, on_delete=models.CASCADE, related_name="use")
    minute = models.DateTimeField(null=True)
    in_minute = models.IntegerField(default=0)
    day = models.DateField(null=True)
    in_day = models.IntegerField(default=0)
    last_used_at = models.DateTimeField(_("last used"), null=True)
