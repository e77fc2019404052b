from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from qorgau.notices.models import Notice
from qorgau.notices.send_again import send_again
from tests.factories import ALMATY, NOON

pytestmark = pytest.mark.django_db
NUMBER = "26-0000001-5"


def failed(way: str = "email", *, at: datetime = NOON, **more: Any) -> Notice:
    return Notice.objects.create(
        **{
            "appeal_number": NUMBER,
            "topic": "answered",
            "language": "ru",
            "transport": way,
            "address": "someone",
            "created_at": at,
            "due_at": at,
            "state": "failed",
            "attempts": 6,
            "error": "HTTP 500",
            **more,
        }
    )


def waiting() -> set[int]:
    return set(Notice.objects.filter(state="waiting").values_list("pk", flat=True))


def test_what_failed_leaves_again_with_all_attempts_before_it() -> None:
    night = datetime(2026, 6, 2, 23, 0, tzinfo=ALMATY)
    letter, text = failed("email"), failed("sms")

    assert send_again(at=night) == 2

    letter.refresh_from_db()
    text.refresh_from_db()
    assert (letter.state, letter.attempts, letter.due_at) == ("waiting", 0, night)
    assert (text.state, text.attempts, text.due_at) == ("waiting", 0, datetime(2026, 6, 3, 9, 0, tzinfo=ALMATY))


def test_nobody_is_told_twice() -> None:
    told_otherwise = failed("sms")
    failed("email", instead_of=told_otherwise, state="sent")
    failed("email", state="undeliverable")

    assert send_again(at=NOON) == 0


def test_the_day_and_the_appeal_choose() -> None:
    failed(at=NOON - timedelta(days=2))
    other = failed(appeal_number="26-0000002-3")
    ours = failed()

    assert send_again(failed_since=NOON - timedelta(days=1), number=NUMBER, at=NOON) == 1
    assert waiting() == {ours.pk}
    assert send_again(failed_since=NOON - timedelta(days=1), at=NOON) == 1
    assert waiting() == {ours.pk, other.pk}


def test_the_command_wants_to_know_which() -> None:
    with pytest.raises(CommandError, match="Say which"):
        call_command("send_again")
    with pytest.raises(CommandError):
        call_command("send_again", number="nonsense")


def test_the_command_says_how_many() -> None:
    failed()
    said = StringIO()

    call_command("send_again", "--failed-since", "2026-06-02", stdout=said)

    assert said.getvalue() == "1 notices leave again.\n"
