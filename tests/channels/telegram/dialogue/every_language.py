"""Somebody who speaks one of the three languages, and what is said to them in each."""

import pytest

from tests.channels.telegram.dialogue.writing.words import ALL, Words
from tests.channels.telegram.phone import Phone
from tests.factories import World

Said = dict[str, str]
"""The same sentence in each language, written out: a change of wording is meant to be noticed."""


@pytest.fixture(params=ALL, ids=lambda words: words.code)
def words(request: pytest.FixtureRequest) -> Words:
    chosen: Words = request.param
    return chosen


@pytest.fixture
def phone(world: World, words: Words) -> Phone:
    return Phone(language=words.code)
