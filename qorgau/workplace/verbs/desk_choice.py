"""Choosing another desk in a form: the natural ones are offered, any other is found by words."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.workplace.desks import DeskOption, found_desks, option
from qorgau.workplace.verbs.verb_page import VerbForm


class DeskChoiceForm(VerbForm):
    """A form with one desk to choose. Subclasses name the fields and say which desks are natural and which possible."""

    chosen: str
    typed: str

    def natural(self) -> list[Desk]:
        """The desks offered before anybody searches."""
        return []

    def possible(self, desk: Desk) -> bool:
        """Whether a desk that was found may be chosen at all."""
        return True

    def options(self) -> list[DeskOption]:
        """What the page offers now: what was found, else the natural desks; the chosen one is always among them."""
        words = str(self[self.typed].value() or "")
        desks = [desk for desk in found_desks(words) if self.possible(desk)] if words else self.natural()
        chosen = _desk(str(self[self.chosen].value() or ""))
        if chosen is not None and chosen.pk not in {desk.pk for desk in desks}:
            desks = [chosen, *desks]
        return [option(desk) for desk in desks]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.chosen in self.cleaned_data and _desk(self.cleaned_data[self.chosen]) is None:
            self.add_error(self.chosen, forms.ValidationError(_("This desk is not in the list. Choose another.")))
        return cleaned

    def desk(self) -> Desk:
        """The desk that was chosen; only of a valid form."""
        found = _desk(self.cleaned_data[self.chosen])
        assert found is not None, "clean() has found it"
        return found


def _desk(key: str) -> Desk | None:
    return current().desks.get(int(key)) if key.isascii() and key.isdigit() else None
