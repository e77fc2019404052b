"""Everything that was typed, laid out to be checked before it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from qorgau.channels.portal.forms.appeals import AppealForm
from qorgau.directory.choices import categories
from qorgau.directory.reference import current
from qorgau.intake.models import StagedFile
from qorgau.lib.row_ids import row_id
from qorgau.lib.speech import name_in, say_date


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: what was asked, what was said, and the field where it can be changed."""

    label: str
    said: str | list[str]
    field: str


def summary(form: AppealForm, files: list[StagedFile]) -> list[Line]:
    """The lines of a valid form, in the order of its page."""
    lines = [Line(str(form[name].label), _said(form, name), name) for name in form.fields if _is_plain(form, name)]
    by_field = {line.field: line for line in lines}
    by_field |= {line.field: line for line in _made_of_several(form)}
    by_field["files"] = Line(_("Files"), [file.name for file in files], "files")
    return [by_field[name] for name in form.fields if name in by_field]


_PLAIN = frozenset(
    ("topic", "text", "event_date", "circumstances", "desired_outcome", "region", "iin", "phone", "email", "language")
) | {"wish", "address", "reason", "last_choice", "category", "since", "words"}


def _is_plain(form: AppealForm, name: str) -> bool:
    # Of a question only some ask for the IIN: where it was not asked for, that it is not given is nothing to tell.
    return name in _PLAIN and (name != "iin" or "about" in form.fields or bool(form.cleaned_data.get("iin")))


def _said(form: AppealForm, name: str) -> str:
    said = form.cleaned_data.get(name, "")
    if isinstance(said, date):
        return say_date(said)
    if name == "topic":
        return name_in(current().topic_by_code(said))
    if name == "category":
        return dict(categories()).get(said, "")
    if name == "region":
        return name_in(current().region_by_kato(said))
    if name in ("language", "wish", "reason"):
        return str(dict(form.fields[name].choices).get(said, ""))  # type: ignore[attr-defined]
    return str(said)


def _made_of_several(form: AppealForm) -> Iterator[Line]:
    said = form.cleaned_data
    if "organisation" in form.fields:
        yield Line(_("Medical organisation"), _organisation(form), "organisation")
    if said.get("about") == "other":
        patient = _name(form, "patient_")
        yield Line(_("Whom it is about"), [line for line in (patient, said.get("relation", "")) if line], "about")
    elif "about" in form.fields:
        yield Line(_("Whom it is about"), str(dict(form.fields["about"].choices)["me"]), "about")  # type: ignore[attr-defined]
    if said.get("anonymous"):
        yield Line(_("Your name"), _("You do not want to give it; it will not be written down."), "surname")
    else:
        yield Line(_("Your name"), _name(form, ""), "surname")


def _organisation(form: AppealForm) -> str:
    chosen = form.cleaned_data.get("organisation_id", "")
    if organisation := current().organisations.get(row_id(chosen) or 0):
        return name_in(organisation)
    return str(form.cleaned_data.get("organisation", ""))


def _name(form: AppealForm, prefix: str) -> str:
    parts = (form.cleaned_data.get(f"{prefix}{part}", "") for part in ("surname", "given_name", "patronymic"))
    return " ".join(part for part in parts if part)
