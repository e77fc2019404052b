"""Which parts a kind of appeal has, and in which order they are asked."""

from qorgau.channels.telegram.dialogue.writing import extras, kind, organisation, region, topic, who, words
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.channels.telegram.dialogue.writing.part import Part
from qorgau.people.asked_consents import consent_words
from qorgau.rules.kinds import Kind

_ANOTHER = (who.RELATION, who.PATIENT)
_ASKED: dict[str, tuple[Part, ...]] = {
    "": (),
    Kind.COMPLAINT: (
        *(region.PART, organisation.PART, topic.PART, words.PART),
        *(who.ABOUT, *_ANOTHER, who.IIN, who.AUTHOR, who.PHONE, who.AGREES),
    ),
    Kind.REQUEST: (region.PART, topic.PART, words.PART, who.AUTHOR, who.PHONE),
    Kind.PROPOSAL: (region.PART, words.PART, who.AUTHOR, who.PHONE),
    Kind.RESPONSE: (region.PART, organisation.PART, words.PART, who.AUTHOR, who.PHONE),
}
_MAY_BE_ADDED: dict[str, tuple[Part, ...]] = {
    Kind.COMPLAINT: (extras.EVENT_DATE, extras.CIRCUMSTANCES, extras.DESIRED_OUTCOME, extras.WISH),
}
_BY_NAME = {
    part.name: part
    for parts in (*_ASKED.values(), *_MAY_BE_ADDED.values(), (kind.PART, who.EMAIL, extras.ANSWERED_IN))
    for part in parts
}


def asked(draft: Draft) -> tuple[Part, ...]:
    """The parts that are asked one after the other."""
    return tuple(part for part in _all(draft) if _concerns(part, draft))


def may_be_changed(draft: Draft) -> tuple[Part, ...]:
    """All parts as they stand on the page to check, those that can be added included."""
    added = _MAY_BE_ADDED.get(draft.kind, ())
    parts = []
    for part in asked(draft):
        parts.append(part)
        if part is words.PART:
            parts += added
        if part is who.PHONE:
            parts += (who.EMAIL, extras.ANSWERED_IN)
    return tuple(parts)


def part_named(name: str) -> Part | None:
    """The part of that name, whatever the kind."""
    return _BY_NAME.get(name)


def after(draft: Draft, part: Part) -> Part | None:
    """The part that is asked next; None when that was the last one."""
    parts = _all(draft)
    place = parts.index(part) if part in parts else len(parts)
    return next((one for one in parts[place + 1 :] if _concerns(one, draft) and not _is_known(one, draft, part)), None)


def before(draft: Draft, part: Part) -> Part | None:
    """The part that was asked before; None when this is the first one."""
    parts = _all(draft)
    place = parts.index(part) if part in parts else 0
    return next((one for one in reversed(parts[:place]) if _concerns(one, draft)), None)


def _all(draft: Draft) -> tuple[Part, ...]:
    """Those included that do not concern this draft: somebody may stand at one when an answer further up changes."""
    return (kind.PART, *_ASKED[draft.kind])


def _is_known(part: Part, draft: Draft, asked_before: Part) -> bool:
    """Whether the poster that led here has said it: where it was need not be asked, and can be changed at the end."""
    known = bool(draft.said.get("organisation_id"))
    return known and asked_before is kind.PART and part in (region.PART, organisation.PART)


def _concerns(part: Part, draft: Draft) -> bool:
    if part in _ANOTHER:
        return draft.said.get("about") == "other"
    if part is who.AGREES:
        return bool(consent_words(who.CONSENT))
    return True
