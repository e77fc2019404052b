"""Moving an appeal by a verb: permission, version, state, journal line."""

from datetime import datetime
from typing import Any

from qorgau.handling.permission import require_applicant, require_clock, require_staff, require_through_leading
from qorgau.people.models import Staff
from qorgau.register.actors import APPLICANT, CLOCK, Actor
from qorgau.register.change import SomebodyWasFaster, change
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.sentences import Sentence
from qorgau.rules.states import Decision, Standing, Verb


def move(
    verb: Verb,
    appeal: Appeal,
    *,
    by: Staff | Actor,
    at: datetime,
    seen_version: int | None = None,
    because: Sentence | None = None,
    details: dict[str, Any] | None = None,
    through_leading: bool = False,
    **fields: Any,
) -> JournalLine:
    """Do the verb if it is allowed: the appeal takes the state the rule says and the given fields, with one line.

    `through_leading`: what is done with the appeal that this one is part of is done with this one.
    Raises NotAllowed with the reason, or SomebodyWasFaster when the appeal is not at `seen_version` any longer.
    """
    if seen_version is not None and seen_version != appeal.version:
        raise SomebodyWasFaster
    decision, actor = _through_leading(verb, appeal, by, at) if through_leading else _decide(verb, appeal, by, at)
    if decision.to_state is not None and decision.to_state != appeal.state:
        fields["state"] = decision.to_state.value
    return change(
        appeal, verb=verb.value, actor=actor, at=at, because=because, details=details, **_that_differ(appeal, fields)
    )


def _decide(verb: Verb, appeal: Appeal, by: Staff | Actor, at: datetime) -> tuple[Decision, Actor]:
    if isinstance(by, Staff):
        return require_staff(verb, appeal, by, at=at), Actor.of(by)
    if by == APPLICANT:
        return require_applicant(verb, appeal, at=at), by
    if by == CLOCK:
        return require_clock(verb, appeal), by
    raise ValueError(f"{by} is nobody who can {verb}")


def _through_leading(verb: Verb, appeal: Appeal, by: Staff | Actor, at: datetime) -> tuple[Decision, Actor]:
    if isinstance(by, Staff):
        return require_staff(verb, appeal, by, at=at, standing=Standing.LEADING), Actor.of(by)
    return require_through_leading(verb, appeal), by


def _that_differ(appeal: Appeal, fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if getattr(appeal, name) != value}
