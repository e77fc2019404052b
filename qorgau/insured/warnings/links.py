"""The link in every message, by which a subscriber sees and stops their warnings without any session.

It holds the number of a subscription and a mark that nobody else can make. The mark is made of the address too, so that
the numbers of a database that was restored open nobody else's page. It is letters and digits alone: what reads messages
and makes links of them leaves other signs out at the end.
"""

import re
from string import ascii_letters, digits

from qorgau.insured.warnings.models import Subscription
from qorgau.lib.sealed import keyed_digest, same

TOKEN = re.compile(r"([1-9][0-9]{0,17})-([A-Za-z0-9]{12})", re.ASCII)
_SIGNS = digits + ascii_letters
_LENGTH = 12


def token_of(subscription: Subscription) -> str:
    """What stands in the address: as short as can't be guessed, since an SMS has little room."""
    return f"{subscription.pk}-{_mark(subscription)}"


def subscription_of(token: str) -> Subscription | None:
    """The subscription, running or ended, that a link leads to; None for a link that was made up or is forgotten."""
    found = TOKEN.fullmatch(token)
    subscription = Subscription.objects.filter(pk=int(found[1])).first() if found else None
    if found is None or subscription is None or not same(_mark(subscription).encode(), found[2].encode()):
        return None
    return subscription


def _mark(subscription: Subscription) -> str:
    digest = keyed_digest("warnings link", f"{subscription.pk}\n{bytes(subscription.address_hash).hex()}")
    number, signs = int.from_bytes(digest, "big"), ""
    while len(signs) < _LENGTH:
        number, sign = divmod(number, len(_SIGNS))
        signs += _SIGNS[sign]
    return signs
