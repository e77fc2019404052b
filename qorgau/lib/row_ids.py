"""Ids of rows as they come back from forms and addresses, where anybody can write anything."""

_MOST_DIGITS = 18  # within a bigint


def row_id(text: str) -> int | None:
    """The id, or None for what can be none: signs that are no plain digits, and more of them than the database has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None
