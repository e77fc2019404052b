"""The words of notices, made when they leave, in the language of who gets them.

A message holds no more of a person than it must: the number, a date, an address to read the rest at. Never the text of
an appeal or an answer. The code that opens an appeal goes out once, with its receipt, and a new one when it is issued.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from qorgau.lib.speech import say_date, say_fact
from qorgau.notices.chats.reaching import TELEGRAM, language_of
from qorgau.notices.links import link
from qorgau.notices.message import SMS_LIMIT, Message, join, sms_length
from qorgau.notices.models import Notice
from qorgau.notices.topics import ABOUT_INSURANCE, CODES, WITH_ACCESS_CODE, Topic
from qorgau.notices.warnings.wording import warning_message
from qorgau.notices.words import LETTERS, SHORT, SUBJECTS, in_chat
from qorgau.people.models import OneTimeCode
from qorgau.people.one_time_codes import digits_of
from qorgau.register.access import access_code

__all__ = ["SMS_LIMIT", "Message", "message_for", "sms_length"]


def message_for(notice: Notice) -> Message:
    """The message of an outbox row: short without a subject for SMS, a letter in plain text for e-mail, and for a chat
    what a letter says without its frame.
    """
    topic = Topic(notice.topic)
    language = language_for(notice)
    if topic in ABOUT_INSURANCE:
        with override(language):
            return warning_message(notice)
    code = _code(notice, topic)
    secrets = (code,) if code else ()
    with override(language):
        if notice.transport == "sms":
            return Message("", _short(notice, topic, code), secrets)
        subject = join((SUBJECTS[topic],), _facts(notice, code))
        if notice.transport == TELEGRAM:
            return Message(subject, join(in_chat(LETTERS[topic]), _facts(notice, code)), secrets)
        return Message(subject, _letter(notice, topic, code), secrets)


def language_for(notice: Notice) -> str:
    """The language of who gets it: in a chat that in which the bot speaks there."""
    in_the_chat = language_of(int(notice.address)) if notice.transport == TELEGRAM and notice.address else ""
    return in_the_chat or notice.language


def _short(notice: Notice, topic: Topic, code: str) -> str:
    facts = _facts(notice, code)
    due = _day(notice.facts.get("due_on"))
    if due:
        facts["due"] = f"{due:%d.%m.%Y}"
    text = join(SHORT[topic], facts)
    if topic in CODES:
        return text
    with_link = f"{text} {link(notice)}"
    return with_link if sms_length(with_link) <= SMS_LIMIT else text


def _letter(notice: Notice, topic: Topic, code: str) -> str:
    paragraphs = [_("Hello."), join(LETTERS[topic], _facts(notice, code))]
    if topic not in CODES:
        paragraphs.append(link(notice))
        if not notice.for_staff:
            if not code:
                paragraphs.append(_("To open it you need the number and the code from your receipt."))
            paragraphs.append(
                _("You get this letter because this address was left with the appeal. Replies to it are not read.")
            )
    return "\n\n".join(paragraphs) + "\n"


def _facts(notice: Notice, code: str) -> dict[str, str]:
    facts = {"number": notice.appeal_number, "code": code, "due": say_date(_day(notice.facts.get("due_on")))}
    facts |= {name: say_fact(notice.facts[name]) for name in ("desk", "place", "of") if name in notice.facts}
    return {name: fact for name, fact in facts.items() if fact}


def _day(fact: Any) -> date | None:
    if isinstance(fact, dict):
        fact = fact.get("date")
    return date.fromisoformat(fact) if fact else None


def _code(notice: Notice, topic: Topic) -> str:
    if topic in CODES:
        return digits_of(OneTimeCode.objects.get(pk=notice.facts["one_time_code"]))
    if topic not in WITH_ACCESS_CODE:
        return ""
    return access_code(notice.appeal_number, code_version_of(notice))


def code_version_of(notice: Notice) -> int:
    """The version of the access code that a notice with one carries."""
    return int(notice.facts.get("code_version", 1))
