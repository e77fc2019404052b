"""From the empty form to the receipt."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from qorgau.people import asked_consents
from qorgau.people.models import Consent, ConsentText
from qorgau.register.models import Appeal
from qorgau.rules.kinds import Channel, Kind
from tests.channels.portal.conftest import COMPLAINT, field, form_of, words
from tests.factories import World

TEXT = "Терапевт отказался принять.\n\nЖдал два часа."


def typed(**more: Any) -> dict[str, Any]:
    """What an ordinary complaint says, a minute after the form was opened."""
    return {
        "delivery": uuid.uuid4().hex,
        "began": "1000000000",
        "about": "me",
        "language": "ru",
        "text": TEXT,
        "step": "send",
        **more,
    }


def test_the_whole_way_of_a_complaint(world: World, browser: Client) -> None:
    empty = form_of(browser.get(COMPLAINT), COMPLAINT)
    said = {
        "topic": "refusal",
        "text": TEXT,
        "event_date": "12.03.2026",
        "circumstances": "Грипп",
        "desired_outcome": "Принять сегодня",
        "region": world.astana.kato,
        "organisation": "поликлиника 4",
        "organisation_id": str(world.state_clinic.pk),
        "surname": "Оспанов",
        "given_name": "Ержан",
        "phone": "8 701 000 00 67",
        "iin": "900101300106",
        "language": "ru",
        "wish": "clinic",
    }
    check = browser.post(COMPLAINT, dict(empty.filled({**said, "step": "check"})))
    assert check.status_code == 200
    for shown in ("Refusal", "Грипп", "March 12, 2026", "Городская поликлиника №4", "Оспанов Ержан", "8 701 000 00 67"):
        assert shown in words(check)
    assert "It goes to: СПП поликлиники №4." in words(check)
    assert not Appeal.objects.exists()

    sent = browser.post(COMPLAINT, dict(form_of(check, COMPLAINT).filled({"step": "send"})))
    assert sent.status_code == 302 and sent["Location"] == "/en/receipt/"

    appeal = Appeal.objects.select_related("applicant", "topic").get()
    assert appeal.text == TEXT
    assert (appeal.channel, appeal.kind, appeal.language) == (Channel.PORTAL, Kind.COMPLAINT, "ru")
    assert appeal.event_date == date(2026, 3, 12)
    assert (appeal.organisation, appeal.region, appeal.holder) == (world.state_clinic, world.astana, world.clinic_desk)
    assert appeal.organisation_as_said == ""
    assert (appeal.circumstances, appeal.desired_outcome) == ("Грипп", "Принять сегодня")
    assert (appeal.applicant.full_name, appeal.applicant.phone) == ("Оспанов Ержан", "+77010000067")
    assert appeal.applicant.iin_hash is not None and appeal.patient is None
    assert appeal.delivery_key == f"portal:{field(empty, 'delivery')}"


def test_one_sentence_is_enough(world: World, browser: Client) -> None:
    assert browser.post(COMPLAINT, typed(text="Грубили.")).status_code == 302

    assert Appeal.objects.get().text == "Грубили."


@pytest.mark.parametrize(
    ("way", "kind"), [("question", Kind.REQUEST), ("proposal", Kind.PROPOSAL), ("thanks", Kind.RESPONSE)]
)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_other_forms_register_what_they_are_for(
    world: World, browser: Client, way: str, kind: Kind, language: str
) -> None:
    path = f"/{language}/write/{way}/"
    empty = form_of(browser.get(path), path)
    check = browser.post(path, dict(empty.filled({"text": "Как оплатить?", "surname": "Оспанов", "step": "check"})))
    assert check.status_code == 200
    sent = browser.post(path, dict(form_of(check, path).filled({"step": "send"})))

    assert sent["Location"] == f"/{language}/receipt/"
    assert (Appeal.objects.get().kind, Appeal.objects.get().language) == (kind, language)


def test_pressing_the_button_twice_makes_one_appeal(world: World, browser: Client) -> None:
    twice = typed()
    first, second = browser.post(COMPLAINT, twice), browser.post(COMPLAINT, twice)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Appeal.objects.count() == 1


def test_the_same_form_with_other_words_is_asked_about_and_then_a_new_appeal(world: World, browser: Client) -> None:
    first = typed()
    browser.post(COMPLAINT, first)
    answer = browser.post(COMPLAINT, {**first, "text": "Совсем другое дело."})

    assert answer.status_code == 409
    assert f"as appeal {Appeal.objects.get().number}" in words(answer)
    form = form_of(answer, COMPLAINT)
    assert field(form, "text").strip() == "Совсем другое дело."
    assert field(form, "delivery") != first["delivery"]
    assert browser.post(COMPLAINT, dict(form.filled({"step": "send"}))).status_code == 302
    assert Appeal.objects.count() == 2


def test_going_back_from_the_check_page_keeps_every_word(world: World, browser: Client) -> None:
    said = typed(
        circumstances="Грипп", iin="900101300106", wish="fund", anonymous="on", step="check", region=world.astana.kato
    )
    check = browser.post(COMPLAINT, said)
    back = browser.post(COMPLAINT, dict(form_of(check, COMPLAINT).filled({"change": "iin"})))

    assert back.status_code == 200
    form = form_of(back, COMPLAINT)
    for name in ("circumstances", "iin", "wish", "region", "delivery", "began"):
        assert field(form, name).strip() == said[name]
    assert field(form, "text").strip() == TEXT
    assert field(form, "anonymous") == "on"


def test_on_behalf_of_somebody_else(world: World, browser: Client) -> None:
    browser.post(
        COMPLAINT,
        typed(
            about="other",
            relation="мать",
            patient_surname="Ахметова",
            patient_given_name="Дана",
            iin="900101300106",
            surname="Ахметов",
        ),
    )

    appeal = Appeal.objects.select_related("applicant", "patient").get()
    assert appeal.relation == "мать"
    assert appeal.patient is not None and appeal.patient.full_name == "Ахметова Дана"
    assert appeal.patient.iin_hash is not None and appeal.applicant.iin_hash is None


def test_whoever_wants_no_name_written_down_gets_none(world: World, browser: Client) -> None:
    check = browser.post(COMPLAINT, typed(anonymous="on", surname="Оспанов", step="check"))
    assert "You have not said who you are" in words(check)
    assert "it will not be written down" in words(check)
    browser.post(COMPLAINT, typed(anonymous="on", surname="Оспанов"))

    applicant = Appeal.objects.get().applicant
    assert applicant.anonymous and applicant.surname == ""


def test_an_answer_needs_a_way_and_the_page_says_so(world: World, browser: Client) -> None:
    check = browser.post(COMPLAINT, typed(surname="Оспанов", step="check"))

    assert "You have left neither a telephone nor an e-mail." in words(check)


def test_an_organisation_is_found_without_javascript(world: World, browser: Client) -> None:
    found = browser.post(COMPLAINT, typed(organisation="поликлиника 4", find="organisation"))

    assert found.status_code == 200
    assert f'value="{world.state_clinic.pk}"' in words(found)
    assert field(form_of(found, COMPLAINT), "text").strip() == TEXT


def test_suggestions_are_a_fragment_of_the_form(world: World, browser: Client) -> None:
    found = words(browser.get("/en/organisations/", {"organisation": "шипа", "region": world.astana.kato}))

    assert "Клиника «Шипа»" in found and "None of these" in found and "<html" not in found
    assert "Found: 1. Choose it if it is the right one." in found
    assert words(browser.get("/en/organisations/", {"organisation": "ш"})) == ""


def test_a_named_organisation_of_the_list_is_asked_about_once(world: World, browser: Client) -> None:
    asked = browser.post(COMPLAINT, typed(organisation="поликлиника 4"))
    assert asked.status_code == 422
    assert "Choose the organisation in the list below" in words(asked)

    again = form_of(asked, COMPLAINT).filled({"step": "send"})
    assert browser.post(COMPLAINT, dict(again)).status_code == 302
    assert Appeal.objects.get().organisation_as_said == "поликлиника 4"


def test_an_organisation_outside_the_list_is_kept_as_said(world: World, browser: Client) -> None:
    browser.post(COMPLAINT, typed(organisation="Дәрігерлік амбулатория Қорғалжын"))

    appeal = Appeal.objects.get()
    assert appeal.organisation is None and appeal.organisation_as_said == "Дәрігерлік амбулатория Қорғалжын"


def test_words_typed_after_a_choice_mean_what_they_say(world: World, browser: Client) -> None:
    found = browser.post(COMPLAINT, typed(organisation="поликлиника 4", find="organisation"))
    form = form_of(found, COMPLAINT)
    assert field(form, "organisation_for") == "поликлиника 4"
    chosen = {"organisation_id": str(world.state_clinic.pk)}
    kept = browser.post(COMPLAINT, dict(form.filled({**chosen, "step": "check"})))
    assert "Городская поликлиника №4" in words(kept)

    typed_on = browser.post(COMPLAINT, dict(form.filled({**chosen, "organisation": "поликлиника №4 Астана"})))
    assert "Городская поликлиника №4" in words(typed_on) and typed_on.status_code == 200

    changed = dict(form.filled({**chosen, "organisation": "Шипа", "step": "send"}))
    asked = browser.post(COMPLAINT, changed)
    assert asked.status_code == 422 and "Клиника «Шипа»" in words(asked)
    assert "checked" not in words(asked).split('name="organisation_id"')[1].split(">")[0]
    again = dict(form_of(asked, COMPLAINT).filled({"organisation_id": str(world.private_clinic.pk), "step": "send"}))
    assert browser.post(COMPLAINT, again).status_code == 302
    assert Appeal.objects.get().organisation == world.private_clinic


def test_consent_is_kept_with_the_version_that_was_read(world: World, browser: Client) -> None:
    texts = {"text_kk": "Келісемін", "text_ru": "Согласен", "text_en": "I agree to it"}
    ConsentText.objects.filter(purpose="clinic_contact").delete()
    ConsentText.objects.create(purpose="clinic_contact", version="7", valid_from=date(2020, 1, 1), **texts)
    asked_consents._kept = None
    assert "I agree to it" in words(browser.get(COMPLAINT))
    browser.post(COMPLAINT, typed(consent_clinic_contact="on"))

    asked_consents._kept = None
    assert Consent.objects.values_list("purpose", "text_version").get() == ("clinic_contact", "7")


def test_each_desk_says_how_long_it_takes(world: World, browser: Client) -> None:
    page = words(browser.get(COMPLAINT))

    assert "(5 calendar days)" in page and "(15 working days)" in page


def test_machines_are_flagged_and_never_refused(world: World, browser: Client) -> None:
    browser.post(COMPLAINT, typed(website="https://spam.example", began="9999999999"))

    flags = [flag["text"] for flag in Appeal.objects.get().flags]
    assert "A field that people do not see was filled in; it may come from a machine." in flags
    assert "The form was filled in within seconds; it may come from a machine." in flags


def test_sending_costs_no_query_besides_registering(
    world: World, browser: Client, django_assert_max_num_queries: Any
) -> None:
    browser.post(COMPLAINT, typed(organisation_id=str(world.state_clinic.pk)))
    with django_assert_max_num_queries(5) as queries:  # two of them begin and end a savepoint
        browser.post(COMPLAINT, typed(organisation_id=str(world.state_clinic.pk)))

    assert not [query["sql"] for query in queries.captured_queries if "staffsession" in query["sql"]]
