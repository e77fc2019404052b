from django.conf import settings
from django.db import models
from django.db.models import Q

from qorgau.directory.models import AnswerTemplate, Desk


class Belonging(models.Model):
    """Belongs to one person or to one desk. `version` grows with every change, so that nobody overwrites another."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    desk = models.ForeignKey(Desk, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    used = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class OwnText(Belonging):
    """A ready text of a person or a desk, with the variables of answer templates; in at least one language."""

    text_kk = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)
    text_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True, desk__isnull=False) | Q(owner__isnull=False, desk__isnull=True),
                name="text_has_one_owner",
            )
        ]


class TemplateUse(models.Model):
    """How often a text of the directory was put into something; kept here, since using one is no change of it."""

    template = models.OneToOneField(AnswerTemplate, primary_key=True, on_delete=models.CASCADE, related_name="+")
    used = models.PositiveIntegerField(default=0)
