"""Is this certificate genuine? By its number, or by the QR code on it; and by the file itself, which is not kept.

The pages tell nothing of the person: number, day, language, period and the hash of the file.
"""

from http import HTTPStatus

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qorgau.channels.portal.forms.certificate import FileForm, NumberForm
from qorgau.insured.certificate.contents import period_in_words
from qorgau.insured.certificate.genuine import is_the_same, issued
from qorgau.insured.models import Certificate
from qorgau.rules.certificate_numbers import EXAMPLE


@never_cache
@require_safe
def ask_number(request: HttpRequest) -> HttpResponse:
    """Ask for the number, and lead to what is known of it."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        return redirect("portal:certificate", form.cleaned_data["number"])
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "portal/certificate/number.html", {"form": form, "example": EXAMPLE}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def genuine(request: HttpRequest, number: str) -> HttpResponse:
    """What is known of a number; on POST whether a file is the one that was made under it."""
    certificate = issued(number)
    if certificate is None:
        return render(request, "portal/certificate/unknown.html", {"number": number}, status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return _page(request, certificate, FileForm())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, certificate, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    file: UploadedFile = form.cleaned_data["file"]
    return _page(request, certificate, FileForm(), unchanged=is_the_same(certificate, file.chunks()))


def genuine_again(request: HttpRequest, number: str) -> HttpResponse:
    """The page once more, after its token had expired: a file can't be carried along, so it is asked for again."""
    certificate = issued(number)
    if certificate is None:
        return render(request, "portal/certificate/unknown.html", {"number": number}, status=HTTPStatus.NOT_FOUND)
    return _page(request, certificate, FileForm(), status=HTTPStatus.FORBIDDEN, expired=True)


def _page(
    request: HttpRequest,
    certificate: Certificate,
    form: FileForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    unchanged: bool | None = None,
    expired: bool = False,
) -> HttpResponse:
    page = {
        "certificate": certificate,
        "period": period_in_words(certificate),
        "sha256": bytes(certificate.sha256).hex(),
        "language_name": dict(settings.LANGUAGES)[certificate.language],
        "form": form,
        "unchanged": unchanged,
        "expired": expired,
    }
    return render(request, "portal/certificate/genuine.html", page, status=status)
