from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from qorgau.people import guessing, tasks
from qorgau.people.models import FailedAttempts


@pytest.mark.django_db
def test_the_worker_sends_the_links(aigerim):
    assert tasks.send_reset_links(email=aigerim.email) == 1
    assert [letter.to for letter in mail.outbox] == [[aigerim.email]]


@pytest.mark.django_db
def test_old_failures_are_forgotten_every_night():
    now = timezone.now()
    guessing.begin("password", name="a", address="10.0.0.1", at=now - timedelta(days=2))
    guessing.begin("password", name="b", address="10.0.0.2", at=now)
    assert tasks.forget_old_attempts(timestamp=0) == 3
    assert FailedAttempts.objects.count() == 3
