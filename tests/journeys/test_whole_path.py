"""One appeal from the front page to the next stage, in each language, through every hand that it needs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from qorgau.rules.states import Verb
from tests.intake.sample_files import jpeg
from tests.journeys.complaints import COMPLAINTS, FILE, fill_in, find_clinic
from tests.journeys.own_installation import OwnInstallation
from tests.journeys.staff import do, open_card, sign_in, take_from_queue
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

QUESTION = {"kk": "Қай күні болды?", "ru": "В какой день это было?", "en": "On which day was it?"}
REPLY = {"kk": "Дүйсенбіде.", "ru": "В понедельник.", "en": "On Monday."}
FROM_CLINIC = {"kk": "Кесте бұзылған.", "ru": "График был нарушен.", "en": "The schedule was not kept."}
ANSWER = {"kk": "Шағымыңыз расталды.", "ru": "Ваша жалоба подтвердилась.", "en": "Your complaint is founded."}
BASIS = {"kk": "ӘРПК 76-бап", "ru": "АППК, ст. 76", "en": "Administrative Procedural Code, Art. 76"}
HIGHER = {"kk": "Бала әлі қабылданған жоқ.", "ru": "Ребёнка так и не приняли.", "en": "The child was still not seen."}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_appeal_from_the_front_page_to_the_next_stage(
    visitor: Callable[..., Visitor], qorgau: OwnInstallation, tmp_path: Path, language: str
) -> None:
    citizen = visitor(language)
    number, code = _complain(citizen, tmp_path)

    specialist = sign_in(visitor, qorgau, "branch-specialist", language)
    take_from_queue(specialist, "desk", number)
    assert COMPLAINTS[language].text in specialist.text()
    assert FILE in specialist.text()
    do(specialist, Verb.ACCEPT)
    do(specialist, Verb.ASK_APPLICANT, fill=lambda: specialist.fill(question=QUESTION[language]))

    follower = visitor(language)
    _open_by_number_and_code(follower, number, code)
    assert QUESTION[language] in follower.text()
    follower.fill(text=REPLY[language])
    follower.press("Send the reply")
    assert REPLY[language] in follower.text()

    open_card(specialist, number)
    assert REPLY[language] in specialist.text()
    do(specialist, Verb.REQUEST_INFORMATION, fill=lambda: specialist.fill(question=QUESTION[language]))

    clinic = sign_in(visitor, qorgau, "clinic-specialist", language)
    take_from_queue(clinic, "asked", number)
    do(clinic, Verb.REPLY_INFORMATION, fill=lambda: clinic.fill(reply=FROM_CLINIC[language]))

    open_card(specialist, number)
    assert FROM_CLINIC[language] in specialist.text()
    do(specialist, Verb.DRAFT, fill=lambda: _write_answer(specialist))
    do(specialist, Verb.SUBMIT_FOR_APPROVAL)

    approver = sign_in(visitor, qorgau, "approver", language)
    take_from_queue(approver, "approval", number)
    do(approver, Verb.APPROVE, fill=lambda: approver.tick(approver.page.locator("#id_send")))

    follower.open(f"/{language}/appeal/{number}/")
    assert ANSWER[language] in follower.text()
    assert BASIS[language] in follower.text()
    answer = _words_of(follower.download("Save the answer (PDF)"))
    assert number in answer
    assert ANSWER[language] in answer
    follower.pick("outcome", "not_solved")
    follower.pick("stars", "2")
    follower.press("Send the rating")

    follower.follow("Go one step higher")
    follower.fill(text=HIGHER[language])
    follower.press("Send to the higher desk")
    higher = follower.number()
    assert higher != number

    expert = sign_in(visitor, qorgau, "central-expert", language)
    take_from_queue(expert, "desk", higher)
    assert HIGHER[language] in expert.text()
    do(expert, Verb.ACCEPT)


def _complain(citizen: Visitor, tmp_path: Path) -> tuple[str, str]:
    """From the front page to the receipt: the number and the code on it."""
    said = COMPLAINTS[citizen.language]
    citizen.open(f"/{citizen.language}/")
    citizen.follow("Complain about care")
    fill_in(citizen)
    find_clinic(citizen)
    photo = tmp_path / FILE
    photo.write_bytes(jpeg())
    citizen.page.locator("#id_files").set_input_files(photo)
    citizen.press("Check and send")
    for line in (*said.text.splitlines(), said.wish, said.clinic, FILE):
        assert line in citizen.text()
    citizen.press("Send the complaint")
    number, code = citizen.number(), citizen.page.locator(".code").inner_text().strip()
    talon = _words_of(citizen.download("Save the receipt (PDF)"))
    assert number in talon
    assert code in talon
    return number, code


def _open_by_number_and_code(citizen: Visitor, number: str, code: str) -> None:
    citizen.open(f"/{citizen.language}/")
    citizen.follow("Follow my appeal")
    citizen.fill(number=number.replace("-", " "), code=code.lower())
    citizen.press("Open the appeal")
    assert citizen.number() == number


def _write_answer(member: Visitor) -> None:
    language = member.language
    member.select(decision="founded", language=language)
    member.fill(text=ANSWER[language], legal_basis=BASIS[language])


def _words_of(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)
