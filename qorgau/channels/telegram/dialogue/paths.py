"""The conversation paths there are. A new one is a file beside this one, and a line here."""

from qorgau.channels.telegram.dialogue import (
    calculator,
    contacts,
    language,
    linking,
    news,
    person,
    proof,
    site,
    status,
    warning,
)
from qorgau.channels.telegram.dialogue.history import path as history
from qorgau.channels.telegram.dialogue.writing import path as writing

PATHS = (
    status.PATH,
    writing.PATH,
    history.PATH,
    linking.PATH,
    calculator.PATH,
    contacts.PATH,
    person.PATH,
    language.PATH,
    news.PATH,
    proof.PATH,
    site.PATH,
    warning.PATH,
)
