"""What comes after the number: the desk asks and answers, and the person hears of both in the chat."""

import time

from django.utils.translation import override

from qorgau.notices.message import join
from qorgau.notices.topics import Topic
from qorgau.notices.words import SUBJECTS
from tests.channels.telegram.chaos.conversation import Conversation


def is_asked_and_answered(one: Conversation) -> None:
    """A question and the reply to it, the answer and a rating. What is awaited never begins as a notice does, which may
    come once more at any moment.
    """
    number, said = one.desks.written_in(one.person.id), one.says
    appeal = said("Appeal %(number)s") % {"number": number} + "\n\n"
    one.does("is asked by the desk", lambda: one.desks.asks(number), _news(one, Topic.QUESTION_ASKED, number))
    one.presses(said("Reply to the question"), said("Reply to the question") + "\n\n")
    one.writes(one.reply, said("Send the message"), step="replies")
    one.presses(said("Send the message"), appeal + said("Your message was added. The desk has been told."))
    is_answered(one, number)
    one.presses(said("Read the answer"), said("The answer to %(number)s") % {"number": number})
    one.presses(said("Rate the answer"), said("Is the matter solved?"))
    one.presses(said("Partly"), said("Without stars"))
    one.presses(said("Without stars"), said("Send the rating"))
    one.presses(said("Send the rating"), appeal + said("Thank you. Your rating was written down."))


def is_answered(one: Conversation, number: str) -> None:
    """The answer to an appeal that the chat follows."""
    one.does("is answered by the desk", lambda: one.desks.answers(number), _news(one, Topic.ANSWERED, number))


def is_gone(one: Conversation) -> None:
    """Telegram is deleted before the desk asks: the question goes the next way, by SMS."""
    number = one.desks.written_in(one.person.id)

    def hears_everything() -> bool:
        # A press of theirs may still be on its way; what answers it may come too late for them.
        one.heard_all = time.monotonic() - 1
        return not one.desks.has_to_say(one.person.id)

    one.until("hears everything", hears_everything)
    one.does("deletes Telegram", one.person.deletes_the_account, quiet=True)
    one.does("is asked by the desk and not there", lambda: one.desks.asks(number), quiet=True)
    one.until("is asked by SMS", lambda: one.desks.fate_of_the_first_notice(number) == ("failed", "sent"))


def _news(one: Conversation, topic: Topic, number: str) -> str:
    """How the notice begins in the chat."""
    with override(one.words.code):
        return join((SUBJECTS[topic],), {"number": number})
