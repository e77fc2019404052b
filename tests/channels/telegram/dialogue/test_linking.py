"""An appeal from another door comes into the chat by its number and code, and goes out of it again."""

from typing import Any

import pytest
from django.utils import timezone

from qorgau.handling.issue_code import issue_code
from qorgau.lib.telegram.came import Returned
from qorgau.lib.telegram.wire import read
from qorgau.notices.chats.linking import appeals_of
from qorgau.notices.chats.models import Chat
from qorgau.notices.chats.reaching import chats_reaching
from qorgau.people.models import ChannelIdentity
from qorgau.register.access import access_code
from qorgau.register.models import Appeal
from qorgau.rules.new_codes import Came, Sign, Why
from qorgau.rules.roles import Role
from tests import factories
from tests.channels.telegram.phone import Phone


@pytest.fixture(autouse=True)
def bot(settings: Any) -> None:
    settings.TELEGRAM_TOKEN = "4242:token"


@pytest.fixture
def appeal(phone: Phone) -> Appeal:
    return factories.appeal()


def opened(phone: Phone, appeal: Appeal) -> Phone:
    phone.writes("/link").writes(appeal.number)
    return phone.writes(access_code(appeal.number))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_number_and_code_link_an_appeal_and_the_code_leaves_the_chat(appeal: Appeal, language: str) -> None:
    phone = Phone(chat=700_000_100, language=language)
    phone.writes("/link").writes(appeal.number)
    assert appeal.number in phone.text
    code = phone.message(text=access_code(appeal.number))
    phone.delivered({"message": code})

    assert phone.deleted == [code["message_id"]]
    assert appeal.number in phone.text
    assert list(appeals_of(phone.chat)) == [appeal]
    assert chats_reaching(appeal.applicant_id) == [str(phone.chat)]


def test_a_link_of_a_letter_or_poster_brings_the_number_along(phone: Phone, appeal: Appeal) -> None:
    phone.writes(f"/start track-{appeal.number}")
    assert f"access code of the appeal {appeal.number}" in phone.text
    phone.writes(access_code(appeal.number))
    assert list(appeals_of(phone.chat)) == [appeal]


def test_a_link_that_was_mistyped_asks_for_the_number(phone: Phone) -> None:
    phone.writes("/start track-27-1")
    assert "Write the number of the appeal" in phone.text


@pytest.mark.parametrize("typed", ["K7M4-Q9TX-2F", "what?", "1"])
def test_a_wrong_code_links_nothing_and_may_be_tried_again(phone: Phone, appeal: Appeal, typed: str) -> None:
    phone.writes("/link").writes(appeal.number).writes(typed)
    assert not appeals_of(phone.chat).exists()
    assert phone.deleted
    phone.writes(access_code(appeal.number))
    assert appeals_of(phone.chat).exists()


def test_what_is_no_number_is_said_and_asked_for_again(phone: Phone, appeal: Appeal) -> None:
    phone.writes("/link").writes("26-0000001-0")
    assert phone.text
    phone.writes(appeal.number)
    assert "access code" in phone.text


def test_whoever_guesses_has_to_wait_as_on_the_site(phone: Phone, appeal: Appeal) -> None:
    phone.writes("/link").writes(appeal.number)
    for _ in range(5):
        phone.writes("K7M4-Q9TX-2F")
    phone.writes(access_code(appeal.number))

    assert "too many wrong tries" in phone.text
    assert not appeals_of(phone.chat).exists()
    phone.later(minutes=2).writes(access_code(appeal.number))
    assert appeals_of(phone.chat).exists()


def test_unlinking_is_asked_once_more_and_then_done(phone: Phone, appeal: Appeal) -> None:
    opened(phone, appeal).presses("Unlink it")
    assert appeals_of(phone.chat).exists()
    phone.presses("Unlink it")
    assert not ChannelIdentity.objects.exists()
    assert chats_reaching(appeal.applicant_id) == []


ANOTHER = {
    "kk": "Енді ол туралы хабарлар сол чатқа да келеді.",
    "ru": "Теперь сообщения о нём приходят и туда.",
    "en": "News about it comes there too from now on.",
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_chat_that_followed_it_hears_of_another_one_and_goes_on_hearing(appeal: Appeal, language: str) -> None:
    daughter, mother = Phone(chat=700_000_199, language=language), Phone(chat=700_000_200, language="en")
    opened(daughter, appeal)
    opened(mother, appeal)

    (news,) = [one for one in daughter.reads() if hasattr(one, "text")]
    assert ANOTHER[language] in news.text
    assert chats_reaching(appeal.applicant_id) == [str(mother.chat), str(daughter.chat)]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_new_code_ends_it_and_the_chat_is_told(appeal: Appeal, language: str) -> None:
    operator = factories.staff(Role.OPERATOR, appeal.holder)
    phone = opened(Phone(chat=700_000_201, language=language), appeal)
    phone.reads()
    signs = [Sign.NAME, Sign.WHEN]
    issue_code(appeal, staff=operator, why=Why.KNOWN, came=Came.CALL, signs=signs, at=timezone.now())

    (told,) = [one for one in phone.reads() if hasattr(one, "text")]
    assert appeal.number in told.text and ENDED[language] in told.text
    assert not appeals_of(phone.chat).exists()
    assert not appeals_of(opened(phone, appeal).chat).exists(), "the old code links it no longer"
    phone.writes(access_code(appeal.number, 2))
    assert list(appeals_of(phone.chat)) == [appeal]


ENDED = {"kk": "енді бұл чатқа қосылмаған", "ru": "больше не подключено", "en": "no longer linked to this chat"}


def test_each_chat_leaves_by_itself(appeal: Appeal) -> None:
    daughter, mother = Phone(chat=700_000_199, language="en"), Phone(chat=700_000_200, language="en")
    for phone in (daughter, mother):
        opened(phone, appeal)
    daughter.writes("/stop").presses("Stop the news")
    assert chats_reaching(appeal.applicant_id) == [str(mother.chat)]
    daughter.writes("/stop").presses("Tell me news here again")

    mother.presses_data(f"history:{appeal.pk}").presses("Unlink it").presses("Unlink it")
    assert chats_reaching(appeal.applicant_id) == [str(daughter.chat)]
    assert not appeals_of(mother.chat).exists()
    mother.presses_data(f"history:{appeal.pk}")
    assert appeal.text not in mother.text


STOPPING = {
    "kk": "Осы өтініш қосылған басқа чаттарға хабар келе береді.",
    "ru": "В другие чаты, к которым подключено это же обращение, они приходить будут.",
    "en": "Other chats that follow the same appeal go on hearing.",
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_stopping_says_who_goes_on_hearing(world: object, language: str) -> None:
    assert STOPPING[language] in Phone(chat=700_000_201, language=language).writes("/stop").text


@pytest.mark.parametrize(
    "data", ["link:drop:{pk}", "link:dropped:{pk}", "site:{pk}", "site:", "site:x", "link:drop:9²"]
)
def test_a_button_opens_nothing_in_a_chat_that_is_not_linked(phone: Phone, appeal: Appeal, data: str) -> None:
    phone.writes("/menu").presses_data(data.format(pk=appeal.pk))
    assert "not linked to this chat" in phone.text


def test_the_button_to_the_site_opens_the_appeal_there(phone: Phone, appeal: Appeal, client: Any) -> None:
    phone.now = timezone.now()
    opened(phone, appeal).presses("Open on the site")
    address = phone.button("Open on the site").url
    assert appeal.number not in address

    path = address.split("8000", 1)[1]
    assert client.get(path).status_code == 200
    page = client.post(path, follow=True)
    assert page.status_code == 200
    assert appeal.number in page.content.decode()


ONCE = {
    "kk": "бір рет",
    "ru": "один раз",
    "en": "once, within ten minutes",
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_chat_says_that_the_button_works_once(appeal: Appeal, language: str) -> None:
    phone = Phone(chat=700_000_101, language=language)
    opened(phone, appeal).presses_data(f"site:{appeal.pk}")
    assert ONCE[language] in phone.text
    assert appeal.number in phone.text


def test_who_stops_and_comes_back_is_reached_again(phone: Phone, appeal: Appeal) -> None:
    opened(phone, appeal)

    def member(before: str, after: str) -> dict[str, Any]:
        bot = {"id": 4242, "is_bot": True, "first_name": "Bot"}
        until = {"until_date": 0}
        return {
            "my_chat_member": {
                "chat": phone._chat(),
                "from": phone._person(),
                "date": phone._seconds(),
                "old_chat_member": {"user": bot, "status": before, **(until if before == "kicked" else {})},
                "new_chat_member": {"user": bot, "status": after, **(until if after == "kicked" else {})},
            }
        }

    phone.delivered(member("member", "kicked"))
    assert chats_reaching(appeal.applicant_id) == []
    back = member("kicked", "member")
    assert isinstance(read({"update_id": 1, **back}, bot="4242"), Returned)
    phone.delivered(back)
    assert Chat.objects.get(pk=phone.chat).blocked_at is None
    assert chats_reaching(appeal.applicant_id) == [str(phone.chat)]
    assert phone.said == []


def test_stop_ends_news_and_nothing_else_and_it_can_begin_again(phone: Phone, appeal: Appeal) -> None:
    opened(phone, appeal).writes("/stop").presses("Stop the news")
    assert chats_reaching(appeal.applicant_id) == []
    assert list(appeals_of(phone.chat)) == [appeal]

    phone.writes("/stop").presses("Tell me news here again")
    assert chats_reaching(appeal.applicant_id) == [str(phone.chat)]


def test_an_identity_number_that_was_typed_by_mistake_leaves_the_chat(phone: Phone, appeal: Appeal) -> None:
    phone.writes("/link")
    typed = phone.message(text="900101300106")
    phone.delivered({"message": typed})
    assert phone.deleted == [typed["message_id"]]
