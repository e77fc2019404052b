from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from qorgau.people.models.staff import Staff


class StaffSession(AbstractBaseSession):
    """A browser in which somebody is signed in, or is about to. It knows whose it is, so that a page reads the session
    and its person in one question.
    """

    staff = models.ForeignKey(Staff, null=True, on_delete=models.CASCADE, related_name="sessions")
