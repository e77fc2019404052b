"""Pages to read: how it all works, personal data, accessibility, contacts."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from qorgau.channels.portal.kept_pages import kept, kept_while_directory_stays
from qorgau.directory.reference import current
from qorgau.intake.terms import term_at, term_words
from qorgau.lib.speech import current_language
from qorgau.rules.kinds import Kind
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import Problem

_READABLE = ("home", "start", "status", "calculator", "how", "privacy", "accessibility", "contacts", "track")


@kept_while_directory_stays
def how(request: HttpRequest) -> HttpResponse:
    """Who looks into an appeal, how long it takes, and what comes after the answer."""
    return render(request, "portal/about/how.html", {"steps": _ladder()})


@kept
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens to personal data."""
    return render(request, "portal/about/privacy.html")


@kept
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the site can be used by everybody, and what falls short."""
    return render(request, "portal/about/accessibility.html")


@kept_while_directory_stays
def contacts(request: HttpRequest) -> HttpResponse:
    """Where to turn."""
    language = current_language()
    branches = [
        desk
        for region in current().regions_in_order(language)
        if (desk := current().desk_of(DeskKind.BRANCH, region_id=region.pk)) is not None
    ]
    return render(request, "portal/about/contacts.html", {"branches": branches})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: everything but the pages of staff and of single appeals."""
    lines = ["User-agent: *", *(f"Disallow: /{one}/" for one in ("desk", "staff", "administration", "w"))]
    for code, _name in settings.LANGUAGES:
        lines += [f"Disallow: /{code}/appeal/", f"Disallow: /{code}/receipt/", f"Disallow: /{code}/organisations/"]
        lines += [f"Disallow: /{code}/certificate/", f"Disallow: /{code}/am-i-insured/warnings/"]
    lines.append(f"Sitemap: {settings.PUBLIC_ADDRESS}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages worth finding, each in every language."""
    pages = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            pages += [f"{settings.PUBLIC_ADDRESS}{reverse(f'portal:{name}')}" for name in _READABLE]
    listed = "".join(f"<url><loc>{page}</loc></url>" for page in pages)
    urls = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>{urls}', content_type="application/xml; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Rung:
    """A desk of the ladder as the page shows it."""

    name: str
    does: str
    term: str


def _ladder() -> list[Rung]:
    words = [
        (
            DeskKind.CONTACT_CENTRE,
            Kind.REQUEST,
            _("Contact centre 1414"),
            _("Answers questions and helps to find the right desk."),
        ),
        (
            DeskKind.CLINIC,
            Kind.COMPLAINT,
            _("Patient support service of the clinic"),
            _("Solves on the spot what can be solved on the spot, finds the cause and puts it right."),
        ),
        (
            DeskKind.HEALTH_DEPARTMENT,
            Kind.COMPLAINT,
            _("Health department of the region"),
            _("Looks into state clinics that did not solve it themselves. Private clinics are not subordinate to it."),
        ),
        (
            DeskKind.BRANCH,
            Kind.COMPLAINT,
            _("Branch of the Social Health Insurance Fund"),
            _("Asks the clinic, checks whether the care was given or rightly refused, and answers."),
        ),
        (
            DeskKind.CENTRE,
            Kind.COMPLAINT,
            _("Centre of the Social Health Insurance Fund"),
            _("Looks anew into what a branch has answered."),
        ),
    ]
    return [Rung(name, does, _term(kind, of)) for kind, of, name, does in words]


def _term(desk: DeskKind, kind: Kind) -> str:
    try:
        return term_words(term_at(desk, kind, timezone.now()).policy)
    except Problem:  # administrators have set no term for it yet: then none is named
        return ""
