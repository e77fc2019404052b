"""What of an address could not be read, in one note: nobody must take what is shown for what they asked for."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qorgau.lib.clean_text import clean_line

_NAMED, _LONGEST_NAME = 3, 30
"""So many names that mean nothing are said, each so long: anybody may have typed anything there."""


def notes_on(unreadable: Iterable[str | Promise], unknown: Iterable[str]) -> list[str]:
    """One note, however much was left aside: what is shown must not be pushed off the screen. None when all was read.

    `unreadable` are words for what has a value that makes no sense; `unknown` are names that mean nothing here.
    """
    said = []
    if what := ", ".join(str(one) for one in unreadable):
        said.append(_("Left aside, because it could not be read in the address: %(what)s.") % {"what": what})
    if names := [f"«{clean_line(name)[:_LONGEST_NAME]}»" for name in unknown]:
        shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
        said.append(_("Left aside, because no filter in the address is called so: %(names)s.") % {"names": shown})
    return [" ".join(said)] if said else []
