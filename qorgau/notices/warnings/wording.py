"""The words of warnings: until when, how many months are unpaid, what to do first, and how to stop them.

No name, no identity number, no sum; the person is called as the subscriber calls them, if at all.
"""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from qorgau.insured.warnings.addresses import label_of
from qorgau.insured.warnings.links import token_of
from qorgau.insured.warnings.models import Subscription
from qorgau.lib.speech import say_date
from qorgau.notices.message import Message, fits_two_segments, join
from qorgau.notices.models import Notice
from qorgau.notices.topics import Topic
from qorgau.notices.words import IN_CHAT, LETTERS, SHORT, SUBJECTS


def warning_message(notice: Notice) -> Message:
    """The message of a warning, in the current language."""
    subscription = Subscription.objects.get(pk=notice.facts["subscription"])
    token = token_of(subscription)
    stop = settings.PUBLIC_ADDRESS + reverse("warnings", args=[token])
    topic, last_day, unpaid = Topic(notice.topic), _last_day(notice), notice.facts.get("unpaid", 0)
    facts = {"unpaid": str(unpaid)} if unpaid else {}
    if notice.transport == Subscription.SMS:
        if last_day:
            facts["last_day"] = f"{last_day:%d.%m.%Y}"
        return Message("", _short(topic, facts, label_of(subscription), stop), (token,), stop)
    if last_day:
        facts["last_day"] = say_date(last_day)
    if notice.transport == Subscription.TELEGRAM:
        return Message(join((SUBJECTS[topic],), facts), _in_chat(topic, facts, label_of(subscription)), (token,))
    return Message(join((SUBJECTS[topic],), facts), _letter(topic, facts, label_of(subscription), stop), (token,), stop)


def _short(topic: Topic, facts: dict[str, str], label: str, stop: str) -> str:
    """With the link always, since by it the messages are stopped; the unpaid months go where there is no room."""
    called = f"{label}: " if label else ""
    text = f"{called}{join(SHORT[topic], facts)} {stop}"
    if not fits_two_segments(text):
        facts = {name: fact for name, fact in facts.items() if name != "unpaid"}
        text = f"{called}{join(SHORT[topic], facts)} {stop}"
    return text


def _in_chat(topic: Topic, facts: dict[str, str], label: str) -> str:
    """Without frame and address: buttons hang below it."""
    about = [_("This is about: %(label)s.") % {"label": label}] if label else []
    return "\n\n".join([*about, join(IN_CHAT[topic], facts)])


def _letter(topic: Topic, facts: dict[str, str], label: str, stop: str) -> str:
    paragraphs = [
        _("Hello."),
        *([_("This is about: %(label)s.") % {"label": label}] if label else []),
        join(LETTERS[topic], facts),
        settings.PUBLIC_ADDRESS + reverse("portal:status"),
        _("You get this letter because you asked for it on our site and confirmed this address. To stop it, open:"),
        stop,
        _("Replies to this letter are not read."),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _last_day(notice: Notice) -> date | None:
    said = notice.facts.get("last_day")
    return date.fromisoformat(said["date"]) if said else None
