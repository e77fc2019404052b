"""Django's sessions in the database (``SESSION_ENGINE``), read by a query that is put into SQL only once.

Every page of the staff begins with this one row.
"""

from django.contrib.sessions.backends.db import SessionStore as InTheDatabase
from django.contrib.sessions.models import Session
from django.utils import timezone

from qorgau.lib.kept_queries import KeptQuery, given

_LIVE = KeptQuery(lambda: Session.objects.filter(pk=given("key"), expire_date__gt=given("now")))


class SessionStore(InTheDatabase):
    """A session; one that has run out, or that nobody began, is empty and gets a new key."""

    def _get_session_from_db(self) -> Session | None:
        session = _LIVE.first(key=self.session_key, now=timezone.now())
        if session is None:
            self._session_key = None
        return session
