"""Number and code: who gets in, who does not, and what they learn."""

from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from qorgau.channels.portal.tracking import opened as opened_cookie
from qorgau.register.access import access_code
from qorgau.register.models import Appeal, Message
from qorgau.rules.numbers import make_number
from tests.channels.portal.conftest import Open, field, form_of, words
from tests.channels.portal.tracking.life_of import filed
from tests.factories import World

DOOR = "/en/track/"
NO_SUCH = "No appeal has this number and this code."


def code_of(appeal: Appeal) -> str:
    return access_code(appeal.number, appeal.code_version)


def test_number_and_code_open_the_appeal(world: World, browser: Client) -> None:
    appeal = filed(world)
    answer = browser.post(DOOR, {"number": appeal.number, "code": code_of(appeal)})

    assert answer.status_code == 302 and answer["Location"] == f"/en/appeal/{appeal.number}/"
    assert browser.get(answer["Location"]).status_code == 200


def test_any_way_of_typing_them_is_forgiven(world: World, browser: Client) -> None:
    appeal = filed(world)
    year, serial, check = appeal.number.split("-")
    typed = {"number": f" № {year} {serial.lstrip('0')} {check} ", "code": code_of(appeal).lower().replace("-", " ")}

    assert browser.post(DOOR, typed).status_code == 302


def test_the_number_may_stand_in_the_address_and_the_code_never_does(world: World, browser: Client) -> None:
    page = browser.get(DOOR, {"number": "26-0001234-9", "code": "K7M4-Q9TX-2F"})

    assert field(form_of(page, DOOR), "number") == "26-0001234-9"
    assert field(form_of(page, DOOR), "code") == ""


def test_no_such_number_and_a_wrong_code_get_the_same_answer(world: World, browser: Client) -> None:
    appeal = filed(world)
    wrong_code = browser.post(DOOR, {"number": appeal.number, "code": "0000-0000-00"})
    no_such = browser.post(DOOR, {"number": make_number(2026, 7_654_321), "code": "0000-0000-00"})

    assert wrong_code.status_code == no_such.status_code == 422
    assert NO_SUCH in words(wrong_code)

    def without_what_was_typed(page: Any, number: str) -> str:
        return words(page).replace(number, "").replace(field(form_of(page, DOOR), "csrfmiddlewaretoken"), "")

    assert without_what_was_typed(wrong_code, appeal.number) == without_what_was_typed(
        no_such, make_number(2026, 7_654_321)
    )


def test_both_answers_cost_the_same_queries(world: World, django_assert_num_queries: Any) -> None:
    appeal = filed(world)
    counts = []
    for number in (appeal.number, make_number(2026, 7_654_321)):
        with django_assert_num_queries(6) as queries:
            Client().post(DOOR, {"number": number, "code": "0000-0000-00"}, REMOTE_ADDR=f"203.0.113.{len(counts)}")
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("number", "code", "message"),
    [
        ("", "", "Write the number of the appeal."),
        ("26-0001234-0", "K7M4-Q9TX-2F", "has a slip"),
        ("hello", "K7M4-Q9TX-2F", "This is not the number of an appeal."),
        (make_number(2026, 1234), "hello", "The access code has ten letters and digits"),
        (make_number(2026, 1234), "\x00'; --", "The access code has ten letters and digits"),
        ("9" * 10_000, "9" * 10_000, "60 fit here"),
    ],
)
def test_what_can_be_neither_is_told_beside_its_field(
    world: World, browser: Client, number: str, code: str, message: str
) -> None:
    answer = browser.post(DOOR, {"number": number, "code": code})

    assert answer.status_code == 422 and message in words(answer)


def test_after_a_few_wrong_tries_there_are_pauses(world: World, browser: Client) -> None:
    appeal = filed(world)
    answers = [browser.post(DOOR, {"number": appeal.number, "code": "0000-0000-00"}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429] * 2
    assert 0 < int(answers[-1]["Retry-After"]) <= 61
    assert "Please try again in 1 minute." in words(answers[-1])

    # The right code is not looked at during a pause either, or the pause would tell which code is right.
    assert browser.post(DOOR, {"number": appeal.number, "code": code_of(appeal)}).status_code == 429


def test_somebody_elsewhere_is_not_kept_waiting_by_a_guesser(world: World, browser: Client) -> None:
    appeal = filed(world)
    for _ in range(6):
        browser.post(DOOR, {"number": appeal.number, "code": "0000-0000-00"}, REMOTE_ADDR="203.0.113.50")

    right = {"number": appeal.number, "code": code_of(appeal)}
    assert browser.post(DOOR, right, REMOTE_ADDR="198.51.100.1").status_code == 302


def test_success_forgets_the_wrong_tries(world: World, browser: Client) -> None:
    appeal = filed(world)
    for _ in range(3):
        for _ in range(4):
            browser.post(DOOR, {"number": appeal.number, "code": "0000-0000-00"})
        assert browser.post(DOOR, {"number": appeal.number, "code": code_of(appeal)}).status_code == 302


def test_a_stranger_is_led_to_the_door(world: World, browser: Client) -> None:
    appeal = filed(world)
    for page in ("", "message/", "rating/", "withdraw/", "higher/", "answer.pdf", "files/1/"):
        answer = browser.get(f"/en/appeal/{appeal.number}/{page}")
        assert answer.status_code == 302 and answer["Location"] == f"/en/track/?number={appeal.number}"


def test_opening_one_appeal_opens_no_other(world: World, opened: Open) -> None:
    mine, other = filed(world), filed(world)
    browser = opened(mine)

    assert browser.get(f"/en/appeal/{other.number}/").status_code == 302


def test_several_appeals_can_be_open_at_once(world: World, browser: Client) -> None:
    for appeal in (first := filed(world), second := filed(world)):
        browser.post(DOOR, {"number": appeal.number, "code": code_of(appeal)})

    assert [browser.get(f"/en/appeal/{one.number}/").status_code for one in (first, second)] == [200, 200]


def test_a_forged_cookie_opens_nothing(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    browser.cookies["opened"] = browser.cookies["opened"].value[:-1] + "x"

    assert browser.get(f"/en/appeal/{appeal.number}/").status_code == 302


def test_an_appeal_closes_after_two_hours(world: World, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    later = timezone.now().timestamp() + opened_cookie.SECONDS + 1
    monkeypatch.setattr("time.time", lambda: later)

    assert browser.get(f"/en/appeal/{appeal.number}/").status_code == 302


def test_a_new_code_closes_what_the_old_one_opened(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    assert browser.get(f"/en/appeal/{appeal.number}/").status_code == 200
    Appeal.objects.filter(pk=appeal.pk).update(code_version=2, version=F("version") + 1)

    assert browser.get(f"/en/appeal/{appeal.number}/").status_code == 302


def test_closing_the_page_for_others(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)

    assert browser.post(f"/en/appeal/{appeal.number}/close/")["Location"] == "/en/"
    assert browser.get(f"/en/appeal/{appeal.number}/").status_code == 302


def test_the_cookie_tells_scripts_and_other_sites_nothing(world: World, opened: Open) -> None:
    cookie = opened(filed(world)).cookies["opened"]

    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 7200


def test_a_message_typed_after_the_appeal_had_closed_goes_on_through_the_door(world: World, browser: Client) -> None:
    appeal = filed(world)
    closed = browser.post(f"/en/appeal/{appeal.number}/message/", {"text": "Кабинет 214.", "delivery": "a" * 32})
    assert closed.status_code == 403
    assert "The appeal was closed" in words(closed)

    form = form_of(closed, DOOR)
    wrong = browser.post(DOOR, dict(form.filled({"code": "0000-0000-00"})))
    again = browser.post(DOOR, dict(form_of(wrong, DOOR).filled({"code": code_of(appeal)})))
    assert again.status_code == 200
    assert "It has not been sent yet" in words(again)
    assert not Message.objects.exists()

    action = f"/en/appeal/{appeal.number}/message/"
    message = form_of(again, action)
    assert field(message, "text").strip() == "Кабинет 214." and field(message, "delivery") == "a" * 32
    assert browser.post(action, dict(message.filled({}))).status_code == 302
    assert Message.objects.get().text == "Кабинет 214."


def test_what_was_typed_for_one_appeal_does_not_slip_into_another(world: World, browser: Client) -> None:
    first, second = filed(world), filed(world)
    closed = browser.post(f"/en/appeal/{first.number}/message/", {"text": "О первом."})
    form = form_of(closed, DOOR).filled({"number": second.number, "code": code_of(second)})
    page = browser.post(DOOR, dict(form))

    # It is shown there, to be looked at; nothing has been sent.
    assert page.status_code == 200 and not Message.objects.exists()
