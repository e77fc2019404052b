"""A token that was missing or old: nothing is done, nothing is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qorgau.register.access import access_code
from qorgau.register.models import Appeal, Attachment, Message, Rating
from tests.channels.portal.conftest import COMPLAINT, field, form_of, words
from tests.channels.portal.tracking.life_of import answered, filed
from tests.channels.portal.writing.test_writing import TEXT, typed
from tests.factories import World


@pytest.fixture
def strict() -> Client:
    """A browser whose forms must carry the right token."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


def opened_by(browser: Client, appeal: Appeal) -> None:
    form = form_of(browser.get("/en/track/"), "/en/track/")
    said = {"number": appeal.number, "code": access_code(appeal.number)}
    assert browser.post("/en/track/", dict(form.filled(said))).status_code == 302


def test_the_form_comes_back_whole_with_a_fresh_token(world: World, strict: Client) -> None:
    file = SimpleUploadedFile("справка.txt", b"ok")
    answer = strict.post(COMPLAINT, typed(step="check", circumstances="Грипп", files=[file]))
    assert answer.status_code == 403
    assert "Please send it again" in words(answer) and "Everything you typed is still here." in words(answer)
    assert not Appeal.objects.exists()

    again = form_of(answer, COMPLAINT)
    assert field(again, "text").strip() == TEXT and field(again, "circumstances").strip() == "Грипп"
    check = strict.post(COMPLAINT, dict(again.filled({"step": "check"})))
    assert check.status_code == 200
    assert strict.post(COMPLAINT, dict(form_of(check, COMPLAINT).filled({"step": "send"}))).status_code == 302
    assert Attachment.objects.get().name == "справка.txt"


def test_the_last_button_never_sends_with_an_old_token(world: World, strict: Client) -> None:
    answer = strict.post(COMPLAINT, typed(step="send"))

    assert answer.status_code == 403 and not Appeal.objects.exists()
    assert "Please check what you wrote" in words(answer)
    assert strict.post(COMPLAINT, dict(form_of(answer, COMPLAINT).filled({"step": "send"}))).status_code == 302


def test_a_forged_sending_from_another_site_does_nothing(world: World, strict: Client) -> None:
    answer = strict.post(COMPLAINT, typed(step="send"), headers={"origin": "https://evil.example"})

    assert answer.status_code == 403 and not Appeal.objects.exists()


def test_a_message_waits_to_be_sent_again(world: World, strict: Client) -> None:
    appeal = filed(world)
    opened_by(strict, appeal)
    action = f"/en/appeal/{appeal.number}/message/"
    answer = strict.post(action, {"text": "Слово.", "delivery": "e" * 32, "csrfmiddlewaretoken": "old"})
    assert answer.status_code == 403 and not Message.objects.exists()

    form = form_of(answer, action)
    assert field(form, "text").strip() == "Слово." and field(form, "delivery") == "e" * 32
    assert strict.post(action, dict(form.filled({}))).status_code == 302
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("page", "said", "kept"),
    [
        ("rating", {"outcome": "solved", "words": "Жақсы"}, "words"),
        ("withdraw", {"reason": "Всё решили"}, "reason"),
        ("higher", {"text": "Не решили"}, "text"),
    ],
)
def test_no_other_form_acts_or_loses_words(
    world: World, strict: Client, page: str, said: dict[str, str], kept: str
) -> None:
    appeal = answered(world)[0] if page != "withdraw" else filed(world)
    opened_by(strict, appeal)
    action = f"/en/appeal/{appeal.number}/{page}/"
    answer = strict.post(action, said)

    assert answer.status_code == 403
    assert field(form_of(answer, action), kept).strip() == said[kept]
    assert not Rating.objects.exists() and Appeal.objects.count() == 1
    appeal.refresh_from_db()
    assert appeal.state in ("answered", "registered")


def test_the_door_asks_once_more(world: World, strict: Client) -> None:
    appeal = filed(world)
    answer = strict.post("/en/track/", {"number": appeal.number, "code": access_code(appeal.number)})
    assert answer.status_code == 403 and "Please send it again" in words(answer)

    assert strict.post("/en/track/", dict(form_of(answer, "/en/track/").filled({}))).status_code == 302


def test_elsewhere_longer_words_can_be_copied_and_secrets_are_not_shown(world: World, strict: Client) -> None:
    said = {"note": "Длинная заметка о разговоре с пациентом.", "password": "a very long and secret password"}
    answer = strict.post("/en/easier-to-read/", said)

    assert answer.status_code == 403
    assert said["note"] in words(answer) and said["password"] not in words(answer)
