"""The pages of the desk and whose each is. The head of every page, the menus and the palette offer the same ones."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgau.people.models import Staff
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import HANDLERS, HEADS, READERS, Role
from qorgau.workplace.queue.tabs import has_queue


def _works(staff: Staff) -> bool:
    return staff.role in HANDLERS


def _works_at_a_clinic(staff: Staff) -> bool:
    return _works(staff) and staff.desk is not None and staff.desk.kind == DeskKind.CLINIC


def _supervises(staff: Staff) -> bool:
    return staff.role in HEADS | READERS and has_queue(staff)


def answers_calls(staff: Staff) -> bool:
    """Whether this person answers at the contact centre."""
    return _works(staff) and staff.desk is not None and staff.desk.kind == DeskKind.CONTACT_CENTRE


def _may_read_sensitive(staff: Staff) -> bool:
    return staff.may_read_sensitive and staff.role != Role.ADMINISTRATOR


def _is_security_officer(staff: Staff) -> bool:
    return staff.role == Role.AUDITOR


def _is_at_a_desk(staff: Staff) -> bool:
    return _works(staff) and staff.desk_id is not None


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page, by the name of its address."""

    name: str
    words: Promise
    sign: str
    whose: Callable[[Staff], bool]
    in_line: bool = False
    """It stands in the line at the head of every page; the others stand under "More"."""
    key: str = ""
    called: Promise | None = None
    """What the palette calls it, where it stands alone and needs more words."""
    also: str = ""
    """What people type for it besides its name, in any language; never shown."""

    @property
    def section(self) -> str:
        """What a page says of itself, so that the head marks where one is."""
        return self.name.partition(":")[2]


DESK_PAGES: tuple[DeskPage, ...] = (
    DeskPage("desk:queue", _("Queue"), "list", has_queue, in_line=True, key="G Q"),
    DeskPage("desk:new", _("New appeal"), "plus", _works, in_line=True, key="G N", called=_("Register a new appeal")),
    DeskPage("desk:for_you", _("For you"), "bell", _works, in_line=True),
    DeskPage(
        "desk:callers",
        _("Callers"),
        "phone",
        answers_calls,
        in_line=True,
        called=_("The caller has lost the number or the code"),
        also="code код",
    ),
    DeskPage("desk:supervision", _("Supervision"), "users", _supervises, in_line=True),
    DeskPage("desk:who_looked", _("Who looked"), "eye", _is_security_officer, in_line=True),
    DeskPage("desk:replies", _("Replies"), "building", _works_at_a_clinic),
    DeskPage("desk:sensitive", _("Sensitive"), "lock", _may_read_sensitive, called=_("Sensitive appeals")),
    DeskPage(
        "desk:texts", _("Texts"), "pen", _works, called=_("Ready texts"), also="templates template шаблоны үлгілер"
    ),
    DeskPage("desk:saved_views", _("Saved views"), "star", has_queue),
    DeskPage("desk:exports", _("Tables of appeals"), "download", has_queue),
    DeskPage("desk:absences", _("Absences and substitutes"), "calendar", _is_at_a_desk, also="vacation отпуск демалыс"),
)
"""In the order in which they are offered: what is used many times a day comes first."""


def pages_of(staff: Staff) -> list[DeskPage]:
    """The pages that this person may open."""
    return [page for page in DESK_PAGES if page.whose(staff)]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """What the head offers: `line` for everybody to see, `more` behind a press."""

    line: tuple[dict[str, Any], ...]
    more: tuple[dict[str, Any], ...]


def places(staff: Staff) -> Places:
    """What the head of a page offers this person."""
    return _offered(tuple(page.name for page in pages_of(staff)))


@cache
def _offered(names: tuple[str, ...]) -> Places:
    """The same for everybody who may open the same pages. Their words are translated when a page shows them."""
    shown = [
        {"words": page.words, "href": reverse(page.name), "sign": page.sign, "key": page.key, "section": page.section}
        | {"in_line": page.in_line}
        for page in DESK_PAGES
        if page.name in names
    ]
    return Places(
        line=tuple(page for page in shown if page["in_line"]), more=tuple(page for page in shown if not page["in_line"])
    )
