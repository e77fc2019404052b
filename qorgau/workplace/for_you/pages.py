"""The list "For you", and the button by which an appeal is followed or followed no longer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qorgau.handling.follow import follow, stop_following
from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.people.models import Staff
from qorgau.register.following.models import Follower
from qorgau.register.models import Appeal
from qorgau.workplace.access import get_appeal, refuse_readers, staff_of, staff_page
from qorgau.workplace.discretion import sees_inside
from qorgau.workplace.for_you.listed import followed_by, mentions_of
from qorgau.workplace.for_you.unheard import not_heard
from qorgau.workplace.offers_ended import lately_taken_from
from qorgau.workplace.showing import show


@staff_page
@require_safe
def for_you(request: HttpRequest) -> HttpResponse:
    """What went from the reader's desk after they had opened it, what applicants have not heard, notes that name them,
    and appeals that they follow.
    """
    staff = staff_of(request)
    context = {
        "section": "for_you",
        "offers_ended": lately_taken_from(staff, at=timezone.now(), opened_by_them=True),
        "not_heard": not_heard(staff, at=timezone.now()),
        "mentions": mentions_of(staff),
        "followed": followed_by(staff),
    }
    return show(request, "for_you.html", context)


@staff_page
@require_POST
def following(request: HttpRequest, number: str) -> HttpResponse:
    """Follow the appeal, or stop: `follow` is "yes" or anything else. Leads back to the card."""
    appeal, staff = get_appeal(request, number), staff_of(request)
    refuse_readers(request)
    if request.POST.get("follow") == "yes":
        follow(appeal, staff=staff, at=timezone.now())
        messages.success(request, _("You follow this appeal: what is new stands under “For you”."))
    else:
        stop_following(appeal, staff=staff)
        messages.success(request, _("You follow this appeal no longer."))
    return redirect("desk:appeal", number=number)


FOLLOWERS = KeptQuery(lambda: Follower.objects.filter(appeal_id=given("appeal")).select_related("staff").order_by("pk"))


def followers_of(appeal: Appeal, staff: Staff) -> dict[str, Any]:
    """Whether the reader follows an appeal, and who else does, as far as they may know of them."""
    people = [row.staff for row in FOLLOWERS.all(appeal=appeal.pk)]
    return {
        "mine": any(person.pk == staff.pk for person in people),
        "others": [
            person.short_name for person in people if person.pk != staff.pk and sees_inside(person.desk_id, staff)
        ],
    }
