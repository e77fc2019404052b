"""Statements sent to PostgreSQL all at once, and their answers taken all at once.

psycopg's pipeline sends each statement as soon as it is given and looks on the line before and after: forty looks for
twenty statements, at each of which a thread lets go of the interpreter and waits its turn to have it back. On a server
whose threads are all at work that costs more than the statements do. And it asks for the answers so far as soon as the
first is wanted, and once more at the end: two trips instead of one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection, Pipeline
from psycopg.abc import PQGen


@contextmanager
def held_pipeline(connection: "Connection[Any]") -> Iterator[None]:
    """Statements that are executed within leave together when the block ends; their rows can be fetched after it.

    Raises psycopg's error of the first statement that failed: outside a transaction nothing of the block is kept then.
    """
    with connection.pipeline() as pipeline:
        # Of the pipeline at hand alone. There is no public way to say it; `requirements/` pins the version.
        pipeline._communicate_gen = _later  # type: ignore[method-assign]
        try:
            yield
        finally:
            del pipeline._communicate_gen
            _into_the_buffer(pipeline)


def _later() -> PQGen[None]:
    return
    yield


def _into_the_buffer(pipeline: Pipeline) -> None:
    """libpq keeps what a pipeline is given until it is asked to send it, or 64 KB have come together."""
    while pipeline.command_queue:
        pipeline.command_queue.popleft()()
