"""Web archives: where each lists and gives out its copies, how often it may be asked, and what its refusals mean. Pure.

The presets are known by name; any other archive is told as `KIND+URL`. How often comes from the archives' own word:
web.archive.org allows 30 lists and 600 copies a minute and shuts out for hours whoever goes on after a 429; Arquivo.pt
allows 250 and 400, and shuts out for good.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from rowback.capture.pacing import ARCHIVE_ERROR, MAX_PAUSE_S, SHUT_OUT
from rowback.errors import BadInput, BadURL
from rowback.text.archived import stamp_of
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

LIST_ROWS = 2_000  # asked for at once; an article has some dozens, and a body of them is some 300 kB
BUSY_S = 60.0  # after a 429, at least: web.archive.org counts by the minute and says no Retry-After
REFUSED_S = 3_600.0  # after a refused connection, twice as long each time: so long is who asked too much kept out
TROUBLED_S = 900.0  # after an error of the archive's own, twice as long each time
HEADERS = {"Accept-Encoding": "gzip, deflate"}
"""To ask archives with: they hand on what came to them, and of brotli a body cannot tell that it is packed."""
_READ_OF_BODY = 20_000  # bytes: pages of errors are small
_KEPT = "%/:?#[]@!$&'()*+,;=~"  # RFC 3986, section 2: what an address within an address keeps


class SourceKind(StrEnum):
    """What a source is like."""

    WAYBACK = "wayback"
    """web.archive.org: a CDX server with rows as arrays, copies below `/web/`."""
    PYWB = "pywb"
    """A collection of pywb: a CDX server with rows as objects, copies below the collection."""
    MEMENTO = "memento"
    """Anything that has TimeMaps (RFC 7089)."""
    ROWBACK = "rowback"
    """Another backend of ours."""


@dataclass(frozen=True, slots=True)
class Source:
    """One archive. `list_at` is where copies are listed: a CDX server, the beginning of every TimeMap's address, or a
    backend; `copy_at` what every copy's address begins with before its stamp, empty where a list tells whole addresses, and
    `view_at` the same of what people look at. The gaps are seconds between two requests."""

    name: str
    title: str
    kind: SourceKind
    list_at: str
    copy_at: str = ""
    view_at: str = ""
    list_gap_s: float = 1.0
    copy_gap_s: float = 1.0

    def list_url(self, url: str, *, since: datetime | None = None, resume: str = "") -> str:
        """Where copies of an address are listed; of a CDX server those since an instant, or what comes after another list."""
        if self.kind is SourceKind.MEMENTO:
            return f"{self.list_at}{quote(url, safe=_KEPT)}"
        if self.kind is SourceKind.ROWBACK:
            return f"{self.list_at}/api/v1/edits?{urlencode({'url': url})}"
        told = {"url": url, "output": "json", "limit": str(LIST_ROWS)}
        told |= {"fl": "timestamp,original,mimetype,statuscode,digest,length", "filter": "!statuscode:[345].."}
        if self.kind is SourceKind.PYWB:
            told |= {"fl": "timestamp,url,mime,status,digest,length", "filter": "!~status:[345].."}
        else:
            told |= {"showResumeKey": "true"}
        if since is not None:
            told["from"] = stamp_of(since)
        if resume:
            told["resumeKey"] = resume
        return f"{self.list_at}?{urlencode(told)}"

    def copy_url(self, seen_at: datetime, original: str) -> str:
        """Where a copy is given out as it came to the archive."""
        return f"{self.copy_at}{stamp_of(seen_at)}id_/{quote(original, safe=_KEPT)}"

    def view_url(self, seen_at: datetime, original: str) -> str:
        """Where people look at a copy."""
        return f"{self.view_at or self.copy_at}{stamp_of(seen_at)}/{quote(original, safe=_KEPT)}"


WAYBACK = Source(
    "wayback",
    "Wayback Machine",
    SourceKind.WAYBACK,
    "https://web.archive.org/cdx/search/cdx",
    "https://web.archive.org/web/",
    list_gap_s=2.5,  # 24 a minute of 30
    copy_gap_s=1.0,  # 60 a minute of 600
)
ARQUIVO = Source(
    "arquivo",
    "Arquivo.pt",
    SourceKind.PYWB,
    "https://arquivo.pt/wayback/cdx",
    "https://arquivo.pt/noFrame/replay/",
    "https://arquivo.pt/wayback/",
    list_gap_s=1.0,  # 60 a minute of 250
    copy_gap_s=1.0,  # 60 a minute of 400
)
PRESETS = {source.name: source for source in (WAYBACK, ARQUIVO)}


def source_of(told: str) -> Source:
    """The archive that an owner names: a preset, or `KIND+URL`. Raises `BadInput`, saying what is wrong."""
    told = told.strip()
    kind, plus, url = told.partition("+")
    if not plus:
        if found := PRESETS.get(told.lower()):
            return found
        raise BadInput(f"{told[:80]!r} is no archive known by name: {_ways()}")
    if kind.lower() not in set(SourceKind):
        raise BadInput(f"{kind[:80]!r} is no kind of archive: {_ways()}")
    return _built(SourceKind(kind.lower()), _checked(url))


def _ways() -> str:
    return f"say {', '.join(PRESETS)}, or one of {', '.join(f'{kind}+URL' for kind in SourceKind)}."


def _checked(url: str) -> str:
    """The address of an archive, with a scheme and a host in normal form."""
    try:
        identify(url)
        parts = urlsplit(url.strip())
    except (BadURL, ValueError) as error:
        raise BadInput(f"An archive's address begins with http:// or https:// and names a host. {error}") from error
    if parts.username is not None or parts.password is not None:
        raise BadInput("An archive's address has no user and no password: it is shown to readers.")
    if parts.query or parts.fragment or "?" in url or "#" in url:
        raise BadInput("An archive's address ends before any ? and #: what is asked is put behind it.")
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}{parts.path}"


def _built(kind: SourceKind, url: str) -> Source:
    built = _of_kind(kind, url)
    at = identify(built.list_at).host
    known = [each for each in PRESETS.values() if identify(each.list_at).host == at]
    # Whatever a known archive is called, it counts what it is asked for.
    return replace(built, list_gap_s=known[0].list_gap_s, copy_gap_s=known[0].copy_gap_s) if known else built


def _of_kind(kind: SourceKind, url: str) -> Source:
    base, host = url.rstrip("/"), urlsplit(url).netloc
    if kind is SourceKind.WAYBACK:
        return Source(host, host, kind, f"{base}/cdx/search/cdx", f"{base}/web/")
    if kind is SourceKind.PYWB:
        return Source(host, host, kind, f"{base}/cdx", f"{base}/")
    if kind is SourceKind.MEMENTO:
        return Source(host, host, kind, f"{base}/")
    return Source(host, host, kind, base, list_gap_s=1.0, copy_gap_s=0.5)  # small texts, and no crowd that asks


class NoCopy(StrEnum):
    """Why an archive gave nothing."""

    EXCLUDED = "excluded"
    """It shows no copies of this publisher."""
    MISSING = "missing"
    """It has no such list or copy."""
    BUSY = "busy"
    """We asked too often."""
    REFUSED = "refused"
    """It does not take our connections: we asked too often for long."""
    TROUBLED = "troubled"
    """Its own trouble."""


def refusal(status: int | None, headers: Mapping[str, str], body: bytes = b"") -> NoCopy | None:
    """What an answer other than a list or a copy means, None for one of these. `status` is None where the connection was
    refused; `headers` have names in lower case.

    A copy says when it was made (`Memento-Datetime`): what status it has, and what it says of errors, is the publisher's.
    """
    if status is None:
        return NoCopy.REFUSED
    if "memento-datetime" in headers:
        return None if status == 200 else NoCopy.MISSING
    if SHUT_OUT in headers.get(ARCHIVE_ERROR, "") or SHUT_OUT.encode() in body[:_READ_OF_BODY]:
        return NoCopy.EXCLUDED
    if status in (200, 304):
        return None
    if status in (403, 429):
        return NoCopy.BUSY
    return NoCopy.MISSING if status in (404, 410, 451) else NoCopy.TROUBLED


def pause(found: NoCopy, times: int, retry_after_s: float | None = None) -> timedelta:
    """How long the whole archive is left alone after a refusal, with `times` of its kind before in a row. None of it where
    only one publisher or copy is meant."""
    if found in (NoCopy.EXCLUDED, NoCopy.MISSING):
        return timedelta(0)
    first = {NoCopy.BUSY: BUSY_S, NoCopy.REFUSED: REFUSED_S}.get(found, TROUBLED_S)
    own_s = first * 2 ** min(max(times, 0), 20)
    return timedelta(seconds=min(max(own_s, retry_after_s or 0.0), MAX_PAUSE_S))
