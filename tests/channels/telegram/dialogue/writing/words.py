"""What people press and read in their language, written out: a change of wording is meant to be noticed here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    code: str
    begin: str
    complain: str
    ask: str
    propose: str
    thank: str
    send_complaint: str
    send_question: str
    send_proposal: str
    send_thanks: str
    astana: str
    skip: str
    go_on: str
    me: str
    another: str
    nameless: str
    change: str
    back: str
    check: str
    registered: str
    number: str
    due: str
    next: str


EN = Words(
    "en", "Send an appeal", "Complain about care", "Ask a question", "Propose an improvement", "Say thank you",
    "Send the complaint", "Send the question", "Send the proposal", "Send the thanks", "Astana city", "Skip", "Go on ›",
    "Me", "Somebody I write for", "I do not want to give my name", "Change or add something", "‹ Back",
    "Please check what you wrote", "Your appeal is registered", "Its number", "Answer due on", "What happens next:",
)  # fmt: skip
RU = Words(
    "ru", "Отправить обращение", "Пожаловаться на медицинскую помощь", "Задать вопрос", "Предложить улучшение",
    "Поблагодарить", "Отправить жалобу", "Отправить вопрос", "Отправить предложение", "Отправить благодарность",
    "город Астана", "Пропустить", "Продолжить ›", "Обо мне", "О другом человеке, за которого я пишу",
    "Не хочу называть своё имя",
    "Изменить или дополнить", "‹ Назад", "Проверьте, что вы написали", "Ваше обращение зарегистрировано",
    "Номер обращения",
    "Срок ответа", "Что дальше:",
)  # fmt: skip
KK = Words(
    "kk", "Өтініш жіберу", "Медициналық көмекке шағымдану", "Сұрақ қою", "Ұсыныс айту", "Алғыс айту",
    "Шағымды жіберу", "Сұрақты жіберу", "Ұсынысты жіберу", "Алғысты жіберу", "Астана қаласы", "Өткізіп жіберу",
    "Жалғастыру ›", "Өзім туралы", "Басқа адам туралы, оның атынан жазып отырмын", "Атымды атағым келмейді",
    "Өзгерту немесе толықтыру", "‹ Артқа", "Жазғаныңызды тексеріңіз", "Өтінішіңіз тіркелді", "Өтініш нөмірі",
    "Жауап мерзімі", "Енді не болады:",
)  # fmt: skip
ALL = (KK, RU, EN)
