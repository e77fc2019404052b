"""What an applicant does with an appeal: messages, ratings, withdrawal, the next stage."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client

from qorgau.handling import clock
from qorgau.handling.record_withdrawal import record_withdrawal
from qorgau.register.models import Appeal, Attachment, Link, Message, Rating, Withdrawal
from tests.channels.portal.conftest import Open, field, form_of, words
from tests.channels.portal.tracking.life_of import accepted, ago, answered, asked, filed
from tests.factories import World


def at(appeal: Appeal, page: str = "") -> str:
    return f"/en/appeal/{appeal.number}/{page}"


def follow(browser: Client, response: Any) -> str:
    assert response.status_code == 302, words(response)
    return words(browser.get(response["Location"]))


# --- Messages ---


def test_a_message_with_a_file_reaches_the_appeal(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    file = SimpleUploadedFile("справка.txt", "Қабылдау болмады".encode(), "text/plain")
    sent = browser.post(at(appeal, "message/"), {"text": "Кабинет 214.", "files": [file], "delivery": "a" * 32})

    page = follow(browser, sent)
    assert "Your message was added." in page and "Кабинет 214." in page and "справка.txt" in page
    assert Message.objects.get().direction == "from_applicant"
    assert Attachment.objects.get().message == Message.objects.get()
    assert "Your message was added." not in words(browser.get(at(appeal)))


def test_the_same_message_sent_twice_is_added_once(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    for _ in range(2):
        assert browser.post(at(appeal, "message/"), {"text": "Слово.", "delivery": "b" * 32}).status_code == 302

    assert Message.objects.count() == 1


def test_an_empty_message_is_asked_for(world: World, opened: Open) -> None:
    appeal = filed(world)
    answer = opened(appeal).post(at(appeal, "message/"), {"text": " "})

    assert answer.status_code == 422 and "Write your message or attach a file." in words(answer)


def test_a_wrong_file_loses_neither_the_words_nor_the_right_file(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    files = [SimpleUploadedFile("справка.txt", b"ok"), SimpleUploadedFile("virus.exe", b"MZ\x90" + b"\0" * 300)]
    answer = browser.post(at(appeal, "message/"), {"text": "Слово.", "files": files})
    assert answer.status_code == 422 and "“virus.exe”:" in words(answer)

    form = form_of(answer, at(appeal, "message/"))
    follow(browser, browser.post(at(appeal, "message/"), dict(form.filled({}))))
    assert Message.objects.get().text == "Слово." and Attachment.objects.get().name == "справка.txt"


def test_a_reply_puts_the_appeal_back_into_work(world: World, opened: Open) -> None:
    appeal, _ = asked(world)
    browser = opened(appeal)
    page = follow(browser, browser.post(at(appeal, "message/"), {"text": "Үшінші күні."}))

    assert "You replied" in page and "Being looked into" in page
    assert "The desk asks you" not in page


def test_a_closed_appeal_takes_no_message_and_says_so(world: World, opened: Open) -> None:
    appeal, _ = answered(world)
    browser = opened(appeal)
    browser.post(at(appeal, "rating/"), {"outcome": "solved"})
    answer = browser.post(at(appeal, "message/"), {"text": "Ещё одно."})

    assert answer.status_code == 422 and not Message.objects.exists()
    assert "The appeal is closed." in words(answer)
    assert "Ещё одно." in words(answer)


def test_words_written_after_going_back_are_not_taken_for_a_repeat(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    browser.post(at(appeal, "message/"), {"text": "Первое.", "delivery": "b" * 32})
    answer = browser.post(at(appeal, "message/"), {"text": "Второе.", "delivery": "b" * 32})
    assert answer.status_code == 409 and "This form was sent before with other content" in words(answer)

    form = form_of(answer, at(appeal, "message/"))
    follow(browser, browser.post(at(appeal, "message/"), dict(form.filled({}))))
    assert list(Message.objects.order_by("pk").values_list("text", flat=True)) == ["Первое.", "Второе."]


# --- Rating ---


def test_words_of_a_rating_that_came_too_late_are_shown_to_be_copied(world: World, opened: Open) -> None:
    appeal, _ = answered(world)
    browser = opened(appeal)
    end = ago(days=-40)
    clock.run(end)
    answer = browser.post(at(appeal, "rating/"), {"outcome": "partly", "words": "Врач извинился."})

    assert answer.status_code == 422 and "The appeal is closed." in words(answer)
    assert "Врач извинился." in words(answer)


def test_the_same_rating_sent_twice_is_written_down_once(world: World, opened: Open) -> None:
    appeal, _ = answered(world)
    browser = opened(appeal)
    for _ in range(2):
        sent = browser.post(at(appeal, "rating/"), {"outcome": "partly", "stars": "4", "words": "Спасибо."})
        assert sent.status_code == 302

    again = browser.post(at(appeal, "rating/"), {"outcome": "solved"})
    assert again.status_code == 422 and Rating.objects.get().outcome == "partly"


@pytest.mark.parametrize("outcome", ["solved", "partly", "not_solved"])
def test_a_rating_closes_the_appeal_and_leaves_the_way_up(world: World, opened: Open, outcome: str) -> None:
    appeal, _ = answered(world)
    browser = opened(appeal)
    page = follow(browser, browser.post(at(appeal, "rating/"), {"outcome": outcome, "stars": "4", "words": "Рахмет"}))

    rating = Rating.objects.get()
    assert (rating.outcome, rating.stars, rating.words) == (outcome, 4, "Рахмет")
    assert "Closed" in page and "4 of 5" in page and "Рахмет" in page
    assert "Go one step higher" in page and "Did it help you?" not in page


def test_stars_and_words_may_be_left_out(world: World, opened: Open) -> None:
    appeal, _ = answered(world)
    browser = opened(appeal)
    follow(browser, browser.post(at(appeal, "rating/"), {"outcome": "partly"}))

    assert (Rating.objects.get().stars, Rating.objects.get().words) == (None, "")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"words": "Жақсы"}, "Choose whether the matter is solved."),
        ({"outcome": "wonderful", "words": "Жақсы"}, "Choose one of the list."),
        ({"outcome": "solved", "stars": "9", "words": "Жақсы"}, "Choose one of the list."),
        ({"outcome": "solved", "words": "Жақсы" * 2000}, "5000 fit here"),
    ],
)
def test_a_wrong_rating_is_asked_again_with_its_words(
    world: World, opened: Open, said: dict[str, str], message: str
) -> None:
    appeal, _ = answered(world)
    answer = opened(appeal).post(at(appeal, "rating/"), said)

    assert answer.status_code == 422 and message in words(answer)
    assert field(form_of(answer, at(appeal, "rating/")), "words").strip() == said["words"]
    assert not Rating.objects.exists()


def test_what_is_not_answered_cannot_be_rated(world: World, opened: Open) -> None:
    appeal = filed(world)
    answer = opened(appeal).post(at(appeal, "rating/"), {"outcome": "solved"})

    assert answer.status_code == 422 and "The appeal has not been answered yet." in words(answer)


# --- Withdrawal ---


def test_withdrawing_says_first_what_it_means(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    asking = browser.get(at(appeal, "withdraw/"))
    assert "it cannot be undone" in words(asking)
    appeal.refresh_from_db()
    assert appeal.state == "registered"

    page = follow(browser, browser.post(at(appeal, "withdraw/"), {"reason": "Всё решили на месте"}))
    assert "Your appeal is withdrawn." in page and "Withdrawn" in page
    assert Withdrawal.objects.get().reason == "Всё решили на месте"
    assert Withdrawal.objects.get().confirmed_at is not None


def test_a_withdrawal_written_down_by_staff_waits_for_the_applicant(world: World, opened: Open) -> None:
    appeal, person = accepted(world)
    record_withdrawal(appeal, staff=person, channel="call", reason="сказал по телефону", at=ago(minutes=5))
    browser = opened(appeal)
    page = words(browser.get(at(appeal)))
    assert "Do you want to withdraw?" in page and "you need do nothing" in page
    assert "Being looked into" in page

    assert "сказал по телефону" in words(browser.get(at(appeal, "withdraw/")))
    page = follow(browser, browser.post(at(appeal, "withdraw/"), {"reason": ""}))
    assert "You confirmed that you withdraw your appeal" in page
    assert Withdrawal.objects.get().confirmed_at is not None


def test_ignoring_it_leaves_the_appeal_as_it_was(world: World, opened: Open) -> None:
    appeal, person = accepted(world)
    record_withdrawal(appeal, staff=person, channel="call", reason="сказал", at=ago(minutes=5))
    browser = opened(appeal)
    browser.get(at(appeal, "withdraw/"))
    browser.get(at(appeal))

    appeal.refresh_from_db()
    assert appeal.state == "in_work"


def test_withdrawing_twice_is_withdrawing_once(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    for _ in range(2):
        assert browser.post(at(appeal, "withdraw/"), {"reason": "Решилось."}).status_code == 302

    assert Withdrawal.objects.count() == 1


def test_ones_own_withdrawal_is_not_written_down_as_the_staffs(world: World, opened: Open) -> None:
    appeal, person = accepted(world)
    record_withdrawal(appeal, staff=person, channel="call", reason="Позвонил", at=ago(minutes=5))
    opened(appeal).post(at(appeal, "withdraw/"), {"reason": "Решилось само."})

    row = Withdrawal.objects.get()
    assert (row.channel, row.reason, row.recorded_by) == ("portal", "Решилось само.", None)


def test_an_answered_appeal_can_no_longer_be_withdrawn(world: World, opened: Open) -> None:
    appeal, _ = answered(world)
    browser = opened(appeal)

    assert "This appeal can no longer be withdrawn" in words(browser.get(at(appeal, "withdraw/")))
    assert browser.post(at(appeal, "withdraw/"), {"reason": "передумал"}).status_code == 422
    assert not Withdrawal.objects.exists()


# --- The next stage ---


def test_the_next_stage_says_to_whom_it_goes_and_how_long_it_takes(world: World, opened: Open) -> None:
    appeal, _ = answered(world)
    page = words(opened(appeal).get(at(appeal, "higher/")))

    assert "It goes to: УЗ города Астана." in page  # a state clinic: the health department
    assert "(15 working days)" in page


def test_a_private_clinic_is_answered_for_by_the_branch(world: World, opened: Open) -> None:
    appeal, _ = answered(world, clinic=world.private_clinic, desk=world.private_clinic_desk)

    assert "It goes to: Филиал по городу Астана." in words(opened(appeal).get(at(appeal, "higher/")))


def test_the_next_stage_is_an_appeal_with_a_receipt_of_its_own(world: World, opened: Open) -> None:
    appeal, _ = answered(world)
    browser = opened(appeal)
    file = SimpleUploadedFile("чек.txt", b"100", "text/plain")
    sent = browser.post(at(appeal, "higher/"), {"text": "Деньги не вернули.", "files": [file], "delivery": "c" * 32})
    receipt = follow(browser, sent)
    following = Appeal.objects.exclude(pk=appeal.pk).get()

    assert following.number in receipt and "УЗ города Астана" in receipt
    assert (following.text, following.holder) == ("Деньги не вернули.", world.health_department)
    assert Link.objects.get().type == "stage_after" and following.attachments.count() == 1
    page = words(browser.get(at(appeal)))
    assert f"The next stage is appeal {following.number}" in page and "You went one step higher" in page
    assert appeal.number in words(opened(following).get(at(following)))


def test_the_next_stage_sent_twice_is_one(world: World, opened: Open) -> None:
    appeal, _ = answered(world)
    browser = opened(appeal)
    for _ in range(2):
        said = {"text": "Деньги не вернули.", "delivery": "d" * 32}
        assert browser.post(at(appeal, "higher/"), said).status_code == 302

    assert Appeal.objects.count() == 2


def test_the_next_stage_needs_a_reason_and_keeps_the_files(world: World, opened: Open) -> None:
    appeal, _ = answered(world)
    file = SimpleUploadedFile("чек.txt", b"100", "text/plain")
    answer = opened(appeal).post(at(appeal, "higher/"), {"text": "", "files": [file]})

    assert answer.status_code == 422
    assert "Write why the answer does not satisfy you" in words(answer) and "чек.txt" in words(answer)


def test_there_is_no_way_up_before_the_answer(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)

    assert "This is not possible now" in words(browser.get(at(appeal, "higher/")))
    assert browser.post(at(appeal, "higher/"), {"text": "Быстрее!"}).status_code == 422
    assert Appeal.objects.count() == 1


def test_the_way_up_closes_with_its_term(world: World, opened: Open) -> None:
    appeal, _ = answered(world)
    browser = opened(appeal)
    Appeal.objects.filter(pk=appeal.pk).update(answered_at=ago(days=120), version=F("version") + 1)

    assert "The time to go to a higher desk is over" in words(browser.get(at(appeal)))
