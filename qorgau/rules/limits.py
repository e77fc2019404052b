"""Limits of how desks work together: dated rows that administrators keep, each with what holds where no row is."""

from __future__ import annotations

from enum import StrEnum


class Limit(StrEnum):
    """What is limited."""

    RETURNS = "returns"
    """How often an appeal may be returned before the rung above has to take it."""
    TEMPORARY_NOTICE = "temporary_notice"
    """So many days before a temporary status ends the person and the desk are told, and another may be decided upon."""
    NEW_CODES = "new_codes"
    """How many new access codes an appeal may get within a day."""


WITHOUT_A_ROW: dict[Limit, int] = {Limit.RETURNS: 3, Limit.TEMPORARY_NOTICE: 5, Limit.NEW_CODES: 3}
"""Our own promises, as long as no row of the directory says otherwise."""
