"""Synthetic populations look like the country, and belong to nobody."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from qorgau.insured.answers import Insured
from qorgau.insured.population import PEOPLE_OF_A_BLOCK, Population
from qorgau.insured.population_files import write_population
from qorgau.insured.record import Record, unpack
from qorgau.insured.verdicts import verdict
from qorgau.rules.identity import check_iin
from qorgau.rules.insured_status import Status
from tests.insured.conftest import Loader

TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def people() -> list[dict[str, Any]]:
    return [line for table in Population(6_000, TODAY).tables() for line in table.to_pylist()]


def test_every_number_is_possible_and_belongs_to_one_person(people: list[dict[str, Any]]) -> None:
    numbers = [one["iin"] for one in people]

    assert len(set(numbers)) == 6_000
    assert all(check_iin(number).valid and not check_iin(number).warnings for number in numbers)


def test_the_ages_are_those_of_the_country(people: list[dict[str, Any]]) -> None:
    children = sum("C01:" in one["categories"] for one in people)
    pensioners = sum("C07:" in one["categories"] for one in people)

    assert 0.31 < children / 6_000 < 0.37
    assert 0.09 < pensioners / 6_000 < 0.14


def test_those_who_pay_have_sums_under_the_caps_and_some_have_gaps(people: list[dict[str, Any]]) -> None:
    paying = [one for one in people if "1" in one["paid"]]
    sums = [one["2026-06"] for one in paying if one["2026-06"]]

    assert max(sums) <= 102_000 + 34_000
    assert 0.15 < sum("10" in one["paid"].rstrip("0") for one in paying) / len(paying) < 0.6
    assert {"E", "I", "S", "C", "P", "U", "M", "G", "-"} == {letter for one in people for letter in one["payers"]}


def test_the_same_seed_makes_the_same_people_and_another_other_lives() -> None:
    def first(seed: int) -> list[dict[str, Any]]:
        return next(Population(300, TODAY, seed).tables()).to_pylist()

    assert first(1) == first(1)
    assert first(1) != first(2)


def test_a_population_is_made_block_by_block() -> None:
    tables = list(Population(PEOPLE_OF_A_BLOCK + 10, TODAY).tables())

    assert [table.num_rows for table in tables] == [PEOPLE_OF_A_BLOCK, 10]
    numbers = [number for table in tables for number in table["iin"].to_pylist()]
    assert len(set(numbers)) == PEOPLE_OF_A_BLOCK + 10


def test_more_people_than_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="numbers of their own"):
        next(Population(200_000_000, TODAY).tables())


@pytest.mark.parametrize("name", ["people.csv", "people.parquet"])
def test_five_in_six_are_insured_once_the_file_is_loaded(load: Loader, tmp_path: Path, name: str) -> None:
    assert write_population(tmp_path / name, Population(3_000, TODAY)) == 3_000
    outcome, refused = load(tmp_path / name)
    assert (refused, outcome.load.taken) == ([], 3_000)

    statuses = Counter(verdict(Insured(record, TODAY), TODAY).status for record in every_record())
    assert 0.78 < statuses[Status.INSURED] / 3_000 < 0.88
    assert 0.02 < statuses[Status.CONDITIONALLY_INSURED] / 3_000 < 0.10
    assert 0.08 < statuses[Status.NOT_INSURED] / 3_000 < 0.19


def every_record() -> list[Record]:

    with connection.cursor() as cursor:
        cursor.execute("SELECT paid, last_months, categories, ahead, temporary FROM insured_person")
        return [unpack(*row) for row in cursor.fetchall()]
