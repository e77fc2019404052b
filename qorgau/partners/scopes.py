from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.insured.journal import Purpose


class Scope(models.TextChoices):
    """What a key lets its partner ask."""

    STATUS = "status", _("the status of insurance, without sums and reasons")
    PAYMENTS = "payments", _("with it the ground and what was paid in the last 12 months")
    RECORD = "record", _("with it everything that the register knows, for another register that relies on ours")
    ORGANISATIONS = "organisations", _("the list of medical organisations")


class PartnerPurpose(models.TextChoices):
    """Why a partner looks people up, as agreed with it: what the journal says and the person reads."""

    CARE = Purpose.CARE.value, _("before care is given to the person")
    OWN_STATUS = Purpose.OWN_STATUS.value, _("because the person asks in the partner's own application")
