"""What a foreign collection holds, as values, and how one is read.

A reader knows one kind of file or folder and yields what is in it, one record at a time. It extracts nothing: `capture_of`
does, in whatever process, and what a page is taken for is the store's to say. Each kind is one module with a `KIND`; which of
them a file is, `detect.py` tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from rowback.capture.captures import from_blocks, from_html
from rowback.errors import BadURL
from rowback.model import Capture, Origin
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime, tzinfo
    from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class HeldAt:
    """Where in a collection something stands: in which of its files, and the byte, row or record there, as it counts."""

    name: str
    at: int = 0

    def __str__(self) -> str:
        return f"{self.name}:{self.at}"


class Cause(StrEnum):
    """Why something is left out."""

    DAMAGED = "damaged"
    TOO_LARGE = "too-large"
    NO_BODY = "no-body"
    """It is told of, but its text is not kept there."""
    NO_ADDRESS = "no-address"
    NO_TIME = "no-time"
    NOT_READ = "not-read"
    """A kind of file, or a way to pack it, that is not read."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be read, and why: a full sentence for a person."""

    place: HeldAt
    cause: Cause
    detail: str


@dataclass(frozen=True, slots=True)
class HeldPage:
    """A page as it came: unpacked, and bytes unless the character set was told beside it.

    `marks` are what a later record names it by that only says that the same came again.
    """

    place: HeldAt
    url: str
    seen_at: datetime
    html: bytes | str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldText:
    """A text that was read out of its page by others: (kind, text) pairs. With `is_reread` it is what newer rules read there
    later, and replaces what an earlier import brought of the same address and instant: no edit of the publisher's."""

    place: HeldAt
    url: str
    seen_at: datetime
    title: str
    blocks: tuple[tuple[str, str], ...]
    is_reread: bool = False


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """A record that says without a body that a page came again: the page with one of these marks, the surest first."""

    place: HeldAt
    url: str
    seen_at: datetime
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldLead:
    """An address that leads to another for good, as its own host said."""

    place: HeldAt
    url: str
    to: str


Held: TypeAlias = HeldPage | HeldText | SeenAgain | HeldLead | Unread | Capture


def _any(_url: str) -> bool:
    return True


def _untold(_count: int) -> None:
    return


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a collection is wanted. `is_url` is asked before a body is read; `zone` is the one of times that say none, None
    for that of the kind; `passed` is told how many bytes of the collection's files lie behind. With `is_all` also what a
    collection holds beside the pages that it says were visited."""

    is_url: Callable[[str], bool] = _any
    zone: tzinfo | None = None
    is_all: bool = False
    passed: Callable[[int], object] = _untold

    def zone_or(self, own: tzinfo = UTC) -> tzinfo:
        """The zone of a kind's naive times."""
        return self.zone or own


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Glance:
    """The first look at a file or folder. `begin` are the first bytes, unpacked where they are gzip; `names` what a folder or
    zip holds; `tables` those of a SQLite file."""

    path: Path
    begin: bytes = b""
    names: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.path.is_dir()


@dataclass(frozen=True, slots=True)
class HeldKind:
    """A kind of collection: its `name` for commands, its `title` for people, whether a glance looks like it, and its reader.
    `zoneless` says how times in it that say no zone are read, where it has such; a `is_crawl` holds whatever was visited.

    Readers raise `BadInput` where nothing at all can be read; what fails within is told and passed over.
    """

    name: str
    title: str
    fits: Callable[[Glance], bool]
    read: Callable[[Path, Wanted], Iterator[Held]]
    zoneless: str = ""
    is_crawl: bool = False


def capture_of(held: HeldPage | HeldText) -> Capture:
    """The capture in a page or text of a collection. Raises what `from_html` and `from_blocks` raise."""
    if isinstance(held, HeldPage):
        return from_html(held.url, held.html, held.seen_at, Origin.IMPORT)
    return from_blocks(held.url, held.title, held.blocks, held.seen_at, Origin.IMPORT)


def paragraphs(text: str) -> tuple[tuple[str, str], ...]:
    """The lines of a text that peers keep one paragraph a line, as blocks."""
    return tuple(("p", line.strip()) for line in text.splitlines() if line.strip())


def key_of(url: str) -> str:
    """What two addresses of one page have in common; the address itself where it is none."""
    try:
        return identify(url).key
    except BadURL:
        return url
