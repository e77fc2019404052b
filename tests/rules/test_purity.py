"""Rules stand on the standard library alone, and read no clock."""

import ast
import sys
from pathlib import Path

import pytest

import qorgau.rules

FILES = sorted(Path(qorgau.rules.__file__).parent.glob("*.py"))


def imported_by(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_rules_import_only_the_standard_library_and_rules(file):
    for module in imported_by(ast.parse(file.read_text("utf-8"))):
        assert module.split(".")[0] in sys.stdlib_module_names or module.startswith("qorgau.rules")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_rules_read_no_clock(file):
    calls = {node.attr for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
    assert not calls & {"now", "today", "utcnow", "time_ns", "monotonic"}
