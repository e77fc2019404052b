import time

import pytest
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib.auth.models import AnonymousUser

from qorgau.people.gates import is_public, may_administer
from qorgau.rules.roles import Role

from .conftest import PASSWORD, code_at, give_totp, sign_in

pytestmark = pytest.mark.django_db
SET_UP = "/staff/second-factor/totp/activate/"


@pytest.mark.parametrize("address", ["/staff/", "/administration/", "/staff/password/"])
@pytest.mark.usefixtures("second_factor_required")
def test_without_a_second_factor_every_staff_page_leads_to_setting_it_up(client, gulnara, address):
    sign_in(client, "gulnara")
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, SET_UP)


@pytest.mark.usefixtures("second_factor_required")
def test_once_set_up_the_way_is_free(client, aigerim):
    sign_in(client, "aigerim")
    assert client.get(SET_UP).status_code == 200
    client.post(SET_UP, {"code": code_at(client.session[SECRET_SESSION_KEY], time.time())})
    assert client.get("/staff/")["Location"] == "/desk/"
    assert client.get("/staff/second-factor/recovery-codes/").status_code == 200


@pytest.mark.usefixtures("second_factor_required")
def test_recovery_codes_alone_are_no_second_factor(client, aigerim):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    RecoveryCodes.activate(aigerim)
    sign_in(client, "aigerim")
    assert client.get("/staff/")["Location"] == SET_UP


@pytest.mark.usefixtures("second_factor_required")
def test_signing_out_and_the_language_stay_open_on_the_way(client, aigerim):
    sign_in(client, "aigerim")
    assert client.get("/staff/logout/").status_code == 200
    assert client.post("/staff/language/", {"language": "kk"})["Location"] == "/desk/"


@pytest.mark.usefixtures("second_factor_required")
def test_a_part_of_a_page_asked_for_by_script_turns_the_whole_page(client, aigerim):
    sign_in(client, "aigerim")
    response = client.get("/staff/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (200, SET_UP)


def test_in_a_demonstration_no_second_factor_is_asked_for(client, aigerim, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(client, "aigerim")
    assert client.get("/staff/")["Location"] == "/desk/"


@pytest.mark.usefixtures("second_factor_required")
def test_a_one_time_password_is_replaced_first_then_the_second_factor_is_set_up(client, hire):
    person = hire(username="new", password_is_temporary=True)
    sign_in(client, "new")
    assert client.get("/staff/")["Location"] == "/staff/password/"
    assert client.get(SET_UP)["Location"] == "/staff/password/"
    own = "Kökshetau-orman-7-bult"
    client.post("/staff/password/", {"oldpassword": PASSWORD, "password1": own, "password2": own})
    person.refresh_from_db()
    assert person.password_is_temporary is False
    assert client.get("/staff/")["Location"] == SET_UP


def test_public_pages_are_told_from_staff_pages():
    assert [is_public(path) for path in ("/", "/kk/", "/ru/track/", "/en/")] == [True] * 4
    assert [is_public(path) for path in ("/desk/", "/kkk/", "/staff/ru/", "/api/", "/de/")] == [False] * 5


@pytest.mark.parametrize("role", Role)
def test_only_administrators_may_administer(hire, role):
    assert may_administer(hire(role)) is (role == Role.ADMINISTRATOR)


def test_an_administrator_without_what_is_required_may_not_administer(gulnara, settings):
    assert may_administer(AnonymousUser()) is False
    settings.SECOND_FACTOR_REQUIRED = True
    assert may_administer(gulnara) is False
    give_totp(gulnara)
    assert may_administer(gulnara) is True
    gulnara.password_is_temporary = True
    assert may_administer(gulnara) is False


@pytest.mark.usefixtures("second_factor_required")
def test_knowing_the_person_desk_and_second_factor_takes_one_statement(gulnara, django_assert_num_queries):
    from qorgau.people.sign_in import StaffBackend

    give_totp(gulnara)
    with django_assert_num_queries(1):
        known = StaffBackend().get_user(gulnara.pk)
        assert may_administer(known) is True
        assert known.desk.kind == "centre"
