"""What the palette offers: views of the queue, pages, languages, and what can be done with the appeal at hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from qorgau.lib.clean_text import clean_line
from qorgau.lib.folding import fold
from qorgau.lib.keyboard_layouts import meant
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.roles import HANDLERS
from qorgau.rules.states import Verb
from qorgau.workplace.card.verb_choices import verb_choices
from qorgau.workplace.desk_pages import DESK_PAGES, pages_of
from qorgau.workplace.keyboard.keys import OF_VERBS
from qorgau.workplace.keyboard.way import Way
from qorgau.workplace.queue import tabs
from qorgau.workplace.queue.filters import Filters, default_sort
from qorgau.workplace.wording import VERBS


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette: an address to go to, or to which `field` with `value` is sent."""

    id: str
    words: str | Promise
    href: str
    detail: str = ""
    key: str = ""
    field: str = ""
    value: str = ""
    lang: str = ""


_OF_THE_ACCOUNT: tuple[tuple[str, Promise, str], ...] = (
    ("desk:settings", _("Settings"), "G S"),
    ("desk:keys", _("Keys of the desk"), "?"),
    ("mfa_index", _("Sign-in and security"), ""),
    ("account_change_password", _("Change the password"), ""),
    ("account_logout", _("Sign out"), ""),
)
_MOST_DIGITS = 5
_OTHER_WORDS: dict[str, str] = {
    **{page.name: page.also for page in DESK_PAGES},
    "account_logout": "logout exit выйти выход шығу",
    "desk:settings": "language shortcuts notices preferences options тіл язык",
}
"""What people type for it besides its name, in any language; never shown."""


def of_the_appeal(appeal: Appeal, staff: Staff, way: Way) -> list[Command]:
    """What this person may do with it now."""
    return [
        Command(
            id=f"verb-{choice['verb']}",
            words=choice["words"],
            href=way.to(choice["href"]),
            key=OF_VERBS.get(Verb(choice["verb"]), ""),
        )
        for choice in verb_choices(appeal, staff)["allowed"]
    ]


def views(staff: Staff) -> list[Command]:
    """The views of the queue that this person has."""
    if not tabs.has_queue(staff):
        return []
    return [
        Command(
            id=f"view-{tab.value}",
            words=tabs.NAMES[tab],
            href=reverse("desk:queue") + Filters(tab=tab, sort=default_sort(tab)).address(),
        )
        for tab in tabs.tabs_of(works=staff.role in HANDLERS)
    ]


def pages(staff: Staff) -> list[Command]:
    """Pages that do not belong to one appeal."""
    of_the_desk = [(page.name, page.called or page.words, page.key) for page in pages_of(staff)]
    return [
        Command(id=name.replace(":", "-"), words=words, href=reverse(name), key=key)
        for name, words, key in (*of_the_desk, *_OF_THE_ACCOUNT)
    ]


def languages() -> list[Command]:
    """The languages in which the desk speaks, each by its own name."""
    return [
        Command(
            id=f"language-{code}",
            words=name,
            href=reverse("staff_language"),
            field="language",
            value=code,
            lang=code,
        )
        for code, name in settings.LANGUAGES
    ]


def search(staff: Staff, typed: str) -> list[Command]:
    """The words looked for in everything one may see. What may be an identity number goes into no address."""
    words = clean_line(typed)
    if not words or not tabs.has_queue(staff) or sum(letter.isdigit() for letter in words) > _MOST_DIGITS:
        return []
    there = Filters(tab=tabs.Tab.ALL, sort=default_sort(tabs.Tab.ALL), words=words)
    return [
        Command(
            id="search",
            words=gettext("Search all appeals for “%(words)s”") % {"words": words},
            href=reverse("desk:queue") + there.address(),
        )
    ]


def called(commands: Iterable[Command], typed: str) -> list[Command]:
    """Those whose name in any language begins its words so, whichever layout it was typed in; all for no words."""
    readings = [words for reading in meant(typed) if (words := fold(reading).split())]
    if not readings:
        return [] if typed.strip() else list(commands)
    return [command for command in commands if any(_begins(_names()[command.id], words) for words in readings)]


def _begins(name: tuple[str, ...], words: list[str]) -> bool:
    return all(any(part.startswith(word) for part in name) for word in words)


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    """The words of every command in every language, by its id."""
    names: dict[str, list[object]] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            for key, words in _all_names():
                names.setdefault(key, []).append(str(words))
    return {key: tuple(dict.fromkeys(fold(" ".join(map(str, words))).split())) for key, words in names.items()}


def _all_names() -> Iterable[tuple[str, object]]:
    yield from ((f"verb-{verb.value}", words) for verb, words in VERBS.items())
    yield from ((f"view-{tab.value}", words) for tab, words in tabs.NAMES.items())
    yield from ((page.name.replace(":", "-"), f"{page.words} {page.called or ''}") for page in DESK_PAGES)
    yield from ((name.replace(":", "-"), words) for name, words, _key in _OF_THE_ACCOUNT)
    yield from ((name.replace(":", "-"), words) for name, words in _OTHER_WORDS.items())
    yield from ((f"language-{code}", f"{name} {_('Language')}") for code, name in settings.LANGUAGES)
