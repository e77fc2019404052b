from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.people.models.applicant import Applicant


class Consent(models.Model):
    """What a person agreed to, when, and the version of the text they read (Law of 21.05.2013 No. 94-V, Art. 7-8)."""

    applicant = models.ForeignKey(Applicant, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=40)
    text_version = models.CharField(_("version of the text"), max_length=40)
    given_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.purpose} {self.text_version}"
