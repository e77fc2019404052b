"""People write to the Fund while the bot is killed at every point of its work, and Telegram is in trouble.

It asks for updates. `make chaos` does the same with 200 conversations (CHAOS_CONVERSATIONS) and a seed (CHAOS_SEED),
and then once more where updates are delivered to a web process that is killed too: `make test` has no time for that.

The real program speaks over HTTP with the strict server of `bot_api/`, which keeps Telegram's limits, delivers updates
twice and in any order, answers 429, 500, or not at all, cuts connections and lets them hang. In the end everybody has
exactly one appeal with all its files, nothing waits, and all that was committed to be said was said in its order.

Once or more, to be exact: Telegram has no name by which it would know a repeat, so a message whose sender dies between
sending and noting is sent again. Such repeats are counted here by their causes, and each must have one (`accounts.py`).
"""

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from qorgau.channels.telegram.models import Received, WantedFile
from qorgau.notices.chats.models import Chat, Saying
from qorgau.register.models import Appeal
from tests import factories
from tests.channels.telegram.bot_api import faults
from tests.channels.telegram.bot_api.faults import Fault
from tests.channels.telegram.bot_api.server import TOKEN, BotApi, running_bot_api
from tests.channels.telegram.chaos import accounts
from tests.channels.telegram.chaos.conversations import Conversation
from tests.channels.telegram.chaos.killing import Kill, Killer
from tests.channels.telegram.chaos.points import ANSWERING, DELIVERING, FETCHING, Point
from tests.insured.test_kill import address_of_the_test_database

pytestmark = pytest.mark.kill

SEED = int(os.environ.get("CHAOS_SEED", "20261129"))
MANY = int(os.environ.get("CHAOS_CONVERSATIONS", "0"))
CONVERSATIONS = 28
AT_ONCE = 48
SECONDS_OF_A_WAVE = 240
SECRET = "a-secret-of-the-webhook"
SECONDS_TO_CALM_DOWN = 30
PER_SECOND = 100
"""Three times what Telegram allows a bot in all, to be through sooner; a chat gets one a second as ever."""
BLOCKING = 12
"""Each so-manieth blocks the bot when everything is said."""


class Trouble:
    """What Telegram does to requests, drawn from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.over = False

    def __call__(self, method: str) -> Fault | None:
        chance = self._random.random()
        if self.over or (method == "getFile" and chance < 0.95):
            return None
        if method == "getUpdates":
            return faults.broken() if chance < 0.02 else faults.cut(done=True) if chance < 0.04 else None
        kinds = (
            (0.010, faults.broken()),
            (0.015, faults.broken(done=True)),
            (0.025, faults.asks_to_wait(1)),
            (0.030, faults.cut(done=False)),
            (0.035, faults.cut(done=True)),
            (0.037, faults.hangs(3, done=False)),
            (0.039, faults.hangs(3, done=True)),
        )
        return next((fault for limit, fault in kinds if chance < limit), None)


@pytest.fixture
def api(transactional_db: None) -> Iterator[BotApi]:
    factories.world()
    with running_bot_api(per_second=PER_SECOND, per_chat=1.0) as api:
        api.scramble(SEED)
        yield api


@pytest.fixture
def told() -> Iterator[None]:
    with accounts.every_saying_written_down():
        yield


@pytest.mark.parametrize("delivered", [False, True] if MANY else [False], ids=lambda way: "told" if way else "asked")
def test_every_conversation_ends_with_exactly_one_appeal(
    api: BotApi, told: None, tmp_path: Path, delivered: bool
) -> None:
    trouble = Trouble(SEED)
    api.fate = trouble
    people = [Conversation(number, api.person(language="kk")) for number in range(MANY or CONVERSATIONS)]
    log = tmp_path / "bot.log"
    with ExitStack() as killed:
        killers = _killers(api, people, tmp_path, delivered)
        for killer in killers:
            killed.callback(killer.end)
        began = time.monotonic()
        _talk(people)
        took = time.monotonic() - began
        for killer in killers:
            killer.stop()
        trouble.over = True
        _until_nothing_waits(api)  # the receipt comes after the words for which a conversation waits
        blocking = people[::BLOCKING]
        for one in blocking:
            one.person.blocks()
        _until_nothing_waits(api)

    written = log.read_text()
    wrong = [f"{one.number} ({one.script}) at {one.step}: {one.failure}" for one in people if one.failure]
    assert not wrong, "\n".join([f"{len(wrong)} conversations failed:", *wrong[:10], written[-3000:]])
    for killer in killers:
        assert not killer.wrong, killer.wrong + killer.log.read_text()[-3000:]
    for sign in ("turn_fault", "saying_fault", "saying_given_up", "saying_unreadable", "file_given_up", "Traceback"):
        assert sign not in written, written[written.index(sign) - 500 :][:3000]
    _one_appeal_each(people)
    _nothing_waits()
    assert Chat.objects.filter(blocked_at__isnull=False).count() == len(blocking)

    kills = [kill for killer in killers for kill in killer.kills]
    _report(people, kills, _said_once(api, people, kills, written), took)
    missed = {point for killer in killers for point in killer.missed}
    assert not missed, f"nobody was killed where {missed}"
    unharmed = [one.number for one in people if not any(one.began <= kill.at <= one.ended for kill in kills)]
    assert not unharmed, f"no kill while they spoke: {unharmed}"


def _killers(api: BotApi, people: Sequence[Conversation], folder: Path, delivered: bool) -> list[Killer]:
    """That of the bot; and that of the web process, where updates are delivered."""
    variables = {
        "DATABASE_URL": address_of_the_test_database(),
        "DJANGO_SETTINGS_MODULE": "qorgau.settings",
        "TELEGRAM_TOKEN": TOKEN,
        "QORGAU_TELEGRAM_API": api.address,
        "QORGAU_TELEGRAM_PER_SECOND": str(PER_SECOND),
        "QORGAU_TELEGRAM_WEBHOOK_SECRET": SECRET if delivered else "",
        "QORGAU_ADDRESS": "https://appeals.example.kz",
    }

    def killer(program: str, points: dict[str, Point]) -> Killer:
        return Killer(
            f"{program}_to_kill",
            points,
            variables,
            folder / f"{program}.log",
            SEED,
            progress=lambda: len(api.requests),
            under_way=lambda: frozenset(f"{one.script}: {one.step}" for one in people if one.began and not one.ended),
        )

    if not delivered:
        return [killer("bot", FETCHING | ANSWERING)]
    web = killer("web", DELIVERING)
    with api.office.lock:
        api.office.secret, api.office.webhook = SECRET, f"http://127.0.0.1:{web.ready}/telegram/webhook"
    return [killer("bot", ANSWERING), web]


def _talk(people: list[Conversation]) -> None:
    """All of them, so many at once; whoever is through makes room for the next."""
    room = threading.Semaphore(AT_ONCE)

    def hold(one: Conversation) -> None:
        with room:
            one.hold()

    threads = [threading.Thread(target=hold, args=(one,), daemon=True) for one in people]
    for thread in threads:
        thread.start()
    seconds = SECONDS_OF_A_WAVE * -(-len(people) // AT_ONCE)
    ends = time.monotonic() + seconds
    for one in people:
        one.over.wait(max(0.0, ends - time.monotonic()))
    late = [f"{one.number} ({one.script}) at {one.step}" for one in people if not one.over.is_set()]
    assert not late, f"not through in {seconds} seconds: {late[:10]}"


def _until_nothing_waits(api: BotApi) -> None:
    ends = time.monotonic() + SECONDS_TO_CALM_DOWN
    while api.office.waiting or _waiting() != (0, 0, 0):
        assert time.monotonic() < ends, f"still waiting: {_waiting()}, and {len(api.office.waiting)} with Telegram"
        time.sleep(0.1)


def _waiting() -> tuple[int, int, int]:
    return (
        Received.objects.filter(content__isnull=False).count(),
        Saying.objects.count(),
        WantedFile.objects.count(),
    )


def _nothing_waits() -> None:
    assert _waiting() == (0, 0, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT update_id) FROM telegram_received")
        rows, distinct = cursor.fetchone()
    assert rows == distinct


def _one_appeal_each(people: list[Conversation]) -> None:
    appeals = list(Appeal.objects.prefetch_related("attachments"))
    for one in people:
        theirs = [appeal for appeal in appeals if one.marker in appeal.text]
        found = [(appeal.channel, appeal.kind, appeal.attachments.count()) for appeal in theirs]
        assert found == [("telegram", one.kind, one.files)], f"{one.number} ({one.script}): {found}"
    assert len(appeals) == len(people)


def _said_once(api: BotApi, people: list[Conversation], kills: list[Kill], log: str) -> Counter[str]:
    """Everything committed was said in its order; how many repeats there were, by their causes."""
    causes: Counter[str] = Counter()
    deaths = {kill.process: kill for kill in kills}
    not_gone = accounts.that_did_not_go(log)
    for one in people:
        chat = one.person.id
        wanted = accounts.committed(chat)
        sent = accounts.sendings(api, chat, [seen.text or seen.name for seen in one.person.said])
        wrong = accounts.wrong(wanted, sent)
        for repeat in accounts.repeats(sent):
            cause = accounts.cause(repeat, deaths, not_gone)
            wrong += "" if cause else f"{repeat.again.what} was said again without a cause. "
            causes[cause] += 1
        assert not wrong, f"chat {chat}: {wrong}\n{accounts.account(wanted, sent, deaths)}"
    return causes


def _report(people: list[Conversation], kills: list[Kill], repeats: Counter[str], took: float) -> None:
    steps = {step for kill in kills for step in kill.under_way}
    every = {f"{one.script}: {step}" for one in people for step in one.steps}
    lines = [
        f"\n{len(people)} conversations in {took:.0f} s, load {os.getloadavg()[0]:.0f}, {len(kills)} kills, "
        f"{len(steps & every)} of {len(every)} steps under way at some kill, {repeats.total()} messages said again",
        *(f"{times:5} said again: {cause}" for cause, times in repeats.most_common()),
        *(f"{times:5} where {point}" for point, times in Counter(kill.point for kill in kills).most_common()),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
