"""WARC files of our own making, written with warcio's writer."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING, Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from rowback.archive.held import EVERYTHING
from rowback.archive.warc import read_file

from .samples import URL, page

if TYPE_CHECKING:
    from rowback.archive.held import Held, Wanted

HTML = "text/html; charset=utf-8"


class Warc:
    """A file that grows by a record at a time; `packed` as crawlers do, each record a gzip member."""

    def __init__(self, *, packed: bool = True) -> None:
        self.out = io.BytesIO()
        self.starts: list[int] = []
        self._writer = WARCWriter(self.out, gzip=packed)

    def answer(
        self,
        body: bytes | str = page(),
        at: str = "2026-01-10T08:00:00Z",
        url: str = URL,
        status: str = "200 OK",
        headers: list[tuple[str, str]] | None = None,
        more: dict[str, str] | None = None,
    ) -> Warc:
        """A server's answer."""
        return self._add(
            "response", body, at, url, status, [("Content-Type", HTML)] if headers is None else headers, more
        )

    def again(
        self, digest: str, at: str, url: str = URL, refers: tuple[str, str] = (URL, "2026-01-10T08:00:00Z")
    ) -> Warc:
        """A revisit of a payload."""
        top = StatusAndHeaders("200 OK", [("Content-Type", HTML)], protocol="HTTP/1.1")
        record = self._writer.create_revisit_record(
            url, digest, *refers, http_headers=top, warc_headers_dict={"WARC-Date": at}
        )
        return self._write(record)

    def whole(self) -> bytes:
        """All of the file."""
        return self.out.getvalue()

    def _add(
        self,
        kind: str,
        body: bytes | str,
        at: str,
        url: str,
        status: str,
        headers: list[Any],
        more: dict[str, str] | None,
    ) -> Warc:
        payload = io.BytesIO(body.encode() if isinstance(body, str) else body)
        top = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        told = {"WARC-Date": at, **(more or {})}
        return self._write(
            self._writer.create_warc_record(url, kind, payload=payload, http_headers=top, warc_headers_dict=told)
        )

    def _write(self, record: object) -> Warc:
        self.starts.append(self.out.tell())
        self._writer.write_record(record)
        return self


def held(whole: bytes, wanted: Wanted = EVERYTHING) -> list[Held]:
    """What a file of these bytes holds."""
    return list(read_file(io.BytesIO(whole), len(whole), "news.warc.gz", wanted))


def packed_whole(plain: bytes) -> bytes:
    """A file packed as one."""
    return gzip.compress(plain)
