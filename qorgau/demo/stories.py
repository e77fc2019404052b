"""What becomes of the appeals of the demo: short lives told with the real verbs, each step at its own hour."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from qorgau.demo.accounts import Cast
from qorgau.demo.sayings import QUESTIONS, REPLIES, WHY_HIGHER, Saying
from qorgau.directory.models import ChecklistStep, Desk
from qorgau.directory.reference import current
from qorgau.handling.accept import accept
from qorgau.handling.add_message import add_message
from qorgau.handling.answer import answer
from qorgau.handling.approve import approve
from qorgau.handling.ask_applicant import ask_applicant
from qorgau.handling.draft import draft
from qorgau.handling.extend import extend
from qorgau.handling.note import note
from qorgau.handling.open_next_stage import open_next_stage
from qorgau.handling.pass_on import pass_on, receivers
from qorgau.handling.propose_extension import propose_extension
from qorgau.handling.rate import rate
from qorgau.handling.record_withdrawal import record_withdrawal
from qorgau.handling.redirect import redirect
from qorgau.handling.reply_information import reply_information
from qorgau.handling.request_information import request_information
from qorgau.handling.return_back import return_back
from qorgau.handling.send_back import send_back
from qorgau.handling.sensitive import name_reader
from qorgau.handling.submit_for_approval import submit_for_approval
from qorgau.handling.tick import tick
from qorgau.handling.withdraw import withdraw
from qorgau.people.models import Staff
from qorgau.register.checklists import progress
from qorgau.register.models import Appeal
from qorgau.rules.ladder import DeskKind
from qorgau.rules.states import FOUR_EYES


class NotYet(Exception):
    """The next step of the story lies in the future."""


@dataclass
class Tale:
    """One appeal on its way: who can act, what is said, and what time it is."""

    appeal: Appeal
    saying: Saying
    cast: Cast
    random: Random
    moment: datetime
    until: datetime
    _turn: int = field(default=0)

    def later(self, hours: float = 0) -> datetime:
        """The moment of the next step, in working hours; ends the tale when it has not come yet."""
        calendar = current().calendar
        moment = self.moment + timedelta(hours=hours or self.random.uniform(1, 20))
        if not calendar.is_open(moment):
            day = calendar.next_working_day(calendar.local(moment).date())
            moment = datetime.combine(day, calendar.opens, calendar.zone) + timedelta(
                minutes=self.random.randrange(300)
            )
        if moment > self.until:
            raise NotYet
        self.moment = moment
        return moment

    def key(self) -> str:
        """A delivery key for the next thing the applicant sends."""
        self._turn += 1
        return f"demo-{self.appeal.pk}-{self._turn}"

    @property
    def worker(self) -> Staff:
        return self.cast.worker(self.appeal.holder)

    @property
    def head(self) -> Staff:
        return self.cast.head(self.appeal.holder)

    @property
    def language(self) -> str:
        return self.appeal.language


def waits(tale: Tale) -> None:
    """Nobody has taken it yet."""


def in_work(tale: Tale) -> None:
    accept(tale.appeal, staff=tale.worker, at=tale.later())
    note(tale.appeal, staff=tale.worker, text=_NOTES[tale.language], at=tale.later())
    _tick(tale, progress(tale.appeal).still_open[: tale.random.randrange(3)])


def answered(tale: Tale) -> None:
    accept(tale.appeal, staff=tale.worker, at=tale.later())
    if tale.random.random() < 0.3:
        _ask_and_hear(tale)
    _answer(tale)


def rated(tale: Tale) -> None:
    answered(tale)
    outcome, stars = tale.random.choice([("solved", 5), ("solved", 4), ("partly", 3), ("not_solved", 2)])
    rate(tale.appeal, outcome=outcome, stars=stars, words="", at=tale.later(30))


def asked(tale: Tale) -> None:
    accept(tale.appeal, staff=tale.worker, at=tale.later())
    ask_applicant(tale.appeal, staff=tale.worker, question=QUESTIONS[tale.language], at=tale.later())


def checked_with_clinic(tale: Tale) -> None:
    accept(tale.appeal, staff=tale.worker, at=tale.later())
    clinic = _clinic(tale)
    if clinic is None or tale.appeal.holder.kind == DeskKind.CLINIC or tale.appeal.sensitive:
        _answer(tale)
        return
    request_information(
        tale.appeal, staff=tale.worker, asked=clinic, question=_TO_CLINIC[tale.language], at=tale.later()
    )
    if tale.random.random() < 0.6:
        person = tale.cast.worker(clinic)
        reply_information(tale.appeal, staff=person, reply=_FROM_CLINIC[tale.language], at=tale.later(30))
        _answer(tale)


def on_approval(tale: Tale) -> None:
    accept(tale.appeal, staff=tale.worker, at=tale.later())
    _draft(tale)
    if tale.random.random() < 0.4:
        submit_for_approval(tale.appeal, staff=tale.worker, at=tale.later())
        send_back(tale.appeal, staff=tale.head, reason=_BACK[tale.language], at=tale.later())
        _draft(tale)
    submit_for_approval(tale.appeal, staff=tale.worker, at=tale.later())


def handed_on(tale: Tale) -> None:
    accept(tale.appeal, staff=tale.worker, at=tale.later())
    to = _desk_above(tale)
    if to is None:
        return
    pass_on(tale.appeal, staff=tale.worker, to=to, reason=_UP[tale.language], at=tale.later())
    receiver = tale.cast.worker(to)
    if tale.appeal.sensitive:
        name_readers(tale.appeal, receiver, tale.cast.head(to), by=tale.cast.head(to), at=tale.later())
    if tale.random.random() < 0.25:
        return_back(tale.appeal, staff=receiver, reason=_RETURN[tale.language], at=tale.later())
    elif tale.random.random() < 0.7:
        accept(tale.appeal, staff=receiver, at=tale.later())
        if tale.random.random() < 0.6:
            _answer(tale)


def extended(tale: Tale) -> None:
    accept(tale.appeal, staff=tale.worker, at=tale.later())
    at = tale.later(24)
    due_on = tale.appeal.due_on
    assert due_on is not None, "an open appeal has a due date"
    propose_extension(
        tale.appeal,
        staff=tale.worker,
        until=current().calendar.add_working_days(due_on, 15),
        reason=_EXTEND[tale.language],
        at=at,
    )
    if tale.random.random() < 0.8:
        extend(tale.appeal, staff=tale.head, at=tale.later(2))


def withdrawn(tale: Tale) -> None:
    accept(tale.appeal, staff=tale.worker, at=tale.later())
    withdraw(tale.appeal, reason=_WITHDRAW[tale.language], at=tale.later())


def withdrawal_waits(tale: Tale) -> None:
    accept(tale.appeal, staff=tale.worker, at=tale.later())
    record_withdrawal(tale.appeal, staff=tale.worker, channel="call", reason=_WITHDRAW[tale.language], at=tale.later())


def redirected(tale: Tale) -> None:
    accept(tale.appeal, staff=tale.worker, at=tale.later(3))
    redirect(
        tale.appeal, staff=tale.worker, body=_BODY[tale.language], reason=_REDIRECT[tale.language], at=tale.later(5)
    )


def went_higher(tale: Tale) -> None:
    answered(tale)
    rate(tale.appeal, outcome="not_solved", stars=1, words="", at=tale.later(30))
    if tale.appeal.holder.kind != DeskKind.CENTRE:
        open_next_stage(tale.appeal, text=WHY_HIGHER[tale.language], delivery_key=tale.key(), at=tale.later(5))


# How often each life is lived, roughly as the Fund's figures have it: half end well and early (DOMAIN §6.3).
LIVES: tuple[tuple[int, Callable[[Tale], None]], ...] = (
    (26, rated),
    (14, answered),
    (12, withdrawn),
    (8, checked_with_clinic),
    (8, in_work),
    (7, went_higher),
    (6, handed_on),
    (5, waits),
    (4, on_approval),
    (4, asked),
    (3, extended),
    (2, redirected),
    (1, withdrawal_waits),
)


# Lives that have come to an answer, or an end, when a month has passed; few others last so long.
_ENDED = (rated, answered, withdrawn, went_higher, redirected)
_A_MONTH = timedelta(days=24)


def live(tale: Tale) -> None:
    """Let the appeal live one of the lives, as far as time has come."""
    lives = LIVES
    if tale.until - tale.moment > _A_MONTH and tale.random.random() < 0.96:
        lives = tuple((weight, life) for weight, life in LIVES if life in _ENDED)
    life = tale.random.choices([life for _, life in lives], [weight for weight, _ in lives])[0]
    try:
        life(tale)
    except NotYet:
        return


def _ask_and_hear(tale: Tale) -> None:
    ask_applicant(tale.appeal, staff=tale.worker, question=QUESTIONS[tale.language], at=tale.later())
    add_message(tale.appeal, text=REPLIES[tale.language], delivery_key=tale.key(), at=tale.later(15))


def _tick(tale: Tale, steps: Iterable[ChecklistStep]) -> None:
    for step in steps:
        tick(tale.appeal, staff=tale.worker, step_id=step.pk, at=tale.later(0.2))


def _draft(tale: Tale) -> None:
    """The draft, once most of the checklist is done, and all of what must be."""
    _tick(tale, [step for step in progress(tale.appeal).still_open if step.must or tale.random.random() < 0.8])
    draft(
        tale.appeal,
        staff=tale.worker,
        decision=tale.saying.decision,
        text=tale.saying.answer(tale.language),
        legal_basis=_BASIS[tale.language],
        how_to_appeal=_HIGHER[tale.language],
        language=tale.language,
        at=tale.later(),
    )


def _answer(tale: Tale) -> None:
    _draft(tale)
    if tale.appeal.holder.kind in FOUR_EYES:
        submit_for_approval(tale.appeal, staff=tale.worker, at=tale.later())
        approve(tale.appeal, staff=tale.head, at=tale.later(), send=True)
    else:
        answer(tale.appeal, staff=tale.worker, at=tale.later())


def name_readers(appeal: Appeal, *people: Staff, by: Staff, at: datetime) -> None:
    """The head names who reads a sensitive appeal."""
    for person in people:
        name_reader(appeal, staff=by, reader=person, reason=_NAMED[appeal.language], at=at)


def _clinic(tale: Tale) -> Desk | None:
    return current().desk_of(DeskKind.CLINIC, organisation_id=tale.appeal.organisation_id)


def _desk_above(tale: Tale) -> Desk | None:
    above = [desk for desk in receivers(tale.appeal) if desk.kind in (DeskKind.BRANCH, DeskKind.CENTRE)]
    return above[0] if above else None


_NAMED = {
    "kk": "Өтінішті осы маман қарайды.",
    "ru": "Обращение рассматривает этот сотрудник.",
    "en": "Works on this appeal.",
}
_NOTES = {
    "kk": "Өтініш берушіге қоңырау шалдым, мән-жай анықталып жатыр.",
    "ru": "Позвонил заявителю, выясняем обстоятельства.",
    "en": "Called the applicant; finding out the circumstances.",
}
_TO_CLINIC = {
    "kk": "Бас тартудың негізін және медициналық құжаттан үзіндіні жіберіңіз.",
    "ru": "Сообщите основания отказа и приложите выписку из документации.",
    "en": "Please give the grounds of the refusal and an extract from the records.",
}
_FROM_CLINIC = {
    "kk": "Тексеру жүргізілді: қабылдау кестесі бұзылған, жауапты адамға ескерту жасалды.",
    "ru": "Проведена проверка: график приёма нарушен, ответственному сделано замечание.",
    "en": "We checked: the schedule was not kept; the person responsible was warned.",
}
_BACK = {
    "kk": "Заңға сілтеме мен шағымдану тәртібін қосыңыз.",
    "ru": "Добавьте ссылку на закон и порядок обжалования.",
    "en": "Add the legal basis and how to appeal.",
}
_UP = {
    "kk": "Шешу Қордың құзыретінде.",
    "ru": "Решение в компетенции Фонда.",
    "en": "It is for the Fund to decide.",
}
_RETURN = {
    "kk": "Мәселені орнында шешуге болады.",
    "ru": "Вопрос можно решить на месте.",
    "en": "This can be solved on the spot.",
}
_EXTEND = {
    "kk": "Медициналық сараптама қажет.",
    "ru": "Требуется медицинская экспертиза.",
    "en": "A medical expert opinion is needed.",
}
_WITHDRAW = {
    "kk": "Мәселе осы жерде шешілді.",
    "ru": "Вопрос решён на месте.",
    "en": "It was solved on the spot.",
}
_BODY = {
    "kk": "Медициналық және фармацевтикалық бақылау комитеті",
    "ru": "Комитет медицинского и фармацевтического контроля",
    "en": "Committee of Medical and Pharmaceutical Control",
}
_REDIRECT = {
    "kk": "Емдеу сапасын тексеру Комитеттің құзыретінде.",
    "ru": "Проверка качества лечения в компетенции Комитета.",
    "en": "Checking the quality of treatment is for the Committee.",
}
_BASIS = {
    "kk": "ӘРПК 76-бап; «Халық денсаулығы және денсаулық сақтау жүйесі туралы» Кодекс.",
    "ru": "АППК, ст. 76; Кодекс «О здоровье народа и системе здравоохранения».",
    "en": "Administrative Procedural Code, Art. 76; Code on Public Health and the Health System.",
}
_HIGHER = {
    "kk": "Жауаппен келіспесеңіз, үш ай ішінде жоғары тұрған сатыға шағымдана аласыз.",
    "ru": "Если вы не согласны с ответом, в течение трёх месяцев его можно обжаловать на следующей ступени.",
    "en": "If you disagree, you can go one step higher within three months.",
}
