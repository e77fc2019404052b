"""Which desk gets a new appeal, and the reason people can read.

Source: DOMAIN §5.2 (the ladder) and §6.1 (the contact centre consults). The rules stand in the order of precedence; the
first that fits decides, and its reason names the fact that decided. A route is never a health department unless the
organisation is known to be state-owned, and never the clinic when the appeal is sensitive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.ladder import DeskKind, Ownership, next_above
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence


class Wish(StrEnum):
    """Where the person asked to take the appeal."""

    CLINIC = "clinic"
    FUND = "fund"


@dataclass(frozen=True, kw_only=True)
class RoutingFacts:
    """What the choice of a desk depends on."""

    kind: Kind
    channel: Channel
    topic_desk: DeskKind | None = None
    """The desk that the directory sets for the topic."""
    sensitive: bool = False
    """It speaks of corruption, of harm, or complains about staff."""
    region: str | None = None
    """Code of the region it is about, None while nobody knows."""
    ownership: Ownership = Ownership.UNKNOWN
    has_organisation: bool = False
    """It is about a medical organisation of the directory."""
    has_clinic_desk: bool = False
    """That organisation has a support service with a desk here."""
    wish: Wish | None = None
    answered_by: DeskKind | None = None
    """For a next stage: the desk whose answer did not satisfy."""


@dataclass(frozen=True)
class Route:
    """The desk, the reason in words, and the name of the rule that decided."""

    desk_kind: DeskKind
    because: Sentence
    rule: str


def route(facts: RoutingFacts) -> Route:
    """The desk for an appeal. Raises Problem only for a next stage above the highest desk."""
    for rule in _PRECEDENCE:
        found = rule(facts)
        if found is not None:
            return found
    return Route(
        DeskKind.CONTACT_CENTRE,
        Sentence(N_("The region is not known yet, so the contact centre takes the appeal and finds it out.")),
        "region_unknown",
    )


def _next_stage(facts: RoutingFacts) -> Route | None:
    if facts.answered_by is None:
        return None
    above = next_above(facts.answered_by, ownership=facts.ownership)
    if above is None:
        raise Problem(Sentence(N_("The highest desk has answered; the next step is the court.")))
    if facts.region is None and above != DeskKind.CENTRE:
        return Route(
            DeskKind.CENTRE,
            Sentence(N_("A higher desk takes the next stage; the region is not known, so it is the Fund's centre.")),
            "next_stage",
        )
    return Route(above, _NEXT_STAGE[above], "next_stage")


def _sensitive(facts: RoutingFacts) -> Route | None:
    if not facts.sensitive:
        return None
    if facts.region is None:
        because = Sentence(
            N_("It speaks of corruption, harm or staff, and the region is not known, so the Fund's centre takes it.")
        )
        return Route(DeskKind.CENTRE, because, "sensitive")
    because = Sentence(
        N_("It speaks of corruption, harm or staff, so the Fund's branch takes it and not the organisation itself.")
    )
    return Route(DeskKind.BRANCH, because, "sensitive")


def _proposal(facts: RoutingFacts) -> Route | None:
    if facts.kind != Kind.PROPOSAL or facts.has_organisation or facts.has_clinic_desk:
        return None
    return Route(DeskKind.CENTRE, Sentence(N_("It proposes a change for everybody: the Fund's centre.")), "proposal")


def _wish_for_the_fund(facts: RoutingFacts) -> Route | None:
    if facts.wish != Wish.FUND:
        return None
    if facts.region is None:
        because = Sentence(
            N_("You asked for the Fund; the region is not known yet, so its contact centre finds it out.")
        )
        return Route(DeskKind.CONTACT_CENTRE, because, "wish_fund")
    return Route(DeskKind.BRANCH, Sentence(N_("You asked for the Fund: its branch in the region.")), "wish_fund")


def _consultation(facts: RoutingFacts) -> Route | None:
    if facts.kind == Kind.REQUEST:
        because = Sentence(N_("It asks for information: the contact centre answers questions itself."))
        return Route(DeskKind.CONTACT_CENTRE, because, "request")
    if facts.topic_desk == DeskKind.CONTACT_CENTRE:
        because = Sentence(N_("The contact centre answers questions on this topic itself."))
        return Route(DeskKind.CONTACT_CENTRE, because, "topic")
    return None


def _topic(facts: RoutingFacts) -> Route | None:
    match facts.topic_desk:
        case DeskKind.CENTRE:
            return Route(DeskKind.CENTRE, Sentence(N_("The Fund's centre handles this topic.")), "topic")
        case DeskKind.BRANCH if facts.region is not None:
            return Route(DeskKind.BRANCH, Sentence(N_("The Fund's branch handles this topic.")), "topic")
        case DeskKind.HEALTH_DEPARTMENT if facts.region is not None:
            return _health_department_or_branch(facts.ownership)
        case DeskKind.BRANCH | DeskKind.HEALTH_DEPARTMENT:
            because = Sentence(
                N_("A desk of the region handles this topic; the contact centre finds out which region it is.")
            )
            return Route(DeskKind.CONTACT_CENTRE, because, "topic")
        case _:
            return None


def _health_department_or_branch(ownership: Ownership) -> Route:
    if ownership == Ownership.STATE:
        because = Sentence(N_("The health department handles this topic, and the organisation is state-owned."))
        return Route(DeskKind.HEALTH_DEPARTMENT, because, "topic")
    if ownership == Ownership.PRIVATE:
        because = Sentence(
            N_("The organisation is private, so not the health department but the Fund's branch takes it.")
        )
        return Route(DeskKind.BRANCH, because, "topic_not_state")
    because = Sentence(N_("It is not known that the organisation is state-owned, so the Fund's branch takes it."))
    return Route(DeskKind.BRANCH, because, "topic_not_state")


def _clinic(facts: RoutingFacts) -> Route | None:
    if not facts.has_clinic_desk:
        return None
    because = Sentence(N_("The clinic has its own support service: this is the shortest way."))
    return Route(DeskKind.CLINIC, because, "clinic")


def _region(facts: RoutingFacts) -> Route | None:
    if facts.region is None:
        return None
    if facts.wish == Wish.CLINIC or facts.topic_desk == DeskKind.CLINIC:
        because = Sentence(N_("The clinic has no desk of its own here, so the Fund's branch in the region takes it."))
        return Route(DeskKind.BRANCH, because, "region_no_clinic_desk")
    return Route(DeskKind.BRANCH, Sentence(N_("The Fund's branch takes the appeals of its region.")), "region")


_NEXT_STAGE = {
    DeskKind.HEALTH_DEPARTMENT: Sentence(
        N_("The state-owned clinic has answered; the desk above it is the region's health department.")
    ),
    DeskKind.BRANCH: Sentence(N_("The desk above the one that answered is the Fund's branch.")),
    DeskKind.CENTRE: Sentence(N_("The Fund's branch has answered; the desk above it is the Fund's centre.")),
}

_PRECEDENCE: tuple[Callable[[RoutingFacts], Route | None], ...] = (
    _next_stage,
    _sensitive,
    _proposal,
    _wish_for_the_fund,
    _consultation,
    _topic,
    _clinic,
    _region,
)
