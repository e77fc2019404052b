from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInEvent(models.Model):
    """One line of the book of sign-ins: who, what, when, from which address. Append-only; the database keeps it so.

    No secret and no typed name stands here: what somebody types into the name field may be their password.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        SIGNED_OUT = "signed_out", _("signed out")
        WRONG_PASSWORD = "wrong_password", _("wrong name or password")
        WRONG_CODE = "wrong_code", _("wrong code of the second factor")
        PAUSED = "paused", _("paused after too many attempts")
        REFUSED = "refused", _("refused: does not work here any more")
        PASSWORD_CHANGED = "password_changed", _("changed the password")
        RESET_SENT = "reset_sent", _("a link to a new password was sent")
        PASSWORD_RESET = "password_reset", _("set a new password through the link")
        SECOND_FACTOR_SET = "second_factor_set", _("set the second factor")
        SECOND_FACTOR_REMOVED = "second_factor_removed", _("removed the second factor")
        RECOVERY_CODES_MADE = "recovery_codes_made", _("made new recovery codes")
        RECOVERY_CODE_USED = "recovery_code_used", _("used a recovery code")

    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("what happened"), max_length=30, choices=Kind.choices)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("staff member"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sign_in_events",
        help_text=_("Empty when nobody has the name that was typed"),
    )
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in event")
        verbose_name_plural = _("sign-in events")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["staff", "kind", "at"], name="sign_in_of_staff"),
            models.Index(fields=["at"], name="sign_in_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
