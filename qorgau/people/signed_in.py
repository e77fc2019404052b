"""Who sends a request, known from the session that was read with its person."""

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from qorgau.lib import for_staff
from qorgau.people.models import Staff


class Authentication(for_staff.Authentication):
    """`request.user`, on pages of the staff, without a question of its own."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: signed_in(request))  # type: ignore[assignment]


def signed_in(request: HttpRequest) -> Staff | AnonymousUser:
    """The person of a session that is in order. What becomes of any other, Django decides."""
    session = request.session
    claimed, backend, proof = map(session.get, (auth.SESSION_KEY, auth.BACKEND_SESSION_KEY, auth.HASH_SESSION_KEY))
    staff: Staff | None = getattr(session, "staff", None)
    in_order = (
        staff is not None
        and claimed == str(staff.pk)
        and backend in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(proof or "", staff.get_session_auth_hash())
        and staff.works_today
    )
    return staff if staff is not None and in_order else auth.get_user(request)
