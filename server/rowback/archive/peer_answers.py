"""What another backend answers: the list of an article's versions, and one of them with its text. Nothing is asked here.

It is believed as little as any page: sizes and instants are bounded, what does not fit is left out or refused, and what is
not known is passed over, so that newer backends are read as well. Source: version 1 of our own API, `docs/api.md`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from rowback.archive.cdx import EARLIEST
from rowback.clock import parse_instant
from rowback.errors import BadInput, FetchFailed, TooLarge, UnfitSource
from rowback.model import Attribution, Origin
from rowback.text.largest import MAX_BLOCKS
from rowback.text.plain import line
from rowback.text.web_links import is_web_link

if TYPE_CHECKING:
    from datetime import datetime

MAX_BYTES = 4 * 1024 * 1024  # of an answer: one about edits has no more, and a version's text far less
MAX_VERSIONS = 10_000  # of an article that are looked at
_MAX_NUMBER = 2**53  # what every program that writes JSON can count to


@dataclass(frozen=True, slots=True)
class PeerVersion:
    """A version as a list names it."""

    number: int
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class PeerList:
    """An article as another backend knows it, by its address and its id there, and its versions in order of time. Those that
    yet another backend brought there are left out: they come from where they were seen, or from here."""

    url: str
    article_id: int
    versions: tuple[PeerVersion, ...]


@dataclass(frozen=True, slots=True)
class PeerText:
    """A version of an address with its text: (kind, text) pairs, not checked yet. `reading` numbers the rules that read it;
    `memento` is the archive's copy that it was read from there; `is_reading`: a reader's browser brought it there."""

    url: str
    seen_at: datetime
    last_seen_at: datetime
    title: str
    blocks: tuple[tuple[str, str], ...]
    reading: int | None = None
    memento: Attribution | None = None
    is_reading: bool = False


def read_list(body: bytes, latest: datetime) -> PeerList:
    """The versions in an answer about edits, none of them later than `latest`. Raises `UnfitSource` for what is no such
    answer, and `FetchFailed` where none of the versions can be read."""
    told = _object(body)
    article, rows = told.get("article"), told.get("versions")
    if not isinstance(article, dict) or not isinstance(rows, list):
        raise UnfitSource("What answers there is no Rowback: its answer has no `article` and `versions`.")
    url, article_id = article.get("url"), article.get("id")
    if not isinstance(url, str) or not _is_number(article_id):
        raise UnfitSource("What answers there is no Rowback: its `article` has no `url` and `id`.")
    own = [row for row in rows[:MAX_VERSIONS] if not _is_from_a_peer(row)]
    found = {version.seen_at: version for row in reversed(own) if (version := _version(row, latest)) is not None}
    if own and not found:
        raise FetchFailed("None of the versions that are listed there can be read: they have no number or no instant.")
    return PeerList(url, int(article_id or 0), tuple(found[at] for at in sorted(found)))


def read_text(body: bytes, latest: datetime) -> PeerText:
    """The version in an answer. Raises `UnfitSource` for what is no such answer, `BadInput` for a version that cannot be
    taken."""
    answer = _object(body)
    article, told = answer.get("article"), answer.get("version")
    if not isinstance(article, dict) or not isinstance(told, dict):
        raise UnfitSource("What answers there is no Rowback: its answer has no `article` and `version`.")
    url, title, blocks = article.get("url"), told.get("title"), told.get("blocks")
    if not (isinstance(url, str) and isinstance(title, str) and isinstance(blocks, list)) or "seen_at" not in told:
        raise UnfitSource("What answers there is no Rowback: its version has no `seen_at`, `title` and `blocks`.")
    if len(blocks) > MAX_BLOCKS:
        raise TooLarge(f"An article may have {MAX_BLOCKS} blocks.")
    first = _instant(told.get("seen_at"), latest)
    last = _instant(told.get("last_seen_at", told.get("seen_at")), latest)
    reading = told.get("reading")
    return PeerText(
        url,
        first,
        max(first, last),
        title,
        tuple(map(_block, blocks)),
        reading if _is_number(reading) else None,
        _memento(told.get("memento")),
        told.get("origin") == Origin.BROWSER.value,
    )


def _object(body: bytes) -> dict[str, Any]:
    if len(body) > MAX_BYTES:
        raise TooLarge(f"The answer has more than {MAX_BYTES // 1024 // 1024} MB.")
    try:
        told = json.loads(body.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:  # also for bytes that are no UTF-8, and numbers that are too long
        raise UnfitSource("What answers there is no Rowback: its answer is no JSON.") from error
    if not isinstance(told, dict):
        raise UnfitSource("What answers there is no Rowback: its answer is no JSON object.")
    return told


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _is_from_a_peer(row: object) -> bool:
    return isinstance(row, dict) and row.get("origin") == Origin.ROWBACK.value


def _version(row: object, latest: datetime) -> PeerVersion | None:
    if not isinstance(row, dict) or not _is_number(row.get("version")):
        return None
    try:
        return PeerVersion(int(row["version"]), _instant(row.get("seen_at"), latest))
    except BadInput:
        return None


def _is_number(found: Any) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and 0 <= found < _MAX_NUMBER


def _instant(found: object, latest: datetime) -> datetime:
    if not isinstance(found, str):
        raise BadInput("An instant is told as text.")
    at = parse_instant(found)
    if not EARLIEST <= at <= latest:
        raise BadInput(f"{found[:40]!r} lies before the first web page, or in the future.")
    return at


def _block(found: object) -> tuple[str, str]:
    if not (isinstance(found, dict) and isinstance(found.get("kind"), str) and isinstance(found.get("text"), str)):
        raise BadInput('Each of `blocks` must be {"kind": "p", "text": "…"}.')
    return found["kind"], found["text"]


def _memento(found: object) -> Attribution | None:
    """The copy that a version was read from, where its archive has a name and an address that a browser may follow."""
    if not isinstance(found, dict):
        return None
    name, href = found.get("archive"), found.get("href")
    if not (isinstance(name, str) and line(name) and isinstance(href, str) and is_web_link(href)):
        return None
    return Attribution(line(name), href)
