from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated, Named
from qorgau.directory.models.sourced import Sourced
from qorgau.rules.contributions import Base, Payer

PAYER_NAMES = [
    (Payer.EMPLOYER.value, _("employer, for an employee")),
    (Payer.EMPLOYEE.value, _("employee, from the wage")),
    (Payer.CONTRACT.value, _("civil-law contract")),
    (Payer.ENTREPRENEUR.value, _("individual entrepreneur, private practice, head of a farm")),
    (Payer.SELF_PAYER.value, _("self-payer")),
    (Payer.PLATFORM_WORKER.value, _("self-employed through an internet platform")),
    (Payer.SINGLE_PAYMENT_CITY.value, _("single aggregate payment, city")),
    (Payer.SINGLE_PAYMENT_ELSEWHERE.value, _("single aggregate payment, elsewhere")),
    (Payer.UNIFIED_PAYMENT.value, _("unified payment of a small business")),
    (Payer.STATE.value, _("the state, for a privileged person")),
]
BASE_NAMES = [
    (Base.INCOME.value, _("income")),
    (Base.MINIMUM_WAGE.value, _("minimum wage")),
    (Base.MONTHLY_INDEX.value, _("monthly calculation index")),
    (Base.AVERAGE_WAGE.value, _("average wage two years back")),
]


class InsuranceRules(Named, Dated, Sourced):
    """What gives the right to care, from one day to another (DOMAIN §3.1). `rules/insured_status.py` interprets it."""

    code = models.CharField(_("code"), max_length=60, blank=True)
    everybody = models.BooleanField(_("everybody has the right"), default=False)
    past_months = models.PositiveSmallIntegerField(_("past months to be paid"), default=12)
    future_months = models.PositiveSmallIntegerField(_("months to be paid ahead"), default=12)
    grace_months = models.PositiveSmallIntegerField(_("months the right lasts after the last payment"), default=3)
    long_grace_months = models.PositiveSmallIntegerField(_("the same after payments without a break"), default=0)
    unbroken_months = models.PositiveSmallIntegerField(_("months without a break for that"), default=60)
    temporary_months = models.PositiveSmallIntegerField(_("months of a temporary status"), default=1)

    class Meta:
        verbose_name = _("rules of insured status")
        verbose_name_plural = _("rules of insured status")
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="one_insurance_rule_of_a_code"),
            models.CheckConstraint(condition=models.Q(past_months__gte=1), name="some_past_months_are_asked"),
        ]


class InsuranceCategory(Named, Dated, Sourced):
    """People for whom the state pays (DOMAIN §3.2), or whom the law exempts from paying (§3.1, S1)."""

    BUDGETS = [
        ("republican", _("republican budget")),
        ("local", _("local budget")),
        ("nobody", _("nobody, exempt from paying")),
    ]

    code = models.CharField(_("code"), max_length=20)
    budget = models.CharField(_("who pays"), max_length=12, choices=BUDGETS, default="republican")

    class Meta:
        verbose_name = _("privileged category")
        verbose_name_plural = _("privileged categories")
        ordering = ["code", "-valid_from"]


class ContributionRate(Dated, Sourced):
    """A share that a payer owes, from one day to another (DOMAIN §3.4). `rules/contributions.py` interprets it."""

    payer = models.CharField(_("payer"), max_length=30, choices=PAYER_NAMES)
    percent = models.DecimalField(_("per cent"), max_digits=6, decimal_places=3)
    base = models.CharField(_("of what"), max_length=20, choices=BASE_NAMES)
    multiple = models.DecimalField(_("times"), max_digits=5, decimal_places=2, default=Decimal(1))
    cap = models.PositiveSmallIntegerField(_("income counts up to, minimum wages"), null=True, blank=True)
    cap_group = models.CharField(_("incomes that share the limit"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("rate of contributions")
        verbose_name_plural = _("rates of contributions")
        ordering = ["payer", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__gt=0, percent__lte=100, multiple__gt=0), name="a_rate_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_payer_display()}: {self.percent.normalize():f} %"


class OfficialAmount(Dated, Sourced):
    """An amount of the budget law: minimum wage, monthly calculation index, average wage (DOMAIN §3.4)."""

    base = models.CharField(_("amount"), max_length=20, choices=BASE_NAMES[1:])
    tenge = models.DecimalField(_("tenge"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("official amount")
        verbose_name_plural = _("official amounts")
        ordering = ["base", "-valid_from"]
        constraints = [models.CheckConstraint(condition=models.Q(tenge__gt=0), name="an_official_amount_is_positive")]

    def __str__(self) -> str:
        return f"{self.get_base_display()}: {self.tenge:f} ₸"


class InsuranceWarnings(Dated, Sourced):
    """How many days before the end people who asked for it are warned. `rules/warnings.py` interprets it."""

    first_days = models.PositiveSmallIntegerField(_("days before the last day, first warning"), default=30)
    last_days = models.PositiveSmallIntegerField(_("days before the last day, second warning"), default=7)
    kept_days = models.PositiveSmallIntegerField(_("days that a contact is kept after its warnings ended"), default=90)

    class Meta:
        verbose_name = _("warnings before insurance ends")
        verbose_name_plural = _("warnings before insurance ends")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_days__gt=models.F("last_days"), first_days__lte=120),
                name="the_first_warning_comes_first",
                violation_error_message=_("The first warning comes before the second, and at most 120 days ahead."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_days}, {self.last_days}"
