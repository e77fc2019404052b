from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from qorgau.directory import reference
from qorgau.directory.insurance import missing_rows
from qorgau.insured.loading.crew import Refusal
from qorgau.insured.loading.load import Order, Outcome, load_file
from tests.insured.files import write

Loader = Callable[..., tuple[Outcome, list[Refusal]]]


@pytest.fixture
def rows(db: None) -> None:
    """The rules, rates and categories that come with Qorgau, and nothing else of the directory."""
    for row in missing_rows():
        row.save()
    reference.refresh()


@pytest.fixture
def load(rows: None, tmp_path: Path) -> Loader:
    """Load lines; the outcome and what was refused."""

    def doing(lines: Iterable[str] | Path, **how: Any) -> tuple[Outcome, list[Refusal]]:
        path = lines if isinstance(lines, Path) else write(tmp_path / "people.csv", lines)
        refused: list[Refusal] = []
        order = Order(path=path, by="tests", as_of=how.pop("as_of", date(2026, 11, 28)), **how)
        return load_file(order, refused=refused.append), refused

    return doing


@pytest.fixture
def emptied(transactional_db: None) -> Iterator[None]:
    """Real commits, and no people before and after."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relname ~ '^insured_before_' AND relkind = 'r'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TABLE {name}")
        cursor.execute("TRUNCATE insured_person, insured_changed")
