"""«Отправить обращение»: the way into writing."""

from django.utils.translation import gettext_lazy

from qorgau.channels.telegram.dialogue.path import Path
from qorgau.channels.telegram.dialogue.writing.conversation import (
    back,
    begin,
    file_came,
    hear,
    is_worth_keeping,
    press,
)
from qorgau.channels.telegram.dialogue.writing.draft import NAME

PATH = Path(
    name=NAME,
    begin=begin,
    hear=hear,
    press=press,
    back=back,
    file_came=file_came,
    title=gettext_lazy("Send an appeal"),
    order=20,
    known_as=(
        "отправить обращение на 1414",
        "отправить обращение на 1406",
        "отправить сообщение в фонд",
        "обращение",
        "жалоба",
        "өтініш",
        "шағым",
        "appeal",
        "complaint",
    ),
    command="appeal",
    describes=gettext_lazy("Send an appeal to the Fund"),
    link="org",
    keeps=is_worth_keeping,
    edits=True,
)
