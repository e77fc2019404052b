from pathlib import Path
from typing import Any

import pytest

from bench import insured


def _gone_at_once(pipe: Any, iins: list[str]) -> None:
    raise SystemExit(1)


def test_whoever_looks_people_up_and_ends_early_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insured, "_ask_on", _gone_at_once)
    with pytest.raises(RuntimeError, match="has ended too early"), insured._somebody_asking(["900101300106"]):
        pass


def test_everybody_of_the_first_load_is_in_the_whole_file_too(tmp_path: Path) -> None:
    whole = tmp_path / "whole.csv"
    whole.write_text("iin,paid\n1,0\n2,1\n3,0\n")
    assert insured._beginning(whole, 2).read_text() == "iin,paid\n1,0\n2,1\n"
