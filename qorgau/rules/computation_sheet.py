"""The computation sheet: every step from receipt to due date, the same for citizen, staff and auditor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qorgau.rules.policies import Policy
from qorgau.rules.sentences import Sentence


@dataclass(frozen=True)
class Step:
    """One step of a computation: what happened, and on which day if it belongs to one."""

    on: date | None
    sentence: Sentence

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """How a due date came about.

    ``first_due_on`` is the due date before any extension, and the day every extension is measured from.
    ``notice_due_on`` is the last day to tell the applicant of the latest extension. ``policy`` is the row as it stood
    when it was used.
    """

    policy: Policy
    received: datetime
    registered_on: date
    counted_from: date
    first_due_on: date
    due_on: date
    notice_due_on: date | None = None
    steps: tuple[Step, ...] = ()

    @property
    def is_extended(self) -> bool:
        """The term ends later than it did at first."""
        return self.due_on != self.first_due_on

    def __str__(self) -> str:
        """The sheet in English, one step a line."""
        return "\n".join(map(str, self.steps))

    def to_json(self) -> dict[str, Any]:
        """A value that ``json.dumps`` accepts and :meth:`from_json` turns back into an equal sheet."""
        return {
            "policy": self.policy.to_json(),
            "received": self.received.isoformat(),
            "registered_on": self.registered_on.isoformat(),
            "counted_from": self.counted_from.isoformat(),
            "first_due_on": self.first_due_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "notice_due_on": self.notice_due_on.isoformat() if self.notice_due_on else None,
            "steps": [
                {"on": step.on.isoformat() if step.on else None, "sentence": step.sentence.to_json()}
                for step in self.steps
            ],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Sheet:
        """The sheet that :meth:`to_json` wrote."""
        return cls(
            policy=Policy.from_json(value["policy"]),
            received=datetime.fromisoformat(value["received"]),
            registered_on=date.fromisoformat(value["registered_on"]),
            counted_from=date.fromisoformat(value["counted_from"]),
            first_due_on=date.fromisoformat(value["first_due_on"]),
            due_on=date.fromisoformat(value["due_on"]),
            notice_due_on=date.fromisoformat(value["notice_due_on"]) if value["notice_due_on"] else None,
            steps=tuple(
                Step(date.fromisoformat(step["on"]) if step["on"] else None, Sentence.from_json(step["sentence"]))
                for step in value["steps"]
            ),
        )
