"""What the history of appeals says to each of its verbs, word for word in each language."""

import pytest
from django.utils import timezone

from qorgau.handling.record_withdrawal import record_withdrawal
from qorgau.notices.chats.linking import link
from qorgau.register.models import Appeal, Message, Rating, Withdrawal
from tests.channels.portal.tracking.life_of import ago, answered, asked, filed
from tests.channels.telegram.dialogue.every_language import Said, words  # noqa: F401 - its fixture
from tests.channels.telegram.dialogue.writing.words import Words
from tests.channels.telegram.phone import Phone
from tests.factories import World


@pytest.fixture
def phone(world: World, words: Words) -> Phone:  # noqa: F811
    return Phone(now=timezone.now(), language=words.code).writes("/menu")


def opened(phone: Phone, appeal: Appeal) -> Phone:
    link(appeal.applicant_id, phone.chat, phone.now)
    return phone.presses_data(f"history:{appeal.pk}")


NOTHING_SENT: Said = {
    "kk": "Бұл чаттан әлі ештеңе жіберілген жоқ. Басқа жолмен жіберген өтінішіңізді нөмірі мен коды арқылы осы чатқа "
    "қосуға болады.",
    "ru": "Из этого чата ещё ничего не отправлено. Обращение, отправленное другим путём, можно подключить к этому чату "
    "по номеру и коду.",
    "en": "Nothing was sent from this chat yet. An appeal that you sent in another way can be linked to this chat by "
    "its number and code.",
}
NOT_OF_THIS_CHAT: Said = {
    "kk": "Бұл өтініш осы чатқа тиесілі емес. «Өтініштер тарихынан» басқасын таңдаңыз.",
    "ru": "Это обращение не относится к этому чату. Выберите другое в «Истории обращений».",
    "en": "This appeal does not belong to this chat. Choose another one from “History of appeals”.",
}
HAS_ONE: Said = {"kk": "Сізде 1 өтініш бар.", "ru": "У вас 1 обращение.", "en": "You have 1 appeal."}
ADD: Said = {
    "kk": "Хабарлама немесе файл қосу",
    "ru": "Добавить сообщение или файл",
    "en": "Add a message or a file",
}
SEND: Said = {"kk": "Хабарламаны жіберу", "ru": "Отправить сообщение", "en": "Send the message"}
ADDED: Said = {
    "kk": "Хабарламаңыз қосылды. Бөлімге бұл туралы хабарланды.",
    "ru": "Ваше сообщение добавлено. Подразделению о нём сообщили.",
    "en": "Your message was added. The desk has been told.",
}
SENT_ALREADY: Said = {
    "kk": "Бұл жіберілген. Екінші рет ештеңе жіберілген жоқ.",
    "ru": "Это уже отправлено. Второй раз ничего не отправлено.",
    "en": "This was sent already. Nothing was sent twice.",
}


def test_the_list_and_a_message(phone: Phone, words: Words, world: World) -> None:  # noqa: F811
    code = words.code
    assert NOTHING_SENT[code] in phone.writes("/history").text
    one = filed(world)
    assert NOT_OF_THIS_CHAT[code] in phone.presses_data(f"history:{one.pk}").text

    opened(phone, one)
    assert HAS_ONE[code] in phone.writes("/history").text
    phone.presses_data(f"history:{one.pk}").presses(ADD[code]).writes("Тағы бір сөз.")
    send = phone.button(SEND[code]).data
    assert ADDED[code] in phone.presses_data(send).text
    assert SENT_ALREADY[code] in phone.presses_data(send).text
    assert Message.objects.get(appeal=one).text == "Тағы бір сөз."


ASKED: Said = {
    "kk": "Бөлімнің сізге сұрағы бар:\nҚай күні болды?",
    "ru": "Подразделение спрашивает вас:\nҚай күні болды?",
    "en": "The desk asks you:\nҚай күні болды?",
}
REPLY: Said = {"kk": "Сұраққа жауап беру", "ru": "Ответить на вопрос", "en": "Reply to the question"}


def test_a_question_of_the_desk(phone: Phone, words: Words, world: World) -> None:  # noqa: F811
    code = words.code
    one, _person = asked(world)
    assert ASKED[code] in opened(phone, one).text
    phone.presses(REPLY[code]).writes("Дүйсенбіде.").presses(SEND[code])
    one.refresh_from_db()
    assert one.state == "in_work"


RATE: Said = {"kk": "Жауапты бағалау", "ru": "Оценить ответ", "en": "Rate the answer"}
PARTLY: Said = {"kk": "Ішінара", "ru": "Частично", "en": "Partly"}
WITHOUT_STARS: Said = {"kk": "Жұлдызсыз", "ru": "Без звёзд", "en": "Without stars"}
SEND_RATING: Said = {"kk": "Бағаны жіберу", "ru": "Отправить оценку", "en": "Send the rating"}
RATED: Said = {
    "kk": "Рақмет. Бағаңыз жазып алынды.",
    "ru": "Спасибо. Ваша оценка записана.",
    "en": "Thank you. Your rating was written down.",
}
RATED_ALREADY: Said = {
    "kk": "Бұл жауапты бағалап қойғансыз.",
    "ru": "Вы уже оценили этот ответ.",
    "en": "You have rated this answer already.",
}
HIGHER: Said = {
    "kk": "Жоғары тұрған бөлімге жүгіну",
    "ru": "Обратиться в вышестоящее подразделение",
    "en": "Go one step higher",
}
WHAT_IS_WRONG: Said = {
    "kk": "Жауаптың несі дұрыс емес?",
    "ru": "Что не так с ответом?",
    "en": "What is wrong with the answer?",
}
SEND_HIGHER: Said = {
    "kk": "Жоғары тұрған бөлімге жіберу",
    "ru": "Отправить в вышестоящее подразделение",
    "en": "Send to the higher desk",
}


def test_a_rating_and_the_next_stage(phone: Phone, words: Words, world: World) -> None:  # noqa: F811
    code = words.code
    one, _person = answered(world)
    opened(phone, one).presses(RATE[code]).presses(PARTLY[code]).presses(WITHOUT_STARS[code])
    send = phone.button(SEND_RATING[code]).data
    assert RATED[code] in phone.presses_data(send).text
    assert RATED_ALREADY[code] in phone.presses_data(send).text
    assert Rating.objects.get().outcome == "partly"

    assert WHAT_IS_WRONG[code] in phone.presses_data(f"history:{one.pk}").presses(HIGHER[code]).text
    phone.writes("Ештеңе түзелген жоқ.").presses(SEND_HIGHER[code])
    assert Appeal.objects.exclude(pk=one.pk).get().number in phone.text


WITHDRAW: Said = {
    "kk": "Өтінішті кері қайтарып алу",
    "ru": "Отозвать обращение",
    "en": "Withdraw the appeal",
}
WHAT_FOLLOWS: Said = {
    "kk": "оны ешкім қарамайды, сізге жауап берілмейді;",
    "ru": "им больше никто не занимается, и вы не получите ответа;",
    "en": "nobody looks into it any more, and you get no answer;",
}
REASON: Said = {
    "kk": "Себебіңіз: «Шешілді».",
    "ru": "Ваша причина: «Шешілді».",
    "en": "Your reason: “Шешілді”.",
}
YES: Said = {"kk": "Иә, кері қайтарып аламын", "ru": "Да, отозвать", "en": "Yes, withdraw it"}
WITHDRAWN: Said = {
    "kk": "Өтінішіңіз кері қайтарып алынды.",
    "ru": "Ваше обращение отозвано.",
    "en": "Your appeal is withdrawn.",
}
RECORDED: Said = {
    "kk": "Оны тек өзіңіз растай аласыз. Егер бұлай сұрамасаңыз, ештеңе істемеңіз: өтінішіңіз әрі қарай қаралады.",
    "ru": "Подтвердить это можете только вы. Если вы об этом не просили, ничего делать не нужно: работа по обращению "
    "продолжается.",
    "en": "Only you can confirm it. If you did not ask for it, you need do nothing: your appeal goes on.",
}


def test_a_withdrawal(phone: Phone, words: Words, world: World) -> None:  # noqa: F811
    code = words.code
    assert WHAT_FOLLOWS[code] in opened(phone, filed(world)).presses(WITHDRAW[code]).text
    assert REASON[code] in phone.writes("Шешілді").text
    assert WITHDRAWN[code] in phone.presses(YES[code]).text

    one, person = asked(world)
    record_withdrawal(one, staff=person, channel="call", reason="So they said", at=ago(minutes=5))
    assert RECORDED[code] in opened(phone, one).text
    assert WITHDRAWN[code] in phone.presses(WITHDRAW[code]).presses(YES[code]).text
    assert Withdrawal.objects.count() == 2
