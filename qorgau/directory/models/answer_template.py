from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated, Named
from qorgau.directory.models.desk import KIND_NAMES
from qorgau.directory.models.topic import Topic


class AnswerTemplate(Named, Dated):
    """A text ready for an answer, with variables such as {number}, in three languages."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.PROTECT)
    desk_kind = models.CharField(_("desk"), max_length=20, choices=KIND_NAMES, blank=True)
    text_kk = models.TextField(_("text in Kazakh"))
    text_ru = models.TextField(_("text in Russian"))
    text_en = models.TextField(_("text in English"))

    class Meta:
        verbose_name = _("answer template")
        verbose_name_plural = _("answer templates")
        ordering = ["code"]
