"""Somebody who follows an appeal from a chat."""

from qorgau.notices.chats.linking import link
from qorgau.notices.chats.models import Chat
from qorgau.register.models import Appeal
from tests.channels.telegram.bot_api.people import Person
from tests.channels.telegram.bot_api.server import BotApi
from tests.factories import NOON


def linked(api: BotApi, appeal: Appeal, language: str = "en") -> Person:
    """A person whose chat with the bot is linked to the appeal."""
    person = api.person()
    person.starts()
    Chat.objects.create(id=person.id, language=language, begun_at=NOON, heard_at=NOON)
    link(appeal.applicant_id, person.id, NOON)
    return person
