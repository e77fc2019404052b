from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentText(models.Model):
    """The words that people agree to, in three languages, dated and numbered; a text once shown is never rewritten.

    A consent names purpose and version, so that it can always be said what exactly was agreed to. Registering and
    answering a lawful appeal needs no consent, the appeal itself is the ground; what goes beyond that does
    (Law of 21.05.2013 No. 94-V; DOMAIN §4.5).
    """

    class Purpose(models.TextChoices):
        CLINIC_CONTACT = "clinic_contact", _("passing contacts to the clinic")
        SURVEY = "survey", _("asking for an opinion later")
        PUBLICATION = "publication", _("publishing question and answer without the name")
        INSURANCE_WARNING = "insurance_warning", _("warnings before insurance ends")

    purpose = models.CharField(_("purpose"), max_length=40, choices=Purpose.choices)
    version = models.CharField(_("version"), max_length=40)
    valid_from = models.DateField(_("in force from"))
    text_kk = models.TextField(_("text in Kazakh"))
    text_ru = models.TextField(_("text in Russian"))
    text_en = models.TextField(_("text in English"))

    class Meta:
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")
        ordering = ["purpose", "-valid_from", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_once"),
            models.UniqueConstraint(fields=["purpose", "valid_from"], name="consent_text_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.version}"
