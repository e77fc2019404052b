"""Contrast of the colours, computed from the tokens as WCAG 2.2 says, and the table of docs/design.md with it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOKENS = (ROOT / "qorgau" / "static" / "qorgau" / "tokens.css").read_text(encoding="utf-8")
VALUES = dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", TOKENS.split("}")[0]))

WORDS, SIGNS = 4.5, 3.0
PAIRS = [
    ("ink", "paper", WORDS),
    ("ink", "paper-deep", WORDS),
    ("ink", "tint-strong", WORDS),
    ("ink-soft", "paper", WORDS),
    ("ink-soft", "paper-soft", WORDS),
    ("ink-soft", "paper-deep", WORDS),
    ("link", "paper", WORDS),
    ("link", "paper-deep", WORDS),
    ("link", "tint-strong", WORDS),
    ("on-primary", "primary", WORDS),
    ("on-primary", "primary-strong", WORDS),
    ("on-head", "head", WORDS),
    ("on-head-soft", "head", WORDS),
    ("on-head-soft", "head-deep", WORDS),
    ("head-accent", "head", WORDS),
    ("good", "good-paper", WORDS),
    ("wait", "wait-paper", WORDS),
    ("soon", "soon-paper", WORDS),
    ("danger", "danger-paper", WORDS),
    ("danger", "paper", WORDS),
    ("primary", "tint-strong", WORDS),
    ("edge", "paper", SIGNS),
    ("edge", "paper-soft", SIGNS),
    ("edge", "paper-deep", SIGNS),
    ("focus", "paper", SIGNS),
    ("focus", "tint-strong", SIGNS),
    ("focus", "focus-gap", SIGNS),
    ("mark-line", "mark", SIGNS),
]


def colour(name: str) -> tuple[int, int, int]:
    value = VALUES[name]
    while value.startswith("var("):
        value = VALUES[value[6:-1]]
    digits = value.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def luminance(rgb: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(colour(one)), luminance(colour(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_words_and_signs_stand_out_enough(front, back, least):
    assert contrast(front, back) >= least


def test_the_formula_is_that_of_the_standard():
    VALUES["test-black"], VALUES["test-white"] = "#000", "#fff"
    assert round(contrast("test-black", "test-white"), 2) == 21.0


def test_the_design_page_tells_these_very_numbers():
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z-]+)` \| `([a-z-]+)` \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    assert told == [(front, back, f"{contrast(front, back):.1f}", f"{least}") for front, back, least in PAIRS]


def test_no_token_is_left_over():
    styles = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "qorgau").rglob("static/**/*.css"))
    names = set(re.findall(r"--([a-z0-9-]+):", TOKENS))
    assert {name for name in names if f"var(--{name})" not in styles} == set()


@pytest.mark.parametrize("sheet", sorted(ROOT.glob("qorgau/**/static/**/*.css")), ids=lambda sheet: sheet.name)
def test_a_stylesheet_closes_what_it_opens(sheet: Path) -> None:
    """A brace that is missing swallows every rule behind it, without a word."""
    depth = 0
    for line in re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL).splitlines():
        depth += line.count("{") - line.count("}")
        # A rule begins at the margin or, within a media query, two spaces in.
        assert not re.match(r"[.#a-z@]", line) or depth <= line.count("{"), line
    assert depth == 0
