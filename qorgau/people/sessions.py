"""Django's sessions in the database (``SESSION_ENGINE``), each read together with the person who is signed in.

Every page of the staff begins with this one row.
"""

from typing import Any

from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore as InTheDatabase
from django.utils import timezone

from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.people.models import Staff, StaffSession
from qorgau.people.second_factor import second_factor_of

_LIVE = KeptQuery(
    lambda: (
        StaffSession.objects.filter(pk=given("key"), expire_date__gt=given("now"))
        .select_related("staff__desk")
        .annotate(second_factor_set=second_factor_of("staff_id"))
    )
)


class SessionStore(InTheDatabase):
    """A session; one that has run out, or that nobody began, is empty and gets a new key."""

    staff: Staff | None = None
    """Whose it was when it was read, with desk and second factor."""

    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        return StaffSession

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        """A row that says whose it is beside what it holds."""
        row: StaffSession = super().create_model_instance(data)  # type: ignore[assignment]
        row.staff_id = data.get(auth.SESSION_KEY)
        return row

    def _get_session_from_db(self) -> StaffSession | None:
        row = _LIVE.first(key=self.session_key, now=timezone.now())
        if row is None:
            self._session_key = None
            return None
        if row.staff is not None:
            row.staff.second_factor_set = row.second_factor_set  # type: ignore[attr-defined]
        self.staff = row.staff
        return row
