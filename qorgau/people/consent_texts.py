"""Loading the texts of consents that come with Qorgau."""

import tomllib
from pathlib import Path

from qorgau.people.models import ConsentText

DATA = Path(__file__).resolve().parent / "reference_data" / "consent_texts.toml"


def load_consent_texts() -> int:
    """Add the texts that are missing and say how many. Those that are there stay: people have agreed to them."""
    known = set(ConsentText.objects.values_list("purpose", "version"))
    missing = [text for text in _texts() if (text.purpose, text.version) not in known]
    # Whoever loads at the same moment adds the same rows.
    return len(ConsentText.objects.bulk_create(missing, ignore_conflicts=True))


def _texts() -> list[ConsentText]:
    with DATA.open("rb") as file:
        entries = tomllib.load(file)["text"]
    return [
        ConsentText(
            purpose=entry["purpose"],
            version=entry["version"],
            valid_from=entry["valid_from"],
            text_kk=entry["kk"].strip(),
            text_ru=entry["ru"].strip(),
            text_en=entry["en"].strip(),
        )
        for entry in entries
    ]
