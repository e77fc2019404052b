"""Where it was: the medical organisation, found by a part of its name as on the portal."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qorgau.channels.telegram.dialogue.path import Talk
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.channels.telegram.dialogue.writing.listing import (
    A_PAGE,
    TURN,
    Item,
    by_number,
    number_rows,
    numbered,
    page_of,
)
from qorgau.channels.telegram.dialogue.writing.part import (
    SKIP,
    Heard,
    Part,
    Question,
    choose_by_button,
    skip_row,
    too_long,
)
from qorgau.directory.models import Organisation
from qorgau.directory.organisation_search import find
from qorgau.directory.reference import current
from qorgau.lib.clean_text import clean_line
from qorgau.lib.speech import name_in
from qorgau.lib.telegram.came import LocationShared, Text

NAME = "org"
_AS_TYPED = "typed"
_AT_MOST = 40
_LONGEST = 300
_SHORTEST = 2


def _ask(draft: Draft) -> Question:
    if draft.said.get("organisation") and not draft.said.get("organisation_id"):
        return _offer(draft, 0)
    text = _(
        "Which clinic, hospital or another medical organisation? Write a part of its name or its number, in any "
        "language. If it is not in the list, what you wrote is kept."
    )
    return Question(text, (skip_row(draft, NAME),))


def _hear(talk: Talk, draft: Draft) -> Heard:
    if isinstance(talk.came, LocationShared):
        return Heard(draft=draft, stay=True, remark=_no_places())
    if not isinstance(talk.came, Text):
        return Heard(draft=draft, stay=True, remark=_("Please write a part of its name."))
    typed = clean_line(talk.came.text)
    if len(typed) > _LONGEST:
        return Heard(draft=draft, stay=True, remark=too_long(typed, _LONGEST))
    if draft.said.get("organisation") and (item := by_number(typed, _found(draft))) and not _is_named_by(typed):
        return _chosen(draft, int(item.value))
    if len(typed) < _SHORTEST and not typed.isdecimal():
        return Heard(draft=draft, stay=True, remark=_("Please write a little more of its name."))
    return _typed(draft, typed)


def _no_places() -> str:
    """To a place on the map."""
    return _("I cannot find a clinic by a place on the map: the directory knows clinics by names and addresses only.")


def _typed(draft: Draft, typed: str) -> Heard:
    draft = draft.saying(organisation=typed, organisation_id="")
    return Heard(draft=draft, stay=True, question=_offer(draft, 0))


def _press(talk: Talk, draft: Draft, value: str) -> Heard:
    if value == SKIP:
        return Heard(draft=draft.saying(organisation="", organisation_id=""))
    if value == _AS_TYPED and draft.said.get("organisation"):
        return Heard(draft=draft.saying(organisation_id=""))
    if value.startswith(TURN):
        page = page_of(value.removeprefix(TURN), _found(draft))
        return Heard(draft=draft, stay=True, question=_offer(draft, page), turns_page=True)
    return _chosen(draft, int(value)) if value.isdecimal() else choose_by_button(draft)


def _chosen(draft: Draft, pk: int) -> Heard:
    row = current().organisations.get(pk)
    if row is None:
        return choose_by_button(draft)
    # Whoever named the clinic has named its region.
    return Heard(draft=draft.saying(organisation_id=str(pk), organisation=name_in(row), region=row.region.kato))


def _offer(draft: Draft, page: int) -> Question:
    typed, found = draft.said["organisation"], _found(draft)
    as_typed = (draft.button(_("Keep it as I wrote it"), NAME, _AS_TYPED),)
    if not found:
        text = _(
            "I find nothing like “%(typed)s” in the directory. Write it in another way, or let me keep it as you "
            "wrote it: your appeal is taken all the same."
        ) % {"typed": typed}
        return Question(text, (as_typed, skip_row(draft, NAME)))
    count = ngettext(
        "For “%(typed)s” I find %(num)s organisation.", "For “%(typed)s” I find %(num)s organisations.", len(found)
    ) % {"typed": typed, "num": len(found)}
    listed = numbered(found, page)
    what_to_do = _("Press the number. If it is none of these, write more of its name.")
    text = f"{count}\n\n{listed}\n\n{what_to_do}"
    rows = number_rows(draft, NAME, found, page, lambda number: f"{TURN}{number}")
    return Question(text, (*rows, as_typed, skip_row(draft, NAME)))


def _found(draft: Draft) -> list[Item]:
    known, region = current().organisations, current().region_by_kato(draft.said.get("region", ""))
    typed = draft.said.get("organisation", "")
    matches = find(typed, region_id=region.pk if region else None, limit=_AT_MOST) if typed else []
    return [_item(known[match.organisation_id]) for match in matches if match.organisation_id in known]


def _item(row: Organisation) -> Item:
    where = (name_in(row.region), row.district, row.address)
    return Item(str(row.pk), name_in(row), ", ".join(dict.fromkeys(part for part in where if part)))


def _is_named_by(number: str) -> bool:
    """A number above a page may well be that of a clinic: «5» chooses from the list, «36» names a polyclinic."""
    return int(number.strip().rstrip(".)")) > A_PAGE


def _shown(draft: Draft) -> str:
    return draft.said.get("organisation", "")


PART = Part(
    name=NAME,
    label=gettext_lazy("Medical organisation"),
    ask=_ask,
    hear=_hear,
    press=_press,
    shown=_shown,
)
