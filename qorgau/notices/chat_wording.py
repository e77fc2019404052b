"""How a notice stands in a chat: a title, two or three sentences, and buttons in place of an address.

No more of a person than in an SMS: the number, a date. What it is about is read behind the button, in the chat or on
the site.
"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from qorgau.lib.telegram.says import Button, Rows
from qorgau.lib.telegram.says import Message as Said
from qorgau.notices.message import Message
from qorgau.notices.models import Notice
from qorgau.notices.topics import ABOUT_INSURANCE, Topic
from qorgau.notices.wording import language_for
from qorgau.register.models import Appeal

OPENS, ON_THE_SITE, STATUS, WARNING = "history", "site", "status", "warn"
"""Conversation paths of the bot (`channels/telegram/dialogue/`) that the buttons lead to; a test sees that they are
there.
"""
STOP_WARNING = "stop"


def said_in_chat(notice: Notice, message: Message) -> Said:
    """The message with its buttons. One that may have come before says so."""
    with override(language_for(notice)):
        text = message.body
        if notice.unsure:
            doubt = _("You may have read this before: we do not know whether our first message arrived.")
            text = f"{doubt}\n\n{text}"
        return Said(title=message.subject, text=text, buttons=_buttons(notice))


def _buttons(notice: Notice) -> Rows:
    topic = Topic(notice.topic)
    if topic in ABOUT_INSURANCE:
        stop = f"{WARNING}:{STOP_WARNING}:{notice.facts['subscription']}"
        return (
            (Button(_("Find out the insurance status"), f"{STATUS}:"),),
            (Button(_("Stop these messages"), stop),),
        )
    pk = Appeal.objects.filter(number=notice.appeal_number).values_list("pk", flat=True).first()
    if pk is None:
        return ()
    return (*_leading_on(topic, f"{OPENS}:{pk}"), (Button(_("Open on the site"), f"{ON_THE_SITE}:{pk}"),))


def _leading_on(topic: Topic, appeal: str) -> Rows:
    """What is most likely to be done next."""
    match topic:
        case Topic.ANSWERED:
            return (
                (Button(_("Read the answer"), f"{appeal}:answer"),),
                (Button(_("Rate the answer"), f"{appeal}:rate"),),
            )
        case Topic.QUESTION_ASKED:
            return ((Button(_("Read the question"), appeal),), (Button(_("Reply to the question"), f"{appeal}:write"),))
        case Topic.WITHDRAWAL_RECORDED:
            return ((Button(_("Look, and confirm or not"), appeal),),)
    return ((Button(_("Open the appeal"), appeal),),)
