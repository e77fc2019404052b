"""What a round measured, what several rounds come to, and how one subject compares with another."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

TWO_INSERTS = "two inserts"
"""The subject by which machines are compared: a bare view that writes two rows."""

TWO_INSERTS_WHERE_RATES_WERE_SET = 2_900.0
"""What it answered a second on the machine for which the rates to reach were set."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round: the time each answer took in seconds, how long the round lasted, and what went wrong.

    `program` and `database` are the seconds of processor time that each of them took for all of it.
    """

    took: Sequence[float]
    seconds: float
    errors: Sequence[str] = ()
    program: float = 0.0
    database: float = 0.0

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.took) / self.seconds if self.seconds else 0.0

    def with_lost(self, lost: int) -> "Round":
        """The same round, with an error for good answers after which nothing was found kept."""
        return replace(self, errors=[*self.errors, f"{lost} good answers were not kept"]) if lost > 0 else self


@dataclass(slots=True)
class Figures:
    """All rounds of one subject. `bare` names the subject it is compared with, and `least` is the rate to reach."""

    name: str
    what: str
    bare: str = ""
    least: float = 0.0
    most_p95_ms: float = 0.0
    rounds: list[Round] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The median of the rounds' rates."""
        return median(one.rate for one in self.rounds)

    @property
    def errors(self) -> list[str]:
        return [error for one in self.rounds for error in one.errors]

    def percentile_ms(self, share: float) -> float:
        """The time, in milliseconds, that this share of all answers did not exceed."""
        took = sorted(seconds for one in self.rounds for seconds in one.took)
        return took[min(len(took) - 1, int(len(took) * share))] * 1000 if took else 0.0

    def processor_ms(self) -> tuple[float, float]:
        """Milliseconds of processor time that an answer took of the program and of the database: medians of rounds."""
        answered = [one for one in self.rounds if one.took]
        if not answered:
            return 0.0, 0.0
        return (
            median(one.program / len(one.took) for one in answered) * 1000,
            median(one.database / len(one.took) for one in answered) * 1000,
        )

    def as_json(self, others: dict[str, "Figures"]) -> dict[str, Any]:
        """Everything but the single times."""
        bare, two = others.get(self.bare), others.get(TWO_INSERTS)
        program, database = self.processor_ms()
        return {
            "name": self.name,
            "what": self.what,
            "rates": [round(one.rate, 1) for one in self.rounds],
            "median_rate": round(self.rate, 1),
            "least_rate": round(min(one.rate for one in self.rounds), 1),
            "most_rate": round(max(one.rate for one in self.rounds), 1),
            "p50_ms": round(self.percentile_ms(0.5), 3),
            "p95_ms": round(self.percentile_ms(0.95), 3),
            "program_ms": round(program, 3),
            "database_ms": round(database, 3),
            "answers": sum(len(one.took) for one in self.rounds),
            "errors": len(self.errors),
            "first_errors": self.errors[:3],
            "bare": self.bare,
            "share_of_bare": round(self.rate / bare.rate, 4) if bare and bare.rate else None,
            "share_of_two_inserts": round(self.rate / two.rate, 4) if two and two.rate else None,
            "share_to_reach": round(self.least / TWO_INSERTS_WHERE_RATES_WERE_SET, 4) if self.least else None,
            "rate_to_reach": self.least or None,
            "p95_ms_to_keep": self.most_p95_ms or None,
            "p95_ms_in_proportion": self._p95_in_proportion(two),
        }

    def _p95_in_proportion(self, two: "Figures | None") -> float | None:
        """What p95 would be where rates were set: a machine twice as quick answers in half the time."""
        if not two or not self.most_p95_ms:
            return None
        return round(self.percentile_ms(0.95) * two.rate / TWO_INSERTS_WHERE_RATES_WERE_SET, 1)
