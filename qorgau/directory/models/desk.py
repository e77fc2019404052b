from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated, Named
from qorgau.directory.models.organisation import Organisation
from qorgau.directory.models.region import Region
from qorgau.rules.ladder import DeskKind

KIND_NAMES = [
    (DeskKind.CONTACT_CENTRE.value, _("contact centre")),
    (DeskKind.CLINIC.value, _("clinic's patient support service")),
    (DeskKind.HEALTH_DEPARTMENT.value, _("regional health department")),
    (DeskKind.BRANCH.value, _("Fund branch")),
    (DeskKind.CENTRE.value, _("Fund centre")),
]


class Desk(Named, Dated):
    """Who can hold an appeal. Made from regions and organisations; staff are bound to one desk."""

    kind = models.CharField(_("kind"), max_length=20, choices=KIND_NAMES)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT, related_name="desks"
    )
    organisation = models.OneToOneField(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="desk",
    )
    email = models.EmailField(_("e-mail of the desk"), blank=True)

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ["kind", "name_ru"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "region"],
                condition=models.Q(kind__in=["health_department", "branch"]),
                name="one_desk_of_a_kind_per_region",
                violation_error_message=_("This region has such a desk already."),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(kind__in=["contact_centre", "centre"]),
                name="one_central_desk",
                violation_error_message=_("There is such a desk already."),
            ),
        ]
