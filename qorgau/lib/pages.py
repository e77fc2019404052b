"""The one place where pages are set up: the Jinja2 environment, and what every template may call by name."""

import os
import re
from collections.abc import Hashable, MutableMapping
from datetime import date, datetime
from functools import lru_cache
from secrets import token_hex
from typing import Any, cast
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from qorgau.lib.form_fields import shown, shown_errors
from qorgau.lib.icons import icon, mark
from qorgau.lib.languages import LanguageLink, same_page_in_other_languages
from qorgau.lib.page_writing import PageContext, PageWriter, printed
from qorgau.lib.reading_aids import ReadingAids, reading_aids
from qorgau.lib.speech import name_in, say, say_date, say_moment

HTMX = {
    "includeIndicatorStyles": False,
    "allowEval": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    # What was swapped in works, and has the focus, at once: a key pressed within the pause would be lost.
    "defaultSettleDelay": 0,
    # It would set styles as attributes, which our policy refuses.
    "attributesToSettle": [],
}
"""What htmx must not do under our content security policy, and what it must not keep in the browser."""


class Pages(Environment):
    """Jinja2's environment with its global names in a plain dictionary, which makes every page a quarter cheaper, and
    with our way of writing them.
    """

    code_generator_class = PageWriter
    context_class = PageContext
    printed = staticmethod(printed)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend asks for (``TEMPLATES[…]["OPTIONS"]["environment"]``).

    Everything printed is escaped. A translated sentence counts as safe, so only constants are ever translated: what a
    person wrote goes into a page as ``{{ text }}``, never as ``{{ _(text) }}``. Compiled templates are kept under
    ``QORGAU_VAR``, where a start finds them again.
    """
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    options.setdefault("cache_size", -1)
    if not settings.DEBUG:
        options.setdefault("bytecode_cache", _compiled_before())
    pages = Pages(**options)
    pages.add_extension("jinja2.ext.i18n")
    pages.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    pages.policies["ext.i18n.trimmed"] = True
    pages.globals.update(
        _=translated,
        gettext=translated,
        url=url,
        static=static_file,
        get_language=get_language,
        say=say,
        say_date=say_date,
        say_moment=say_moment,
        name_in=name_in,
        time_tag=time_tag,
        icon=icon,
        mark=mark,
        shown=shown,
        shown_errors=shown_errors,
        htmx_settings=HTMX,
        frame=frame,
        languages=languages,
        aids=aids,
        here=here,
        waiting_messages=waiting_messages,
        desk_menu=desk_menu,
        unchanging=unchanging,
    )
    return pages


def translated(text: str, **facts: Any) -> Markup:
    """A sentence of a template in the language of the page; what fills its ``%(named)s`` places is escaped.

    Does what Jinja2's own function does. A page has fifty sentences, so each is looked up once per language only.
    """
    language = get_language()
    return _filled(text, language) if not facts else _looked_up(text, language) % facts


@lru_cache(maxsize=10_000)
def _looked_up(text: str, language: str | None) -> Markup:
    return Markup(gettext(text))  # noqa: S704 - the texts of our own templates and catalogues


@lru_cache(maxsize=10_000)
def _filled(text: str, language: str | None) -> Markup:
    return _looked_up(text, language) % {}


def time_tag(when: datetime | date | str) -> Markup | str:
    """A day or a moment in words, with its exact value for machines; words stay as they are."""
    if isinstance(when, str):
        return when
    words = say_moment(when) if isinstance(when, datetime) else say_date(when)
    return Markup(f'<time datetime="{when.isoformat()}">{words}</time>')  # noqa: S704 - made of numbers and months


def _compiled_before() -> BytecodeCache | None:
    """Where compiled templates wait for the next start; None where nothing may be written."""
    folder = settings.VAR / "pages"
    if not os.access(settings.VAR, os.W_OK):
        return None
    folder.mkdir(mode=0o700, exist_ok=True)
    return FileSystemBytecodeCache(str(folder), "printed_%s.cache")


@lru_cache(maxsize=1000)
def static_file(path: str) -> str:
    """The address of a file that every page asks for by the same name: it changes only with a new version of Qorgau."""
    return static(path)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its name, in the language of the page being made."""
    if not args and not kwargs:
        return _plain_url(name, get_language())
    if len(args) == 1 and not kwargs and type(args[0]) is str and _IS_ONE_WORD(args[0]):
        around = _around_one_word(name, get_language())
        if around:
            return args[0].join(around)
    return reverse(name, args=args or None, kwargs=kwargs or None)


@lru_cache(maxsize=1000)
def _plain_url(name: str, language: str | None) -> str:
    # Pages are full of links to the same few places; looking each up again costs more than all the rest of the frame.
    return reverse(name)


_A_WORD = "word-of-an-address"
_IS_ONE_WORD = re.compile(r"[0-9A-Za-z-]+").fullmatch


@lru_cache(maxsize=1000)
def _around_one_word(name: str, language: str | None) -> tuple[str, str] | None:
    """What stands in an address before and behind its one word; None in one that takes something else. A card has two
    dozen addresses with its number in them.
    """
    try:
        before, _, behind = reverse(name, args=[_A_WORD]).partition(_A_WORD)
    except NoReverseMatch:
        return None
    return before, behind


class Frame:
    """What the frame of every page needs, found in one go: a page pays for each call, so the frame makes only one."""

    __slots__ = ("here", "language", "look", "request", "words")

    def __init__(self, request: HttpRequest | None) -> None:
        self.request = request
        self.language = get_language() or settings.LANGUAGE_CODE
        self.look = reading_aids(request).classes
        self.here = quote(request.get_full_path()) if request else "/"
        self.words = _words_of_the_frame(self.language)

    @property
    def spoken(self) -> list[tuple[str, str]]:
        """Every language by its code, as it calls itself."""
        return settings.LANGUAGES

    @property
    def languages(self) -> list[LanguageLink]:
        """This page in every language. Pages of the staff have one address for all, and do not ask."""
        return same_page_in_other_languages(self.request)


@lru_cache(maxsize=10)
def _words_of_the_frame(language: str) -> dict[str, str]:
    return {
        "site": gettext("Qorgau"),
        "easier": gettext("Easier to read"),
        "aids": reverse("portal:aids"),
        "skip": gettext("Skip to the main content"),
        "language": gettext("Language"),
        "help": gettext("Help on this page"),
    }


@pass_context
def frame(context: Context) -> Frame:
    """The facts of the frame around this page."""
    return Frame(_request_of(context))


@pass_context
def languages(context: Context) -> list[LanguageLink]:
    """This page in every language, the present one included."""
    return same_page_in_other_languages(_request_of(context))


@pass_context
def aids(context: Context) -> ReadingAids:
    """How this reader wants to see pages."""
    return reading_aids(_request_of(context))


@pass_context
def here(context: Context) -> str:
    """The address of this page with its question, to come back to; "/" when there is no request."""
    request = _request_of(context)
    return request.get_full_path() if request else "/"


@pass_context
def waiting_messages(context: Context) -> list[Any]:
    """What the last action wanted to say. Reading it takes it out of the queue."""
    request = _request_of(context)
    return list(get_messages(request)) if request else []


def unchanging(template: str) -> Markup:
    """A part of the frame that is the same for everybody who reads one language, made once and kept."""
    if settings.DEBUG:
        return piece(template)
    return _kept(template, get_language())


@lru_cache(maxsize=100)
def _kept(template: str, language: str | None) -> Markup:
    return piece(template)


@pass_context
def desk_menu(context: Context, places: Hashable, section: str, *, number: str, way: str) -> Markup:
    """The head of a page of the staff: made once of what it shows, with the rest put in afterwards.

    That rest is the token of its forms, the way back to this page, and the card that the palette is to know of.
    """
    request = _request_of(context)
    person = getattr(request, "user", None)
    signed_in = bool(person and person.is_authenticated)
    facts: dict[str, Hashable] = {"places": places, "section": section, "signed_in": signed_in}
    if person and signed_in:
        facts |= {
            "person": person.short_name,
            "name": person.get_full_name() or person.get_username(),
            "role": str(person.get_role_display()),
            "desk": name_in(person.desk),
            "administers": person.role == "administrator",
        }
    palette = f"?{urlencode({'card': number, 'from': way})}" if number else ""
    here = request.get_full_path() if request else "/"
    late = {"csrf": context.get("csrf_input", ""), "back": quote(here), "next": here, "palette": palette}
    make = _made_once.__wrapped__ if settings.DEBUG else _made_once
    parts = make("frame/desk_menu.html", get_language(), tuple(late), tuple(facts.items()))
    filled = (late[part] if is_place else part for part, is_place in parts)
    return Markup("").join(filled)


@lru_cache(maxsize=2_000)
def _made_once(
    template: str, language: str | None, late: tuple[str, ...], facts: tuple[tuple[str, Hashable], ...]
) -> tuple[tuple[Markup, bool], ...]:
    """The parts in their order; those that are only the name of what is put there later are marked."""
    places = {name: Markup(f"{{{_PLACES}:{name}}}") for name in late}  # noqa: S704 - names of ours
    made = piece(template, spoken=settings.LANGUAGES, **places, **dict(facts))
    # Nobody can write such a place into a fact: it is another one in every process.
    found = re.split(rf"{{{_PLACES}:(\w+)}}", made)
    return tuple((Markup(part), number % 2 == 1) for number, part in enumerate(found))  # noqa: S704 - escaped above


_PLACES = token_hex(8)


def piece(template: str, **facts: Any) -> Markup:
    """A piece of a page made by itself of these facts alone, for those who keep it. It knows of no request."""
    return Markup(_pages().get_template(template).render(facts))  # noqa: S704 - escaped while it was made


def macros_of(template: str) -> Any:
    """The macros of a template, for pieces of pages that are made by themselves and kept."""
    return _pages().get_template(template).module


def _pages() -> Environment:
    return cast(Jinja2, engines["jinja2"]).env


def _request_of(context: Context) -> HttpRequest | None:
    request: HttpRequest | None = context.get("request")
    return request
