"""A web archive on loopback that answers as web.archive.org does, or as a collection of pywb: lists of copies, the copies as
they came, TimeMaps; and every way in which it turns people away.

    with pretend_archive() as archive:
        archive.keep("https://echo.example/a", "20260305183600", page())
        archive.fail("excluded")                # the next answer: a status, "refused", "excluded"
        archive.source()                        # as `--from` would name it
        archive.site.asked                      # what was asked for, in order
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b32encode
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from rowback.archive.sources import Source, SourceKind, source_of
from rowback.text.archived import instant
from rowback.web.pages.wording import http_date

from .websites import HOST, Website, website

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from http.server import BaseHTTPRequestHandler

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
PYWB_NAMES = {"original": "url", "mimetype": "mime", "statuscode": "status"}
EXCLUDED = "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
COLLECTION = "news"
BANNER = b"<!-- how the archive shows a copy to people -->"


@dataclass(frozen=True)
class Kept:
    """One copy. `told` are the headers that the archive hands on, beside those that it gives itself."""

    url: str
    stamp: str
    body: bytes
    status: int
    mime: str
    digest: str
    is_revisit: bool
    told: tuple[tuple[str, str], ...] = ()

    def row(self, length: int) -> dict[str, str]:
        """Its line in a list."""
        mime, status = ("warc/revisit", "-") if self.is_revisit else (self.mime.partition(";")[0], str(self.status))
        told = (_key(self.url), self.stamp, self.url, mime, status, self.digest, str(length))
        return dict(zip(FIELDS, told, strict=True))


@dataclass
class PretendArchive:
    """See the module."""

    site: Website
    kind: SourceKind = SourceKind.WAYBACK
    copies: list[Kept] = field(default_factory=list)
    failures: deque[int | str] = field(default_factory=deque)
    most_rows: int = 150_000
    lists_all: bool = False
    """Whether every copy is listed as a page that it has, whatever it is."""
    respond: Callable[[BaseHTTPRequestHandler], None] | None = None
    """What answers instead, where a test says so."""

    def keep(
        self,
        url: str,
        stamp: str,
        body: bytes | str,
        status: int = 200,
        mime: str = "text/html; charset=utf-8",
        told: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Takes a copy. The same bytes again are a revisit."""
        data = body.encode() if isinstance(body, str) else body
        digest = b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()
        is_known = any(each.digest == digest and _key(each.url) == _key(url) for each in self.copies)
        self.copies.append(Kept(url, stamp, data, status, mime, digest, is_known, told))
        self.copies.sort(key=lambda each: (_key(each.url), each.stamp))

    def fail(self, kind: int | str, times: int = 1) -> None:
        """Orders how the next requests are answered."""
        self.failures.extend([kind] * times)

    def source(self) -> Source:
        """The archive as an owner names it."""
        return source_of(f"{self.kind}+{self.site.url('/' + COLLECTION if self.kind is SourceKind.PYWB else '')}")

    def give(self, request: BaseHTTPRequestHandler) -> None:
        """Answers as a test says, else as it does."""
        (self.respond or self.answer)(request)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answers any request."""
        if self.failures:
            _refuse(request, self.failures.popleft())
            return
        path, _, query = request.path.partition("?")
        above = f"/{COLLECTION}" if self.kind is SourceKind.PYWB else "/web"
        if path == ("/cdx/search/cdx" if self.kind is SourceKind.WAYBACK else f"{above}/cdx"):
            self._list(request, parse_qs(query))
        elif told := re.fullmatch(rf"{above}/timemap/link/(.+)", request.path):
            self._timemap(request, unquote(told[1]), above)
        elif told := re.fullmatch(rf"{above}/(\d{{1,14}})([a-z]{{2}}_)?/(.+)", request.path):
            self._copy(request, above, told[1], told[2] or "", unquote(told[3]))
        else:
            _say(request, 404)

    def _of(self, url: str) -> list[Kept]:
        return [each for each in self.copies if _key(each.url) == _key(url)]

    def _list(self, request: BaseHTTPRequestHandler, asked: dict[str, list[str]]) -> None:
        is_pywb = self.kind is SourceKind.PYWB
        rows = [each.row(len(each.body)) for each in self._of(asked["url"][0])]
        if self.lists_all:
            rows = [row | {"mimetype": "text/html", "statuscode": "200"} for row in rows]
        since, until = asked.get("from", [""])[0], asked.get("to", [""])[0].ljust(14, "9")
        rows = [row for row in rows if since <= row["timestamp"] <= until]
        for rule in asked.get("filter", []):
            rows = [row for row in rows if _keeps(rule, row, is_pywb=is_pywb)]
        if key := asked.get("resumeKey", [""])[0]:
            rows = [row for row in rows if row["timestamp"] > key.split()[-1].rstrip("!")]
        most = min(int(asked.get("limit", [str(self.most_rows)])[0]), self.most_rows)
        shown, more = rows[:most], rows[most:]
        names = asked.get("fl", [",".join(FIELDS)])[0].split(",")
        if is_pywb:
            lines = [{PYWB_NAMES.get(name, name): value for name, value in row.items()} for row in shown]
            body = "".join(json.dumps({name: line[name] for name in names}) + "\n" for line in lines)
        else:
            told: list[Any] = [names, *([row[name] for name in names] for row in shown)] if shown else []
            if more and asked.get("showResumeKey") == ["true"]:
                told += [[], [f"{shown[-1]['urlkey']} {shown[-1]['timestamp']}!"]]
            body = json.dumps(told)
        _say(request, 200, body.encode(), [("Content-Type", "text/x-ndjson" if is_pywb else "application/json")])

    def _timemap(self, request: BaseHTTPRequestHandler, url: str, above: str) -> None:
        found = self._of(url)
        if not found:
            _say(request, 404)
            return
        base = self.site.url(above)
        links = [f'<{url}>; rel="original"', f'<{base}/timemap/link/{url}>; rel="self"; type="application/link-format"']
        for number, each in enumerate(found):
            rel = "first memento" if number == 0 and self.kind is SourceKind.WAYBACK else "memento"
            links.append(f'<{base}/{each.stamp}/{each.url}>; rel="{rel}"; datetime="{_date(each.stamp)}"')
        _say(request, 200, (",\n".join(links) + ",\n").encode(), [("Content-Type", "application/link-format")])

    def _copy(self, request: BaseHTTPRequestHandler, above: str, stamp: str, modifier: str, url: str) -> None:
        found = self._of(url)
        if not found:
            _say(request, 404, b"<p>The archive has no copy of that page.</p>", [("Content-Type", "text/html")])
            return
        wanted = _at(stamp)
        nearest = min(found, key=lambda each: abs(_at(each.stamp) - wanted))
        if nearest.stamp != stamp:
            _say(request, 302, told=[("Location", f"{above}/{nearest.stamp}{modifier}/{nearest.url}")])
            return
        body = nearest.body if modifier == "id_" else BANNER + nearest.body
        own = [("Content-Type", nearest.mime), ("Memento-Datetime", _date(stamp))]
        _say(request, nearest.status, body, [*own, ("Link", f'<{nearest.url}>; rel="original"'), *nearest.told])


class _Always(dict[str, "Callable[[BaseHTTPRequestHandler], None]"]):
    """The answers of a website, of which an archive gives every one."""

    def __init__(self, answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
        super().__init__()
        self._answer = answer

    def __contains__(self, _path: object) -> bool:
        return True

    def __getitem__(self, _path: str) -> Callable[[BaseHTTPRequestHandler], None]:
        return self._answer


@contextmanager
def pretend_archive(kind: SourceKind = SourceKind.WAYBACK) -> Iterator[PretendArchive]:
    """An archive that runs while the block does, at `HOST`."""
    with website() as site:
        archive = PretendArchive(site, kind)
        site.answers = _Always(archive.give)
        yield archive


def archive_host(archive: PretendArchive) -> str:
    """The archive's host and port, as a setting would name it."""
    return f"{HOST}:{archive.site.port}"


def _refuse(request: BaseHTTPRequestHandler, kind: int | str) -> None:
    if kind == "refused":
        request.close_connection = True
    elif kind == "excluded":
        _say(request, 403, EXCLUDED.encode(), [("X-Archive-Wayback-Runtime-Error", EXCLUDED)])
    else:
        _say(request, int(kind), b"<h1>Not now</h1>", [("Content-Type", "text/html")])


def _say(
    request: BaseHTTPRequestHandler, status: int, body: bytes = b"", told: list[tuple[str, str]] | None = None
) -> None:
    request.send_response(status)
    for name, value in [*(told or []), ("Content-Length", str(len(body)))]:
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


def _keeps(rule: str, row: dict[str, str], *, is_pywb: bool) -> bool:
    """Whether a row passes a filter: of the Wayback Machine `[!]field:regex` for the whole field, of pywb a part of it unless
    it says `=`, and a regular expression after `~`."""
    plain = rule.removeprefix("!")
    mode = plain[0] if is_pywb and plain[0] in "=~" else ""
    name, _, wanted = plain.removeprefix(mode).partition(":")
    value = row[{new: old for old, new in PYWB_NAMES.items()}.get(name, name)]
    if is_pywb and mode != "~":
        holds = value == wanted if mode else wanted in value
    else:
        holds = re.fullmatch(wanted, value) is not None
    return holds != rule.startswith("!")


def _key(url: str) -> str:
    """What an archive knows an address by: neither scheme nor `www.` nor port."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}){parts.path.rstrip('/') or '/'}{query}".lower()


def _at(stamp: str) -> datetime:
    at = instant(stamp)
    assert at is not None
    return at


def _date(stamp: str) -> str:
    return http_date(_at(stamp))
