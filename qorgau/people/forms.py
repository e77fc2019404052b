"""The forms of sign-in: allauth's, with our words on them and with guesses counted."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.core import context
from allauth.mfa.base import forms as second_factor_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qorgau.people import guessing, reset_links, tasks
from qorgau.people.models import SignInEvent
from qorgau.people.second_factor import spend
from qorgau.people.sign_in import begin_attempt, write_failure
from qorgau.people.sign_in_book import write_down

LABELS = {
    "login": _("User name"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "email": _("E-mail"),
    "code": _("Code"),
}


class OurWords:
    """Labels of our own; no placeholders, which vanish when one types, and no links inside hints."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name != "password1":
                field.help_text = ""


class SignInForm(OurWords, account_forms.LoginForm):
    """User name and password."""


class ProveAgainForm(OurWords, account_forms.ReauthenticateForm):
    """The password once more, before something that matters."""


class ChangePasswordForm(OurWords, account_forms.ChangePasswordForm):
    """The present password and a new one, which has to be another one."""

    def clean_oldpassword(self) -> str:
        attempt = begin_attempt(
            context.request, "password", name=self.user.get_username(), known_as=self.user.get_username()
        )
        try:
            present = super().clean_oldpassword()
        except ValidationError:
            write_failure(context.request, SignInEvent.Kind.WRONG_PASSWORD, attempt, self.user)
            raise
        guessing.succeeded(attempt)
        return present

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("password1") and cleaned.get("password1") == cleaned.get("oldpassword"):
            self.add_error("password1", _("The new password is the same as the present one. Choose another one."))
        return cleaned


class AskForResetForm(OurWords, account_forms.ResetPasswordForm):
    """The address to which a link to a new password is to go, if somebody here has it.

    Nothing is looked up while the page waits: the worker does, so neither words nor time tell who has an account.
    """

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = self.cleaned_data["email"]
        tasks.send_reset_links.defer(email=email)
        return email


class NewPasswordForm(OurWords, account_forms.ResetPasswordKeyForm):
    """A new password, through the link that was sent."""


class ResetLinkForm(account_forms.UserTokenForm):
    """The link itself: of no use to somebody who left in the meantime."""

    token_generator = reset_links.links

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.reset_user.works_today:
            raise ValidationError(_("This link is used up or too old. Ask for a new one."))
        return cleaned


class _GuardedCode(OurWords):
    """A code of the second factor or a recovery code: tries are counted, and no code is good twice."""

    user: Any
    authenticator: Authenticator
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        request = context.request
        attempt = begin_attempt(request, "code", name=str(self.user.pk), known_as=self.user.get_username())
        try:
            code = self._fresh_code()
        except ValidationError:
            write_failure(request, SignInEvent.Kind.WRONG_CODE, attempt, self.user)
            raise
        guessing.succeeded(attempt)
        return code

    def _fresh_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not spend(self.user, code, timezone.now()):
            raise ValidationError(_("This code was used already. Wait for the next one in your app."))
        return code

    def save(self) -> None:
        super().save()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            write_down(context.request, SignInEvent.Kind.RECOVERY_CODE_USED, self.user)


class CodeForm(_GuardedCode, second_factor_forms.AuthenticateForm):
    """The code at sign-in."""


class CodeAgainForm(_GuardedCode, second_factor_forms.ReauthenticateForm):
    """The code once more, before something that matters."""


class SetUpCodeForm(OurWords, totp_forms.ActivateTOTPForm):
    """The first code, which shows that the app has read the picture rightly."""
