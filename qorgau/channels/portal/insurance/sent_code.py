"""Which code was sent, carried from one form to the next; and in a demo, where no message leaves, the code itself."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from qorgau.notices.models import Notice
from qorgau.people.models import OneTimeCode
from qorgau.people.one_time_codes import LASTS, digits_of

FIELD = "sent"
_SALT = "qorgau.code"


def carried_code(sent: int | None) -> str:
    """What a hidden field carries."""
    return signing.dumps(sent, salt=_SALT) if sent else ""


def sent_code(request: HttpRequest) -> int | None:
    """The code that a form is about; None when the field was changed, or is older than a code lasts."""
    try:
        return int(signing.loads(request.POST.get(FIELD, ""), salt=_SALT, max_age=LASTS))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def shown_in_demo(sent: int | None, *, way: str = "sms") -> str:
    """In a demo no message leaves, so the page itself says what would have stood in it."""
    if sent is None or not settings.DEMO or settings.NOTICE_TRANSPORTS[way] != "console":
        return ""
    made = OneTimeCode.objects.filter(pk=sent).first()
    known = Notice.objects.filter(facts={"one_time_code": sent}).exists()
    return digits_of(made) if made and known else ""
