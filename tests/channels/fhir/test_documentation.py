"""The examples of docs/fhir.md work as they stand: each `curl` is sent, and its answer is the one below it."""

import json
import re
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from tests import factories
from tests.partners.ground import MakeKey

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "fhir.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\n(curl.*?)```\n\n```json\n(.*?)```", TEXT, re.DOTALL)


def test_every_command_has_its_answer() -> None:
    assert len(EXAMPLES) == TEXT.count("```sh") == 6


@pytest.mark.parametrize(("command", "answer"), EXAMPLES, ids=[command[:70] for command, _ in EXAMPLES])
def test_an_example_works_as_it_stands(command: str, answer: str, register: None, make_key: MakeKey) -> None:
    clinic = factories.world().state_clinic
    clinic.bin = "990140000205"
    clinic.save()
    factories.refresh()
    keys = {
        "$KEY_WITH_PAYMENTS": make_key("status", "payments"),
        "$KEY": make_key("status", "organisations"),
        "$ADDRESS": "",
    }
    for name, value in keys.items():
        command = command.replace(name, value)

    assert _difference(json.loads(answer), _send(shlex.split(command.replace("\\\n", " ")))) is None


def _send(words: list[str]) -> Any:
    """What curl would send, through Django's own client; the answer's JSON."""
    _, address, *options = words
    headers: dict[str, str] = {}
    data, kind = None, "application/x-www-form-urlencoded"
    for option, value in zip(options[::2], options[1::2], strict=True):
        if option == "-H":
            name, _, said = value.partition(": ")
            headers[name] = said
        elif option == "--data":
            data = value
        else:
            assert option == "--data-urlencode"
            data = urlencode(dict([value.split("=", 1)]))
    kind = headers.pop("Content-Type", kind)
    path, _, query = address.partition("?")
    address = f"{path}?{quote(query, safe='=&')}" if query else path
    client = Client()
    answer = client.get(address, headers=headers) if data is None else client.post(address, data, kind, headers=headers)
    return answer.json()


def _difference(written: Any, said: Any, where: str = "") -> str | None:
    """Where the answer is not what is written; "…" stands for anything, and at the end of a list for any rest."""
    if isinstance(written, str) and written.startswith("…"):
        return None
    if isinstance(written, dict) and isinstance(said, dict) and written.keys() == said.keys():
        return next(filter(None, (_difference(written[name], said[name], f"{where}.{name}") for name in written)), None)
    if isinstance(written, list) and isinstance(said, list):
        if written and isinstance(written[-1], str) and written[-1].startswith("…"):
            written, said = written[:-1], said[: len(written) - 1]
        if len(written) == len(said):
            pairs = enumerate(zip(written, said, strict=True))
            return next(filter(None, (_difference(one, two, f"{where}[{n}]") for n, (one, two) in pairs)), None)
    return None if written == said else f"{where}: {written!r} is written, {said!r} is said"
