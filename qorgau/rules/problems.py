"""Refusals that a person may be told. Doors translate the sentence and show it beside the field it is about."""

from __future__ import annotations

from qorgau.rules.sentences import Sentence


class Problem(Exception):
    """Something a person asked for cannot be done, and ``sentence`` tells them why and what to do.

    ``field`` names the input it is about; empty when it is about the whole.
    """

    def __init__(self, sentence: Sentence, field: str = "") -> None:
        super().__init__(sentence, field)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Problem):
    """This person, or this desk, may not do it, or not now."""


class Conflict(Problem):
    """Somebody else was faster: what the person saw is no longer so."""


class SameKeyOtherContent(Problem):
    """An idempotency key came again with other content, so it cannot be a repeat of the same delivery."""
