"""A ZIP whose every file can be checked by anybody: a manifest of SHA-256 hashes, readable by programs and by people.

`SHA256SUMS` is what `sha256sum -c` reads, so that nobody needs our program to check what we gave them.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Self

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
# What a damaged or foreign ZIP may raise: broken or unknown packing, a lock, words that are no words.
UNREADABLE = (OSError, EOFError, KeyError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile)
_PIECE = 1 << 20
_LARGEST_MANIFEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the archive."""

    name: str
    size: int
    sha256: str
    what: str


class CheckedArchive:
    """Writes such a ZIP to a file, piece by piece: memory does not grow with the files."""

    def __init__(self, target: "Path | IO[bytes]") -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.kept: list[Kept] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._zip.close()

    def add(self, name: str, content: bytes | BinaryIO, what: str = "") -> Kept:
        """Put a file in. `what` says in words what it is."""
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        digest, size = hashlib.sha256(), 0
        with self._zip.open(name, "w", force_zip64=True) as target:
            while piece := source.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        kept = Kept(name, size, digest.hexdigest(), what)
        self.kept.append(kept)
        return kept

    def finish(self, about: dict[str, Any]) -> str:
        """Write the manifest with these facts, and the sums; the hash of the manifest stands for the whole archive."""
        files = [{"name": one.name, "size": one.size, "sha256": one.sha256, "what": one.what} for one in self.kept]
        manifest = json.dumps(about | {"files": files}, ensure_ascii=False, indent=2).encode()
        made = self.add(MANIFEST, manifest)
        sums = "".join(f"{one.sha256}  {one.name}\n" for one in self.kept)
        self._zip.writestr(SUMS, sums)
        return made.sha256


def manifest_of(path: Path) -> tuple[dict[str, Any], str]:
    """The manifest of an archive and its SHA-256. Raises ValueError when there is none that can be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
                raise ValueError("the manifest is too large to be one")
            content = archive.read(MANIFEST)
            manifest = json.loads(content)
    except UNREADABLE as error:
        raise ValueError(f"there is no manifest that can be read: {error}") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), list):
        raise ValueError("the manifest lists no files")
    return manifest, hashlib.sha256(content).hexdigest()


def faults_of(path: Path) -> Iterator[str]:
    """Everything that does not hold in an archive: files changed, missing, foreign or twice, the manifest itself."""
    try:
        manifest, digest = manifest_of(path)
    except ValueError as error:
        yield str(error)
        return
    with zipfile.ZipFile(path) as archive:
        names = [info.filename for info in archive.infolist()]
        yield from (f"{name} is there twice" for name in sorted({name for name in names if names.count(name) > 1}))
        listed = {str(one.get("name")): one for one in manifest["files"] if isinstance(one, dict)}
        for name, one in listed.items():
            if name not in names:
                yield f"{name} is missing"
            elif (found := _hash_in(archive, name)) != one.get("sha256"):
                yield f"{name} was changed: its SHA-256 is {found or 'unreadable'}"
        yield from (f"{name} is not in the manifest" for name in names if name not in {*listed, MANIFEST, SUMS})
        yield from _faults_of_sums(archive, names, listed, digest)


def _faults_of_sums(
    archive: zipfile.ZipFile, names: list[str], listed: dict[str, dict[str, Any]], digest: str
) -> Iterator[str]:
    if SUMS not in names:
        yield f"{SUMS} is missing"
        return
    try:
        said = archive.read(SUMS).decode()
    except UNREADABLE:
        yield f"{SUMS} cannot be read"
        return
    expected = "".join(f"{one.get('sha256')}  {name}\n" for name, one in listed.items()) + f"{digest}  {MANIFEST}\n"
    if said != expected:
        yield f"{SUMS} and {MANIFEST} do not say the same"


def _hash_in(archive: zipfile.ZipFile, name: str) -> str | None:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as source:
            while piece := source.read(_PIECE):
                digest.update(piece)
    except UNREADABLE:
        return None
    return digest.hexdigest()
