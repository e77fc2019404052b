import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import localdate
from procrastinate import testing
from procrastinate.contrib.django import procrastinate_app

from qorgau.people.models import SignInEvent
from qorgau.people.reset_links import link_for, send_links

from .conftest import sign_in

pytestmark = pytest.mark.django_db
NEW = "Kökshetau-orman-7-bult"


@pytest.fixture
def jobs():
    """The worker's queue, in memory."""
    memory = testing.InMemoryConnector()
    with procrastinate_app.current_app.replace_connector(memory) as app:
        procrastinate_app.current_app, before = app, procrastinate_app.current_app
        yield memory.jobs
        procrastinate_app.current_app = before


@pytest.mark.parametrize("email", ["aigerim@fund.example", "Aigerim@Fund.example", "nobody@fund.example"])
def test_asking_looks_the_same_and_does_the_same_for_every_address(client, aigerim, jobs, email):
    response = client.post("/staff/password/forgotten/", {"email": email})
    assert (response.status_code, response["Location"]) == (302, "/staff/password/forgotten/sent/")
    assert [job["args"] for job in jobs.values()] == [{"email": email.lower()}]
    assert mail.outbox == []


def test_everybody_with_the_address_gets_a_letter_in_their_language(aigerim, hire, settings):
    settings.PUBLIC_ADDRESS = "https://qorgau.example"
    hire(username="neighbour", email="aigerim@fund.example", language="en")
    assert send_links("Aigerim@fund.example") == 2
    assert [letter.to for letter in mail.outbox] == [["aigerim@fund.example"]] * 2
    english = next(letter for letter in mail.outbox if "neighbour" in letter.body)
    assert english.subject == "A new password for Qorgau"
    assert "Open this link within 120 minutes to set it:" in english.body
    assert re.search(r"^https://qorgau\.example/staff/password/new/\w+-[\w-]+/$", english.body, re.MULTILINE)


@pytest.mark.parametrize("fields", [{"is_active": False}, {"active_until": localdate() - timedelta(days=1)}])
def test_who_left_gets_no_letter(hire, fields):
    hire(username="left", email="left@fund.example", **fields)
    assert send_links("left@fund.example") == 0
    assert mail.outbox == []


def test_people_without_an_address_are_not_all_one_person(hire):
    hire(username="without")
    assert send_links("") == 0


def test_the_link_sets_a_new_password_once(client, aigerim):
    aigerim.password_is_temporary = True
    aigerim.save()
    form = client.get(link_for(aigerim).removeprefix("http://127.0.0.1:8000"), follow=True)
    address = form.redirect_chain[-1][0]
    assert client.post(address, {"password1": NEW, "password2": NEW})["Location"] == "/staff/password/new/done/"
    aigerim.refresh_from_db()
    assert aigerim.check_password(NEW)
    assert aigerim.password_is_temporary is False
    assert client.get(address).context_data["token_fail"] is True
    assert list(SignInEvent.objects.values_list("kind", flat=True)) == ["password_reset"]


def test_the_new_password_does_not_sign_in_by_itself_and_the_second_factor_stays(client, aigerim):
    from .conftest import give_totp

    give_totp(aigerim)
    form = client.get(link_for(aigerim).removeprefix("http://127.0.0.1:8000"), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert "_auth_user_id" not in client.session
    assert sign_in(client, "aigerim", NEW)["Location"] == "/staff/second-factor/authenticate/"


def test_a_link_is_worthless_after_two_hours_and_to_whoever_left(client, aigerim, monkeypatch):
    link = link_for(aigerim).removeprefix("http://127.0.0.1:8000")
    aigerim.is_active = False
    aigerim.save()
    assert client.get(link).context_data["token_fail"] is True
    aigerim.is_active = True
    aigerim.save()
    from datetime import datetime

    from qorgau.people.reset_links import links

    monkeypatch.setattr(type(links), "_now", lambda self: datetime.now() + timedelta(seconds=7201))
    assert client.get(link).context_data["token_fail"] is True


def test_sending_is_written_down(aigerim):
    send_links("aigerim@fund.example")
    assert list(SignInEvent.objects.values_list("kind", "staff__username")) == [("reset_sent", "aigerim")]
