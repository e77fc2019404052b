import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.test import Client

from qorgau.people.models import SignInEvent, SpentCode
from qorgau.people.second_factor import SecondFactor, spend

from .conftest import NOON, PASSWORD, code_at, factors_of, give_totp, sign_in

pytestmark = pytest.mark.django_db
IN_ENGLISH = {"headers": {"accept-language": "en"}}


def kinds(staff) -> list[str]:
    return list(SignInEvent.objects.filter(staff=staff).order_by("id").values_list("kind", flat=True))


def give_code(client: Client, code: str, address: str = "10.1.2.3"):
    return client.post("/staff/second-factor/authenticate/", {"code": code}, REMOTE_ADDR=address, **IN_ENGLISH)


def set_up(client: Client):
    """Open the set-up page and answer with what an app would show."""
    client.get("/staff/second-factor/totp/activate/")
    secret = client.session[SECRET_SESSION_KEY]
    return secret, client.post("/staff/second-factor/totp/activate/", {"code": code_at(secret, time.time())})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_after_the_password_the_code_is_asked_for(client, aigerim):
    secret = give_totp(aigerim)
    assert sign_in(client, "aigerim")["Location"] == "/staff/second-factor/authenticate/"
    assert not signed_in(client)
    assert client.get("/staff/")["Location"] == "/staff/login/?next=/staff/"
    assert give_code(client, code_at(secret, time.time()))["Location"] == "/desk/"
    assert signed_in(client)
    assert kinds(aigerim) == ["signed_in"]


@pytest.mark.parametrize("seconds", [-30, 30])
def test_the_code_before_and_after_is_good_too_so_that_slow_typing_is_no_mistake(client, aigerim, seconds):
    secret = give_totp(aigerim)
    sign_in(client, "aigerim")
    assert give_code(client, code_at(secret, time.time() + seconds)).status_code == 302


def test_a_wrong_code_is_refused_and_written_down(client, aigerim):
    secret = give_totp(aigerim)
    sign_in(client, "aigerim")
    response = give_code(client, code_at(secret, time.time() + 3600))
    assert response.context_data["form"].errors["code"] == [
        "This code is not right. Wait for the next one in your app and try again."
    ]
    assert not signed_in(client)
    assert kinds(aigerim) == ["wrong_code"]


def test_a_code_is_good_once_in_whatever_process(client, aigerim):
    from django.core.cache import cache

    secret = give_totp(aigerim)
    code = code_at(secret, time.time())
    sign_in(client, "aigerim")
    assert give_code(client, code).status_code == 302
    cache.clear()  # as another process would find it
    onlooker = Client()
    sign_in(onlooker, "aigerim")
    response = give_code(onlooker, f"{code[:3]} {code[3:]}")
    assert response.context_data["form"].errors["code"] == [
        "This code was used already. Wait for the next one in your app."
    ]
    assert not signed_in(onlooker)


def test_a_recovery_code_lets_in_once_and_is_written_down(client, aigerim):
    sign_in(client, "aigerim")
    set_up(client)
    spare = Authenticator.objects.get(user=aigerim, type="recovery_codes").wrap().get_unused_codes()
    assert len(spare) == 10
    client.post("/staff/logout/")
    sign_in(client, "aigerim")
    assert give_code(client, spare[0]).status_code == 302
    assert signed_in(client)
    assert kinds(aigerim)[-2:] == ["recovery_code_used", "signed_in"]
    again = Client()
    sign_in(again, "aigerim")
    assert give_code(again, spare[0]).status_code == 200
    assert not signed_in(again)


def test_guessing_codes_is_paused_and_a_right_password_does_not_help(client, aigerim):
    secret = give_totp(aigerim)
    for _ in range(5):
        fresh = Client()
        sign_in(fresh, "aigerim")
        give_code(fresh, "000000")
    sign_in(client, "aigerim")
    response = give_code(client, code_at(secret, time.time()))
    assert response.context_data["form"].errors["code"] == ["Too many attempts. Try again in 1 minute."]
    assert not signed_in(client)
    assert kinds(aigerim) == ["wrong_code"] * 5 + ["paused"]


def test_setting_it_up_gives_recovery_codes_and_a_line_in_the_book(client, aigerim, django_capture_on_commit_callbacks):
    sign_in(client, "aigerim")
    with django_capture_on_commit_callbacks(execute=True):
        _secret, response = set_up(client)
    assert response["Location"] == "/staff/second-factor/recovery-codes/"
    assert factors_of(aigerim) == {"totp", "recovery_codes"}
    assert kinds(aigerim) == ["signed_in", "second_factor_set"]


def test_secrets_lie_sealed(client, aigerim):
    sign_in(client, "aigerim")
    secret, _response = set_up(client)
    kept = Authenticator.objects.get(user=aigerim, type="totp").data["secret"]
    assert secret not in kept
    assert SecondFactor().decrypt(kept) == secret
    assert len(Authenticator.objects.get(user=aigerim, type="recovery_codes").data["seed"]) > 80


def test_somebody_who_signed_in_long_ago_proves_again_who_they_are(client, aigerim):
    sign_in(client, "aigerim")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 301}]
    session.save()
    assert client.get("/staff/second-factor/totp/activate/")["Location"].startswith("/staff/again/?next=")
    back = client.post("/staff/again/?next=/staff/second-factor/totp/activate/", {"password": PASSWORD})
    assert back["Location"] == "/staff/second-factor/totp/activate/"
    assert client.get("/staff/second-factor/totp/activate/").status_code == 200


def test_the_picture_names_the_service_and_the_person(client, aigerim):
    sign_in(client, "aigerim")
    page = client.get("/staff/second-factor/totp/activate/")
    assert page.context_data["totp_url"].startswith("otpauth://totp/aigerim?secret=")
    assert page.context_data["totp_url"].endswith("&issuer=Qorgau")


def test_removing_it_is_written_down(client, aigerim):
    sign_in(client, "aigerim")
    set_up(client)
    assert client.post("/staff/second-factor/totp/deactivate/").status_code == 302
    assert factors_of(aigerim) == set()
    assert kinds(aigerim)[-1] == "second_factor_removed"


def test_secrets_and_recovery_codes_are_kept_by_no_cache(client, aigerim):
    sign_in(client, "aigerim")
    assert "no-store" in client.get("/staff/second-factor/totp/activate/")["Cache-Control"]
    set_up(client)
    assert "no-store" in client.get("/staff/second-factor/recovery-codes/")["Cache-Control"]


def test_codes_that_were_used_are_forgotten_after_a_while(aigerim):
    assert spend(aigerim, "123 456", NOON) is True
    assert spend(aigerim, "123456", NOON + timedelta(minutes=9)) is False
    assert spend(aigerim, "654321", NOON + timedelta(minutes=11)) is True
    assert SpentCode.objects.count() == 1
