"""What may stand in braces in an answer template, and filling it in."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

VARIABLES: Mapping[str, str | Promise] = {
    "number": _("number of the appeal"),
    "name": _("name of the applicant"),
    "registered_on": _("day the appeal was registered"),
    "due_date": _("last day for the answer"),
    "organisation": _("medical organisation the appeal is about"),
    "topic": _("topic of the appeal"),
    "desk": _("desk that answers"),
    "staff": _("member of staff who answers"),
    "next_desk": _("desk one step higher, for those who do not agree"),
    "appeal_until": _("last day to go one step higher"),
    "today": _("today"),
}
"""Every variable there is and what it stands for, for those who write templates."""

_IN_BRACES = re.compile(r"\{([^{}\n]*)\}")


def unknown_variables(text: str) -> list[str]:
    """Names in braces that are no variables, in the order they stand."""
    return [name for name in dict.fromkeys(_IN_BRACES.findall(text)) if name not in VARIABLES]


def stray_braces(text: str) -> bool:
    """Whether a brace is left that belongs to no variable: a slip that would be sent as it stands."""
    rest = _IN_BRACES.sub("", text)
    return "{" in rest or "}" in rest


def problem_of(text: str) -> str:
    """What is wrong with the variables of a text, in words for whoever writes it; "" when nothing is."""
    unknown = unknown_variables(text)
    if unknown:
        return gettext("There is no variable {names}. The list of variables stands above the text.").format(
            names=", ".join(f"{{{name}}}" for name in unknown)
        )
    if stray_braces(text):
        return gettext("A brace is open or closed without the other. Braces stand around variables only.")
    return ""


_FOR_THE_WRITER = re.compile(r"\[[^\[\]\n]*[^\W\d_]{3}[^\[\]\n]*\]")


_LIKE_A_VARIABLE = re.compile(r"[^\W\d]\w*")


def places_left(text: str) -> list[str]:
    """What a template left to its writer and nobody filled in: `{variables}` and `[words for the writer]`.

    One word in braces is meant for a variable, also where there is none of that name.
    """
    variables = [place[0] for place in _IN_BRACES.finditer(text) if _LIKE_A_VARIABLE.fullmatch(place[1])]
    return variables + [place[0] for place in _FOR_THE_WRITER.finditer(text)]


def gaps(text: str, facts: Mapping[str, str]) -> list[str]:
    """Names in braces that `fill` has to leave open: no fact, or no variable at all; each once, in their order."""
    return [name for name in dict.fromkeys(_IN_BRACES.findall(text)) if not facts.get(name)]


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with its variables filled in.

    A variable without a fact stays in its braces, so that whoever writes the answer sees what is missing. Nothing in a
    fact is read as a variable.
    """
    return _IN_BRACES.sub(lambda place: facts.get(place[1]) or place[0], text)
