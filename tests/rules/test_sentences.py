"""Sentences carry their facts to the door unharmed."""

import json
from datetime import UTC, date, datetime
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.lib.speech import say
from qorgau.rules.kinds import Kind
from qorgau.rules.sentences import N_, Month, Sentence

NAURYZ = {"kk": "Наурыз мейрамы", "ru": "Наурыз", "en": "Nauryz"}


def test_the_marker_leaves_the_text_as_it_is():
    assert N_("Due on {day}.") == "Due on {day}."


def test_a_sentence_reads_in_english():
    sentence = Sentence(
        "{who}: {count}, {day}, {moment}, {holiday}, {inner}",
        {
            "who": "desk",
            "count": 3,
            "day": date(2026, 3, 9),
            "moment": datetime(2026, 3, 9, 8, 5, tzinfo=UTC),
            "holiday": NAURYZ,
            "inner": Sentence("in {n} steps", {"n": 2}),
        },
    )
    assert str(sentence) == "desk: 3, 9 March 2026, 9 March 2026, 08:05, Nauryz, in 2 steps"


def test_a_gap_without_a_fact_is_found_where_the_sentence_is_made():
    with pytest.raises(KeyError, match=r"no fact fills \{day\}"):
        Sentence("Due on {day}.")


def test_braces_in_a_fact_are_only_text():
    assert str(Sentence("Reason: {reason}", {"reason": "{x} {0}"})) == "Reason: {x} {0}"


def test_sentences_can_be_members_of_a_set():
    assert len({Sentence("a {n}", {"n": 1}), Sentence("a {n}", {"n": 1}), Sentence("a {n}", {"n": 2})}) == 2


def test_a_word_of_ours_is_stored_as_a_plain_string():
    stored = Sentence("{kind}", {"kind": Kind.COMPLAINT}).to_json()
    assert type(stored["facts"]["kind"]) is str
    assert stored == {"text": "{kind}", "facts": {"kind": "complaint"}}


_simple = (
    st.text()
    | st.integers()
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.fixed_dictionaries({"kk": st.text(), "ru": st.text(), "en": st.text()})
)


def _sentences(facts):
    return st.dictionaries(st.sampled_from(["a", "b", "c"]), facts).map(
        lambda chosen: Sentence(" ".join(f"{{{name}}}" for name in chosen), chosen)
    )


@given(_sentences(_simple | _sentences(_simple)))
def test_a_sentence_survives_the_way_through_json(sentence):
    again = Sentence.from_json(json.loads(json.dumps(sentence.to_json())))
    assert again == sentence
    assert str(again) == str(sentence)


def test_gaps_are_named_so_that_translators_can_move_them():
    assert [name for _, name, _, _ in Formatter().parse(N_("{first} to {last}"))] == ["first", "last"]


def test_a_month_is_told_without_a_day_also_after_the_way_through_json():
    sentence = Sentence("In {month}.", {"month": Month(2026, 10, 1)})
    again = Sentence.from_json(json.loads(json.dumps(sentence.to_json())))

    assert str(sentence) == str(again) == "In October 2026."
    assert [say(one, "ru") for one in (sentence, again, sentence.to_json())] == ["In октябрь 2026."] * 3
    assert say(sentence, "kk") == "In 2026\N{NARROW NO-BREAK SPACE}ж. қазан."
