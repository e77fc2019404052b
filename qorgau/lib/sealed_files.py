"""Files that lie sealed, however large: written and read piece by piece, so that memory holds one piece.

A file begins with the number of the key and sixteen random bytes, from which and from the key outside the database its
own key is made. Each piece is AES-256-GCM under that key; its nonce counts the pieces and marks the last one, so none
can be changed, left out, put elsewhere, nor the end be cut off, without being noticed. The construction is STREAM of
Hoang, Reyhanitabar, Rogaway and Vizár (https://eprint.iacr.org/2015/189).
"""

import io
import os
from pathlib import Path
from typing import BinaryIO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qorgau.lib.sealed import CannotUnseal, file_key

PIECE = 1 << 18
"""Bytes that are sealed at once."""
_KEY_NUMBER = b"\x02"
_SALT_BYTES, _TAG_BYTES, _COUNTER_BYTES = 16, 16, 11
_HEAD = len(_KEY_NUMBER) + _SALT_BYTES
_SEALED_PIECE = PIECE + _TAG_BYTES


def sealing(path: Path) -> BinaryIO:
    """A file to be written on; closing it seals its end. `tell` says how much was written, before it was sealed."""
    return cast(BinaryIO, _SealedWriter(path))


def unsealing(path: Path) -> BinaryIO:
    """The file as it was written, to read from any place.

    Raises FileNotFoundError, and CannotUnseal when it is not one of ours or its first piece was changed; reading raises
    CannotUnseal at a later one that was.
    """
    return io.BufferedReader(_SealedReader(path), buffer_size=PIECE)


class _SealedWriter(io.RawIOBase):
    """What is written to it goes sealed to the disk."""

    def __init__(self, path: Path) -> None:
        salt = os.urandom(_SALT_BYTES)
        self._file = path.open("wb")
        self._file.write(_KEY_NUMBER + salt)
        self._cipher = AESGCM(file_key(salt))
        self._waiting = bytearray()
        self._number = self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._waiting += data
        self._size += (written := memoryview(data).nbytes)
        # The last piece is sealed as such, so one is kept back until more comes.
        if len(self._waiting) > PIECE:
            self._seal_whole_pieces()
        return written

    def tell(self) -> int:
        return self._size

    def close(self) -> None:
        if not self._file.closed:
            try:
                self._seal(bytes(self._waiting), last=True)
            finally:
                self._file.close()
        super().close()

    def _seal_whole_pieces(self) -> None:
        whole = (len(self._waiting) - 1) // PIECE * PIECE
        with memoryview(self._waiting) as waiting:
            for start in range(0, whole, PIECE):
                self._seal(waiting[start : start + PIECE], last=False)
        del self._waiting[:whole]

    def _seal(self, piece: "bytes | memoryview", *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


class _SealedReader(io.RawIOBase):
    """Gives out a sealed file piece by piece; one that was unsealed last is kept."""

    def __init__(self, path: Path) -> None:
        self._place = self._held = 0
        self._file = path.open("rb")
        try:
            sealed = os.fstat(self._file.fileno()).st_size - _HEAD
            head = self._file.read(_HEAD)
            self._last, rest = divmod(max(sealed - 1, 0), _SEALED_PIECE)
            self._size = self._last * PIECE + rest + 1 - _TAG_BYTES
            if head[:1] != _KEY_NUMBER or self._size < 0 or rest + 1 < _TAG_BYTES:
                raise CannotUnseal
            self._cipher = AESGCM(file_key(head[1:]))
            self._piece = self._unsealed(0)
        except BaseException:
            self._file.close()
            raise

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        self._place = max(begin + offset, 0)
        return self._place

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        number, start = divmod(self._place, PIECE)
        if self._place >= self._size:
            return 0
        if number != self._held:
            self._held, self._piece = number, self._unsealed(number)
        given = self._piece[start : start + len(buffer)]
        buffer[: len(given)] = given
        self._place += len(given)
        return len(given)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _unsealed(self, number: int) -> bytes:
        self._file.seek(_HEAD + number * _SEALED_PIECE)
        sealed = self._file.read(_SEALED_PIECE)
        try:
            return self._cipher.decrypt(_nonce(number, last=number == self._last), sealed, None)
        except InvalidTag as error:
            raise CannotUnseal from error


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_COUNTER_BYTES, "big") + bytes([last])
