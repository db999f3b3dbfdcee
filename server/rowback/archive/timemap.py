"""TimeMaps: an archive's copies of one page, in link format or as JSON, a part at a time. Pure.

Source: RFC 7089, section 5, and RFC 6690, section 2, read as archives write them: `first` and `last` may be missing, unknown
attributes may stand anywhere, a comma may stand at the end and in quoted text. As JSON it is what MemGator and Rowback give.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import regex

from rowback.archive.cdx import EARLIEST, MAX_BYTES, MAX_ROWS
from rowback.errors import FetchFailed, TooLarge
from rowback.text.archived import copy_at
from rowback.text.received import MAX_DATE, http_date
from rowback.text.urls import MAX_URL_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ATTRIBUTES = 40  # of one link
_LINK = regex.compile(r"[\s,]*+<([^<>]*+)>")
_ATTRIBUTE = regex.compile(
    r"""\s*+;\s*+([\w.!#$&+^`|~*-]++)?+(?:\s*+=\s*+(?:"((?:[^"\\]|\\.)*+)"|([^\s;,"]*+)))?+""", regex.DOTALL
)
_ESCAPE = regex.compile(r"\\(.)", regex.DOTALL)
_MAX_ADDRESS = 2 * MAX_URL_LENGTH  # a copy's holds the page's


@dataclass(frozen=True, slots=True)
class Memento:
    """One copy and where it is given out."""

    seen_at: datetime
    url: str

    @property
    def original(self) -> str | None:
        """The address that was copied, where the copy's own address tells it."""
        found = copy_at(self.url)
        return None if found is None else found.original

    @property
    def raw_url(self) -> str:
        """Where the copy is given out as it came; its own address where that has no stamp to say so behind."""
        found = copy_at(self.url)
        return self.url if found is None else found.address("id_")


@dataclass(frozen=True, slots=True)
class MapPart:
    """A further TimeMap of the same page, and the time it is about, as far as that is told."""

    url: str
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TimeMap:
    """Copies in order of time, the page's own address where it is told, further parts, and how many links were left out."""

    original: str | None
    mementos: tuple[Memento, ...]
    parts: tuple[MapPart, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Link:
    url: str | None
    rel: frozenset[str]
    attributes: dict[str, str]


def read(body: bytes, url: str) -> TimeMap:
    """What an archive answered at an address, in either form. Raises `TooLarge`, and `FetchFailed` for what is no TimeMap."""
    if len(body) > MAX_BYTES:
        raise TooLarge(f"The archive's TimeMap has more than {MAX_BYTES // 1024 // 1024} MB.")
    text = body.decode("utf-8-sig", "replace").strip()
    if not text:
        return TimeMap(None, ())
    links = list(_in_json(text, url) if text.startswith("{") else _in_link_format(text, url))
    if not any(link.rel & {"original", "memento", "timemap", "self", "timegate"} for link in links):
        raise FetchFailed("The archive's answer cannot be read: it is no TimeMap.")
    return _gathered(links, url)


def _gathered(links: list[_Link], url: str) -> TimeMap:
    original, left_out = None, 0
    mementos, parts = dict[tuple[datetime, str], Memento](), dict[str, MapPart]()
    for link in links:
        if "memento" in link.rel:
            at = _instant(link)
            if at is None or link.url is None or at < EARLIEST or (at, link.url) in mementos:
                left_out += 1
            else:
                mementos[at, link.url] = Memento(at, link.url)
        elif "timemap" in link.rel and "self" not in link.rel and link.url not in (None, url):
            since, until = (_when(link.attributes.get(name)) for name in ("from", "until"))
            parts.setdefault(str(link.url), MapPart(str(link.url), since, until))
        elif "original" in link.rel:
            original = original or link.url
    itself = {link.url for link in links if "self" in link.rel}
    found = sorted(mementos.values(), key=lambda each: each.seen_at)
    return TimeMap(original, tuple(found), tuple(part for part in parts.values() if part.url not in itself), left_out)


def _instant(link: _Link) -> datetime | None:
    """When a copy was made: as it is said, else as its address has it."""
    if "datetime" in link.attributes:
        return _when(link.attributes["datetime"])
    found = copy_at(link.url) if link.url is not None else None
    return None if found is None else found.seen_at


def _when(told: str | None) -> datetime | None:
    """An instant as HTTP or RFC 3339 writes it; None for what is neither, or has no zone."""
    if told is None or len(told) > MAX_DATE:
        return None
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        return http_date(told)
    return at.astimezone(UTC) if at.tzinfo else None


def _in_link_format(text: str, base: str) -> Iterator[_Link]:
    """The links of a document, as far as it is one; each is bounded, and so is their number."""
    at = 0
    for _ in range(MAX_ROWS):
        found = _LINK.match(text, at)
        if found is None:
            at = text.find("<", at + 1)  # behind what is no link
            if at < 0:
                return
            continue
        at, attributes = found.end(), dict[str, str]()
        while (more := _ATTRIBUTE.match(text, at)) is not None:
            at = more.end()
            if more[1] and len(attributes) < MAX_ATTRIBUTES:
                value = _ESCAPE.sub(r"\1", more[2]) if more[2] is not None else more[3] or ""
                attributes.setdefault(more[1].lower(), value)  # RFC 8288, section 3.3: the first one counts
        yield _Link(_joined(base, found[1]), frozenset(attributes.get("rel", "").lower().split()), attributes)


def _in_json(text: str, base: str) -> Iterator[_Link]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FetchFailed("The archive's TimeMap cannot be read: its JSON is broken.") from error
    if isinstance(told.get("original_uri"), str):
        yield _Link(_joined(base, told["original_uri"]), frozenset({"original"}), {})
    if isinstance(told.get("self"), str):
        yield _Link(_joined(base, told["self"]), frozenset({"self"}), {})
    mementos = told.get("mementos")
    yield from _each(mementos.get("list") if isinstance(mementos, dict) else mementos, "memento", base)
    yield from _each(told.get("timemap_index") or told.get("pages"), "timemap", base)


def _each(items: Any, rel: str, base: str) -> Iterator[_Link]:
    for item in items[:MAX_ROWS] if isinstance(items, list) else ():
        told = {name: value for name, value in item.items() if isinstance(value, str)} if isinstance(item, dict) else {}
        yield _Link(_joined(base, told["uri"]) if "uri" in told else None, frozenset({rel}), told)


def _joined(base: str, told: str) -> str | None:
    """An address on the web that may be relative; None for anything else."""
    if len(told) > _MAX_ADDRESS:
        return None
    try:
        found = urljoin(base, told.strip())
    except ValueError:
        return None
    return found if found.lower().startswith(("http://", "https://")) else None
