"""Refusals keep the sentence and the field they are about."""

import pickle

import pytest

from qorgau.rules.problems import Conflict, NotAllowed, Problem, SameKeyOtherContent
from qorgau.rules.sentences import Sentence


@pytest.mark.parametrize("kind", [Problem, NotAllowed, Conflict, SameKeyOtherContent])
def test_a_problem_says_what_and_where(kind):
    problem = kind(Sentence("Write {n} words.", {"n": 3}), "text")
    assert isinstance(problem, Problem)
    assert (str(problem), problem.field) == ("Write 3 words.", "text")


def test_a_problem_about_the_whole_names_no_field():
    assert Problem(Sentence("No.")).field == ""


def test_a_problem_can_travel_between_processes():
    problem = pickle.loads(pickle.dumps(Conflict(Sentence("Too late."), "version")))
    assert (type(problem), problem.sentence, problem.field) == (Conflict, Sentence("Too late."), "version")
