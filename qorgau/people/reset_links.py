"""Links to a new password, for those who forgot theirs and have an e-mail address here."""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36
from django.utils.translation import gettext, ngettext, override

from qorgau.people.models import SignInEvent, Staff

links = PasswordResetTokenGenerator()
"""A link dies with its time limit, a sign-in, a change of password or of address."""


def send_links(email: str) -> int:
    """Send a link to everybody who works here and has this address; returns to how many.

    A desk may share one address: each of its people gets a letter that names whose password it is about.
    """
    with_it = Staff.objects.filter(email=email.lower()).exclude(email="")
    people = [person for person in with_it if person.works_today]
    for person in people:
        with override(person.language):
            send_mail(gettext("A new password for Qorgau"), _letter(person), None, [person.email])
        SignInEvent.objects.create(at=timezone.now(), kind=SignInEvent.Kind.RESET_SENT, staff=person)
    return len(people)


def link_for(person: Staff) -> str:
    """The whole address of the page where this person sets a new password.

    Made from the configured address of the installation: what a request calls its host may be a trap.
    """
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": int_to_base36(person.pk), "key": links.make_token(person)},
    )
    return f"{settings.PUBLIC_ADDRESS}{path}"


def _letter(person: Staff) -> str:
    minutes = settings.PASSWORD_RESET_TIMEOUT // 60
    paragraphs = [
        gettext("Somebody, probably you, asked for a new password for the user name {name}.").format(
            name=person.username
        ),
        ngettext(
            "Open this link within {minutes} minute to set it:",
            "Open this link within {minutes} minutes to set it:",
            minutes,
        ).format(minutes=minutes),
        link_for(person),
        gettext("If it was not you, do nothing: the password stays as it is. Tell your administrator if it repeats."),
    ]
    return "\n\n".join(paragraphs) + "\n"
