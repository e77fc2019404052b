from datetime import timedelta

import pytest
from django.test import Client

from qorgau.people.models import SignInEvent

from .conftest import sign_in

pytestmark = pytest.mark.django_db
HOME, STRANGER = "10.1.2.3", "203.0.113.9"


def says(client: Client, name: str, password: str = "not this one", *, address: str = HOME) -> list[str]:
    response = sign_in(client, name, password, address=address, headers={"accept-language": "en"})
    return [] if response.status_code == 302 else response.context_data["form"].non_field_errors()


def fail(client: Client, name: str, times: int, address: str = HOME) -> None:
    for _ in range(times):
        assert says(client, name, address=address) == ["The user name or the password is not right."]


@pytest.mark.parametrize("name", ["aigerim", "nobody"])
def test_after_five_wrong_passwords_a_known_and_an_unknown_name_wait_the_same(client, aigerim, name):
    fail(client, name, 5)
    assert says(client, name) == ["Too many attempts. Try again in 1 minute."]


def test_during_the_pause_even_the_right_password_does_not_open(client, aigerim):
    fail(client, "aigerim", 5)
    assert says(client, "aigerim", "a long password") == ["Too many attempts. Try again in 1 minute."]
    assert "_auth_user_id" not in client.session


def test_after_the_pause_the_right_password_opens_and_forgets_the_failures(client, aigerim, monkeypatch):
    from django.utils import timezone

    fail(client, "aigerim", 5)
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert says(client, "aigerim", "a long password") == []
    client.logout()
    fail(client, "aigerim", 4)
    assert says(client, "aigerim", "a long password") == []


def test_the_pause_is_counted_in_the_persons_language(client, aigerim):
    fail(client, "aigerim", 5)
    for language in ("kk", "ru"):
        response = sign_in(client, "aigerim", headers={"accept-language": language})
        assert response.headers["Content-Language"] == language
        assert "1" in response.context_data["form"].non_field_errors()[0]


def test_guessing_at_somebody_from_elsewhere_does_not_keep_them_out(client, aigerim):
    fail(client, "aigerim", 5, address=STRANGER)
    assert says(client, "aigerim", address=STRANGER) == ["Too many attempts. Try again in 1 minute."]
    assert says(client, "aigerim", "a long password", address=HOME) == []


def test_many_strangers_at_once_do_not_keep_people_from_their_usual_place(client, aigerim):
    assert says(client, "aigerim", "a long password", address=HOME) == []
    client.logout()
    for n in range(20):
        fail(client, "aigerim", 1, address=f"203.0.113.{n}")
    assert says(client, "aigerim", "a long password", address="198.51.100.7") == [
        "Too many attempts. Try again in 1 minute."
    ]
    assert says(client, "aigerim", "a long password", address=HOME) == []


def test_one_persons_mistakes_do_not_pause_a_colleague_at_the_same_address(client, aigerim, hire):
    hire(username="colleague")
    fail(client, "aigerim", 5)
    assert says(client, "colleague", "a long password") == []


def test_the_book_tells_of_failures_and_of_the_pause_but_not_of_knocking_during_it(client, aigerim):
    fail(client, "aigerim", 5, address=STRANGER)
    for _ in range(10):
        says(client, "aigerim", address=STRANGER)
    lines = SignInEvent.objects.order_by("id")
    assert [line.kind for line in lines] == ["wrong_password"] * 5 + ["paused"]
    assert {line.address for line in lines} == {STRANGER}
    assert {line.staff for line in lines} == {aigerim}


def test_what_an_unknown_visitor_typed_is_kept_nowhere(client):
    fail(client, "my-secret-typed-into-the-wrong-field", 1)
    line = SignInEvent.objects.get()
    assert (line.kind, line.staff) == ("wrong_password", None)
    assert "secret" not in str(vars(line))


def test_the_book_of_sign_ins_only_grows(client, aigerim):
    from django.db import IntegrityError, transaction

    fail(client, "aigerim", 1)
    for change in (
        lambda: SignInEvent.objects.update(kind="signed_in"),
        lambda: SignInEvent.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
