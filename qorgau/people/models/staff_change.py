from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffChange(models.Model):
    """What was done to somebody's account: by whom, when, before and after. Append-only; the database keeps it so.

    Passwords and secrets never stand here, only that they were replaced.
    """

    class Action(models.TextChoices):
        ADDED = "added", _("added")
        AMENDED = "amended", _("changed")
        ONE_TIME_PASSWORD = "one_time_password", _("given a one-time password")
        SECOND_FACTOR_RESET = "second_factor_reset", _("second factor taken away")
        EMPLOYMENT_ENDED = "employment_ended", _("employment ended")

    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="changes_made",
        help_text=_("Empty when it was done from the command line"),
    )
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("staff member"), on_delete=models.PROTECT, related_name="changes"
    )
    action = models.CharField(_("what was done"), max_length=30, choices=Action.choices)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    class Meta:
        verbose_name = _("change of an account")
        verbose_name_plural = _("changes of accounts")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["staff", "at"], name="staff_change_of")]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"
