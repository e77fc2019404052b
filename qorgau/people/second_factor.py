"""The second factor: what allauth keeps for us, sealed, and what it leaves to its users to decide."""

from base64 import b64decode, b64encode
from datetime import datetime, timedelta

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from qorgau.lib.sealed import keyed_digest, seal, unseal
from qorgau.people.models import SpentCode, Staff

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes alone do not."""

_REMEMBERED_FOR = timedelta(minutes=10)


class SecondFactor(DefaultMFAAdapter):
    """allauth's second factor with its secrets sealed and its messages in our sentences."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Wait for the next one in your app and try again."),
        "cannot_generate_recovery_codes": _("Set up the second factor first; recovery codes come with it."),
    }

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text))

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()


def second_factor_of(column: str) -> Exists:
    """Whether the person whose key stands in a column of the row at hand has set up a second factor."""
    return Exists(Authenticator.objects.filter(user_id=OuterRef(column), type__in=FACTORS))


def with_second_factor(staff: QuerySet[Staff]) -> QuerySet[Staff]:
    """The same people, each knowing from the same statement whether a second factor is set."""
    return staff.annotate(second_factor_set=second_factor_of("pk"))


def has_second_factor(staff: Staff) -> bool:
    """Whether this person has set up a second factor."""
    known = getattr(staff, "second_factor_set", None)
    if known is None:
        known = Authenticator.objects.filter(user=staff, type__in=FACTORS).exists()
    return known


def lacks_second_factor(staff: Staff) -> bool:
    """Whether this person still has to set one up before anything else (``QORGAU_SECOND_FACTOR``)."""
    return settings.SECOND_FACTOR_REQUIRED and not has_second_factor(staff)


def spend(staff: AbstractBaseUser, code: str, at: datetime) -> bool:
    """Use up a code; False when it was used already. The database decides, so two processes can't both accept it."""
    digits = "".join(filter(str.isdigit, code))
    SpentCode.objects.filter(staff_id=staff.pk, at__lt=at - _REMEMBERED_FOR).delete()
    digest = keyed_digest("spent code", f"{staff.pk} {digits}")
    _row, new = SpentCode.objects.get_or_create(staff_id=staff.pk, digest=digest, defaults={"at": at})
    return new
