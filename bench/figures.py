"""What a round measured, what several rounds come to, and how one subject compares with another."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Round:
    """One round: the time each answer took in seconds, how long the round lasted, and what went wrong."""

    took: Sequence[float]
    seconds: float
    errors: Sequence[str] = ()

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

    def as_json(self, others: dict[str, "Figures"]) -> dict[str, Any]:
        """Everything but the single times."""
        bare = others.get(self.bare)
        return {
            "name": self.name,
            "what": self.what,
            "rates": [round(one.rate, 1) for one in self.rounds],
            "median_rate": round(self.rate, 1),
            "least_rate": round(min(one.rate for one in self.rounds), 1),
            "most_rate": round(max(one.rate for one in self.rounds), 1),
            "p50_ms": round(self.percentile_ms(0.5), 3),
            "p95_ms": round(self.percentile_ms(0.95), 3),
            "answers": sum(len(one.took) for one in self.rounds),
            "errors": len(self.errors),
            "first_errors": self.errors[:3],
            "bare": self.bare,
            "share_of_bare": round(self.rate / bare.rate, 4) if bare and bare.rate else None,
            "rate_to_reach": self.least or None,
            "p95_ms_to_keep": self.most_p95_ms or None,
        }
