"""An appeal as evidence: its journal as lines that anybody can check, and checking an archive that somebody brings.

Checking needs neither the register nor this program's database: each line holds the very text that was hashed, and the
hash of a line is SHA-256 over the hash before it and that text.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from qorgau.lib.checked_archive import UNREADABLE, faults_of, manifest_of
from qorgau.register.journal import FIRST, line_content
from qorgau.register.models import Appeal, JournalLine

FORMAT = "qorgau-evidence/1"
JOURNAL = "journal.jsonl"
TAKEN = "case_taken"
"""The verb of the journal line that says that the case was taken out as a file."""


def journal_lines(appeal: Appeal, *, shown: Callable[[JournalLine], bool]) -> Iterator[bytes]:
    """The journal of an appeal, a JSON object a line: sequence, previous, content, hash.

    Of a line that is not for this reader the content is left out (null); the chain of hashes holds all the same.
    """
    lines = JournalLine.objects.filter(appeal=appeal).select_related("staff").order_by("sequence")
    for line in lines.iterator(chunk_size=500):
        content = line_content(
            number=appeal.number,
            sequence=line.sequence,
            at=line.at,
            actor=line.actor,
            staff_id=line.staff_id,
            verb=line.verb,
            before=line.before,
            after=line.after,
            because=line.because,
        )
        row = {
            "sequence": line.sequence,
            "previous": bytes(line.previous_hash).hex(),
            "content": content if shown(line) else None,
            "hash": bytes(line.hash).hex(),
        }
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def faults(path: Path) -> list[str]:
    """Everything that does not hold in an archive of evidence; empty when all of it does."""
    found = list(faults_of(path))
    try:
        manifest, _ = manifest_of(path)
    except ValueError:
        return found
    if manifest.get("format") != FORMAT:
        return [*found, f"this is no archive of evidence in the format {FORMAT}"]
    return [*found, *_faults_of_journal(path, manifest)]


def is_known(path: Path) -> bool:
    """Whether the register itself says that it gave this very archive. Asks the database."""
    manifest, digest = manifest_of(path)
    lines = JournalLine.objects.filter(appeal__number=str(manifest.get("number")), verb=TAKEN)
    return lines.filter(after__manifest=digest).exists()


def _faults_of_journal(path: Path, manifest: dict[str, Any]) -> Iterator[str]:
    said = manifest.get("journal")
    head = said.get("head") if isinstance(said, dict) else None
    previous, expected = FIRST, 1
    try:
        with zipfile.ZipFile(path) as archive, archive.open(JOURNAL) as lines:
            for line in io.BufferedReader(cast(io.RawIOBase, lines)):
                fault, previous = _fault_of_line(json.loads(line), previous, expected, str(manifest.get("number")))
                if fault:
                    yield f"journal, line {expected}: {fault}"
                    return
                expected += 1
    except (*UNREADABLE, TypeError) as error:
        yield f"the journal cannot be read: {error}"
        return
    if previous.hex() != head:
        yield "the journal does not end where the manifest says"


def _fault_of_line(row: dict[str, Any], previous: bytes, expected: int, number: str) -> tuple[str, bytes]:
    """What is wrong with a line, if anything, and its hash."""
    content, said = row["content"], bytes.fromhex(row["hash"])
    if bytes.fromhex(row["previous"]) != previous:
        return "it does not continue the line before", said
    if row["sequence"] != expected:
        return "it stands in another place", said
    if content is None:
        return "", said
    if hashlib.sha256(previous + content.encode()).digest() != said:
        return "it was changed after it was written", said
    if json.loads(content)[:2] != [number, expected]:
        return "it is the line of another appeal or another place", said
    return "", said
