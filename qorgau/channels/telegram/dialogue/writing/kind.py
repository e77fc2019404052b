"""What somebody wants to do: complain, ask, propose, thank."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.channels.telegram.dialogue.buttons import on_the_site
from qorgau.channels.telegram.dialogue.path import Talk
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.channels.telegram.dialogue.writing.part import Heard, Part, Question, choose_by_button
from qorgau.rules.kinds import Kind

NAMES = {
    Kind.COMPLAINT: gettext_lazy("Complain about care"),
    Kind.REQUEST: gettext_lazy("Ask a question"),
    Kind.PROPOSAL: gettext_lazy("Propose an improvement"),
    Kind.RESPONSE: gettext_lazy("Say thank you"),
}
_NOUNS = {
    Kind.COMPLAINT: gettext_lazy("Complaint"),
    Kind.REQUEST: gettext_lazy("Question"),
    Kind.PROPOSAL: gettext_lazy("Proposal"),
    Kind.RESPONSE: gettext_lazy("Thanks"),
}
SEND = {
    Kind.COMPLAINT: gettext_lazy("Send the complaint"),
    Kind.REQUEST: gettext_lazy("Send the question"),
    Kind.PROPOSAL: gettext_lazy("Send the proposal"),
    Kind.RESPONSE: gettext_lazy("Send the thanks"),
}


def _ask(draft: Draft) -> Question:
    kinds = tuple((draft.button(str(name), "kind", kind.value),) for kind, name in NAMES.items())
    there = (
        *on_the_site(f"{_('Attach to a clinic, or change it')} ↗", "attachment"),
        *on_the_site(f"{_('Ask for a temporary status')} ↗", "temporary"),
    )
    if not there:
        return Question(_("What would you like to do?"), kinds)
    return Question(_("What would you like to do? The last two are forms on the site."), (*kinds, *there))


def _hear(talk: Talk, draft: Draft) -> Heard:
    return choose_by_button(draft)


def _press(talk: Talk, draft: Draft, value: str) -> Heard:
    if value not in set(NAMES):
        return choose_by_button(draft)
    # Reasons belong to a kind; everything else that was said stays.
    changed = draft.saying(topic="") if draft.kind not in ("", value) else draft
    return Heard(draft=replace(changed, kind=value))


def _shown(draft: Draft) -> str:
    return str(_NOUNS[draft.as_kind])


PART = Part(name="kind", label=gettext_lazy("Kind of appeal"), ask=_ask, hear=_hear, press=_press, shown=_shown)
