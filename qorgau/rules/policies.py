"""Rules about terms, as the dated rows that administrators keep, and which of them is in force.

Source: АППК Art. 65, 76 (DOMAIN §4.4). Whether a term runs from the day of receipt or from the next one, and that a
last day off moves to the next working day, are unverified readings, and so they are parameters of each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any

from qorgau.rules.kinds import Kind, Procedure, procedure_of
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Names, Sentence


class Purpose(StrEnum):
    """What a term is for."""

    CONSIDERATION = "consideration"
    """Considering an appeal and answering it."""
    SUPPORT_SERVICE = "support_service"
    """Considering an appeal at a clinic's own desk."""
    CONSULTATION = "consultation"
    """Answering a question in the contact centre."""
    REDIRECTION = "redirection"
    """Passing an appeal to the body that is competent for it."""
    EXTENSION_NOTICE = "extension_notice"
    """Telling the applicant that the term was extended."""
    INFORMATION_REQUEST = "information_request"
    """An organisation's reply to a request for information."""
    RATING = "rating"
    """The applicant's time to rate an answer."""
    NEXT_STAGE = "next_stage"
    """The applicant's time to go to a higher desk."""
    PUBLIC_SERVICE = "public_service"
    """A complaint about a public service, at its provider."""
    ATTACHMENT = "attachment"
    """Answering who asked to be attached to a clinic: a public service of the clinic."""


class Unit(StrEnum):
    """What a term is measured in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


class CountsFrom(StrEnum):
    """The first day of a term, against the day of registration."""

    NEXT_DAY = "next_day"
    SAME_DAY = "same_day"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One dated rule about a term.

    ``term`` is in ``unit``; ``extension_months`` 0 forbids extension; ``notice_days`` are working days from an
    extension to its notice, 0 for no duty. ``kind``, ``procedure`` and ``desk_kind`` narrow the rule, None meaning any.
    ``valid_to`` is the last day in force. What comes at ``taken_until``, a time on the wall, or later counts as come on
    the next working day; None means the end of the working hours. ``source_mark`` says how sure we are of the rule:
    ``V`` read in the act, ``V2`` second-hand, ``M`` from memory, ``ours`` our own promise. Raises ``ValueError`` for a
    term below 1 and for negative limits.
    """

    code: str
    purpose: Purpose
    term: int
    unit: Unit
    valid_from: date
    valid_to: date | None = None
    counts_from: CountsFrom = CountsFrom.NEXT_DAY
    rolls_forward: bool = True
    taken_until: time | None = None
    extension_months: int = 0
    notice_days: int = 0
    kind: Kind | None = None
    procedure: Procedure | None = None
    desk_kind: DeskKind | None = None
    basis: str | Names = field(default="", hash=False)
    source_mark: str = ""
    row_id: int | str | None = None

    def __post_init__(self) -> None:
        if self.term < 1:
            raise ValueError(f"the term of {self.code} must be at least 1, not {self.term}")
        if self.extension_months < 0 or self.notice_days < 0:
            raise ValueError(f"the limits of {self.code} cannot be negative")

    def to_json(self) -> dict[str, Any]:
        """A value that ``json.dumps`` accepts and :meth:`from_json` turns back into an equal policy."""
        return {
            "code": self.code,
            "purpose": self.purpose.value,
            "term": self.term,
            "unit": self.unit.value,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "counts_from": self.counts_from.value,
            "rolls_forward": self.rolls_forward,
            "taken_until": self.taken_until.isoformat("minutes") if self.taken_until else None,
            "extension_months": self.extension_months,
            "notice_days": self.notice_days,
            "kind": self.kind.value if self.kind else None,
            "procedure": self.procedure.value if self.procedure else None,
            "desk_kind": self.desk_kind.value if self.desk_kind else None,
            "basis": self.basis if isinstance(self.basis, str) else dict(self.basis),
            "source_mark": self.source_mark,
            "row_id": self.row_id,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Policy:
        """The policy that :meth:`to_json` wrote."""
        return cls(
            **{
                **value,
                "purpose": Purpose(value["purpose"]),
                "unit": Unit(value["unit"]),
                "counts_from": CountsFrom(value["counts_from"]),
                "valid_from": date.fromisoformat(value["valid_from"]),
                "valid_to": date.fromisoformat(value["valid_to"]) if value["valid_to"] else None,
                # Sheets of clocks that began before there was such a thing do not know it.
                "taken_until": time.fromisoformat(value["taken_until"]) if value.get("taken_until") else None,
                "kind": Kind(value["kind"]) if value["kind"] else None,
                "procedure": Procedure(value["procedure"]) if value["procedure"] else None,
                "desk_kind": DeskKind(value["desk_kind"]) if value["desk_kind"] else None,
            }
        )


def policy_in_force(
    policies: Iterable[Policy],
    on: date,
    *,
    purpose: Purpose,
    kind: Kind | None = None,
    procedure: Procedure | None = None,
    desk_kind: DeskKind | None = None,
) -> Policy:
    """The rule for a purpose on a day: the narrowest that fits, and of those the one that came into force last.

    A rule for a kind is narrower than one for a desk, and that than one for a procedure. The procedure follows from the
    kind when it is not given. Raises Problem when no rule fits: administrators have left a gap in the dated rows.
    """
    if procedure is None and kind is not None:
        procedure = procedure_of(kind)

    def fits(policy: Policy) -> bool:
        return (
            policy.purpose == purpose
            and policy.valid_from <= on
            and (policy.valid_to is None or on <= policy.valid_to)
            and policy.kind in (None, kind)
            and policy.procedure in (None, procedure)
            and policy.desk_kind in (None, desk_kind)
        )

    def narrowness(policy: Policy) -> tuple[bool, bool, bool, date]:
        return (
            policy.kind is not None,
            policy.desk_kind is not None,
            policy.procedure is not None,
            policy.valid_from,
        )

    fitting = [policy for policy in policies if fits(policy)]
    if not fitting:
        raise Problem(
            Sentence(
                N_("The directory of deadlines has no rule for “{purpose}” on {day}."),
                {"purpose": purpose.value, "day": on},
            )
        )
    return max(fitting, key=narrowness)
