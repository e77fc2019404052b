"""The moment in which a notice leaves: is what it tells still so?"""

from qorgau.notices.models import Notice
from qorgau.notices.wording import code_version_of
from qorgau.register.models import Appeal

REPLACED = "a new access code was issued since"


class NoLongerSo(Exception):
    """What the message would tell is not so any more, or nobody wants to hear it."""


def require_code_in_force(notice: Notice) -> None:
    """Raises NoLongerSo when the access code that the message carries was replaced by a new one."""
    if Appeal.objects.filter(number=notice.appeal_number, code_version__gt=code_version_of(notice)).exists():
        raise NoLongerSo(REPLACED)
