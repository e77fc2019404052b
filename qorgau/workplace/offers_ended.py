"""How offers to the reader's desk ended that it did not accept: told to those who had them, when the appeal is gone."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.models import Handover, Opening
from qorgau.register.offers import ShownWith, offers_ended_for, shown_with_an_offer
from qorgau.workplace.discretion import words_for
from qorgau.workplace.queue.listing import visible_numbers

TOLD_FOR = timedelta(days=7)
MOST = 10

_WORDS = {
    "returned": _("Your desk returned this appeal to the one that offered it."),
    "taken_back": _("The desk that offered this appeal to yours has taken the offer back."),
    "lapsed": _("Work on this appeal ended before your desk accepted it."),
}
_WORDS_OF_A_PART = {
    "returned": _("It was shown to your desk as part of another appeal, which your desk returned."),
    "taken_back": _("It was shown to your desk as part of another appeal, which is no longer offered to it."),
    "lapsed": _("It was shown to your desk as part of another appeal; work on that one ended before you accepted it."),
}
_SEPARATED = _("It was shown to your desk as part of another appeal, and is answered on its own again.")


class OfferEnded(Http404):
    """The appeal is not this person's to see, but their desk was offered it, and they may know how that ended."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__()
        self.told = told


def offer_ended(staff: Staff, number: str) -> dict[str, Any] | None:
    """How the last offer of this appeal to the reader's desk ended, or of another one that it was part of, as they may
    know it; None where there was none.
    """
    offer = _with_names(offers_ended_for(staff).filter(appeal__number=number)).first()
    shown = shown_with_an_offer(staff, number)
    if shown and (offer is None or offer.settled_at is None or offer.settled_at < shown.until):
        return _told_of_a_part(shown, number, staff)
    return _told(offer, staff) if offer else None


def lately_taken_from(staff: Staff, *, at: datetime, opened_by_them: bool = False) -> list[dict[str, Any]]:
    """What was offered to the reader's desk within the last days and went without its doing, the latest first; perhaps
    only what the reader had opened while it was offered.
    """
    offers = offers_ended_for(staff).filter(outcome__in=("taken_back", "lapsed"), settled_at__gt=at - TOLD_FOR)
    if opened_by_them:
        theirs = Opening.objects.filter(
            staff_id=staff.pk,
            appeal_id=OuterRef("appeal_id"),
            at__gte=OuterRef("offered_at"),
            at__lte=OuterRef("settled_at"),
        )
        offers = offers.filter(Exists(theirs))
    told = [_told(offer, staff) for offer in _with_names(offers)[:MOST]]
    seen = visible_numbers(staff, [one["number"] for one in told]) if told else ()
    return [one | {"still_seen": one["number"] in seen} for one in told]


def _with_names(offers: QuerySet[Handover]) -> QuerySet[Handover]:
    return offers.select_related("appeal", "settled_by").order_by("-settled_at", "-pk")


def _told(offer: Handover, staff: Staff) -> dict[str, Any]:
    """Number, who, when and why: nothing of the appeal itself. Of people, only those of the reader's own desk."""
    own = offer.outcome == "returned" and offer.settled_by is not None
    return {
        "number": offer.appeal.number,
        "href": reverse("desk:appeal", args=[offer.appeal.number]),
        "words": _WORDS[offer.outcome],
        "offered_by": name_in(current().desks.get(offer.giver_id)),
        "returned_by": offer.settled_by.short_name if own and offer.settled_by else "",
        "at": offer.settled_at,
        "reason": words_for(staff, offer.return_reason),
    }


def _told_of_a_part(shown: ShownWith, number: str, staff: Staff) -> dict[str, Any]:
    """The same of what was part of an offered appeal, and which one that was, with the way to it where they see it."""
    leading = shown.offer.appeal.number
    told = {"returned_by": "", "at": shown.until, "reason": "", "words": _SEPARATED}
    if not shown.separated:
        told = _told(shown.offer, staff) | {"words": _WORDS_OF_A_PART[shown.offer.outcome]}
    return told | {
        "number": number,
        "href": reverse("desk:appeal", args=[number]),
        "offered_by": name_in(current().desks.get(shown.offer.giver_id)),
        "part_of": leading,
        "part_of_href": reverse("desk:appeal", args=[leading]) if visible_numbers(staff, [leading]) else "",
    }
