from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.rules.roles import Role

ROLE_NAMES = [
    (Role.OPERATOR.value, _("Contact-centre operator")),
    (Role.CLINIC_SPECIALIST.value, _("Specialist of a clinic's patient support service")),
    (Role.CLINIC_MANAGER.value, _("Head of a clinic's patient support service")),
    (Role.HEALTH_DEPARTMENT_SPECIALIST.value, _("Health-department specialist")),
    (Role.BRANCH_SPECIALIST.value, _("Specialist of a Fund branch")),
    (Role.CENTRAL_EXPERT.value, _("Expert of the Fund centre")),
    (Role.APPROVER.value, _("Approver")),
    (Role.ANALYST.value, _("Analyst")),
    (Role.ADMINISTRATOR.value, _("Administrator")),
    (Role.AUDITOR.value, _("Auditor")),
]


class Staff(AbstractUser):
    """Somebody who works here: one role at one desk, and through the desk a scope."""

    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    role = models.CharField(_("role"), max_length=30, choices=ROLE_NAMES)
    desk = models.ForeignKey(
        "directory.Desk", verbose_name=_("desk"), null=True, blank=True, on_delete=models.PROTECT, related_name="staff"
    )
    post = models.CharField(_("post"), max_length=200, blank=True, help_text=_("As it stands on a receipt"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="kk")
    may_read_sensitive = models.BooleanField(_("may read sensitive appeals"), default=False)
    active_until = models.DateField(_("works here until"), null=True, blank=True)

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def short_name(self) -> str:
        """Surname and initials, as receipts show who took an appeal (Art. 64)."""
        initials = "".join(f"{part[0]}." for part in (self.first_name, self.patronymic) if part)
        return f"{self.last_name} {initials}".strip() or self.username
