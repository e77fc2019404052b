"""Every line of the journal has words."""

import re
from pathlib import Path

from qorgau.notices.topics import ABOUT_NO_APPEAL, FOR_DESKS, Topic
from qorgau.rules.deadlines import Purpose
from qorgau.rules.kinds import Channel, Kind, Procedure
from qorgau.rules.states import State, Verb
from qorgau.workplace import wording
from qorgau.workplace.timeline.entries import HAPPENED

SOURCE = Path(wording.__file__).parent.parent


def test_every_verb_has_words() -> None:
    written = {verb.value for verb in Verb} | {"register"}
    for file in (*SOURCE.glob("handling/*.py"), *SOURCE.glob("register/*.py"), *SOURCE.glob("workplace/*.py")):
        written |= set(re.findall(r'\bverb="(\w+)"', file.read_text()))
    assert written <= set(HAPPENED)


def test_every_word_of_the_rules_has_one_for_staff() -> None:
    assert set(wording.STATES) == set(State)
    assert set(wording.KINDS) == set(Kind)
    assert set(wording.PROCEDURES) == set(Procedure)
    assert set(wording.CHANNELS) == set(Channel)
    assert set(wording.TERMS) == set(Purpose)
    assert set(wording.NOTICES) == set(Topic) - FOR_DESKS - ABOUT_NO_APPEAL
