from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """What an administrator changed in the directory: who, when, before and after."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT)
    model = models.CharField(_("table"), max_length=60)
    row_id = models.BigIntegerField(_("row"))
    row_name = models.CharField(_("name of the row"), max_length=200)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    class Meta:
        verbose_name = _("change in the directory")
        verbose_name_plural = _("changes in the directory")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["model", "row_id"], name="change_of_row")]

    def __str__(self) -> str:
        return f"{self.model} {self.row_name}"
