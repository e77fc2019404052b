"""What the bot says in the menu and to an IIN that is none, word for word in each language."""

import pytest

from qorgau.lib.telegram.says import Message
from tests.channels.telegram.dialogue.every_language import Said, phone, words  # noqa: F401 - its fixtures
from tests.channels.telegram.dialogue.test_menu import STICKER
from tests.channels.telegram.dialogue.writing.words import Words
from tests.channels.telegram.phone import Phone

NOT_UNDERSTOOD: Said = {
    "kk": "Түсінбедім. Не істегіңіз келетінін таңдаңыз.",
    "ru": "Я этого не понял. Выберите, что вы хотите сделать.",
    "en": "I did not understand that. Please choose what you would like to do.",
}
NO_USE: Said = {
    "kk": "Бұл мұнда қажет емес, сондықтан сақтамадым. Не істегіңіз келетінін таңдаңыз.",
    "ru": "Здесь это не нужно, и я это не сохранил. Выберите, что вы хотите сделать.",
    "en": "I have no use for this here, and have not kept it. Please choose what you would like to do.",
}
EDITED: Said = {
    "kk": "Бұрын жіберген хабарыңызды өзгерттіңіз. Мен оған қайта оралмаймын: алғаш оқығаным қалады. Бір нәрсені "
    "өзгерту керек болса, жаңа хабар жіберіңіз.",
    "ru": "Вы изменили сообщение, отправленное раньше. Я к нему не возвращаюсь: остаётся то, что я прочитал сначала. "
    "Если что-то нужно исправить, отправьте новое сообщение.",
    "en": "You changed a message that you had sent before. I do not go back to it: what I read first stands. If "
    "something should be different, send it as a new message.",
}
UNKNOWN_COMMAND: Said = {
    "kk": "/pizza деген команданы білмеймін. Мәзірден таңдаңыз.",
    "ru": "Я не знаю команды /pizza. Выберите в меню.",
    "en": "I do not know the command /pizza. Please choose from the menu.",
}
OLD_BUTTON: Said = {
    "kk": "Бұл түйме енді жұмыс істемейді. Мәзірден таңдаңыз.",
    "ru": "Эта кнопка больше не работает. Выберите в меню.",
    "en": "This button no longer works. Please choose from the menu.",
}


def test_whatever_comes_to_the_menu(phone: Phone, words: Words) -> None:  # noqa: F811
    code = words.code
    assert NOT_UNDERSTOOD[code] in phone.writes("qwerty").text
    assert NO_USE[code] in phone.sends(sticker=STICKER).text
    assert EDITED[code] in phone.edits(text="other words").text
    assert UNKNOWN_COMMAND[code] in phone.writes("/pizza").text
    assert OLD_BUTTON[code] in phone.presses_data("gone:by").text


NUMBERS: tuple[tuple[str, Said], ...] = (
    (
        "90010130010",
        {
            "kk": "ЖСН 12 цифрдан тұрады, ал мұнда – 11.",
            "ru": "В ИИН 12 цифр, а здесь – 11.",
            "en": "An IIN has 12 digits, and these are 11.",
        },
    ),
    (
        "9001013001066",
        {
            "kk": "ЖСН 12 цифрдан тұрады, ал мұнда – 13.",
            "ru": "В ИИН 12 цифр, а здесь – 13.",
            "en": "An IIN has 12 digits, and these are 13.",
        },
    ),
    (
        "90010130010a",
        {
            "kk": "ЖСН 12 цифрдан тұрады, басқа таңба болмайды.",
            "ru": "ИИН состоит из 12 цифр, других знаков в нём нет.",
            "en": "An IIN has 12 digits and nothing else.",
        },
    ),
    (
        "900101 300107",
        {
            "kk": "Мұндай ЖСН жоқ: цифрлардың бірі қате. Құжатпен салыстырып тексеріңіз.",
            "ru": "Такого ИИН нет: одна из цифр неверна. Сверьте его с документом.",
            "en": "There is no such IIN: one of the digits is wrong. Please check it against the document.",
        },
    ),
    (
        "000000000000",
        {
            "kk": "Бірдей он екі цифрдан тұратын ЖСН болмайды. Оны құжаттан көшіріп жазыңыз.",
            "ru": "ИИН из двенадцати одинаковых цифр не бывает. Перепишите его из документа.",
            "en": "There is no IIN of twelve equal digits. Please copy it from the document.",
        },
    ),
)


def test_an_iin_that_is_none(phone: Phone, words: Words) -> None:  # noqa: F811
    phone.writes("/status")
    for typed, said in NUMBERS:
        assert said[words.code] in phone.writes(typed).text, typed


@pytest.mark.django_db
def test_a_group_is_refused_in_all_three_at_once() -> None:
    group = Phone(chat=-100123)
    chat = {"id": group.chat, "type": "supergroup", "title": "Neighbours"}
    group.delivered({"message": {"message_id": 1, "chat": chat, "date": 1, "text": "/start@qorgau_bot"}})

    refusal = group.said[0]
    assert isinstance(refusal, Message)
    for sentence in (
        "Дербес деректерді топта айтуға болмайды, сондықтан әркіммен жеке сөйлесемін. Менімен жеке чат ашып, «Бастау» "
        "түймесін басыңыз. Қазір бұл топтан шығамын.",
        "Персональным данным не место в группе, поэтому я говорю с каждым отдельно. Откройте чат со мной и нажмите "
        "«Начать». Сейчас я выйду из этой группы.",
        "Personal data do not belong into a group, so I speak with each person alone. Open a chat with me and press "
        "“Start”. I am leaving this group now.",
    ):
        assert sentence in refusal.text
