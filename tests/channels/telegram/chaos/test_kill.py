"""People write to the Fund while the bot is killed at many points of its work, and Telegram is in trouble.

The real program speaks over HTTP with the strict server of `bot_api/`, which keeps Telegram's limits, delivers updates
twice and in any order, answers 429, 500, or not at all, cuts connections and lets them hang. In the end everybody has
exactly one appeal with all its files, nothing waits, and all that was committed to be said was said in its order.

Once or more, to be exact: Telegram has no name by which it would know a repeat, so a message whose sender dies between
sending and noting is sent again. Such repeats are counted here; each must have a kill or a lost answer as its cause.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
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
from tests.channels.telegram.chaos.killing import ANY_MOMENT, Killer
from tests.channels.telegram.chaos.points import POINTS
from tests.insured.test_kill import address_of_the_test_database

pytestmark = pytest.mark.kill

SEED = 20_261_129
CONVERSATIONS = 48
AT_ONCE = 48
SECONDS_IN_ALL = 240
SECONDS_TO_CALM_DOWN = 30
PER_SECOND = 100
"""Three times what Telegram allows a bot in all, to be through sooner; a chat gets one a second as ever."""
BLOCKING = 12
"""Each so-manieth blocks the bot when everything is said."""
_LOST_ANSWERS = (0, 500)


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


def test_every_conversation_ends_with_exactly_one_appeal(api: BotApi, told: None, tmp_path: Path) -> None:
    trouble = Trouble(SEED)
    api.fate = trouble
    people = [Conversation(number, api.person(language="kk")) for number in range(CONVERSATIONS)]
    killer = Killer(
        {
            "DATABASE_URL": address_of_the_test_database(),
            "DJANGO_SETTINGS_MODULE": "qorgau.settings",
            "TELEGRAM_TOKEN": TOKEN,
            "QORGAU_TELEGRAM_API": api.address,
            "QORGAU_TELEGRAM_PER_SECOND": str(PER_SECOND),
            "QORGAU_ADDRESS": "https://appeals.example.kz",
        },
        tmp_path / "bot.log",
        SEED,
        progress=lambda: len(api.requests),
        under_way=lambda: frozenset(f"{one.script}: {one.step}" for one in people if one.began and not one.ended),
    )
    try:
        _talk(people)
        killer.stop()
        trouble.over = True
        blocking = people[::BLOCKING]
        for one in blocking:
            one.person.blocks()
        _until_nothing_waits(api)
    finally:
        killer.end()
        log = (tmp_path / "bot.log").read_text()

    wrong = [f"{one.number} ({one.script}) at {one.step}: {one.failure}" for one in people if one.failure]
    assert not wrong, "\n".join([f"{len(wrong)} conversations failed:", *wrong[:10], log[-3000:]])
    assert not killer.wrong, killer.wrong + log[-3000:]
    for sign in ("turn_fault", "saying_fault", "saying_given_up", "saying_unreadable", "file_given_up", "Traceback"):
        assert sign not in log, log[log.index(sign) - 500 :][:3000]
    _one_appeal_each(people)
    _nothing_waits()
    assert Chat.objects.filter(blocked_at__isnull=False).count() == len(blocking)

    repeats = _said_once(api, people, [kill.at for kill in killer.kills])
    _report(people, killer, repeats)
    passed = {kill.point for kill in killer.kills}
    assert len(passed & POINTS.keys()) >= len(POINTS) // 3, f"killed only where {passed}"
    unharmed = [one.number for one in people if not any(one.began <= kill.at <= one.ended for kill in killer.kills)]
    assert not unharmed, f"no kill while they spoke: {unharmed}"


def _talk(people: list[Conversation]) -> None:
    """All of them, so many at once; whoever is through makes room for the next."""
    room = threading.Semaphore(AT_ONCE)

    def hold(one: Conversation) -> None:
        with room:
            one.hold()

    threads = [threading.Thread(target=hold, args=(one,), daemon=True) for one in people]
    for thread in threads:
        thread.start()
    ends = time.monotonic() + SECONDS_IN_ALL
    for one in people:
        one.over.wait(max(0.0, ends - time.monotonic()))
    late = [f"{one.number} ({one.script}) at {one.step}" for one in people if not one.over.is_set()]
    assert not late, f"not through in {SECONDS_IN_ALL} seconds: {late[:10]}"


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


def _said_once(api: BotApi, people: list[Conversation], kills: list[float]) -> list[accounts.Repeat]:
    """Everything committed was said in its order; the repeats there were."""
    found: list[accounts.Repeat] = []
    sent = accounts.sendings(api)
    for one in people:
        chat = one.person.id
        lost = [request.at for request in sent[chat] if request.code in _LOST_ANSWERS]
        said = [seen.text or seen.name for seen in one.person.said]
        theirs = accounts.repeats(chat, accounts.committed(chat), said, [request.at for request in sent[chat]])
        assert not (left := accounts.without_cause(theirs, [*kills, *lost])), f"said twice without a cause: {left}"
        found += theirs
    return found


def _report(people: list[Conversation], killer: Killer, repeats: list[accounts.Repeat]) -> None:
    points = Counter(kill.point for kill in killer.kills)
    steps = {step for kill in killer.kills for step in kill.under_way}
    every = {f"{one.script}: {step}" for one in people for step in one.steps}
    sys.stdout.write(
        f"\n{len(people)} conversations, {len(killer.kills)} kills ({points[ANY_MOMENT]} at any moment, the others at "
        f"{len(points) - 1} of {len(POINTS)} points), "
        f"{len(steps & every)} of {len(every)} steps under way at some kill, {len(repeats)} messages said twice\n"
    )
