"""The part of the worker that lets notices leave, to be killed (`dying.py`).

python -m tests.channels.telegram.chaos.worker_to_kill LOG
"""

import sys
import threading
import time
from datetime import timedelta
from functools import partial

import django

django.setup()

from django.db import connection  # noqa: E402 - applications are there now

from qorgau.lib.telegram import wire  # noqa: E402
from qorgau.notices import deliver  # noqa: E402
from qorgau.notices.message import Message  # noqa: E402
from qorgau.notices.models import Notice  # noqa: E402
from qorgau.notices.transports import telegram  # noqa: E402
from tests.channels.telegram.chaos.dying import have_children  # noqa: E402
from tests.channels.telegram.chaos.signing import sign  # noqa: E402

# A test has no time for the patience of real life. A claim outlives every wait all the same, and there are so many
# attempts that kills alone use up none's.
_SECONDS_FOR_AN_ANSWER = 2
_LONGEST_WAIT = timedelta(seconds=2)
_CLAIM = timedelta(seconds=5)
_PAUSES = (timedelta(seconds=1),) * 60
_SECONDS_BETWEEN_RUNS = 0.1
_IN_HAND = threading.local()


def main() -> None:
    Notice.objects.exists()
    connection.close()
    have_children(_be_the_worker, log=sys.argv[1])


def _be_the_worker() -> None:
    deliver.CLAIM, deliver.PAUSES = _CLAIM, _PAUSES
    telegram.LONGEST_WAIT = _LONGEST_WAIT
    telegram.Wire = partial(wire.Wire, seconds=_SECONDS_FOR_AN_ANSWER)  # type: ignore[misc,assignment]
    send = telegram.TelegramChat.send

    def signed(chat: telegram.TelegramChat, notice: Notice, message: Message) -> str:
        _IN_HAND.notice = notice.pk  # of this thread alone
        return send(chat, notice, message)

    telegram.TelegramChat.send = signed  # type: ignore[method-assign]
    sign("worker", lambda: getattr(_IN_HAND, "notice", 0))
    while True:
        deliver.deliver_into_chats()
        deliver.deliver_due()
        time.sleep(_SECONDS_BETWEEN_RUNS)


if __name__ == "__main__":
    main()
