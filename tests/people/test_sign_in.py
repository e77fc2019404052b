from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate

from qorgau.people.models import SignInEvent
from qorgau.rules.roles import Role

from .conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def kinds(staff=None) -> list[str]:
    return list(SignInEvent.objects.filter(staff=staff).order_by("id").values_list("kind", flat=True))


def test_name_and_password_lead_to_the_desk(client, aigerim):
    response = sign_in(client, "aigerim")
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert client.session["_auth_user_id"] == str(aigerim.pk)
    assert kinds(aigerim) == ["signed_in"]


def test_an_administrator_begins_in_the_administration(client, gulnara):
    assert sign_in(client, "gulnara")["Location"] == "/administration/"


def test_the_page_asked_for_comes_after_signing_in_but_no_foreign_one(client, aigerim):
    asked = client.post("/staff/login/?next=/desk/26/", {"login": "aigerim", "password": PASSWORD})
    assert asked["Location"] == "/desk/26/"
    client.logout()
    trap = client.post("/staff/login/?next=https://evil.example/", {"login": "aigerim", "password": PASSWORD})
    assert trap["Location"] == "/desk/"


def test_the_name_may_be_typed_in_any_case_and_with_blanks(client, aigerim):
    assert sign_in(client, " Aigerim ").status_code == 302


def test_a_wrong_password_and_an_unknown_name_get_the_same_page(client, aigerim):
    wrong, unknown = sign_in(client, "aigerim", "not this one"), sign_in(client, "nobody", "not this one")
    assert (wrong.status_code, unknown.status_code) == (200, 200)
    said = ["The user name or the password is not right."]
    with_english = {"headers": {"accept-language": "en"}}
    assert sign_in(client, "aigerim", "no", **with_english).context_data["form"].non_field_errors() == said
    assert sign_in(client, "nobody", "no", **with_english).context_data["form"].non_field_errors() == said
    assert kinds(aigerim) == ["wrong_password", "wrong_password"]
    assert kinds(None) == ["wrong_password", "wrong_password"]


def test_a_known_and_an_unknown_name_cost_one_password_hash_each(client, aigerim, settings, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    sign_in(client, "aigerim", "not this one")
    for_known = len(hashed)
    sign_in(client, "nobody", "not this one")
    assert (for_known, len(hashed) - for_known) == (1, 1)


def test_a_known_and_an_unknown_name_cost_the_same_statements(client, aigerim, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, "warm up", "x")
    with CaptureQueriesContext(
        connection,
    ) as known:
        sign_in(client, "aigerim", "not this one")
    with CaptureQueriesContext(connection) as unknown:
        sign_in(client, "nobody", "not this one")
    assert len(known) == len(unknown)


def test_passwords_are_kept_with_argon2(settings):
    from django.contrib.auth.hashers import make_password

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert make_password(PASSWORD).startswith("argon2$argon2id$")


@pytest.mark.parametrize("fields", [{"is_active": False}, {"active_until": localdate() - timedelta(days=1)}])
def test_who_does_not_work_here_any_more_is_refused_and_written_down(client, hire, fields):
    left = hire(username="left", **fields)
    response = sign_in(client, "left")
    assert (response.status_code, response["Location"]) == (302, "/staff/inactive/")
    assert "_auth_user_id" not in client.session
    assert kinds(left) == ["refused"]
    assert sign_in(client, "left", "not this one").status_code == 200


@pytest.mark.parametrize("fields", [{"is_active": False}, {"active_until": localdate() - timedelta(days=1)}])
def test_an_open_session_ends_with_the_employment(client, aigerim, fields):
    sign_in(client, "aigerim")
    assert client.get("/staff/").status_code == 302
    assert client.get("/staff/")["Location"] == "/desk/"
    for name, value in fields.items():
        setattr(aigerim, name, value)
    aigerim.save()
    assert client.get("/staff/")["Location"] == "/staff/login/?next=/staff/"


def test_somebody_may_still_work_on_the_last_day(client, hire):
    hire(username="leaving", active_until=localdate())
    assert sign_in(client, "leaving")["Location"] == "/desk/"


def test_signing_out_ends_the_session_and_is_written_down(client, aigerim):
    sign_in(client, "aigerim")
    assert client.post("/staff/logout/")["Location"] == "/staff/login/"
    assert "_auth_user_id" not in client.session
    assert kinds(aigerim) == ["signed_in", "signed_out"]


def test_a_link_signs_nobody_out(client, aigerim):
    sign_in(client, "aigerim")
    client.get("/staff/logout/")
    assert "_auth_user_id" in client.session


def test_the_cookie_ends_with_the_browser_and_the_session_after_a_working_day(client, aigerim):
    sign_in(client, "aigerim")
    assert client.cookies["sessionid"]["expires"] == ""
    assert client.session.get_expiry_age() == 10 * 3600


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password"])
def test_there_is_no_sign_up_and_no_management_of_addresses(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_signs_up(client):
    from qorgau.people.sign_in import StaffAccounts

    assert client.get("/staff/signup/").status_code == 404
    assert StaffAccounts().is_open_for_signup(None) is False


def test_the_password_is_changed_by_giving_the_present_one(client, aigerim):
    sign_in(client, "aigerim")
    new = "Kökshetau-orman-7-bult"
    response = client.post("/staff/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    aigerim.refresh_from_db()
    assert aigerim.check_password(new)
    assert kinds(aigerim) == ["signed_in", "password_changed"]
    assert client.get("/staff/")["Location"] == "/desk/", "the session that changed it goes on"


def test_another_session_ends_when_the_password_changes(client, aigerim):
    from django.test import Client

    elsewhere = Client()
    sign_in(elsewhere, "aigerim")
    sign_in(client, "aigerim")
    new = "Kökshetau-orman-7-bult"
    client.post("/staff/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert elsewhere.get("/staff/")["Location"] == "/staff/login/?next=/staff/"


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    [
        ("not this one", "Kökshetau-orman-7", "oldpassword", "The present password is not right."),
        (PASSWORD, PASSWORD, "password1", "The new password is the same as the present one. Choose another one."),
        (PASSWORD, "short", "password1", "This password is too short: it has to be at least 12 characters long."),
        (PASSWORD, "aigerim@fund.example", "password1", "This password is too close to your name or e-mail address. "
         "Choose another one."),
        (PASSWORD, "1q2w3e4r5t6y7u", "password1", "Too many people use this password. Choose another one."),
    ],
)  # fmt: skip
def test_a_bad_new_password_is_refused_beside_its_field(client, hire, old, new, field, says):
    hire(username="aigerim", email="aigerim@fund.example", language="en")
    sign_in(client, "aigerim")
    response = client.post("/staff/password/", {"oldpassword": old, "password1": new, "password2": new})
    assert response.context_data["form"].errors[field] == [says]


def test_guessing_the_present_password_in_a_stolen_session_is_slowed_too(client, hire):
    hire(username="aigerim", language="en")
    sign_in(client, "aigerim")
    for _ in range(5):
        client.post("/staff/password/", {"oldpassword": "a guess", "password1": "x", "password2": "x"})
    response = client.post("/staff/password/", {"oldpassword": PASSWORD, "password1": "x", "password2": "x"})
    assert response.context_data["form"].errors["oldpassword"] == ["Too many attempts. Try again in 1 minute."]


def test_the_frame_of_roles_does_not_matter_to_sign_in(client, hire):
    for role in Role:
        hire(role)
        assert sign_in(client, role.value).status_code == 302
        client.logout()
