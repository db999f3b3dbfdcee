"""The bytes of a WARC file one after the other: plain, packed one gzip member a record, or packed as a whole.

Of what is packed only a step is in memory, whatever it unpacks to; lines are cut at a limit. Damage is said, with the byte at
which what is damaged begins, and again at every later read: `find_next` looks for where records go on.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP = b"\x1f\x8b\x08"  # RFC 1952, section 2.3.1
_WRAPPED = 31  # `wbits` of zlib for gzip alone
_STEP = 65_536  # bytes read at a time
_UNPACKED = 262_144  # bytes unpacked at a time
MAX_LINE = 65_536  # bytes; the longest address that is taken has 4,096 characters
_BEGINS = b"WARC/"  # of every record
_MARK = re.compile(rb"\x1f\x8b\x08|WARC/[01]\.[0-9]{1,2}\r?\n")
_LOOKED_AT = 512  # bytes, enough to tell a record's packed beginning


class Readable(Protocol):
    """A binary file that can be gone about in."""

    def read(self, size: int = ..., /) -> bytes:
        """At most so many bytes."""
        ...

    def seek(self, offset: int, /) -> int:
        """Goes to a byte."""
        ...


class StreamDamaged(Exception):
    """What cannot be unpacked or read. `at` is the place of what is damaged, `byte` the one of the file from which on to look
    for what is whole."""

    def __init__(self, detail: str, at: int, byte: int | None = None) -> None:
        super().__init__(detail)
        self.at = at
        self.byte = at if byte is None else byte


class Unpacking:
    """Reads from a byte of a file on, which has to be where a record or a gzip member begins."""

    def __init__(self, file: Readable, at: int = 0) -> None:
        self._file = file
        file.seek(at)
        self._raw = file.read(_STEP)
        self._raw_at = at  # of the first byte in `_raw`
        self._machine = zlib.decompressobj(_WRAPPED) if self._raw.startswith(GZIP) else None
        self._begun_at = at  # of the member, or of the file's part that is plain
        self._given = 0  # bytes since then
        self._ready, self._next = b"", 0
        self._damage: StreamDamaged | None = None

    @property
    def read_to(self) -> int:
        """The byte of the file up to which it was read."""
        return self._raw_at

    @property
    def is_packed(self) -> bool:
        """Whether it is gzip."""
        return self._machine is not None

    @property
    def member_at(self) -> int:
        """The byte of the file where the gzip member of what was read last begins."""
        return self._begun_at

    @property
    def at(self) -> int:
        """Where the next byte stands: in the file where that is plain, else counted from where its member begins there."""
        return self._begun_at + self._given

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end. Raises `StreamDamaged`."""
        if self._next >= len(self._ready):
            self._fill()
        found = self._ready[self._next : self._next + size]
        self._pass(len(found))
        return found

    def readline(self, size: int | None = None) -> bytes:
        """A line with its end, cut at a limit. Raises `StreamDamaged`."""
        most, parts = min(MAX_LINE, MAX_LINE if size is None else size), list[bytes]()
        while most > 0:
            if self._next >= len(self._ready):
                self._fill()
            end = self._ready.find(b"\n", self._next, self._next + most) + 1
            part = self._ready[self._next : end or self._next + most]
            self._pass(len(part))
            parts.append(part)
            most -= len(part)
            if end or not part:
                break
        return b"".join(parts)

    def _pass(self, count: int) -> None:
        self._next += count
        self._given += count

    def _fill(self) -> None:
        """Makes the next bytes ready, never of two members at once."""
        if self._damage is not None:
            raise self._damage
        self._ready, self._next = b"", 0
        if self._machine is None:
            self._ready = self._taken()
            return
        while not self._ready:
            if self._machine.eof and not self._is_next_member():
                return
            self._ready = self._inflated(self._machine)

    def _inflated(self, machine: zlib._Decompress) -> bytes:
        tail = machine.unconsumed_tail
        packed = tail or self._taken()
        if not packed:
            raise self._damaged("The file ends in the middle of a record.", self._begun_at)
        try:
            found = machine.decompress(packed, _UNPACKED)
        except zlib.error as error:
            raise self._damaged("The packed bytes are broken.", self._begun_at) from error
        if machine.eof:
            self._raw = machine.unused_data + self._raw
            self._raw_at -= len(machine.unused_data)
        return found

    def _is_next_member(self) -> bool:
        """Goes to the next member, over zero bytes that fill up; False at the end of the file."""
        while len(self._raw) < len(GZIP) or not self._raw.strip(b"\0"):
            more = self._file.read(_STEP)
            if not more:
                break
            self._raw_at, self._raw = self._skipped()
            self._raw += more
        self._raw_at, self._raw = self._skipped()
        if not self._raw:
            return False
        if not self._raw.startswith(GZIP):
            raise self._damaged("Something that is no record stands between the records.", self._raw_at)
        self._begun_at, self._given, self._machine = self._raw_at, 0, zlib.decompressobj(_WRAPPED)
        return True

    def _skipped(self) -> tuple[int, bytes]:
        rest = self._raw.lstrip(b"\0")
        return self._raw_at + len(self._raw) - len(rest), rest

    def _taken(self) -> bytes:
        found = self._raw or self._file.read(_STEP)
        self._raw, self._raw_at = b"", self._raw_at + len(found)
        return found

    def _damaged(self, detail: str, at: int) -> StreamDamaged:
        self._damage = StreamDamaged(detail, at)
        return self._damage


def find_next(file: Readable, after: int) -> int | None:
    """The next byte after one at which a record begins, packed or plain; None where none does."""
    for at, begin in _candidates(file, after + 1):
        if not begin.startswith(GZIP) or _begins_packed(begin):
            return at
    return None


def _begins_packed(begin: bytes) -> bool:
    try:
        return zlib.decompressobj(_WRAPPED).decompress(begin, len(_BEGINS)) == _BEGINS
    except zlib.error:
        return False


def _candidates(file: Readable, start: int) -> Iterator[tuple[int, bytes]]:
    """Where a mark stands, with what follows it: enough to tell what it is."""
    file.seek(start)
    held, at = file.read(_STEP), start
    while held:
        more = file.read(_STEP)
        whole = held + more
        for found in _MARK.finditer(whole):
            if found.start() < len(held):
                yield at + found.start(), whole[found.start() : found.start() + _LOOKED_AT]
        at, held = at + len(held), more
