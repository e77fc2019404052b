"""What people really wrote, replayed through intake: every word is kept, and the masks bear whatever comes.

The texts lie beside the project, where they are at all, and are never copied into it.
"""

import csv
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from qorgau.demo.replay import replay
from qorgau.intake.checks import LONGEST_TEXT
from qorgau.register.journal import verify
from qorgau.register.models import Appeal
from qorgau.rules.privacy import mask_text
from tests.factories import World

TEXTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "texts"
AT_MOST_OF_A_FILE = 150
IIN, TELEPHONE = "900101300106", "8 701 123 45 67"
MADE = [
    "Дарыгер кабылдамай койды, кезек жок деп кайтарды, осыган шагымданамын",  # no Kazakh letters
    "Емханаға бардым, сказали нет талонов, қайта келіңіз дейді, как так можно?",  # two languages in one sentence
    "😡😡 Үш сағат күттім 🏥👩‍⚕️ никто не вышел 👨‍👩‍👧‍👦",
    "Шагымданамын. " * (LONGEST_TEXT // 14) + "!" * (LONGEST_TEXT % 14),
]

pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason=f"there are no real texts in {TEXTS}")


def real_texts() -> Iterator[str]:
    """Texts from every file, spread evenly over it."""
    for file in sorted(TEXTS.iterdir()):
        with file.open(newline="") as lines:
            rows = list(map(json.loads, lines) if file.suffix == ".jsonl" else csv.DictReader(lines))
        found = [row["text"] for row in rows if row["text"].strip()]
        yield from found[:: 1 + len(found) // AT_MOST_OF_A_FILE]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [*real_texts(), *MADE]


def test_every_text_is_registered_as_it_was_written(world: World, texts: list[str]) -> None:
    lines = [json.dumps({"text": text, "channel": "social", "language": "kk"}) for text in texts]
    done = replay(lines, source="texts")
    assert len(texts) > 500
    assert (done["registered"], done["refused"]) == (len(texts), 0)
    kept = list(Appeal.objects.order_by("pk").values_list("text", flat=True))
    assert [seen(text) for text in kept] == [seen(text) for text in texts]
    assert list(verify()) == []

    # The file once more: nothing is made twice.
    again = replay(lines, source="texts")
    assert (again["delivered before"], again["registered"]) == (len(texts), 0)


def test_masks_bear_every_text_and_hide_what_is_added_to_it(texts: list[str]) -> None:
    for text in texts:
        masked = mask_text(f"{text} ИИН {IIN}, тел. {TELEPHONE}")
        assert IIN not in masked, text
        assert TELEPHONE not in masked, text


def seen(text: str) -> str:
    """What a person sees of it: without control characters and marks of direction, spaces as one."""
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if c.isspace() else c for c in text if _is_seen(c)).split())


def _is_seen(c: str) -> bool:
    # A joiner between pictures is part of the picture.
    return c.isspace() or c == "\u200d" or unicodedata.category(c) not in ("Cc", "Cf")
