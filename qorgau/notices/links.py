"""Where a notice sends its reader."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from qorgau.notices.models import Notice


def link(notice: Notice) -> str:
    """The page of the appeal for staff; for a person the page that asks for number and code, in their language.

    The code is never part of an address: addresses stay in histories and logs. An SMS has no room for the number.
    """
    if notice.for_staff:
        return settings.PUBLIC_ADDRESS + reverse("desk:appeal", args=[notice.appeal_number])
    page: str = settings.PUBLIC_ADDRESS + reverse("portal:track")
    return page if notice.transport == "sms" else f"{page}?{urlencode({'number': notice.appeal_number})}"
