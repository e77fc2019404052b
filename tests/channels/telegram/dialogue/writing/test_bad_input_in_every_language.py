"""What the bot says to input that it cannot use, word for word in each language: always with what to do."""

import re
from pathlib import Path

from tests.channels.telegram.dialogue.every_language import Said, phone, words  # noqa: F401 - its fixtures
from tests.channels.telegram.dialogue.test_menu import STICKER
from tests.channels.telegram.dialogue.writing.steps import (
    TEXT,
    at_the_text,
    complaint,
    document,
    files_come,
    to_check,
    voice,
)
from tests.channels.telegram.dialogue.writing.test_files import PDF
from tests.channels.telegram.dialogue.writing.words import Words
from tests.channels.telegram.phone import Phone

PRESS: Said = {
    "kk": "Түймелердің бірін басыңыз.",
    "ru": "Нажмите одну из кнопок.",
    "en": "Please press one of the buttons.",
}
NO_SUCH_REGION: Said = {
    "kk": "Мұндай өңірді таппадым.",
    "ru": "Такого региона я не нашёл.",
    "en": "I do not know a region of this name.",
}
NO_REGION_NEAR: Said = {
    "kk": "Бұл жердің маңында өңір таппадым.",
    "ru": "Рядом с этим местом я не нашёл региона.",
    "en": "I know no region near this place.",
}
NO_PLACES: Said = {
    "kk": "Емхананы картадағы орны бойынша іздей алмаймын: анықтамалықта ұйымдардың атауы мен мекенжайы ғана бар.",
    "ru": "Искать клинику по месту на карте я не могу: в справочнике есть только названия и адреса.",
    "en": "I cannot find a clinic by a place on the map: the directory knows clinics by names and addresses only.",
}
NO_SUCH_CLINIC: Said = {
    "kk": "Анықтамалықтан «Qwxyz» дегенге ұқсас ұйым таппадым. Басқаша жазып көріңіз немесе жазғаныңыздай қалдырыңыз: "
    "өтінішіңіз бәрібір қабылданады.",
    "ru": "В справочнике нет ничего похожего на «Qwxyz». Напишите иначе или оставьте, как написали: обращение примем в "
    "любом случае.",
    "en": "I find nothing like “Qwxyz” in the directory. Write it in another way, or let me keep it as you wrote it: "
    "your appeal is taken all the same.",
}
AS_WRITTEN: Said = {"kk": "Жазғанымдай қалдыру", "ru": "Оставить как написано", "en": "Keep it as I wrote it"}
CLINIC_SHOWN: Said = {
    "kk": "Медициналық ұйым: Qwxyz",
    "ru": "Медицинская организация: Qwxyz",
    "en": "Medical organisation: Qwxyz",
}


def test_region_and_clinic(
    phone: Phone,  # noqa: F811
    words: Words,  # noqa: F811
) -> None:
    code = words.code
    phone.writes("/appeal").presses(words.complain)
    assert PRESS[code] in phone.sends(sticker=STICKER).text
    assert NO_SUCH_REGION[code] in phone.writes("Atlantis").text
    assert NO_REGION_NEAR[code] in phone.sends(location={"latitude": 55.75, "longitude": 37.62}).text

    phone.presses(words.skip)
    assert NO_PLACES[code] in phone.sends(location={"latitude": 43.2, "longitude": 76.9}).text
    assert NO_SUCH_CLINIC[code] in phone.writes("Qwxyz").text
    phone.presses(AS_WRITTEN[code]).presses(words.skip).writes(TEXT)
    assert CLINIC_SHOWN[code] in to_check(phone, words).text


NO_USE: Said = {
    "kk": "Бұл мұнда қажет емес, сондықтан сақтамадым.",
    "ru": "Здесь это не нужно, и я это не сохранил.",
    "en": "I have no use for this here, and have not kept it.",
}
NO_WORD: Said = {
    "kk": "Не болғанын жазыңыз: бір сөйлем жетеді.",
    "ru": "Напишите, что случилось: достаточно одного предложения.",
    "en": "Write what happened: one sentence is enough.",
}
FORWARDED: Said = {
    "kk": "Қайта жолдаған хабарыңызды мәтінге сол күйінде қостым.",
    "ru": "Пересланное сообщение я добавил в ваш текст как есть.",
    "en": "I took the message that you forwarded into your text as it is.",
}
EDITED: Said = {
    "kk": "Хабарыңызды түзеттіңіз, мен өтініштің мәтінін өзгерттім.",
    "ru": "Вы исправили своё сообщение, и я изменил текст обращения.",
    "en": "You edited your message, and I changed the text of the appeal.",
}
EDITED_ELSEWHERE: Said = {
    "kk": "Түзетілген хабар өтініштің мәтініне кірмейді, сондықтан өзгерісті қабылдамадым. Жауапты өзгерту үшін сұрағы "
    "шыққанша «Артқа» түймесін басыңыз немесе тексеру кезінде «Өзгерту немесе толықтыру» түймесін таңдаңыз.",
    "ru": "Исправленное сообщение не входит в текст обращения, поэтому изменение я не принял. Чтобы изменить ответ, "
    "нажимайте «Назад», пока не появится вопрос, или выберите «Изменить или дополнить» при проверке.",
    "en": "You edited a message that is not part of the text, so I did not take the change over. To change an answer, "
    "press “Back” until its question comes, or “Change” on the page to check.",
}
TOO_LONG: Said = {
    "kk": "Хабарды қоспадым. Оны қысқартыңыз немесе қалғанын файлмен жіберіңіз.",
    "ru": "Сообщение я не добавил. Сократите его или отправьте остальное файлом.",
    "en": "I left the message out. Shorten it, or send the rest as a file.",
}


def test_the_words_of_the_appeal(
    phone: Phone,  # noqa: F811
    words: Words,  # noqa: F811
) -> None:
    code = words.code
    at_the_text(phone, words)
    assert NO_USE[code] in phone.sends(sticker=STICKER).text
    assert NO_WORD[code] in phone.writes("👍").presses(words.go_on).text
    origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}
    assert FORWARDED[code] in phone.writes("Бір сөз.", forward_origin=origin).text
    piece = phone.message(text="Екі")
    phone.delivered({"message": piece})
    assert EDITED[code] in phone.delivered({"edited_message": {**piece, "text": "Екі сөз.", "edit_date": 1}}).text
    assert EDITED_ELSEWHERE[code] in phone.edits(text="Something else").text
    for _ in range(5):
        phone.writes("ә" * 4096)
    assert TOO_LONG[code] in phone.text


RECORDING: Said = {
    "kk": "Жазбаңызды файл ретінде сақтаймын: оны Қордың мамандары тыңдайды. Оны мәтінге айналдырмаймын, сондықтан не "
    "туралы екенін бір сөйлеммен жазып жіберіңіз.",
    "ru": "Вашу запись я сохраню как файл: её прослушают сотрудники Фонда. В текст я её не перевожу, поэтому напишите "
    "ещё одним предложением, о чём она.",
    "en": "I keep your recording as a file: staff of the Fund listen to it. I do not turn it into text, so please also "
    "write in a sentence what it is about.",
}
TOO_LARGE: Said = {
    "kk": "«film.mp4» файлы 20 МБ-тан үлкен, сондықтан қабылданбайды. Қысқарақ жазба, кішірек сурет жіберіңіз немесе "
    "беттерді бір-бірлеп жіберіңіз. Жазғаныңыз сақталды.",
    "ru": "Файл «film.mp4» больше 20 МБ, поэтому принять его нельзя. Отправьте запись короче, снимок меньшего размера "
    "или страницы по одной. Всё, что вы написали, сохранено.",
    "en": "“film.mp4” is larger than 20 MB and cannot be taken. Send a shorter recording, a smaller picture or the "
    "pages one by one. What you wrote is kept.",
}
ON_ITS_WAY: Said = {
    "kk": "2 файл Telegram-нан әлі жетпеді. Сәлден кейін түймені тағы бір рет басыңыз.",
    "ru": "2 файла ещё не пришли от Telegram. Нажмите кнопку ещё раз чуть позже.",
    "en": "2 files are still on their way from Telegram. Please press the button once more in a moment.",
}
PROGRAM: Said = {
    "kk": "бағдарламалар қабылданбайды.",
    "ru": "программы не принимаются.",
    "en": "programs are not taken.",
}


def test_files(
    phone: Phone,  # noqa: F811
    words: Words,  # noqa: F811
    tmp_path: Path,
) -> None:
    code = words.code
    at_the_text(phone, words).writes(TEXT)
    assert TOO_LARGE[code] in phone.sends(**document("film.mp4", 21_000_000)).text
    assert RECORDING[code] in phone.sends(**voice()).text
    phone.sends(video_note={"file_id": "n", "file_unique_id": "n", "length": 1, "duration": 1})
    to_check(phone, words).presses(words.send_complaint)
    assert ON_ITS_WAY[code] in phone.text
    assert PROGRAM[code] in files_come(phone, b"MZ" + PDF, tmp_path).text


IIN_DOUBTED: Said = {
    "kk": "ЖСН 12 цифрдан тұрады, басқа таңба болмайды. Тексеріңіз немесе өзгертпей қайта жіберіңіз: жазғаныңыз "
    "сақталады.",
    "ru": "ИИН состоит из 12 цифр, других знаков в нём нет. Проверьте его или отправьте ещё раз без изменений: мы "
    "сохраним то, что вы написали.",
    "en": "An IIN has 12 digits and nothing else. Please check it, or send it again as it is: we will keep what you "
    "wrote.",
}
PHONE_DOUBTED: Said = {
    "kk": "Бұл телефон нөміріне ұқсамайды. Дұрыс болса, өзгертпей қайта жіберіңіз.",
    "ru": "Это не похоже на номер телефона. Если всё верно, отправьте ещё раз без изменений.",
    "en": "This does not look like a telephone number. If it is right, send it again as it is.",
}


def test_numbers(
    phone: Phone,  # noqa: F811
    words: Words,  # noqa: F811
) -> None:
    at_the_text(phone, words).writes(TEXT).presses(words.go_on).presses(words.me)
    for doubtful in ("90010130010", "9001013001066", "90010130010a"):
        assert IIN_DOUBTED[words.code] in phone.writes(doubtful).text, doubtful
    phone.writes("900101 300106").presses(words.nameless)
    assert PHONE_DOUBTED[words.code] in phone.writes("8 701").text


BEGUN_IS_KEPT: Said = {
    "kk": "Бастағаныңыз сақталды: оған «Өтініш жіберу» түймесі арқылы оралуға болады.",
    "ru": "Начатое сохранено: вернуться к нему можно через «Отправить обращение».",
    "en": "What you had begun is kept: “Send an appeal” leads back to it.",
}
UNFINISHED: Said = {
    "kk": "Аяқталмаған өтінішіңіз бар",
    "ru": "У вас есть незаконченное обращение",
    "en": "You have an unfinished appeal",
}
KEPT_SINCE: Said = {
    "kk": "2026 ж. 28 қараша күні айтқаныңызды сақтап қойдым:",
    "ru": "Я сохранил то, что вы указали 28 ноября 2026 года:",
    "en": "I have kept what you said on November 28, 2026:",
}
NOT_TAKEN: Said = {
    "kk": "Жаңа ғана жібергеніңізді әлі қосқан жоқпын. «Жалғастыру» түймесін басып, оны қайта жіберіңіз.",
    "ru": "То, что вы сейчас отправили, я ещё не принял. Нажмите «Продолжить» и отправьте это ещё раз.",
    "en": "I have not taken in what you just sent. Press “Go on”, and send it once more.",
}


def test_a_command_in_the_middle_and_a_week_of_silence(
    phone: Phone,  # noqa: F811
    words: Words,  # noqa: F811
) -> None:
    code = words.code
    at_the_text(phone, words).writes(TEXT).writes("/contacts")
    assert BEGUN_IS_KEPT[code] in phone.writes("/menu").text
    assert phone.presses(words.begin).messages[0].title == UNFINISHED[code]
    phone.presses(words.go_on).later(days=7).writes("?")
    assert KEPT_SINCE[code] in re.sub(r"\s", " ", phone.text)
    assert NOT_TAKEN[code] in phone.text


TITLES = {
    "kk": ("Телефон", "Атыңыз", "Пациенттің ЖСН-і", "Өтініш кім туралы", "Мәтін", "Себебі", "Медициналық ұйым", "Өңір"),
    "ru": ("Телефон", "Ваше имя", "ИИН пациента", "О ком обращение", "Текст", "Причина", "Медицинская организация",
           "Регион"),
    "en": ("Telephone", "Your name", "IIN of the patient", "Whom it is about", "Text", "Reason", "Medical organisation",
           "Region"),
}  # fmt: skip
MENU: Said = {"kk": "Басты мәзір", "ru": "Главное меню", "en": "Main menu"}


def test_back_from_every_question(
    phone: Phone,  # noqa: F811
    words: Words,  # noqa: F811
) -> None:
    complaint(phone, words)
    back = tuple(phone.presses(words.back).messages[0].title for _ in TITLES[words.code])
    assert back == TITLES[words.code]
    assert phone.presses(words.back).presses(words.back).messages[-1].title == MENU[words.code]


CHANGED_SINCE: Said = {
    "kk": "Бұл түйме көрсетілгеннен кейін бірдеңе өзгертілді. Тағы бір рет тексеріңіз.",
    "ru": "После того как появилась эта кнопка, что-то изменилось. Проверьте ещё раз.",
    "en": "Something was changed after this button was shown. Please check once more.",
}
SENT_ALREADY: Said = {
    "kk": "Екінші рет ештеңе жіберілген жоқ.",
    "ru": "Второй раз ничего не отправлено.",
    "en": "Nothing was sent twice.",
}
THROW_AWAY: Said = {"kk": "Өшіріп, қайта бастау", "ru": "Удалить и начать заново", "en": "Throw it away and begin anew"}
OF_ANOTHER: Said = {
    "kk": "Бұл түйме қазір жазып жатқан өтінішіңіздікі емес. Жаңасын бастаңыз немесе төменде жалғастырыңыз.",
    "ru": "Эта кнопка относится к обращению, которое вы больше не пишете. Начните новое или продолжайте ниже.",
    "en": "This button belongs to an appeal that is no longer being written. Begin a new one, or go on below.",
}


def test_two_devices_and_old_buttons(
    phone: Phone,  # noqa: F811
    words: Words,  # noqa: F811
) -> None:
    code = words.code
    complaint(phone, words)
    first = phone.button(words.send_complaint).data
    phone.writes("/appeal").presses(THROW_AWAY[code])
    assert OF_ANOTHER[code] in phone.presses_data(first).text

    complaint(phone, words)
    old = phone.button(words.send_complaint).data
    phone.presses(words.change).presses(TITLES[code][0]).presses(words.skip)
    assert CHANGED_SINCE[code] in phone.presses_data(old).text
    send = phone.button(words.send_complaint).data
    assert SENT_ALREADY[code] in phone.presses_data(send).presses_data(send).text
