"""Naming a view of the queue: the form in which it is kept, renamed, shared with the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qorgau.people.models import Staff
from qorgau.workplace.models import SavedView
from qorgau.workplace.models.saved_view import LONGEST_NAME
from qorgau.workplace.saved_views.rights import may_change, may_share, views_of

MOST = 30


def _name(label: Any, *, required: bool = False) -> forms.CharField:
    missing = {"required": _("Give the view a name.")}
    return forms.CharField(label=label, required=required, max_length=LONGEST_NAME, error_messages=missing)


class SavedViewForm(forms.Form):
    """The name, in one language or in three, and for whom the view is."""

    name = _name(pgettext_lazy("of a thing", "Name"), required=True)
    name_kk = _name(_("Name in Kazakh"))
    name_ru = _name(_("Name in Russian"))
    name_en = _name(_("Name in English"))
    pinned = forms.BooleanField(label=_("Show it above the queue, with how many appeals it holds"), required=False)
    shared = forms.BooleanField(label=_("For everybody at my desk"), required=False)
    instead_of = forms.ChoiceField(label=_("Instead of a view I have"), required=False)
    address = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, staff: Staff, view: SavedView | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff, self.view = staff, view
        self.own = {str(one.pk): one for one in views_of(staff) if may_change(one, staff)}
        if view is not None or not self.own:
            del self.fields["instead_of"]
        else:
            options = [(key, one.words) for key, one in self.own.items()]
            self.fields["instead_of"].choices = [("", _("A new view")), *options]  # type: ignore[attr-defined]
            self.fields["name"].required = False
        if not may_share(staff):
            del self.fields["shared"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.replaced is None and "name" not in self.errors and not self.cleaned_data.get("name"):
            self.add_error("name", forms.ValidationError(_("Give the view a name.")))
        if self.view is None and self.replaced is None and len(self.own) >= MOST:
            self.add_error(
                None, forms.ValidationError(_("Thirty views are as many as fit. Delete one you need no more."))
            )
        return cleaned

    @property
    def replaced(self) -> SavedView | None:
        """The view that takes these filters, when no new one is to be made."""
        return self.own.get(self.cleaned_data.get("instead_of") or "")
