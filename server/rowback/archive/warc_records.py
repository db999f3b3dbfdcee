"""The records of a WARC file (ISO 28500), one after the other, over whatever is damaged in between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warcio.limitreader import LimitReader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException

from rowback.archive.unpacking import StreamDamaged, Unpacking, find_next

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rowback.archive.unpacking import Readable

MAX_HEADERS = 262_144  # bytes of one record's; real ones have some thousand
MAX_SEARCHED = 8  # times the file's size are looked through for where records go on, then it is too broken
_STEP = 65_536
_VERSIONS = ["WARC/1.1", "WARC/1.0", "WARC/0.17", "WARC/0.18"]
_RECORD, _ANSWER = StatusAndHeadersParser(_VERSIONS), StatusAndHeadersParser(["HTTP/"], verify=False)


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A record whose body was not read yet, and can be until the next one is asked for. `at` is its place in the file."""

    at: int
    headers: StatusAndHeaders
    body: LimitReader

    def header(self, name: str) -> str:
        """A header's value, empty where there is none."""
        return str(self.headers.get_header(name) or "").strip()

    def answer(self) -> StatusAndHeaders:
        """The HTTP answer's own headers, which the body begins with. Raises `StreamDamaged` for what is none."""
        top = LimitReader(self.body, MAX_HEADERS)
        try:
            return _ANSWER.parse(top)
        except (StatusAndHeadersParserException, EOFError) as error:
            raise StreamDamaged("The server's answer has no headers.", self.at) from error


@dataclass(frozen=True, slots=True)
class Damage:
    """A record that cannot be read; what was read of the one at the same place is not to be believed."""

    at: int
    detail: str


def records(file: Readable, size: int) -> Iterator[WarcRecord | Damage]:
    """All records of a file of so many bytes, and what is damaged between them."""
    start: int | None = 0
    left = MAX_SEARCHED * size
    while start is not None:
        walk = _Walk(Unpacking(file, start))
        try:
            yield from walk.records()
        except StreamDamaged as error:
            yield Damage(error.at, str(error))
            start = find_next(file, error.byte)
            left -= max(walk.stream.read_to, start or size) - error.byte
            if left < 0:
                yield Damage(error.at, "The file is too broken to go on.")
                return
        else:
            return


class _Walk:
    def __init__(self, stream: Unpacking) -> None:
        self.stream = stream
        self._at = self._byte = stream.at  # of the record that is being read

    def records(self) -> Iterator[WarcRecord]:
        """Records up to the end, or to what is damaged. Raises `StreamDamaged`."""
        try:
            while line := self._first_line():
                record = self._begun(line)
                yield record
                while record.body.read(_STEP):
                    pass
                if record.body.limit > 0:
                    raise self._broken("The file ends in the middle of a record.")
        except StreamDamaged as error:
            if error.byte > self._byte:
                raise  # the next record, of which nothing was told yet
            raise self._broken(str(error)) from error

    def _first_line(self) -> bytes:
        """The line with which the next record begins; empty at the end."""
        while True:
            line = self.stream.readline()
            if line.startswith(b"WARC/"):
                self._at = self.stream.at - len(line)
                self._byte = self.stream.member_at if self.stream.is_packed else self._at
                return line
            if line.strip():
                raise self._broken("The record is longer or shorter than it says, or is none.")
            if not line:
                return line

    def _broken(self, detail: str) -> StreamDamaged:
        return StreamDamaged(detail, self._at, self._byte)

    def _begun(self, line: bytes) -> WarcRecord:
        try:
            headers = _RECORD.parse(LimitReader(self.stream, MAX_HEADERS), line)
        except (StatusAndHeadersParserException, EOFError) as error:
            raise self._broken("What stands there is no record of a WARC file.") from error
        told = str(headers.get_header("Content-Length") or "").strip()
        if not (told.isascii() and told.isdigit() and len(told) <= 15):
            raise self._broken("The record does not say how long it is.")
        return WarcRecord(self._at, headers, LimitReader(self.stream, int(told)))
