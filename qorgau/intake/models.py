from django.db import models
from django.utils.translation import gettext_lazy as _


class StagedFile(models.Model):
    """A file that a person added to a form not sent yet. It waits a day under a token that only that form knows."""

    token = models.CharField(max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.BinaryField()
    stored_as = models.CharField(max_length=80, unique=True)
    staged_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("file of a form not sent yet")
        verbose_name_plural = _("files of forms not sent yet")

    def __str__(self) -> str:
        return self.name
