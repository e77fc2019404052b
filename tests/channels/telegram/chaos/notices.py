"""Was every notice delivered once, or reported? (Decision 0011.)

Telegram has no name by which it would know a repeat, so what comes twice must say so, and its row must say that it may.
"""

from collections.abc import Sequence

from django.utils.translation import gettext, override

from qorgau.lib.speech import LANGUAGES
from qorgau.notices.chats.linking import appeals_of
from qorgau.notices.message import join
from qorgau.notices.models import Notice
from qorgau.notices.topics import Topic
from qorgau.notices.words import SUBJECTS
from tests.channels.telegram.chaos.accounts import Sending

_DOUBT = "You may have read this before: we do not know whether our first message arrived."


def wrong(notice: Notice, came: Sequence[Sending]) -> str:
    """What is wrong about one; "" when it was delivered, or reported and told the person's next way. ``came`` is what
    arrived of it in its chat.
    """
    if any(one.words.partition("\n")[0] not in _titles(notice) for one in came):
        return f"reads {[one.words for one in came]}"
    if sum(not _doubts(one.words) for one in came) > 1:
        return "came again without saying so"
    match notice.state:
        case "sent" if 1 <= len(came) <= 1 + notice.unsure:
            return ""
        case "failed" if len(came) <= notice.unsure and _was_told_otherwise(notice):
            return ""
    return f"is {notice.state} ({notice.error}), unsure {notice.unsure} times, and came {len(came)} times"


def told(number: str) -> list[str]:
    """What an appeal gave to tell of, each once however many ways it took."""
    first = Notice.objects.filter(appeal_number=number, instead_of=None, for_staff=False).order_by("pk")
    return list(first.values_list("topic", flat=True))


def account(chat: int) -> str:
    """How the notices fared that tell of the appeals of a chat, by whatever way."""
    numbers = appeals_of(chat).values("number")
    return "\n".join(
        f"notice {one.pk} {one.topic} by {one.transport}: {one.state}, {one.attempts} attempts, unsure {one.unsure} "
        f"times, claimed until {one.claimed_until}, instead of {one.instead_of_id} {one.error}"
        for one in Notice.objects.filter(appeal_number__in=numbers, for_staff=False).order_by("pk")
    )


def _was_told_otherwise(notice: Notice) -> bool:
    return Notice.objects.filter(instead_of=notice, state="sent").exists()


def _titles(notice: Notice) -> set[str]:
    found = set()
    for language in LANGUAGES:
        with override(language):
            found.add(join((SUBJECTS[Topic(notice.topic)],), {"number": notice.appeal_number}))
    return found


def _doubts(words: str) -> bool:
    for language in LANGUAGES:
        with override(language):
            if gettext(_DOUBT) in words:
                return True
    return False
