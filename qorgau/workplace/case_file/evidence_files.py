"""Filling an archive of evidence: the case as a document and as data, the originals, the journal, and how to check."""

import hashlib
import io
import json
import re
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.lib.checked_archive import CheckedArchive
from qorgau.register.evidence import FORMAT, JOURNAL, journal_lines
from qorgau.register.files import open_attachment
from qorgau.register.models import Appeal, Attachment, JournalLine
from qorgau.workplace.case_file.contents import contents
from qorgau.workplace.case_file.document import document
from qorgau.workplace.discretion import sees_inside
from qorgau.workplace.models import CaseFile

LOST = "lost"
_HOW_TO_CHECK = (
    gettext_lazy(
        "SHA256SUMS holds the hash of every file. Unpack the archive and run “sha256sum -c SHA256SUMS”, or any program "
        "that computes SHA-256. The program of the register does all of it: “qorgau evidence verify FILE”."
    ),
    gettext_lazy(
        "journal.jsonl holds one line for every change of the appeal. The hash of a line is SHA-256 over the hash of "
        "the line before it (as 32 bytes; zeros before the first) and the text in “content” (UTF-8). Where “content” "
        "is null, the line was not for the eyes of the desk that took the case out."
    ),
    gettext_lazy(
        "The SHA-256 of manifest.json stands in the journal of the register from the moment the archive was made, so "
        "the register can tell whether it gave this very archive: “qorgau evidence verify --in-register FILE”."
    ),
)


def write_evidence(target: "Path | IO[bytes]", asked: CaseFile, appeal: Appeal) -> str:
    """Write the archive, in the language that is active now; says the SHA-256 of its manifest.

    A file that the disk has lost is named in the manifest's list of what is missing: evidence must not hide a hole.
    """
    missing: list[dict[str, str]] = []
    with CheckedArchive(target) as archive:
        said = contents(asked, appeal)
        archive.add("case.pdf", document(said), _("The case as a document"))
        archive.add("case.json", _as_json(said, appeal), _("The case as data"))
        archive.add(JOURNAL, _journal(asked, appeal), _("The journal with its chain of hashes"))
        for place, file in enumerate(Attachment.objects.filter(appeal=appeal).order_by("added_at", "pk"), start=1):
            name = f"files/{place:03}-{_safe(file.name)}"
            try:
                with open_attachment(file) as source:
                    kept = archive.add(name, source, file.name)
            except FileNotFoundError:
                missing.append({"name": file.name, "sha256": bytes(file.sha256).hex(), "why": LOST})
                continue
            if kept.sha256 != bytes(file.sha256).hex():
                # The register's own hash was taken when the file came; the disk has something else now.
                missing.append({"name": file.name, "sha256": bytes(file.sha256).hex(), "why": "changed on the disk"})
        archive.add("README.txt", _how_to_check(appeal).encode(), _("How to check this archive"))
        return archive.finish(_about(asked, appeal, missing))


def _about(asked: CaseFile, appeal: Appeal, missing: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "number": appeal.number,
        "made_at": asked.asked_at.isoformat(),
        "made_by": asked.staff.short_name,
        "desk": asked.staff.desk.name_ru if asked.staff.desk else "",
        "purpose": asked.purpose,
        "language": asked.language,
        "contacts_in_full": asked.in_full,
        "journal": {"lines": appeal.version, "head": bytes(appeal.journal_head).hex()},
        "missing": missing,
    }


def _journal(asked: CaseFile, appeal: Appeal) -> io.BytesIO:
    def shown(line: JournalLine) -> bool:
        return line.staff is None or sees_inside(line.staff.desk_id, asked.staff)

    return io.BytesIO(b"".join(journal_lines(appeal, shown=shown)))


def _as_json(said: dict[str, Any], appeal: Appeal) -> bytes:
    words = {
        # Masked words can still be compared with the original ones.
        "sha256_of_the_first_words": hashlib.sha256(appeal.text.encode()).hexdigest(),
        "received_at": appeal.received_at.isoformat(),
        "registered_on": appeal.registered_on.isoformat(),
        "state": appeal.state,
        "kind": appeal.kind,
        "channel": appeal.channel,
    }
    return json.dumps({"codes": words, **said}, ensure_ascii=False, indent=2, default=str).encode()


def _how_to_check(appeal: Appeal) -> str:
    return (
        "\n\n".join((_("Evidence of appeal %(number)s") % {"number": appeal.number}, *map(str, _HOW_TO_CHECK))) + "\n"
    )


def _safe(name: str) -> str:
    """A name for a file in an archive, on any system."""
    return re.sub(r"[^\w.\- ]+", "_", name).strip(". ")[:80] or "file"
