from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qorgau.lib.speech import say
from qorgau.people.names import surname_and_initials
from qorgau.people.places import ROLES_AT_ANY_DESK, why_misplaced
from qorgau.rules.ladder import DeskKind
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

ADMINISTERED_APPS = frozenset({"directory", "partners", "people"})
"""What an administrator may edit. Appeals are not among it: they change through the verbs of the desk alone."""


class Staff(AbstractUser):
    """Somebody who works here: one role at one desk, and through the desk a scope.

    What a person may do follows from the role alone. ``is_staff``, ``is_superuser``, groups and single permissions come
    with Django's user model; nothing here reads them.
    """

    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    role = models.CharField(_("role"), max_length=30, choices=ROLE_NAMES)
    desk = models.ForeignKey(
        "directory.Desk", verbose_name=_("desk"), null=True, blank=True, on_delete=models.PROTECT, related_name="staff"
    )
    post = models.CharField(_("post"), max_length=200, blank=True, help_text=_("As it stands on a receipt"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="kk")
    may_read_sensitive = models.BooleanField(_("may read sensitive appeals"), default=False)
    active_until = models.DateField(
        _("works here until"), null=True, blank=True, help_text=_("The last day on which signing in is possible.")
    )
    password_is_temporary = models.BooleanField(_("must change the password at the next sign-in"), default=False)
    # What people choose for themselves on their settings page.
    single_keys = models.BooleanField(_("shortcuts of a single key"), default=True)
    email_notices = models.BooleanField(_("notices by e-mail"), default=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["role"]

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        ordering = ["last_name", "first_name", "username"]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="staff_role_known"),
            models.CheckConstraint(
                condition=models.Q(desk__isnull=False)
                | models.Q(role__in=sorted(role.value for role in ROLES_AT_ANY_DESK)),
                name="staff_handler_has_desk",
                violation_error_message=_("Everybody who works on appeals needs a desk."),
            ),
            # Upper, as the lookup of a typed name compares: "Aigerim" and "aigerim" are one person.
            models.UniqueConstraint(
                Upper("username"),
                name="staff_username_in_any_case",
                violation_error_message=_("Somebody else has this user name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def short_name(self) -> str:
        """Surname and initials, as receipts show who took an appeal (Art. 64)."""
        return surname_and_initials(self.last_name, self.first_name, self.patronymic) or self.username

    @property
    def letters_to(self) -> str:
        """The address to which notices go; empty for those who have none, and for those who want no letters."""
        return self.email if self.email_notices else ""

    def works_on(self, day: date) -> bool:
        """Whether this person may sign in and work on a day; the last day belongs to the employment."""
        return self.is_active and (self.active_until is None or day <= self.active_until)

    @property
    def works_today(self) -> bool:
        """`works_on` the present day in the zone of the installation."""
        return self.works_on(timezone.localdate())

    def clean(self) -> None:
        """Put name and address into their usual form; refuse a role at a desk where it does not belong."""
        super().clean()
        self.email = self.email.lower()
        if self.role not in set(Role):
            return  # the field itself says so
        kind = DeskKind(self.desk.kind) if self.desk else None
        if problem := why_misplaced(Role(self.role), kind):
            raise ValidationError({"desk": say(problem)})

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether the role allows an administrative permission such as ``directory.change_region``."""
        return self.has_module_perms(perm.partition(".")[0])

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the role may administer anything of one app."""
        return self.role == Role.ADMINISTRATOR and app_label in ADMINISTERED_APPS and self.works_today
