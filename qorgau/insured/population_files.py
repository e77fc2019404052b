"""Populations written as files of the published format: CSV, or Parquet when the name ends so."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import pyarrow
import pyarrow.csv
import pyarrow.parquet

from qorgau.insured.population import Population

Line = Mapping[str, str]
"""The cells of one person by the names of their columns; what is not named is empty."""


def write_population(
    path: Path,
    population: Population,
    *,
    first: Iterable[Line] = (),
    progress: Callable[[int], None] = lambda people: None,
) -> int:
    """Write some given people and then everybody; how many there are. Never more than one block is in memory.

    The file has its name only when it is whole.
    """
    schema = _schema(population)
    given = [pyarrow.Table.from_pylist([_typed(line, schema) for line in first], schema)]
    unfinished = path.with_name(f"{path.name}.part")
    people = 0
    try:
        with _writer(unfinished, schema, parquet=path.suffix.lower() == ".parquet") as write:
            for table in chain(given, population.tables()):
                write(table.cast(schema))
                people += table.num_rows
                progress(people)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return people


def _schema(population: Population) -> pyarrow.Schema:
    return pyarrow.schema(
        [(name, pyarrow.float64() if name[:1].isdigit() else pyarrow.string()) for name in population.columns]
    )


def _typed(line: Line, schema: pyarrow.Schema) -> dict[str, str | float | None]:
    typed: dict[str, str | float | None] = {}
    for column in schema:
        text = line.get(column.name, "")
        typed[column.name] = text if pyarrow.types.is_string(column.type) else float(text) if text else None
    return typed


@contextmanager
def _writer(path: Path, schema: pyarrow.Schema, *, parquet: bool) -> Iterator[Callable[[pyarrow.Table], None]]:
    if parquet:
        with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as file:
            yield file.write_table
        return
    # The format has no quotes: no value needs them.
    bare = pyarrow.csv.WriteOptions(quoting_style="none", quoting_header="none")
    with pyarrow.csv.CSVWriter(path, schema, write_options=bare) as file:
        yield file.write_table
