import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from qorgau.people.models import ConsentText, SignInEvent, Staff, StaffChange
from qorgau.rules.roles import Role

from .conftest import PASSWORD, factors_of, give_totp, sign_in

pytestmark = pytest.mark.django_db
LIST = "/administration/people/staff/"


@pytest.fixture
def administrator(hire) -> Staff:
    return hire(Role.ADMINISTRATOR, "gulnara", language="en")


@pytest.fixture
def office(client, administrator) -> Client:
    """The browser of an administrator."""
    sign_in(client, "gulnara")
    return client


def filled_in(staff: Staff, **changed) -> dict:
    """The form as it stands, with what an administrator changes."""
    names = ("username", "last_name", "first_name", "patronymic", "post", "email", "language", "role")
    form = {name: getattr(staff, name) for name in names} | {"desk": staff.desk_id or "", "is_active": "on"}
    return {name: value for name, value in (form | changed).items() if value is not None}


def page(staff: Staff, action: str = "change") -> str:
    return f"{LIST}{staff.pk}/{action}/"


def test_only_administrators_come_in(client, hire):
    for role in Role:
        if role != Role.ADMINISTRATOR:
            hire(role)
            sign_in(client, role.value)
            assert client.get(LIST, follow=True).status_code == 403
            client.logout()


def test_the_list_takes_the_same_statements_for_one_person_and_for_many(office, hire, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    office.get(LIST)
    with CaptureQueriesContext(connection) as few:
        assert office.get(LIST).status_code == 200
    for number in range(5):
        give_totp(hire(Role.BRANCH_SPECIALIST, f"person{number}"))
    with CaptureQueriesContext(connection) as many:
        assert office.get(LIST).status_code == 200
    assert len(few) == len(many)


def test_adding_somebody_shows_a_one_time_password_once(office, administrator, world):
    new = Staff(username="zhanar", role="operator", desk=world.contact_centre, last_name="Әлиева", language="kk")
    shown = office.post(f"{LIST}add/", filled_in(new))
    assert (shown.status_code, shown["Cache-Control"].count("no-store")) == (200, 1)
    password = re.search(r'id="one-time-password">([0-9A-Z-]{19})<', shown.content.decode())[1]
    staff = Staff.objects.get(username="zhanar")
    assert staff.check_password(password)
    assert staff.password_is_temporary is True
    line = staff.changes.get()
    assert (line.action, line.by, line.after["role"]) == ("added", administrator, "operator")
    assert password not in str(vars(line))
    assert password not in office.get(page(staff)).content.decode()
    assert "messages" not in office.cookies


def test_a_role_at_a_foreign_desk_is_refused_beside_the_field(office, world):
    response = office.post(f"{LIST}add/", filled_in(Staff(username="new", role="operator", desk=world.clinic_desk)))
    assert response.context["adminform"].form.errors["desk"] == [
        "An operator works at the contact centre. Choose its desk."
    ]


def test_a_name_taken_in_another_case_is_refused(office, aigerim, world):
    response = office.post(f"{LIST}add/", filled_in(Staff(username="Aigerim", role="auditor", desk=world.centre)))
    assert "Somebody else has this user name already." in response.content.decode()


def test_a_change_leaves_before_and_after(office, administrator, aigerim, world):
    response = office.post(page(aigerim), filled_in(aigerim, desk=world.other_branch.pk, may_read_sensitive="on"))
    assert (response.status_code, response["Location"]) == (302, LIST)
    line = aigerim.changes.get()
    assert (line.action, line.by) == ("amended", administrator)
    assert set(line.before) == set(line.after) == {"desk", "may_read_sensitive"}
    history = office.get(f"/administration/people/staffchange/?staff__id__exact={aigerim.pk}").content.decode()
    assert "may read sensitive appeals: no → yes" in history


def test_setting_a_last_day_is_a_change_like_any_other(office, aigerim):
    last_day = localdate() + timedelta(days=3)
    office.post(page(aigerim), filled_in(aigerim, active_until=last_day.isoformat()))
    assert aigerim.changes.get().after == {"active_until": last_day.isoformat()}


def test_a_one_time_password_is_asked_about_then_shown(office, aigerim):
    assert "really this person" in office.get(page(aigerim, "one-time-password")).content.decode()
    assert aigerim.changes.count() == 0
    shown = office.post(page(aigerim, "one-time-password"))
    password = re.search(r'id="one-time-password">([0-9A-Z-]{19})<', shown.content.decode())[1]
    theirs = Client()
    assert sign_in(theirs, "aigerim", PASSWORD).status_code == 200
    assert sign_in(theirs, "aigerim", password).status_code == 302
    assert aigerim.changes.get().action == "one_time_password"


def test_a_lost_telephone_is_forgotten(office, aigerim):
    give_totp(aigerim)
    assert office.get(page(aigerim, "second-factor")).status_code == 200
    assert factors_of(aigerim) == {"totp"}
    assert office.post(page(aigerim, "second-factor"))["Location"] == page(aigerim)
    assert factors_of(aigerim) == set()
    assert aigerim.changes.get().before == {"second_factor": ["totp"]}


def test_ending_employment(office, aigerim):
    assert office.get(page(aigerim, "end")).status_code == 200
    office.post(page(aigerim, "end"))
    aigerim.refresh_from_db()
    assert (aigerim.is_active, aigerim.active_until) == (False, localdate())


def test_the_last_administrator_stays(office, administrator):
    says = "This is the last administrator. Add another one first, then close this account."
    assert says in office.post(page(administrator, "end"), follow=True).content.decode()
    form = office.post(page(administrator), filled_in(administrator, role="auditor")).context["adminform"].form
    assert form.errors["role"] == [says]
    assert office.post(page(administrator), filled_in(administrator, is_active=None)).status_code == 200
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == ("administrator", True)


@pytest.mark.parametrize("action", ["one-time-password", "second-factor", "end"])
def test_help_with_accounts_is_closed_to_everybody_else(client, hire, aigerim, action):
    hire(Role.AUDITOR, "auditor")
    sign_in(client, "auditor")
    assert client.post(page(aigerim, action), follow=True).status_code == 403
    assert StaffChange.objects.count() == 0


def test_nobody_is_deleted_and_books_are_only_read(office, aigerim):
    SignInEvent.objects.update_or_create(staff=aigerim, kind="signed_in", defaults={"at": "2026-11-20T12:00:00Z"})
    event = SignInEvent.objects.filter(staff=aigerim).get()
    assert office.post(page(aigerim, "delete")).status_code == 403
    assert office.get("/administration/people/signinevent/").status_code == 200
    assert office.get(f"/administration/people/signinevent/{event.pk}/change/").status_code == 200
    for book in ("signinevent", "staffchange"):
        assert office.get(f"/administration/people/{book}/add/").status_code == 403
    assert office.post(f"/administration/people/signinevent/{event.pk}/change/", {}).status_code == 403


def test_a_new_wording_of_a_consent_is_a_new_text(office):
    add = "/administration/people/consenttext/add/"
    assert office.get(add).status_code == 200
    texts = {"purpose": "survey", "version": "2", "valid_from": "2027-01-01"}
    office.post(add, texts | {"text_kk": "Келісемін.", "text_ru": "Согласен.", "text_en": "I agree."})
    text = ConsentText.objects.get()
    change = reverse("admin:people_consenttext_change", args=[text.pk])
    assert office.get(change).status_code == 200
    assert office.post(change, texts | {"text_en": "I agree to all."}).status_code == 403


def test_only_what_administrators_may_edit_is_offered(office):
    offered = {app["app_label"] for app in admin.site.get_app_list(office.get(LIST).wsgi_request)}
    assert offered <= {"directory", "partners", "people"}
    assert {"partners", "people"} <= offered


def test_a_desk_is_found_by_part_of_its_name(office, world):
    asked = {"term": "Алматы", "app_label": "people", "model_name": "staff", "field_name": "desk"}
    found = office.get("/administration/autocomplete/", asked).json()["results"]
    assert {int(row["id"]) for row in found} == {world.other_branch.pk, world.other_health_department.pk}
