"""Catalogues compiled here are ones that Django reads."""

import gettext
import os
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from qorgau.lib.catalogues import compile_catalogues

RUSSIAN = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: ru\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

msgid "Complaint"
msgstr "Жалоба"

msgctxt "door"
msgid "Open"
msgstr "Открыть"

msgid "%(n)s file"
msgid_plural "%(n)s files"
msgstr[0] "%(n)s файл"
msgstr[1] "%(n)s файла"
msgstr[2] "%(n)s файлов"

#, fuzzy
msgid "Guess"
msgstr "Догадка"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "ru" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(RUSSIAN, encoding="utf-8")
    return path


def test_texts_contexts_and_plurals_arrive_and_guesses_do_not(source: Path, tmp_path: Path) -> None:
    assert compile_catalogues(tmp_path) == [source]
    compiled = gettext.translation("django", tmp_path, languages=["ru"])
    assert compiled.gettext("Complaint") == "Жалоба"
    assert compiled.pgettext("door", "Open") == "Открыть"
    assert [compiled.ngettext("%(n)s file", "%(n)s files", n) for n in (1, 3, 11)] == [
        "%(n)s файл",
        "%(n)s файла",
        "%(n)s файлов",
    ]
    assert compiled.gettext("Guess") == "Guess"


def test_only_what_changed_is_compiled_again(source: Path, tmp_path: Path) -> None:
    compile_catalogues(tmp_path)
    assert compile_catalogues(tmp_path) == []
    later = source.with_suffix(".mo").stat().st_mtime + 5
    os.utime(source, (later, later))
    assert compile_catalogues(tmp_path) == [source]


def test_a_catalogue_that_cannot_be_read_is_refused_with_its_line(source: Path, tmp_path: Path) -> None:
    source.write_text('msgid "Complaint"\nnonsense\n', encoding="utf-8")
    with pytest.raises(PoFileError, match="on 1"):
        compile_catalogues(tmp_path)
    assert not source.with_suffix(".mo").exists()
