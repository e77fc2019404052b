"""What a year and a half of a country's appeals look like: regions, kinds, reasons, hours, states, ages.

The published figures are read from a folder beside the project when it is there; the weights written here come from the
same figures, rounded, so that the shape is the same without it.
"""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VERSION = "4"
"""A filled desk of another version is made anew."""

_PUBLISHED = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "load"

REGIONS: Mapping[str, float] = {
    "750000000": 20, "710000000": 16, "350000000": 10, "790000000": 6, "610000000": 6, "190000000": 5, "230000000": 3,
    "270000000": 4, "310000000": 4, "390000000": 4, "430000000": 4, "550000000": 4, "630000000": 3, "150000000": 3,
    "110000000": 3, "470000000": 3, "590000000": 2, "100000000": 2, "330000000": 2, "620000000": 1,
}  # fmt: skip
"""Almaty, Astana and Karaganda together have almost half of the complaints (2022)."""

DAYS = 540
"""How far back the appeals go."""

LANGUAGES: Mapping[str, float] = {"ru": 58, "kk": 40, "en": 2}
CHANNELS: Mapping[str, float] = {
    "call": 62, "mobile": 16, "portal": 8, "clinic_desk": 5, "telegram": 3, "social": 2, "qr": 1.5, "egov": 1.5,
    "email": 0.8, "api": 0.2,
}  # fmt: skip

_COMPLAINTS: Mapping[str, float] = {
    "refusal of care": 19.0, "poor quality of care": 32.6, "long waiting": 5.8, "refusal of medicines": 4.8,
    "ethics and deontology": 4.0, "false records in information systems": 3.2,
}  # fmt: skip
_TOPIC_OF_REASON = {
    "refusal of care": "care-refused",
    "poor quality of care": "care-quality",
    "long waiting": "long-wait",
    "refusal of medicines": "medicines-refused",
    "ethics and deontology": "rudeness",
    "false records in information systems": "false-entries",
}
_OTHER_COMPLAINTS: Mapping[str, float] = {
    "charged-for-free-care": 10.7, "hospitalisation-refused": 4, "referral-refused": 4, "attachment-trouble": 3,
    "conditions": 2, "own-supplies": 2, "extortion": 0.8, "harm": 0.6, "fund-work": 1, "other": 2,
}  # fmt: skip
_QUESTIONS: Mapping[str, float] = {
    "paying-contributions": 50, "participation": 10, "insured-status": 14, "privileged-category": 8,
    "attachment-question": 8, "referral-question": 4, "care-conditions": 3, "sick-leave": 2, "medicines-question": 1,
}  # fmt: skip
_APPLICATIONS: Mapping[str, float] = {"status-wrong": 50, "temporary-status": 20, "contributions-refund": 30}
_MESSAGES: Mapping[str, float] = {"employer-not-paying": 60, "service-fault": 40}
_HOURS: Mapping[int, float] = {
    7: 5, 8: 10, 9: 16, 10: 17, 11: 16, 12: 15.5, 13: 15, 14: 14.5, 15: 14, 16: 12, 17: 9, 18: 7, 19: 5.5, 20: 4.5, 21: 0.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """Weights of everything that differs between appeals; they need not add up to anything."""

    kinds: Mapping[str, float]
    topics: Mapping[str, Mapping[str, float]]
    hours: Mapping[int, float]


def shape() -> Shape:
    """The country's shape, from the published figures where they are at hand."""
    reasons = _published_reasons() or _COMPLAINTS
    complaints = {_TOPIC_OF_REASON[reason]: weight for reason, weight in reasons.items()} | _OTHER_COMPLAINTS
    return Shape(
        # 233,000 of 250,000 were consultations (2021), 24,000 complaints a year (2022) of a million appeals.
        kinds={
            "request": 92,
            "complaint": 3.5,
            "message": 1.5,
            "application": 1.5,
            "response": 1,
            "proposal": 0.5,
        },
        topics={
            "complaint": complaints,
            "request": _QUESTIONS,
            "application": _APPLICATIONS,
            "message": _MESSAGES,
            "response": {"gratitude": 1},
            "proposal": {"proposal": 1},
        },
        hours=_published_hours() or _HOURS,
    )


def _published_reasons() -> dict[str, float]:
    file = _PUBLISHED / "published_statistics_kz.jsonl"
    if not file.exists():
        return {}
    for line in file.read_text().splitlines():
        row = json.loads(line)
        if (row["metric"], row["period"]) == ("complaints_total", "2022"):
            published: dict[str, float] = row["detail"]["top_reasons_pct"]
            return {reason: share for reason, share in published.items() if reason in _TOPIC_OF_REASON}
    return {}


def _published_hours() -> dict[int, float]:
    file = _PUBLISHED / "derived_hourly_profiles.csv"
    if not file.exists():
        return {}
    hours: dict[int, float] = {}
    with file.open() as lines:
        for row in csv.DictReader(lines):
            if row["channel"] == "phone" and row["weekday"] in "01234":
                hours[int(row["hour"])] = hours.get(int(row["hour"]), 0.0) + float(row["mean_per_day"])
    return hours
