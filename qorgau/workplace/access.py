"""Who may open staff pages, and which appeals. Every page of the desk goes through here."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.cache import add_never_cache_headers

from qorgau.directory.reference import current
from qorgau.lib.kept_queries import given
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Attachment
from qorgau.register.scope import ScopedQuery, attachments_for
from qorgau.rules.roles import HANDLERS
from qorgau.workplace.offers_ended import OfferEnded, offer_ended
from qorgau.workplace.openings import note_page, write_openings

View = Callable[..., HttpResponseBase]


def staff_page(view: View) -> View:
    """Lets signed-in staff in who work here today, and keeps what they see out of every cache."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, Staff) or not request.user.works_today:
            return _to_sign_in(request)
        try:
            response = view(request, *args, **kwargs)
        except OfferEnded as ended:
            response = _how_it_ended(request, ended.told)
        write_openings(request, response)
        add_never_cache_headers(response)
        return response

    return guarded


def staff_of(request: HttpRequest) -> Staff:
    """The person at the desk; only behind `staff_page`."""
    # What stands before the person until they are asked for is left behind: a page asks hundreds of times.
    return cast(Staff, getattr(request.user, "_wrapped", request.user))


def refuse_readers(request: HttpRequest) -> None:
    """Whoever does not work on appeals changes nothing, not even by looking at contacts."""
    if staff_of(request).role not in HANDLERS:
        raise PermissionDenied


def appeals_by_number(**annotations: Any) -> ScopedQuery[Appeal]:
    """The appeal of a number with its people, and with what a page wants to know of it in the same statement."""
    people = ("applicant", "patient", "assignee", "taken_by")
    return ScopedQuery(
        lambda appeals: appeals.filter(number=given("number")).select_related(*people).annotate(**annotations)
    )


_APPEAL = appeals_by_number()


def get_appeal(request: HttpRequest, number: str, *, among: ScopedQuery[Appeal] = _APPEAL) -> Appeal:
    """The appeal, if this person may see it. One that they may not see is as if it did not exist, unless their desk was
    offered it: then they learn how that ended.
    """
    _refuse_what_is_no_text(number)
    appeal = among.first(staff_of(request), number=number)
    if appeal is None:
        told = offer_ended(staff_of(request), number)
        raise OfferEnded(told) if told else Http404
    note_page(request, appeal.pk)
    return with_directory(appeal)


def with_directory(appeal: Appeal) -> Appeal:
    """The appeal with what the directory has of it: that lies in memory, which makes four joins less."""
    reference = current()
    appeal.holder = reference.desks[appeal.holder_id]
    appeal.organisation = reference.organisations.get(appeal.organisation_id or 0)
    appeal.region = reference.regions.get(appeal.region_id or 0)
    appeal.topic = reference.topics.get(appeal.topic_id or 0)
    return appeal


def get_attachment(request: HttpRequest, number: str, attachment_id: int) -> Attachment:
    """A file of an appeal that this person may see."""
    _refuse_what_is_no_text(number)
    attachment = attachments_for(staff_of(request)).filter(appeal__number=number, pk=attachment_id).first()
    if attachment is None:
        raise Http404
    note_page(request, attachment.appeal_id)
    return attachment


def _refuse_what_is_no_text(number: str) -> None:
    """An address may hold a NUL, which the database does not even look for."""
    if "\0" in number:
        raise Http404


_WORDS_WRITTEN = ("text", "reason", "question")
"""Fields in which people write what must not be lost to them."""


def _how_it_ended(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A part of a card that is not theirs any more: the whole page says so.
        return HttpResponse(status=404, headers={"HX-Redirect": told["href"]})
    written = [words for field in _WORDS_WRITTEN if (words := request.POST.get(field, "").strip())]
    return render(request, "workplace/offer_ended.html", {"offer": told, "written": written}, status=404)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A fragment cannot hold the sign-in page; the whole page goes there, and comes back to where one was.
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        there = redirect_to_login(f"{page.path}?{page.query}" if page.query else page.path).url if page.path else ""
        return HttpResponse(status=401, headers={"HX-Redirect": there or resolve_url("account_login")})
    return redirect_to_login(request.get_full_path())
