"""Whoever installs Qorgau finds every variable in docs/running.md, and none that does nothing."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# env.text("QORGAU_X"), os.environ["QORGAU_X"], KEYS = ("QORGAU_X", …): a name between quotes and nothing else.
READ = re.compile(r"""["'](QORGAU_[A-Z_]+|DATABASE_URL|TELEGRAM_TOKEN)["']""")
DOCUMENTED = re.compile(r"`(QORGAU_[A-Z_]+|DATABASE_URL|TELEGRAM_TOKEN)`")


def read_by_the_program() -> set[str]:
    sources = [file.read_text(encoding="utf-8") for file in (ROOT / "qorgau").rglob("*.py")]
    return {name for source in sources for name in READ.findall(source)}


def in_the_table() -> list[str]:
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in DOCUMENTED.findall(row.split("|")[1])]


def test_every_variable_that_is_read_is_documented() -> None:
    assert read_by_the_program() - set(in_the_table()) == set()


def test_every_documented_variable_is_read() -> None:
    assert set(in_the_table()) - read_by_the_program() == set()


def test_no_variable_is_documented_twice() -> None:
    names = in_the_table()
    assert sorted(names) == sorted(set(names))


def test_settings_are_read_by_the_helpers_that_explain_what_is_wrong() -> None:
    """`os.environ` is for the helpers, and for the launcher that sets what its parts inherit."""
    allowed = {"lib/environment.py", "installation.py", "launcher.py", "__main__.py", "wsgi.py"}
    users = {
        str(file.relative_to(ROOT / "qorgau"))
        for file in (ROOT / "qorgau").rglob("*.py")
        if "os.environ" in file.read_text(encoding="utf-8") or "getenv" in file.read_text(encoding="utf-8")
    }
    assert users - allowed == set()
