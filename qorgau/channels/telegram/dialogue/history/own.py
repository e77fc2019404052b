"""The appeals that this chat may see, and no others."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from qorgau.channels.telegram.dialogue.path import Talk
from qorgau.handling.for_applicant.story import Story, read_story
from qorgau.lib.row_ids import row_id
from qorgau.lib.telegram.says import Button
from qorgau.notices.chat_wording import OPENS
from qorgau.notices.chats.linking import appeals_of
from qorgau.register.models import Appeal
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

NAME = OPENS
_RELATED = ("applicant", "patient", "holder", "organisation", "region", "topic")
_NOT_OURS = Sentence(N_("This appeal does not belong to this chat. Choose another one from “History of appeals”."))


def button(text: str, appeal: int, verb: str = "", value: str = "") -> Button:
    """A button about one appeal: opens it, or does something with it."""
    return Button(text, ":".join([NAME, str(appeal), *(part for part in (verb, value) if part)]))


def own_appeal(talk: Talk, pk: str) -> Appeal:
    """The appeal as the verbs want it. Raises Problem when it does not belong to this chat, or there is none."""
    appeal = appeals_of(talk.chat).select_related(*_RELATED).filter(pk=row_id(pk) or 0).first()
    if appeal is None:
        raise Problem(_NOT_OURS)
    return appeal


def own_story(talk: Talk, pk: str) -> Story:
    """The appeal as its applicant may see it. Raises Problem when it does not belong to this chat, or there is none."""
    number = appeals_of(talk.chat).filter(pk=row_id(pk) or 0).values_list("number", flat=True).first()
    story = read_story(number) if number else None
    if story is None:
        raise Problem(_NOT_OURS)
    return story


def some_of_them(talk: Talk, page: int, a_page: int) -> tuple[Sequence[Appeal], int]:
    """The appeals of a page, the newest first, and how many there are in all."""
    own = appeals_of(talk.chat)
    shown = own.only("number", "text", "received_at", "state", "holder_id", "topic_id", "due_on")
    rows = list(shown.order_by("-received_at", "-pk")[page * a_page : (page + 1) * a_page])
    return rows, own.count()


def to_the_appeal(pk: int) -> tuple[Button, ...]:
    """A row with the button that leads back to the appeal."""
    return (button(_("‹ To the appeal"), pk),)
