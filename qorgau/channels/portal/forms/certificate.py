"""Forms about certificates: which one, its file, and having one made."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qorgau.channels.portal.forms.fields import Choice, Line, Shared
from qorgau.insured.cells import month_called, name_of
from qorgau.insured.certificate.period import Period, months_offered
from qorgau.lib.speech import say, say_month
from qorgau.rules.certificate_numbers import parse_certificate_number
from qorgau.rules.months import first_day
from qorgau.rules.problems import Problem

LARGEST = 5_000_000
"""Bytes; a certificate has some tens of thousands."""


class CertificateNumber(Line):
    """The number of a certificate as people type it. Gives its one written form."""

    def clean(self, value: Any) -> str:
        try:
            return parse_certificate_number(super().clean(value))
        except Problem as problem:
            raise ValidationError(say(problem.sentence), code="wrong") from problem


class NumberForm(forms.Form):
    """Which certificate."""

    number = CertificateNumber(
        label=_("Number of the certificate"),
        limit=200,
        attrs={"autocomplete": "off", "spellcheck": "false"},
    )


class CertificateFile(Shared, forms.FileField):
    """The file that somebody was given. Of whatever kind: what is no certificate is simply not the same."""

    def clean(self, data: Any, initial: Any = None) -> UploadedFile:
        file: UploadedFile = super().clean(data, initial)
        if file.size is not None and file.size > LARGEST:
            raise ValidationError(
                _("This file has %(size)s. A certificate is never so large.") % {"size": filesizeformat(file.size)},
                code="too_large",
            )
        return file


class FileForm(forms.Form):
    """The file to compare."""

    file = CertificateFile(
        label=_("File of the certificate (PDF)"),
        help_text=_("It is only compared, and not kept. A scan or a photograph of the paper can't be compared."),
        allow_empty_file=True,
        error_messages={"required": _("Choose the file of the certificate.")},
    )


def _months() -> list[tuple[str, str]]:
    return [(name_of(month), say_month(first_day(month))) for month in months_offered(timezone.localdate())]


class OrderForm(forms.Form):
    """For which months and in which language."""

    first = Choice(label=_("First month"), choices=_months, missing=_("Choose the month."))
    last = Choice(label=_("Last month"), choices=_months, missing=_("Choose the month."))
    language = Choice(
        label=_("Language of the certificate"),
        choices=tuple(settings.LANGUAGES),
        missing=_("Choose the language."),
        widget=forms.RadioSelect(),
    )

    @property
    def period(self) -> Period:
        """The months of a valid form."""
        return Period(month_called(self.cleaned_data["first"]), month_called(self.cleaned_data["last"]))
