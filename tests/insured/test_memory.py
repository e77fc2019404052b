"""However large a file is, only some blocks of it are held at once."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from qorgau.insured.loading import crew
from qorgau.insured.loading.faults import FileRefused
from qorgau.insured.loading.files import BLOCK_BYTES, Block, opened
from tests.insured.files import AIGUL, line, write


def test_forty_gigabytes_without_the_end_of_a_line_are_refused_after_the_first_blocks(tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", [line(AIGUL)])
    os.truncate(path, 40 << 30)  # takes no room on the disk

    with opened(path) as source:
        with pytest.raises(FileRefused, match="not text in UTF-8"):
            for _ in source.blocks():
                pass
        assert (source.size, source.done <= 4 * BLOCK_BYTES) == (40 << 30, True)


class AtOnce:
    """Processes that have done everything as soon as they are asked."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __enter__(self) -> "AtOnce":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, do: Callable[[Block], Any], block: Block) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(do(block))
        return done


def test_the_file_is_read_no_farther_ahead_than_there_are_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "ProcessPoolExecutor", AtOnce)
    monkeypatch.setattr(crew, "BLOCKS_ALONE", 0)
    read = 0

    def blocks() -> Iterator[Block]:
        nonlocal read
        for number in range(1_000):
            read += 1
            yield Block(number, b"")

    class Checking:
        def ready(self, block: Block) -> int:
            return block.first_line

    ahead = [
        read - number
        for number, ready in enumerate(crew.ready_blocks(Checking(), blocks(), 2))  # type: ignore[arg-type]
        if ready == number
    ]
    assert (len(ahead), max(ahead)) == (1_000, 4)
