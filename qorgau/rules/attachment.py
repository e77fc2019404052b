"""Attachment to a clinic of primary care: what asking for it on a day and for a reason means.

Source: DOMAIN §3.6 (order ҚР ДСМ-194/2020): a clinic is chosen freely in the days of a campaign and once a year; who
moved is attached on any day. That the year is the one of the calendar is our reading.

Nothing here refuses: outside the days of free choice it is said plainly, and the application is taken all the same
(АППК Art. 64).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from qorgau.rules.sentences import N_, Names, Sentence

_CERTAIN = ("V", "ours")
"""Marks of rows that need no word of caution (`policies.Policy`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One dated row: the days in which a clinic is chosen freely, both included, and since when the new one serves."""

    opens: date
    closes: date
    serves_from: date
    basis: str | Names = field(default="", hash=False)
    source_mark: str = ""
    row_id: int | None = None

    def __post_init__(self) -> None:
        if not self.opens <= self.closes < self.serves_from:
            raise ValueError("a campaign opens, closes, and then the new clinic serves")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One dated row: why somebody asks.

    ``bound`` reasons hold in the days of a campaign only, the others on any day; of ``once_a_year`` ones there is one
    in a year of the calendar. ``papers`` are what to have ready, in words; None for nothing.
    """

    code: str
    names: Names = field(hash=False)
    bound: bool
    once_a_year: bool = False
    papers: Names | None = field(default=None, hash=False)
    basis: str | Names = field(default="", hash=False)
    source_mark: str = ""
    row_id: int | None = None


class Standing(StrEnum):
    """How the reason stands on the day."""

    ANY_DAY = "any_day"
    """It holds on any day of the year."""
    IN_CAMPAIGN = "in_campaign"
    """It is bound to the days of free choice, and this is one of them."""
    CHOSEN_BEFORE = "chosen_before"
    """This is one of the days of free choice, but the choice of this year was made already."""
    OUTSIDE = "outside"
    """It is bound to the days of free choice, and this is none of them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the reason stands, with the rows used and sentences that say it.

    ``campaign`` is the one that decided: that of the day, else the next known one, else the last. ``serves_from`` is
    None when the new clinic serves from the day on which it attaches the person, or when the reason does not stand.
    """

    standing: Standing
    reason: Reason
    campaign: Campaign | None
    serves_from: date | None
    because: tuple[Sentence, ...]

    @property
    def stands(self) -> bool:
        """The clinic may attach the person for this reason, as far as the day goes."""
        return self.standing in (Standing.ANY_DAY, Standing.IN_CAMPAIGN)

    def to_json(self) -> dict[str, Any]:
        """A value that ``json.dumps`` accepts: what is kept with an appeal, rows by their ids."""
        return {
            "standing": self.standing.value,
            "reason": self.reason.row_id,
            "campaign": self.campaign.row_id if self.campaign else None,
            "serves_from": self.serves_from.isoformat() if self.serves_from else None,
            "because": [sentence.to_json() for sentence in self.because],
        }


def judge_attachment(
    on: date, reason: Reason, campaigns: Iterable[Campaign], *, last_choice: date | None = None
) -> Verdict:
    """What asking on a day for a reason means.

    ``last_choice`` is when the person last changed the clinic by free choice, if that is known; a day still to come
    counts as unknown.
    """
    if not reason.bound:
        return Verdict(Standing.ANY_DAY, reason, None, None, tuple(_any_day(reason)))
    every = tuple(campaigns)
    campaign = campaign_on(on, every)
    if campaign is None:
        nearest = next_campaign(on, every) or last_campaign(on, every)
        return Verdict(Standing.OUTSIDE, reason, nearest, None, tuple(_outside(on, reason, nearest)))
    if reason.once_a_year and last_choice is not None and last_choice <= on and last_choice.year == on.year:
        because = tuple(_chosen_before(reason, campaign, last_choice))
        return Verdict(Standing.CHOSEN_BEFORE, reason, campaign, None, because)
    return Verdict(Standing.IN_CAMPAIGN, reason, campaign, campaign.serves_from, tuple(_in_campaign(reason, campaign)))


def campaign_on(on: date, campaigns: Iterable[Campaign]) -> Campaign | None:
    """The campaign of a day; of several the one that opened last."""
    return max((one for one in campaigns if one.opens <= on <= one.closes), key=lambda one: one.opens, default=None)


def next_campaign(on: date, campaigns: Iterable[Campaign]) -> Campaign | None:
    """The first campaign that opens after a day."""
    return min((one for one in campaigns if on < one.opens), key=lambda one: one.opens, default=None)


def last_campaign(on: date, campaigns: Iterable[Campaign]) -> Campaign | None:
    """The campaign that closed last before a day."""
    return max((one for one in campaigns if one.closes < on), key=lambda one: one.closes, default=None)


def words_of_campaign(on: date, campaign: Campaign | None) -> Sentence:
    """When a clinic can be chosen freely, as seen from a day."""
    if campaign is None:
        return Sentence(N_("The days in which a clinic can be chosen freely are not known yet."))
    days = {"opens": campaign.opens, "closes": campaign.closes, "day": on}
    if on < campaign.opens:
        return Sentence(
            N_("A clinic can be chosen freely from {opens} to {closes}; these days are still to come."), days
        )
    if campaign.closes < on:
        text = N_("A clinic could be chosen freely from {opens} to {closes}; the next such days are not known yet.")
        return Sentence(text, days)
    return Sentence(N_("A clinic can be chosen freely from {opens} to {closes}; {day} is one of these days."), days)


def _any_day(reason: Reason) -> Iterator[Sentence]:
    yield Sentence(N_("“{reason}”: this is taken on any day of the year."), {"reason": reason.names})
    if reason.source_mark not in _CERTAIN:
        yield Sentence(N_("We have not been able to check this in the order itself; the clinic will say for certain."))
    yield Sentence(N_("The new clinic serves from the day on which it attaches the person."))
    yield from _ready_and_basis(reason)


def _in_campaign(reason: Reason, campaign: Campaign) -> Iterator[Sentence]:
    days = {"opens": campaign.opens, "closes": campaign.closes}
    yield Sentence(N_("A clinic can be chosen freely from {opens} to {closes}, so this is the time for it."), days)
    yield from _unless_certain(campaign)
    text = N_("The new clinic serves from {day}, if it has a contract with the Fund. Until then the present one does.")
    yield Sentence(text, {"day": campaign.serves_from})
    yield from _ready_and_basis(reason, campaign)


def _chosen_before(reason: Reason, campaign: Campaign, last_choice: date) -> Iterator[Sentence]:
    text = N_("A clinic can be chosen freely once a year, and this year it was chosen on {day}.")
    yield Sentence(text, {"day": last_choice})
    yield _ALL_THE_SAME
    yield from _ready_and_basis(reason, campaign)


def _outside(on: date, reason: Reason, campaign: Campaign | None) -> Iterator[Sentence]:
    yield Sentence(
        N_("“{reason}” is not among the reasons that are taken on any day of the year."), {"reason": reason.names}
    )
    yield words_of_campaign(on, campaign)
    if campaign is not None:
        yield from _unless_certain(campaign)
    yield _ALL_THE_SAME
    yield from _ready_and_basis(reason, campaign)


_ALL_THE_SAME = Sentence(
    N_("The application can be sent all the same: the clinic must consider it and give the reasons of its answer.")
)


def _unless_certain(campaign: Campaign) -> Iterator[Sentence]:
    if campaign.source_mark not in _CERTAIN:
        yield Sentence(N_("These days are not confirmed yet; the clinic and 1414 know them for certain."))


def _ready_and_basis(reason: Reason, campaign: Campaign | None = None) -> Iterator[Sentence]:
    if reason.papers:
        yield Sentence(N_("Have ready: {papers}."), {"papers": reason.papers})
    for basis in dict.fromkeys(_key(row.basis) for row in (reason, campaign) if row is not None and row.basis):
        yield Sentence(N_("Basis: {basis}."), {"basis": dict(basis) if isinstance(basis, tuple) else basis})


def _key(basis: str | Names) -> str | tuple[tuple[str, str], ...]:
    return basis if isinstance(basis, str) else tuple(basis.items())
