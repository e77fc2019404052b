from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qorgau.directory import reference
from qorgau.directory.administration import site
from qorgau.directory.changes import record, values_of
from qorgau.directory.loading import load_reference
from qorgau.directory.models import (
    AnswerTemplate,
    Change,
    DeadlinePolicy,
    Desk,
    DirectoryVersion,
    HolidayOverride,
    Organisation,
    Region,
    Topic,
    WorkingHours,
)
from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from tests import factories
from tests.directory.conftest import TODAY
from tests.factories import World

TABLES = (
    "answertemplate", "change", "deadlinepolicy", "desk", "holidayoverride", "organisation", "region", "topic",
    "workinghours",
)  # fmt: skip


@pytest.fixture
def administrator(world: World, settings: Any) -> Staff:
    settings.SECOND_FACTOR_REQUIRED = False
    return factories.staff(Role.ADMINISTRATOR, world.centre)


@pytest.fixture
def area(client: Client, administrator: Staff) -> Client:
    """The browser of an administrator, with the loaded reference data to look at."""
    DeadlinePolicy.objects.all().delete()
    load_reference()
    Change.objects.all().delete()
    client.force_login(administrator)
    return client


def address(table: str, page: str, *args: Any) -> str:
    return reverse(f"admin:directory_{table}_{page}", args=args)


def filled_in(client: Client, where: str, **changed: Any) -> dict[str, Any]:
    """The form of a page as it stands, with what an administrator changes."""
    form = client.get(where).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    told = {name: "" if value is None else value for name, value in (values | changed).items()}
    return {name: value for name, value in told.items() if value is not False}


def errors_of(response: Any) -> dict[str, list[str]]:
    return {name: list(said) for name, said in response.context["adminform"].form.errors.items()}


# --- Who comes in ---


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_the_area_is_closed_to_every_other_role(client: Client, world: World, role: Role, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    desk = world.clinic_desk if role in (Role.CLINIC_SPECIALIST, Role.CLINIC_MANAGER) else world.branch
    desk = {
        Role.OPERATOR: world.contact_centre,
        Role.CENTRAL_EXPERT: world.centre,
        Role.HEALTH_DEPARTMENT_SPECIALIST: world.health_department,
    }.get(role, desk)
    staff = factories.staff(role, desk)
    Staff.objects.filter(pk=staff.pk).update(is_staff=True, is_superuser=True)
    client.force_login(staff)
    for table in TABLES:
        assert client.get(address(table, "changelist")).status_code in (302, 403)
    assert client.get(reverse("admin:login")).status_code == 403


def test_strangers_are_led_to_the_sign_in_of_all_staff_and_back(client: Client, db: None) -> None:
    response = client.get(address("topic", "changelist"), follow=True)
    assert response.redirect_chain[-1][0] == "/staff/login/?next=/administration/directory/topic/"


def test_without_the_second_factor_the_area_stays_closed(client: Client, administrator: Staff, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(administrator)
    response = client.get(address("topic", "changelist"))
    assert (response.status_code, response.url) == (302, reverse("mfa_activate_totp"))
    request = response.wsgi_request
    assert site.has_permission(request) is False


def test_signing_out_of_the_area_signs_out(area: Client) -> None:
    assert area.post(reverse("admin:logout")).status_code == 302
    assert "_auth_user_id" not in area.session


def test_the_password_is_changed_where_all_staff_change_it(area: Client) -> None:
    assert area.get(reverse("admin:password_change")).url == reverse("account_change_password")


# --- Looking ---


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_of_every_table_opens_in_every_language(area: Client, administrator: Staff, language: str) -> None:
    Staff.objects.filter(pk=administrator.pk).update(language=language)
    HolidayOverride.objects.create(day=date(2027, 3, 26), is_working=False, name_ru="Выходной")
    topic = Topic.objects.get(code="other")
    before = values_of(topic)
    topic.position = 999
    topic.save()
    record(topic, before=before, by=administrator)
    assert area.get(reverse("admin:index")).status_code == 200
    for table in TABLES:
        listed = area.get(address(table, "changelist"))
        assert listed.status_code == 200
        row = listed.context["cl"].queryset.first()
        assert area.get(address(table, "change", row.pk)).status_code == 200
        if table != "change":
            assert area.get(address(table, "add")).status_code == 200
            assert area.get(address(table, "history", row.pk)).status_code == 200
            assert area.get(address(table, "changelist") + "?q=емхана").status_code == 200
    for when in ("today", "over", "later"):
        assert area.get(address("topic", "changelist") + f"?in_force={when}").status_code == 200


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_ever_deleted(area: Client, table: str) -> None:
    HolidayOverride.objects.create(day=date(2027, 3, 26), is_working=False, name_ru="Выходной")
    Change.objects.create(model="directory.topic", row_id=1, row_name="x")
    model = site._registry  # what is registered under a name
    row = next(m for m in model if m._meta.label_lower == f"directory.{table}").objects.first()
    assert area.post(address(table, "delete", row.pk), {"post": "yes"}).status_code == 403
    page = area.get(address(table, "changelist"))
    assert "delete_selected" not in page.content.decode()


def test_lists_cost_the_same_for_few_rows_and_for_many(
    area: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        factories.organisation(world.astana, name=f"Клиника {number}")
    with django_assert_max_num_queries(12):
        assert area.get(address("organisation", "changelist")).status_code == 200
    with django_assert_max_num_queries(12):
        assert area.get(address("topic", "changelist")).status_code == 200


def test_rows_are_found_by_whether_they_are_in_force(area: Client) -> None:
    Topic.objects.filter(code="other").update(valid_to=TODAY - timedelta(days=1))
    Topic.objects.filter(code="harm").update(valid_from=TODAY + timedelta(days=1))
    Topic.objects.filter(code="extortion").update(valid_from=TODAY, valid_to=TODAY)

    def codes(when: str) -> set[str]:
        listed = area.get(address("topic", "changelist") + f"?in_force={when}")
        return {topic.code for topic in listed.context["cl"].queryset}

    assert codes("over") == {"other"}
    assert codes("later") == {"harm"}
    assert "extortion" in codes("today")
    assert not codes("today") & {"other", "harm"}


def test_an_organisation_is_found_typed_without_kazakh_letters_by_bin_and_by_key(area: Client, world: World) -> None:
    organisation = factories.organisation(
        world.astana, name="Поликлиника «Жүрек»", name_kk="«Жүрек» емханасы", bin="170740000206"
    )
    for query in ("журек емхана", "Поликлиника жүрек", "170740000206", organisation.source_key):
        listed = area.get(address("organisation", "changelist"), {"q": query})
        assert list(listed.context["cl"].queryset) == [organisation]


def test_an_organisation_nobody_has_by_that_name_is_found_by_what_people_may_mean(area: Client, world: World) -> None:
    reference.refresh()
    listed = area.get(address("organisation", "changelist"), {"q": "4 қалалық емхана"})
    assert list(listed.context["cl"].queryset) == [world.state_clinic]


def test_terms_that_nobody_verified_stand_out(area: Client) -> None:
    page = area.get(address("deadlinepolicy", "changelist") + "?source_mark__exact=V").content.decode()
    assert 'class="unverified"' not in page
    page = area.get(address("deadlinepolicy", "changelist") + "?source_mark__exact=M").content.decode()
    assert page.count('class="unverified"') == DeadlinePolicy.objects.filter(source_mark="M").count() > 0


# --- Changing ---


def test_a_change_is_in_the_history_with_before_after_and_author(area: Client, administrator: Staff) -> None:
    version = DirectoryVersion.objects.get().number
    topic = Topic.objects.get(code="rudeness")
    where = address("topic", "change", topic.pk)
    assert area.post(where, filled_in(area, where, name_ru="Грубость", defect_codes="8.0\n6.2\n")).status_code == 302
    change = Change.objects.get()
    assert (change.by, change.model, change.row_id) == (administrator, "directory.topic", topic.pk)
    assert change.before == {"name_ru": "Нарушение этики и деонтологии, грубость", "defect_codes": ["6.2", "8.0"]}
    assert change.after == {"name_ru": "Грубость", "defect_codes": ["8.0", "6.2"]}
    assert DirectoryVersion.objects.get().number == version + 1
    told = area.get(address("topic", "history", topic.pk)).content.decode()
    for word in ("Айгүл Сейітова", "name in Russian", "Нарушение этики и деонтологии, грубость", "8.0, 6.2"):
        assert word in told


def test_saving_without_a_change_leaves_the_history_alone(area: Client) -> None:
    for table in ("topic", "organisation", "desk", "region", "deadlinepolicy", "answertemplate", "workinghours"):
        row = area.get(address(table, "changelist")).context["cl"].queryset.first()
        where = address(table, "change", row.pk)
        response = area.post(where, filled_in(area, where))
        assert response.status_code == 302, (table, errors_of(response))
    assert not Change.objects.exists()


def test_a_new_row_is_told_whole_in_words(area: Client) -> None:
    group = Topic.objects.get(code="attitude")
    where = address("topic", "add")
    form = filled_in(
        area, where, name_ru="Очереди в регистратуре", code="queue", parent=group.pk, appeal_kind="complaint",
        desk_kind="clinic",
    )  # fmt: skip
    assert area.post(where, form).status_code == 302
    topic = Topic.objects.get(code="queue")
    told = area.get(address("topic", "history", topic.pk)).content.decode()
    assert str(group) in told
    assert "clinic&#x27;s patient support service" in told
    assert "complaint" in told


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_by_the_house_at_once(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    load_reference()
    client.force_login(factories.staff(Role.ADMINISTRATOR, Desk.objects.get(kind="centre")))
    topic = Topic.objects.get(code="other")
    where = address("topic", "change", topic.pk)
    client.post(where, filled_in(client, where, name_en="Anything else"))
    held = reference.current().topic_by_code("other")
    assert held is not None
    assert held.name_en == "Anything else"


def test_codes_stay_as_they_were(area: Client) -> None:
    topic = Topic.objects.get(code="other")
    where = address("topic", "change", topic.pk)
    area.post(where, filled_in(area, where, code="renamed", name_en="Other"))
    topic.refresh_from_db()
    assert (topic.code, topic.name_en) == ("other", "Other")


def test_the_end_cannot_lie_before_the_beginning(area: Client) -> None:
    where = address("topic", "change", Topic.objects.get(code="other").pk)
    response = area.post(where, filled_in(area, where, valid_from="2026-06-02", valid_to="2026-06-01"))
    assert errors_of(response) == {"valid_to": ["The last day is before the first, June 2, 2026."]}


# --- Terms and hours ---


def term(area: Client, **changed: Any) -> Any:
    """Send the form of a new row for the term of consideration."""
    where = address("deadlinepolicy", "add")
    values = {
        "name_ru": "Рассмотрение", "purpose": "consultation", "desk_kind": "", "term": 2, "unit": "working_days",
        "basis": "Приказ", "source_mark": "ours",
    }  # fmt: skip
    return area.post(where, filled_in(area, where, **(values | changed)))


def test_two_terms_for_the_same_thing_never_hold_on_one_day(area: Client) -> None:
    assert errors_of(term(area, valid_from="2027-01-01")) == {
        "valid_from": [
            "“The contact centre's answer to a question” holds on these days already (from ever to now on). "
            "Give it December 31, 2026 as its last day first."
        ]
    }
    DeadlinePolicy.objects.filter(code="consultation").update(valid_to=date(2026, 12, 31))
    assert term(area, valid_from="2027-01-01").status_code == 302
    assert "Two rows for the same thing" in errors_of(term(area, valid_to="2020-01-01"))["valid_from"][0]


def test_a_narrower_term_stands_beside_a_wider_one(area: Client) -> None:
    assert term(area, purpose="consideration", appeal_kind="request", valid_from="2027-01-01").status_code == 302
    assert reference.refresh().policy("consideration", on=date(2027, 1, 1), kind="request").term == 2


def test_a_term_that_has_been_in_force_stays_as_it_was_and_offers_a_successor(area: Client) -> None:
    policy = DeadlinePolicy.objects.get(code="rating")
    where = address("deadlinepolicy", "change", policy.pk)
    area.post(where, filled_in(area, where, term=5, unit="months", valid_to="2026-12-31"))
    policy.refresh_from_db()
    assert (policy.term, policy.unit, policy.valid_to) == (30, "calendar_days", date(2026, 12, 31))
    link = area.get(where).context["adminform"].model_admin.successor(policy)
    successor = link.split('"')[1].replace("&amp;", "&")
    form = area.get(successor).context["adminform"].form
    assert (form["term"].value(), form["purpose"].value(), form["valid_from"].value()) == ("30", "rating", "2027-01-01")
    assert area.post(successor, filled_in(area, successor, term=45)).status_code == 302
    assert reference.refresh().policy("rating", on=date(2027, 1, 1)).term == 45


def test_a_term_to_come_may_still_be_changed(area: Client) -> None:
    term(area, purpose="consideration", appeal_kind="request", valid_from=(TODAY + timedelta(days=1)).isoformat())
    policy = DeadlinePolicy.objects.get(appeal_kind="request")
    where = address("deadlinepolicy", "change", policy.pk)
    area.post(where, filled_in(area, where, term=4))
    policy.refresh_from_db()
    assert policy.term == 4


def test_a_term_of_nought_and_a_notice_of_no_extension_are_refused(area: Client) -> None:
    said = errors_of(term(area, purpose="public_service", valid_from="2030-01-01", term=0, notice_days=3))
    assert said == {
        "term": ["The shortest term is 1."],
        "notice_days": ["There is nothing to tell of when the term cannot be extended."],
    }


def test_working_hours_follow_each_other(area: Client) -> None:
    where = address("workinghours", "add")
    hours = {"opens": "08:30", "closes": "17:30", "valid_from": "2027-01-01"}
    assert "Give it December 31, 2026" in errors_of(area.post(where, filled_in(area, where, **hours)))["valid_from"][0]
    old = address("workinghours", "change", WorkingHours.objects.get().pk)
    area.post(old, filled_in(area, old, valid_to="2026-12-31"))
    assert area.post(where, filled_in(area, where, **hours)).status_code == 302
    backwards = area.post(where, filled_in(area, where, opens="18:00", closes="09:00", valid_to="2010-01-01"))
    assert "The working day ends before it begins." in str(errors_of(backwards))


def test_a_day_moved_by_decree_is_added_once_and_taken_back(area: Client) -> None:
    where = address("holidayoverride", "add")
    day = {"day": "2027-03-26", "name_ru": "Перенос с 20 марта"}
    assert area.post(where, filled_in(area, where, **day)).status_code == 302
    assert not reference.refresh().calendar.is_working(date(2027, 3, 26))
    back = address("holidayoverride", "change", HolidayOverride.objects.get().pk)
    assert area.post(back, filled_in(area, back, is_working="on")).status_code == 302
    assert reference.refresh().calendar.is_working(date(2027, 3, 26))


def test_what_the_published_calendar_says_already_needs_no_decree(area: Client) -> None:
    where = address("holidayoverride", "add")
    said = ["The published calendar says so already."]
    for day, working in (("2026-05-27", ""), ("2025-01-05", "on"), ("2026-11-22", ""), ("2026-11-23", "on")):
        form = filled_in(area, where, day=day, is_working=working or False, name_ru="День")
        assert errors_of(area.post(where, form)) == {"is_working": said}
    form = filled_in(area, where, day="2050-01-03", name_ru="День")
    assert errors_of(area.post(where, form))["day"] == ["The calendar knows the years 2015 to 2035."]


# --- Topics and texts ---


def test_topics_have_two_levels(area: Client) -> None:
    topic, group = Topic.objects.get(code="rudeness"), Topic.objects.get(code="attitude")
    where = address("topic", "add")
    under_a_topic = area.post(where, filled_in(area, where, code="x", name_ru="Х", parent=topic.pk))
    assert list(errors_of(under_a_topic)) == ["parent"]
    where = address("topic", "change", group.pk)
    under_a_group = area.post(where, filled_in(area, where, parent=Topic.objects.get(code="payment").pk))
    assert errors_of(under_a_group) == {
        "parent": ["This group has topics of its own and cannot stand under another one."]
    }


def test_a_sensitive_topic_never_goes_to_the_clinic(area: Client) -> None:
    where = address("topic", "change", Topic.objects.get(code="extortion").pk)
    said = errors_of(area.post(where, filled_in(area, where, desk_kind="clinic")))
    assert said == {"desk_kind": ["A sensitive appeal never goes to the organisation it is about."]}


def test_codes_of_defects_look_like_those_of_the_classifier(area: Client) -> None:
    where = address("topic", "change", Topic.objects.get(code="other").pk)
    said = errors_of(area.post(where, filled_in(area, where, defect_codes="14.0\n14,1")))
    assert said == {"defect_codes": ["“14,1” is no code of the classifier; they look like 14.0."]}


def test_a_template_names_the_variable_that_there_is_not(area: Client) -> None:
    where = address("answertemplate", "change", AnswerTemplate.objects.get(code="founded").pk)
    said = errors_of(
        area.post(where, filled_in(area, where, text_ru="{nmae}, ваше обращение {number} {", text_en="{number}, {name"))
    )
    assert said == {
        "text_ru": ["There is no variable {nmae}. The list of variables stands above the text."],
        "text_en": ["A brace is open or closed without the other. Braces stand around variables only."],
    }
    assert "{number}" in area.get(where).content.decode()


# --- Places ---


def test_an_organisation_with_a_wrong_bin_is_refused_beside_the_field(area: Client, world: World) -> None:
    where = address("organisation", "change", world.state_clinic.pk)
    said = errors_of(area.post(where, filled_in(area, where, bin="170740000207")))
    assert said == {"bin": ["There is no such BIN: one of the digits is wrong. Please check it against the document."]}


def test_an_organisation_added_by_hand_has_a_key_of_its_own_and_other_names_one_a_line(
    area: Client, world: World
) -> None:
    where = address("organisation", "add")
    form = filled_in(
        area, where, name_ru="Клиника «Жаңа»", region=world.almaty.pk, ownership="private",
        aliases="Жаңа\r\nЖаңа\r\n Новая ", bin="1707 4000 0206",
    )  # fmt: skip
    assert area.post(where, form).status_code == 302
    organisation = Organisation.objects.get(name_ru="Клиника «Жаңа»")
    assert organisation.source_key.startswith("by-hand:")
    assert (organisation.aliases, organisation.bin) == (["Жаңа", "Новая"], "170740000206")
    assert "новая" in organisation.search_text


def test_a_desk_is_opened_from_the_page_of_its_organisation(area: Client, world: World) -> None:
    organisation = factories.organisation(world.almaty, name="Поликлиника №9")
    page = area.get(address("organisation", "change", organisation.pk))
    link = page.context["adminform"].model_admin.own_desk(organisation).split('"')[1].replace("&amp;", "&")
    assert area.post(link, filled_in(area, link)).status_code == 302
    desk = Desk.objects.get(organisation=organisation)
    assert (desk.kind, desk.region) == ("clinic", world.almaty)
    assert desk.name_ru.startswith("Поликлиника №9: служба поддержки пациента")


def test_a_desk_moves_to_another_region_with_its_organisation(area: Client, world: World) -> None:
    where = address("organisation", "change", world.state_clinic.pk)
    assert area.post(where, filled_in(area, where, region=world.almaty.pk)).status_code == 302
    world.clinic_desk.refresh_from_db()
    assert world.clinic_desk.region == world.almaty
    assert set(Change.objects.values_list("model", flat=True)) == {"directory.organisation", "directory.desk"}


@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [
        ("clinic", "organisation", "Say of which organisation it is the desk."),
        ("branch", "region", "Say of which region it is the desk."),
    ],
)
def test_a_desk_says_what_it_belongs_to(area: Client, kind: str, field: str, said: str) -> None:
    where = address("desk", "add")
    assert errors_of(area.post(where, filled_in(area, where, kind=kind, name_ru="Стол"))) == {field: [said]}


def test_a_region_has_one_branch_and_the_country_one_contact_centre(area: Client, world: World) -> None:
    where = address("desk", "add")
    branch = filled_in(area, where, kind="branch", region=world.astana.pk, name_ru="Ещё один")
    assert errors_of(area.post(where, branch)) == {"__all__": ["This region has such a desk already."]}
    centre = filled_in(area, where, kind="contact_centre", name_ru="Ещё один")
    assert errors_of(area.post(where, centre)) == {"__all__": ["There is such a desk already."]}


def test_codes_of_a_region_are_checked(area: Client) -> None:
    where = address("region", "add")
    said = errors_of(area.post(where, filled_in(area, where, name_ru="Новая", kato="12", iso="kz-1")))
    assert said == {
        "kato": ["The KATO code of a region is two digits and seven noughts, like 710000000."],
        "iso": ["The ISO code of a region looks like KZ-71."],
    }
    assert area.post(where, filled_in(area, where, name_ru="Новая", name_kk="Жаңа", kato="120000000", iso="kz-12"))
    region = Region.objects.get(kato="120000000")
    assert (region.iso, bool(region.sort_key)) == ("KZ-12", True)


def test_a_region_has_a_place_or_none(area: Client) -> None:
    where = address("region", "add")
    new = {"name_ru": "Новая", "name_kk": "Жаңа", "kato": "120000000", "iso": "KZ-12"}
    assert errors_of(area.post(where, filled_in(area, where, **new, latitude="51.5"))) == {
        "__all__": ["A place needs both, latitude and longitude."]
    }
    assert area.post(where, filled_in(area, where, **new, latitude="51.5", longitude="-0.1")).status_code == 302
    region = Region.objects.get(kato="120000000")
    assert (region.latitude, region.longitude) == (51.5, -0.1)


# --- The history itself ---


def test_the_history_is_read_and_never_written(area: Client) -> None:
    change = Change.objects.create(model="directory.topic", row_id=1, row_name="Тема", after={"name_ru": "Тема"})
    assert area.get(address("change", "add")).status_code == 403
    assert area.post(address("change", "change", change.pk), {"row_name": "Иначе"}).status_code == 403
    page = area.get(address("change", "change", change.pk)).content.decode()
    assert "name in Russian: – → Тема" in page
    assert "a command" in page


def test_the_first_page_shows_what_was_changed_last(area: Client) -> None:
    where = address("topic", "change", Topic.objects.get(code="other").pk)
    area.post(where, filled_in(area, where, name_en="Anything else"))
    page = area.get(reverse("admin:index")).content.decode()
    assert "Latest changes" in page
    assert "Anything else" in page
