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
from typing import Any

import pytest
from django.db import connection

from qorgau.channels.telegram.models import Received, WantedFile
from qorgau.notices.chats.linking import appeals_of
from qorgau.notices.chats.models import Chat, Saying
from qorgau.notices.chats.reaching import TELEGRAM
from qorgau.notices.models import Notice
from qorgau.notices.topics import Topic
from qorgau.register.models import Appeal, Message, Rating
from tests import factories
from tests.channels.telegram.bot_api.server import TOKEN, BotApi, running_bot_api
from tests.channels.telegram.chaos import accounts, notices
from tests.channels.telegram.chaos.conversation import Conversation, Ending
from tests.channels.telegram.chaos.conversations import conversation, talk
from tests.channels.telegram.chaos.desks import Desks
from tests.channels.telegram.chaos.killing import Kill, Killer
from tests.channels.telegram.chaos.points import ANSWERING, DELIVERING, FETCHING, NOTIFYING, Point
from tests.channels.telegram.chaos.trouble import Trouble
from tests.insured.test_kill import address_of_the_test_database

pytestmark = pytest.mark.kill

SEED = int(os.environ.get("CHAOS_SEED", "20261129"))
MANY = int(os.environ.get("CHAOS_CONVERSATIONS", "0"))
CONVERSATIONS = 20
AT_ONCE = 48
SECONDS_OF_A_WAVE = 240
SECRET = "a-secret-of-the-webhook"
SECONDS_TO_CALM_DOWN = 30
NEVER_QUIET = (0, 0)
PER_SECOND = 100
"""Three times what Telegram allows a bot in all, to be through sooner; a chat gets one a second as ever."""
BLOCKING = GONE = 12
"""Each so-manieth blocks the bot when everything is said, and another deletes Telegram before the desk asks."""
HEAR_OF_A_DESK = 4
"""So many in a short run, where there is no time for everybody to."""
_FAULTS = (
    "turn_fault", "saying_fault", "saying_given_up", "saying_unreadable", "file_given_up", "notice_fault", "Traceback",
)  # fmt: skip


@pytest.fixture
def api(transactional_db: None, settings: Any) -> Iterator[BotApi]:
    # As in the programs: the desks, which act in this process, write notices for chats.
    settings.TELEGRAM_TOKEN, settings.QUIET_HOURS = TOKEN, NEVER_QUIET
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
    desks = Desks()
    people = [
        conversation(number, api.person(language="kk"), desks, _ending(number))
        for number in range(MANY or CONVERSATIONS)
    ]
    with ExitStack() as killed:
        killers = _killers(api, people, tmp_path, delivered)
        for killer in killers:
            killer.start()
            killed.callback(killer.end)
        if delivered:
            _deliver_to(killers[-1], api)
        began = time.monotonic()
        _talk(people)
        took = time.monotonic() - began
        for killer in killers:
            killer.stop()
        trouble.over = True
        _until_nothing_waits(api)  # the receipt comes after the words for which a conversation waits
        blocking = [one for one in people[::BLOCKING] if one.ending is not Ending.SMS]
        for one in blocking:
            one.person.blocks()
        _until_nothing_waits(api)

    written = "".join(killer.log.read_text() for killer in killers)
    failed = [one for one in people if one.failure]
    wrong = [f"{one.number} ({one.script}) at {one.step}: {one.failure}" for one in failed[:10]]
    assert not failed, "\n".join(
        [f"{len(failed)} conversations failed:", *wrong, _account(api, failed[0], killers), _ends_of_logs(killers)]
    )
    for killer in killers:
        assert not killer.wrong, killer.wrong + _ends_of_logs(killers)
    for sign in _FAULTS:
        assert sign not in written, written[max(0, written.index(sign) - 500) :][:3000]
    _one_appeal_each(people)
    _one_reply_and_rating_each(people)
    _nothing_waits()
    gone = sum(one.ending is Ending.SMS for one in people)
    assert Chat.objects.filter(blocked_at__isnull=False).count() == len(blocking) + gone

    kills = [kill for killer in killers for kill in killer.kills]
    _report(people, kills, _said_once(api, people, killers), took)
    missed = {point for killer in killers for point in killer.missed}
    assert not missed, f"nobody was killed where {missed}"
    unharmed = [one.number for one in people if not any(one.began <= kill.at <= one.ended for kill in kills)]
    assert not unharmed, f"no kill while they spoke: {unharmed}"


def _ending(number: int) -> Ending:
    if not MANY and number >= HEAR_OF_A_DESK:
        return Ending.NUMBER
    return Ending.SMS if number % GONE == HEAR_OF_A_DESK - 1 else Ending.RATING


def _killers(api: BotApi, people: Sequence[Conversation], folder: Path, delivered: bool) -> list[Killer]:
    """That of the bot and that of the worker; and that of the web process, where updates are delivered."""
    variables = {
        "DATABASE_URL": address_of_the_test_database(),
        "DJANGO_SETTINGS_MODULE": "qorgau.settings",
        "TELEGRAM_TOKEN": TOKEN,
        "QORGAU_TELEGRAM_API": api.address,
        "QORGAU_TELEGRAM_PER_SECOND": str(PER_SECOND),
        "QORGAU_TELEGRAM_WEBHOOK_SECRET": SECRET if delivered else "",
        "QORGAU_ADDRESS": "https://appeals.example.kz",
        "QORGAU_QUIET_FROM": str(NEVER_QUIET[0]),
        "QORGAU_QUIET_TO": str(NEVER_QUIET[1]),
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

    worker = killer("worker", NOTIFYING)
    if delivered:
        return [killer("bot", ANSWERING), worker, killer("web", DELIVERING)]
    return [killer("bot", FETCHING | ANSWERING), worker]


def _deliver_to(web: Killer, api: BotApi) -> None:
    with api.office.lock:
        api.office.secret, api.office.webhook = SECRET, f"http://127.0.0.1:{web.ready}/telegram/webhook"


def _talk(people: list[Conversation]) -> None:
    """All of them, so many at once; whoever is through makes room for the next."""
    room = threading.Semaphore(AT_ONCE)

    def hold(one: Conversation) -> None:
        with room:
            one.hold(talk)

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
    while api.office.waiting or any(_waiting()):
        assert time.monotonic() < ends, f"still waiting: {_waiting()}, and {len(api.office.waiting)} with Telegram"
        time.sleep(0.1)


def _waiting() -> tuple[int, ...]:
    return (
        Received.objects.filter(content__isnull=False).count(),
        Saying.objects.count(),
        WantedFile.objects.count(),
        Notice.objects.filter(state="waiting", for_staff=False).count(),
    )


def _nothing_waits() -> None:
    assert not any(_waiting())
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
    assert len(appeals) == len(people) + sum(bool(one.earlier) for one in people)


def _one_reply_and_rating_each(people: list[Conversation]) -> None:
    """And everybody was told of what the desk did, once in the register however often in the chat."""
    replies = Counter(Message.objects.filter(direction="from_applicant").values_list("text", flat=True))
    for one in people:
        appeal = appeals_of(one.person.id).get(channel="telegram")
        found = (replies[one.reply], Rating.objects.filter(appeal=appeal).count(), notices.told(appeal.number))
        wanted: tuple[int, int, list[str]] = (0, 0, [])
        if one.ending is Ending.RATING:
            wanted = (1, 1, [Topic.QUESTION_ASKED, Topic.ANSWERED])
        elif one.ending is Ending.SMS:
            wanted = (0, 0, [Topic.QUESTION_ASKED])
        assert found == wanted, f"{one.number} ({one.script}): {found}"
        assert not one.earlier or notices.told(one.earlier)[-1] == Topic.ANSWERED


def _said_once(api: BotApi, people: list[Conversation], killers: list[Killer]) -> Counter[str]:
    """Everything committed was said in its order, and every notice told; the repeats there were, by their causes."""
    causes: Counter[str] = Counter()
    deaths = _deaths(killers)
    not_gone = {killer.program: accounts.that_did_not_go(killer.log.read_text()) for killer in killers}
    into_chats = list(Notice.objects.filter(transport=TELEGRAM))
    for one in people:
        sent = accounts.sendings(api, one.person)
        came_at_all = {sending.what for sending in sent if sending.program == "bot"}
        committed = accounts.committed(one.person.id)
        wanted = [say for say in committed if say.put < one.heard_all or say.id in came_at_all]
        wrong = accounts.wrong(wanted, [sending for sending in sent if sending.program == "bot"])
        for notice in into_chats:
            if notice.address == str(one.person.id):
                came = [sending for sending in sent if (sending.program, sending.what) == ("worker", notice.pk)]
                wrong += f"notice {notice.pk} {why}. " if (why := notices.wrong(notice, came)) else ""
        for repeat in accounts.repeats(sent):
            cause = accounts.cause(repeat, deaths, not_gone[f"{repeat.again.program}_to_kill"])
            wrong += "" if cause else f"{repeat.again.what} was said again without a cause. "
            causes[f"{repeat.again.program}: {cause}"] += 1
        assert not wrong, f"{one.number} ({one.script}): {wrong}\n{_account(api, one, killers)}"
    return causes


def _account(api: BotApi, one: Conversation, killers: list[Killer]) -> str:
    """All that is known of one chat."""
    wanted, sent = accounts.committed(one.person.id), accounts.sendings(api, one.person)
    return f"{accounts.account(wanted, sent, _deaths(killers))}\n{notices.account(one.person.id)}"


def _ends_of_logs(killers: list[Killer]) -> str:
    return "\n".join(f"{killer.program}: …{killer.log.read_text()[-2000:]}" for killer in killers)


def _deaths(killers: list[Killer]) -> dict[int, Kill]:
    return {kill.process: kill for killer in killers for kill in killer.kills}


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
