"""Limits of how desks work together: dated rows that administrators keep, each with what holds where no row is."""

from __future__ import annotations

from enum import StrEnum


class Limit(StrEnum):
    """What is limited."""

    RETURNS = "returns"
    """How often an appeal may be returned before the rung above has to take it."""


WITHOUT_A_ROW: dict[Limit, int] = {Limit.RETURNS: 3}
"""Our own promise, as long as no row of the directory says otherwise."""
