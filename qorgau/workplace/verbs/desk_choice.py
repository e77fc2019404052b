"""Choosing another desk in a form: the natural ones are offered, any other is found by words."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.lib.row_ids import row_id
from qorgau.workplace.access import get_appeal, staff_of
from qorgau.workplace.desks import DeskOption, found_desks, option
from qorgau.workplace.showing import show
from qorgau.workplace.verbs.verb_page import VerbForm, VerbPage


class DeskChoiceForm(VerbForm):
    """A form with one desk to choose. Subclasses name the fields and say which desks are natural and which possible."""

    chosen: str
    typed: str

    def natural(self) -> list[Desk]:
        """The desks offered before anybody searches."""
        raise NotImplementedError

    def possible(self, desk: Desk) -> bool:
        """Whether a desk that was found may be chosen at all."""
        raise NotImplementedError

    def options(self) -> list[DeskOption]:
        """What the page offers now: what the words mean; without words the natural desks and the one chosen."""
        words = str(self[self.typed].value() or "")
        if words.strip():
            found = found_desks(words, region_id=self.appeal.region_id)
            return [option(desk) for desk in found if self.possible(desk)]
        desks = self.natural()
        chosen = _desk(str(self[self.chosen].value() or ""))
        if chosen is not None and chosen.pk not in {desk.pk for desk in desks}:
            desks = [chosen, *desks]
        return [option(desk) for desk in desks]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.chosen in self.cleaned_data and not self._is_offered(self.cleaned_data[self.chosen]):
            self.add_error(self.chosen, forms.ValidationError(_("This desk is not in the list. Choose another.")))
        return cleaned

    def _is_offered(self, key: str) -> bool:
        """Words typed after a desk was chosen mean another one."""
        desk = _desk(key)
        return desk is not None and desk.pk in {offered.value for offered in self.options()}

    def desk(self) -> Desk:
        """The desk that was chosen; only of a valid form."""
        found = _desk(self.cleaned_data[self.chosen])
        assert found is not None, "clean() has found it"
        return found


def _desk(key: str) -> Desk | None:
    return current().desks.get(row_id(key) or 0)


class DeskChoicePage(VerbPage):
    """The page of a verb with one desk to choose; asked with words, it answers with what was found."""

    template = "verbs/desk_choice_form.html"

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        form_class = self.form_class
        if not issubclass(form_class, DeskChoiceForm) or form_class.typed not in request.GET:
            return super().get(request, number)
        words = request.GET[form_class.typed]
        appeal, staff = get_appeal(request, number), staff_of(request)
        form = form_class(initial={form_class.typed: words}, appeal=appeal, staff=staff)
        context = {"name": form_class.chosen, "options": form.options(), "searched": words}
        return show(request, "verbs/desks_found.html", context)
