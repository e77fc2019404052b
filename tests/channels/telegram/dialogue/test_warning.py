"""Being warned in the chat before the insurance ends: consent first, the number kept nowhere, stopped by a button."""

from typing import Any

import pytest

from qorgau.channels.telegram.models import Dialogue
from qorgau.insured.person_key import person_key
from qorgau.insured.warnings.addresses import address_of, label_of
from qorgau.insured.warnings.models import Subscription
from qorgau.lib.sealed import unseal
from qorgau.people.models import ConsentText
from tests.channels.portal.insurance.conftest import people, today  # noqa: F401 - the people of the register
from tests.channels.telegram.phone import Phone
from tests.insured.conftest import load, rows  # noqa: F401 - the register that is asked
from tests.insured.files import AIGUL

pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> Phone:
    from qorgau.people import asked_consents

    monkeypatch.setattr(asked_consents, "_kept", None)
    words = {"text_kk": "Келісемін", "text_ru": "Согласен", "text_en": "I agree that…"}
    ConsentText.objects.get_or_create(
        purpose="insurance_warning", version="2026-1", defaults={"valid_from": "2026-01-01", **words}
    )
    return Phone()


def begun(phone: Phone) -> Phone:
    return phone.writes("/status").writes(AIGUL).presses("Tell me before the insurance ends").presses("I agree")


def test_after_the_status_one_can_ask_to_be_warned(phone: Phone) -> None:
    begun(phone)
    typed = phone.message(text=AIGUL)
    phone.delivered({"message": typed})
    assert phone.deleted == [typed["message_id"]]
    assert AIGUL not in unseal(bytes(Dialogue.objects.get().state))
    phone.writes("mother")

    one = Subscription.objects.get()
    assert (one.channel, address_of(one), label_of(one)) == ("telegram", str(phone.chat), "mother")
    assert (one.person, one.language, one.consent_version) == (person_key(AIGUL), "en", "2026-1")
    assert not one.proven


@pytest.mark.parametrize("label", ["87010000000", "x" * 21, "a@b.kz"])
def test_what_is_no_name_for_a_person_is_asked_for_again(phone: Phone, label: str) -> None:
    begun(phone).writes(AIGUL).writes(label)
    assert "Only letters" in phone.text
    assert not Subscription.objects.exists()
    phone.presses_data("warn:nobody")
    assert label_of(Subscription.objects.get()) == ""


def test_they_are_stopped_by_the_button_in_the_chat_that_they_come_to(phone: Phone) -> None:
    begun(phone).writes(AIGUL).writes("mother")
    stops = phone.button("Stop these messages").data
    other = Phone(chat=700_000_300)
    other.writes("/menu").presses_data(stops)
    assert Subscription.objects.filter(ended_at=None).count() == 1

    phone.presses_data(stops)
    assert "Stopped" in phone.text
    assert Subscription.objects.get().ended_why == "stopped"
    assert "stopped before" in phone.presses_data(stops).text


def test_nothing_is_kept_without_consent(phone: Phone) -> None:
    phone.writes("/status").writes(AIGUL).presses("Tell me before the insurance ends").writes(AIGUL)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("data", ["warn:", "warn:nobody", "warn:stop:", "warn:stop:x", "warn:what"])
def test_old_buttons_are_answered(phone: Phone, data: str) -> None:
    assert phone.writes("/menu").presses_data(data).text
    assert not Subscription.objects.exists()


def test_where_no_consent_is_worded_warnings_are_not_offered(phone: Phone, monkeypatch: Any) -> None:
    from qorgau.people import asked_consents

    monkeypatch.setattr(asked_consents, "_in_force", dict)
    phone.writes("/status").writes(AIGUL)
    assert "Tell me before the insurance ends" not in phone.buttons
    assert "cannot be had" in phone.presses_data("warn:").text
