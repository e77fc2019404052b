"""The real bot in whole conversations through an emulator of Telegram that others wrote."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from qorgau.handling.accept import accept
from qorgau.handling.answer import answer
from qorgau.handling.draft import draft
from qorgau.notices.deliver import deliver_into_chats
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Rating
from qorgau.rules.roles import Role
from tests import factories
from tests.channels.telegram.bot_api.test_bot_api import unknown_parts
from tests.channels.telegram.dialogue.writing.words import KK, RU
from tests.channels.telegram.emulator.person import Person, words_of
from tests.channels.telegram.emulator.running import running_emulator
from tests.channels.telegram.emulator.shim import Shim, running_shim
from tests.environment import ROOT
from tests.insured.conftest import Loader, emptied, load, rows  # noqa: F401 - the register that is asked
from tests.insured.files import AIGUL, STRANGER, paid, write
from tests.insured.test_kill import address_of_the_test_database
from tests.intake.sample_files import jpeg

pytestmark = pytest.mark.journey

TOKEN = "666:AAtokenOfTheTestsThatIsLongEnough03"
SECRET = "a-secret-of-the-webhook"
_SECONDS_TO_STOP = 30


@pytest.fixture
def shim() -> Iterator[Shim]:
    with running_emulator() as address, running_shim(address, TOKEN) as shim:
        yield shim


@pytest.fixture
def world(emptied: None, load: Loader, tmp_path: Path, settings: Any, shim: Shim) -> factories.World:  # noqa: F811
    """The small world, with somebody insured in it; telephones may ring at any hour."""
    today = timezone.localdate()
    now = 12 * today.year + today.month - 1
    told = write(tmp_path / "insured.csv", [f"{AIGUL},{paid((now - 12, now - 1))}"], ["iin", "paid"])
    load(told, as_of=today)
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_BOT, settings.TELEGRAM_API = TOKEN, "666", shim.address
    settings.QUIET_HOURS = (0, 0)
    return factories.world()


@contextmanager
def running_bot(shim: Shim, log: Path, **variables: str) -> Iterator[None]:
    """`qorgau telegram` as a process of its own, on the database of this test."""
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_the_test_database(),
        "TELEGRAM_TOKEN": TOKEN,
        "QORGAU_TELEGRAM_API": shim.address,
        "QORGAU_TELEGRAM_PER_SECOND": "0",
        **variables,
    }
    with log.open("w") as output:
        bot = subprocess.Popen(
            [sys.executable, "-m", "qorgau", "telegram", "--skip-checks"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
        )
        try:
            yield
            assert bot.poll() is None, log.read_text()
        finally:
            bot.terminate()
            bot.wait(_SECONDS_TO_STOP)
    for fault in ("turn_fault", "saying_fault", "saying_given_up", "file_given_up", "Traceback"):
        assert fault not in log.read_text(), log.read_text()


def test_from_start_to_the_rating_in_kazakh(shim: Shim, world: factories.World, tmp_path: Path) -> None:
    person = Person(shim, "kk")
    with running_bot(shim, tmp_path / "bot.log"):
        person.hears("Қазақша", after_writing="/start")
        person.hears(KK.begin, after_pressing="Қазақша")

        person.hears("12 цифр", after_pressing="Сақтандыру мәртебесін анықтау")
        verdict = person.hears("Сіз сақтандырылғансыз", after_writing=f"{AIGUL[:6]} {AIGUL[6:]}")
        assert person.file(verdict).startswith(b"\x89PNG")
        person.waits_for("Себебі")
        assert not any(AIGUL[6:] in words for words in person.own_words)

        person.hears(KK.begin, after_pressing="Басты мәзір")
        person.hears(KK.complain, after_pressing=KK.begin)
        person.hears(KK.astana, after_pressing=KK.complain)
        person.hears(KK.skip, after_pressing=KK.astana)
        person.hears("1", after_writing="4 емхана")
        person.hears(KK.skip, after_pressing="1")
        person.hears("Не болды?", after_pressing=KK.skip)
        person.sends_photo(jpeg(), "Терапевт қабылдаудан бас тартты.")
        person.waits_for(KK.go_on)
        person.hears(KK.me, after_pressing=KK.go_on)
        person.hears(KK.skip, after_pressing=KK.me)
        person.hears(KK.nameless, after_pressing=KK.skip)
        person.hears(KK.skip, after_writing="Оспанов Ержан Серікұлы")
        person.hears(KK.check, after_writing="8 701 000 00 67")
        person.hears(KK.registered, after_pressing=KK.send_complaint)
        receipt = person.waits_for(".pdf")

        appeal = Appeal.objects.get()
        assert (appeal.channel, appeal.language, appeal.organisation) == ("telegram", "kk", world.state_clinic)
        assert appeal.attachments.count() == 1
        assert receipt.document is not None and receipt.document.file_name == f"{appeal.number}.pdf"
        assert person.file(receipt).startswith(b"%PDF")

        person.hears(appeal.number, after_writing="/history")

        _answer(appeal, factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk))
        assert deliver_into_chats() == {"sent": 1}
        news = person.waits_for("Жауапты оқу")
        assert appeal.number in words_of(news) and appeal.text not in words_of(news)
        person.hears("Дәрігерге ескерту жасалды.", after_pressing="Жауапты оқу")
        person.hears("Мәселе шешілді ме?", after_pressing="Жауапты бағалау")
        person.hears("5 ★", after_pressing="Иә, шешілді")
        person.hears("өз сөзіңізбен", after_pressing="5 ★")
        person.hears("Рақмет", after_writing="Тез жауап берді.")

    assert list(Rating.objects.values_list("outcome", "stars", "words")) == [("solved", 5, "Тез жауап берді.")]
    assert unknown_parts(person.sees) == []


def test_by_webhook_in_russian_and_back_to_fetching(
    shim: Shim, world: factories.World, live_server: LiveServer, settings: Any, tmp_path: Path
) -> None:
    settings.PUBLIC_ADDRESS, settings.TELEGRAM_WEBHOOK_SECRET = live_server.url, SECRET
    call_command("telegram", "setup")
    assert (shim.webhook, shim.secret) == (f"{live_server.url}/telegram/webhook", SECRET)
    assert len(shim.introduced["setMyCommands"]) == 4

    person = Person(shim, "ru")
    with running_bot(shim, tmp_path / "bot.log", QORGAU_TELEGRAM_WEBHOOK_SECRET=SECRET):
        person.hears("Русский", after_writing="/start")
        person.hears(RU.begin, after_pressing="Русский")
        person.hears("12 цифр", after_pressing="Определить статус застрахованности")
        person.hears("Это не значит «не застрахован»", after_writing=STRANGER)
        person.hears(RU.ask, after_writing="/appeal")
        person.hears(RU.skip, after_pressing=RU.ask)
        person.hears(RU.skip, after_pressing=RU.skip)
        person.hears("узнать", after_pressing=RU.skip)
        person.hears(RU.go_on, after_writing="Как прикрепиться к поликлинике?")
        person.hears(RU.skip, after_pressing=RU.go_on)
        person.hears(RU.skip, after_pressing=RU.skip)
        person.hears(RU.check, after_pressing=RU.skip)
        person.hears(RU.registered, after_pressing=RU.send_question)
        person.waits_for(".pdf")
    assert set(shim.delivered) == {200} and shim.polls == 0
    assert Appeal.objects.get().text == "Как прикрепиться к поликлинике?"

    settings.TELEGRAM_WEBHOOK_SECRET = ""
    call_command("telegram", "setup")
    with running_bot(shim, tmp_path / "bot.log"):
        person.hears(Appeal.objects.get().number, after_writing="/history")
    assert shim.polls


def _answer(appeal: Appeal, specialist: Staff) -> None:
    accept(appeal, staff=specialist, at=timezone.now())
    draft(
        appeal,
        staff=specialist,
        decision="founded",
        text="Біз тексердік.\nДәрігерге ескерту жасалды.",
        legal_basis="Денсаулық туралы кодекс, 35-бап",
        how_to_appeal="Қорға шағымдануға болады.",
        language="kk",
        at=timezone.now(),
    )
    answer(appeal, staff=specialist, at=timezone.now())
