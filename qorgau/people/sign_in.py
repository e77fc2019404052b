"""Signing in: what allauth asks us about accounts, and what we do at each step.

The order of a sign-in: the attempt is counted (`guessing`), name and password are looked at, somebody who does not work
here any more is refused, the second factor is asked for (`forms`), the person is let in and the book gets its line.
"""

import time
from datetime import datetime
from math import ceil
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qorgau.lib.client_address import client_address
from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.people import guessing
from qorgau.people.models import SignInEvent, Staff
from qorgau.people.second_factor import with_second_factor
from qorgau.people.sign_in_book import signed_in_lately, write_down
from qorgau.rules.roles import Role

Kind = SignInEvent.Kind
JUST_PROVED_SECONDS = 300

WRITTEN_DOWN = {
    "account/email/password_changed": Kind.PASSWORD_CHANGED,
    "account/email/password_reset": Kind.PASSWORD_RESET,
    "mfa/email/totp_activated": Kind.SECOND_FACTOR_SET,
    "mfa/email/totp_deactivated": Kind.SECOND_FACTOR_REMOVED,
    "mfa/email/recovery_codes_generated": Kind.RECOVERY_CODES_MADE,
}
"""What allauth would send a letter about is what the book of sign-ins keeps."""

SAID = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "mfa/messages/totp_activated.txt": _("The second factor is set up."),
    "mfa/messages/totp_deactivated.txt": _("The second factor is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes are ready. Keep them where only you find them."),
}
"""What is worth a message on the next page; that one is signed in can be seen."""


_SIGNED_IN = KeptQuery(lambda: with_second_factor(Staff.objects.select_related("desk")).filter(pk=given("staff")))


class StaffBackend(AuthenticationBackend):
    """Lets in those who work here today, at sign-in and again on every request."""

    def user_can_authenticate(self, user: Staff) -> bool:
        return user.works_today

    def get_user(self, user_id: int) -> Staff | None:
        """The person of a session with desk and second factor, in one statement; None once they work here no more."""
        staff = _SIGNED_IN.first(staff=user_id)
        return staff if staff and self.user_can_authenticate(staff) else None


class StaffAccounts(DefaultAccountAdapter):
    """allauth's accounts, opened by administrators and guarded against guessing."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The present password is not right."),
        "invalid_password_reset": _("This link is used up or too old. Ask for a new one."),
        "rate_limited": _("Too many attempts in a short time. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        name = credentials.get("username", "")
        attempt = begin_attempt(request, "password", name=name, known_as=name)
        user = super().authenticate(request, **credentials)
        if user is None:
            write_failure(request, Kind.WRONG_PASSWORD, attempt, Staff.objects.filter(username__iexact=name).first())
        else:
            guessing.succeeded(attempt)
        return user

    def pre_login(self, request: HttpRequest, user: Staff, **kwargs: Any) -> HttpResponse | None:
        if user.works_today:
            return super().pre_login(request, user, **kwargs)
        write_down(request, Kind.REFUSED, user)
        return self.respond_user_inactive(request, user)

    def login(self, request: HttpRequest, user: Staff) -> None:
        super().login(request, user)
        write_down(request, Kind.SIGNED_IN, user)

    def post_login(self, request: HttpRequest, user: Staff, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        # The next sign-in page, which cannot know who comes, speaks this language too.
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, user.language, max_age=31_536_000, samesite="Lax", secure=settings.HTTPS
        )
        return response

    def logout(self, request: HttpRequest) -> None:
        write_down(request, Kind.SIGNED_OUT, signed_in(request))
        super().logout(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return first_page_of(signed_in(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return first_page_of(signed_in(request))

    def set_password(self, user: Staff, password: str) -> None:
        user.set_password(password)
        user.password_is_temporary = False
        user.save(update_fields=["password", "password_is_temporary"])

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in within five minutes has just proved who they are and is not asked again."""
        proofs = get_authentication_records(self.request, self.request.user)
        return not proofs or time.time() - proofs[-1]["at"] > JUST_PROVED_SECONDS

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if sentence := message or SAID.get(message_template or ""):
            messages.add_message(request, level, str(sentence))

    def send_notification_mail(self, template_prefix: str, user: Staff, *args: Any, **kwargs: Any) -> None:
        if kind := WRITTEN_DOWN.get(template_prefix):
            write_down(self.request, kind, user)


def signed_in(request: HttpRequest) -> Staff:
    """The person of a request; raises PermissionDenied when nobody is signed in."""
    if not isinstance(request.user, Staff):
        raise PermissionDenied
    return request.user


def first_page_of(staff: Staff) -> str:
    """Where somebody begins the day: administrators in the administration, everybody else at their desk."""
    return reverse("admin:index") if staff.role == Role.ADMINISTRATOR else settings.LOGIN_REDIRECT_URL


def begin_attempt(request: HttpRequest, purpose: str, *, name: str, known_as: str) -> guessing.Attempt:
    """Count a try at a password or a code; raises ValidationError, saying how long to wait, during a pause.

    ``name`` is what tries are counted by, ``known_as`` the user name whose earlier sign-ins are looked at.
    """
    address = client_address(request)
    try:
        return guessing.begin(
            purpose,
            name=name,
            address=address,
            at=timezone.now(),
            at_home=lambda: signed_in_lately(known_as, address),
        )
    except guessing.Paused as pause:
        raise ValidationError(wait_until(pause.until), code="paused") from pause


def write_failure(request: HttpRequest, kind: SignInEvent.Kind, attempt: guessing.Attempt, staff: Staff | None) -> None:
    """Put a failed try into the book, and the pause if one begins with it."""
    write_down(request, kind, staff)
    if attempt.began_pause:
        write_down(request, Kind.PAUSED, staff)


def wait_until(moment: datetime) -> str:
    """How long to wait, in whole minutes."""
    minutes = max(ceil((moment - timezone.now()).total_seconds() / 60), 1)
    return ngettext(
        "Too many attempts. Try again in %(minutes)d minute.",
        "Too many attempts. Try again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}
