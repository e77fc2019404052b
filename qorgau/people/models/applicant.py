from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Applicant(models.Model):
    """A person as they introduced themselves in one appeal.

    One row per appeal and person: what somebody typed today never overwrites what was said before. Rows that
    share a keyed hash of the IIN, a telephone or an address are probably one person (`people/same_person.py`).
    """

    surname = models.CharField(_("surname"), max_length=100, blank=True)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    # The IIN lies sealed; it is found by its keyed hash only, and by that of what its mask shows.
    iin_sealed = models.BinaryField(null=True, editable=False)
    iin_hash = models.BinaryField(null=True, editable=False)
    iin_shown_hash = models.BinaryField(null=True, editable=False)
    phone = models.CharField(_("telephone"), max_length=20, blank=True, help_text=_("E.164, for example +77010000000"))
    phone_as_said = models.CharField(max_length=60, blank=True, editable=False)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    postal_address = models.CharField(_("postal address"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="kk")
    preferred_channel = models.CharField(_("preferred channel of answers"), max_length=10, blank=True)
    anonymous = models.BooleanField(_("anonymous"), default=False)

    class Meta:
        verbose_name = _("applicant")
        verbose_name_plural = _("applicants")
        indexes = [
            models.Index(fields=["iin_hash"], condition=models.Q(iin_hash__isnull=False), name="applicant_iin"),
            models.Index(
                fields=["iin_shown_hash"], condition=models.Q(iin_shown_hash__isnull=False), name="applicant_iin_shown"
            ),
            models.Index(fields=["phone"], condition=~models.Q(phone=""), name="applicant_phone"),
            models.Index(fields=["email"], condition=~models.Q(email=""), name="applicant_email"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Surname, given name, patronymic, as far as they were given."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)
