"""Limits of how desks work together: dated rows that administrators keep, each with what holds where no row is."""

from __future__ import annotations

from enum import StrEnum


class Limit(StrEnum):
    """What is limited."""

    RETURNS = "returns"
    """How often an appeal may be returned before the rung above has to take it."""
    TEMPORARY_NOTICE = "temporary_notice"
    """So many days before a temporary status ends the person and the desk are told, and another may be decided upon."""


WITHOUT_A_ROW: dict[Limit, int] = {Limit.RETURNS: 3, Limit.TEMPORARY_NOTICE: 5}
"""Our own promises, as long as no row of the directory says otherwise."""
