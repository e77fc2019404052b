"""What people at the desks choose for themselves: language, keys, letters. Nobody else needs to know or agree."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qorgau.people.models import Staff


class OwnSettings(forms.ModelForm):
    """A person's own choices. Who may be reached by e-mail at all follows from having an address."""

    language = forms.ChoiceField(
        label=_("Language of your pages and letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    single_keys = forms.BooleanField(
        label=_("Use shortcuts of a single key"),
        required=False,
        help_text=_(
            "For example N for the next appeal. They work only while no field has the focus. Turn them off if "
            "you speak to your computer or if they get in the way; Ctrl+K and Ctrl+Enter stay."
        ),
    )
    email_notices = forms.BooleanField(label=_("Send me notices by e-mail"), required=False)

    class Meta:
        model = Staff
        fields = ("language", "single_keys", "email_notices")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email_notices"].help_text = self._where_letters_go()

    def _where_letters_go(self) -> str:
        if not self.instance.email:
            return str(_("Your account has no e-mail address; an administrator can add one."))
        return str(_("They go to %(address)s.")) % {"address": self.instance.email}

    def save(self, commit: bool = True) -> Staff:
        """Keep these choices and nothing else: an administrator may be changing the account at this moment."""
        Staff.objects.filter(pk=self.instance.pk).update(**{name: self.cleaned_data[name] for name in self.fields})
        staff: Staff = self.instance
        return staff
