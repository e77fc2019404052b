"""Where it was: the region."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.channels.telegram.dialogue.path import Talk
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.channels.telegram.dialogue.writing.part import (
    SKIP,
    Heard,
    Part,
    Question,
    choose_by_button,
    skip_row,
)
from qorgau.directory.choices import regions
from qorgau.directory.reference import current
from qorgau.lib.folding import fold
from qorgau.lib.speech import LANGUAGES, name_in
from qorgau.lib.telegram.came import LocationShared, Text
from qorgau.rules.kinds import Kind

_OFFERED = 3
_FARTHEST = 600
"""In kilometres; nobody in the country is farther from the main town of their region."""
_OTHER = "other"


def _ask(draft: Draft) -> Question:
    buttons = [draft.button(name, "region", kato) for kato, name in regions()]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    text = _("Choose the region, write its name, or send your place: the paper clip, then “Location”.")
    if draft.kind == Kind.PROPOSAL:
        text = f"{text} {_('Only if it concerns one region.')}"
    return Question(text, (*rows, skip_row(draft, "region")))


def _hear(talk: Talk, draft: Draft) -> Heard:
    if isinstance(talk.came, LocationShared):
        return _near(talk.came, draft)
    if not isinstance(talk.came, Text):
        return choose_by_button(draft)
    kato = _named(talk.came.text.strip())
    if not kato:
        return Heard(draft=draft, stay=True, remark=_("I do not know a region of this name."))
    return _chosen(draft, kato)


def _near(came: LocationShared, draft: Draft) -> Heard:
    """It only narrows the choice: borders are not known, and people write of other places too. It is not kept."""
    near = current().regions_near((came.latitude, came.longitude), within=_FARTHEST)[:_OFFERED]
    if not near:
        return Heard(draft=draft, stay=True, remark=_("I know no region near this place."))
    rows = tuple((draft.button(name_in(region), "region", region.kato),) for region in near)
    text = _("These regions are the nearest to this place. Which one is it?")
    other = (draft.button(_("Another region"), "region", _OTHER),)
    return Heard(draft=draft, stay=True, question=Question(text, (*rows, other, skip_row(draft, "region"))))


def _press(talk: Talk, draft: Draft, value: str) -> Heard:
    if value == SKIP:
        return Heard(draft=draft.saying(region=""))
    if value == _OTHER:
        return Heard(draft=draft, stay=True)
    if current().region_by_kato(value) is None:
        return choose_by_button(draft)
    return _chosen(draft, value)


def _named(said: str) -> str:
    """The region that somebody wrote, or the only one whose name has these words in it."""
    if region := current().find_region(said):
        return region.kato
    words = fold(said)
    found = [
        region.kato
        for region in current().regions_in_order()
        if any(words in fold(name_in(region, language)) for language in LANGUAGES)
    ]
    return found[0] if words and len(found) == 1 else ""


def _chosen(draft: Draft, kato: str) -> Heard:
    chosen = current().organisations.get(int(draft.said.get("organisation_id", 0)))
    if chosen is not None and chosen.region.kato != kato:
        # It was chosen among those of another region.
        draft = draft.saying(organisation_id="", organisation="")
    return Heard(draft=draft.saying(region=kato))


def _shown(draft: Draft) -> str:
    return name_in(current().region_by_kato(draft.said.get("region", "")))


PART = Part(name="region", label=gettext_lazy("Region"), ask=_ask, hear=_hear, press=_press, shown=_shown)
