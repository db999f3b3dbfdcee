"""diffengine's SQLite file, and those of its kind that other studies of news keep: one row a version.

Its times are UTC without saying so, its texts `<p>…</p>` joined, its titles the pages' own with the site's name behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree, html

from rowback.archive import site_names
from rowback.archive.held import Cause, HeldAt, HeldKind, HeldText, Unread
from rowback.archive.told_times import instant_of
from rowback.errors import BadInput
from rowback.model import BLOCK_KINDS
from rowback.store.foreign import ROW, BrokenRow, ForeignTable, rows, table_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rowback.archive.held import Glance, Held, Wanted
    from rowback.store.foreign import ForeignRow

VERSIONS = ForeignTable("entryversion", "id", ("title", "url", "summary", "created"))
_TITLES = ForeignTable("entryversion", "id", ("title", "url"))
_FEEDS = ForeignTable("feed", ROW, ("name",))


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """The versions in the file. Raises `BadInput` for another file."""
    cut = _tails(path)
    for row in rows(path, VERSIONS):
        place = HeldAt(path.name, row.key)
        if isinstance(row, BrokenRow):
            yield Unread(place, Cause.DAMAGED, row.detail)
        elif wanted.is_url(row.text("url")):
            yield _held(row, place, cut, wanted)
    wanted.passed(path.stat().st_size)


def _held(row: ForeignRow, place: HeldAt, cut: Mapping[str, frozenset[str]], wanted: Wanted) -> Held:
    url = row.text("url")
    try:
        seen_at = instant_of(row.values["created"], wanted.zone_or())
    except BadInput as error:
        return Unread(place, Cause.NO_TIME, str(error))
    title = site_names.without(row.text("title").strip(), cut.get(_host(url), frozenset()))
    return HeldText(place, url, seen_at, title, blocks_of(row.text("summary")))


def blocks_of(summary: str) -> tuple[tuple[str, str], ...]:
    """The blocks in a piece of HTML; the lines of a text that is none."""
    if not summary.strip():
        return ()
    try:
        top = html.fragment_fromstring(summary.replace("\0", ""), create_parent="div")
    except (etree.ParserError, ValueError):
        return ()
    inmost = (node for node in top.iter(*BLOCK_KINDS) if next(node.iterdescendants(*BLOCK_KINDS), None) is None)
    found = [(str(node.tag), " ".join(node.text_content().split())) for node in inmost]
    return tuple(found) or tuple(
        ("p", " ".join(line.split())) for line in top.text_content().splitlines() if line.strip()
    )


def _tails(path: Path) -> Mapping[str, frozenset[str]]:
    """The sites' names behind the titles: of each address one title is looked at."""
    found = {
        row.text("url"): row.text("title").strip() for row in rows(path, _TITLES) if not isinstance(row, BrokenRow)
    }
    names = [row.text("name") for row in _named(path)]
    return site_names.tails(((_host(url), title) for url, title in found.items()), names)


def _named(path: Path) -> Iterator[ForeignRow]:
    if "feed" in table_names(path):
        yield from (row for row in rows(path, _FEEDS) if not isinstance(row, BrokenRow))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _fits(glance: Glance) -> bool:
    return "entryversion" in glance.tables


_TIMES = "Times that say no zone are taken for UTC, as diffengine writes them; --zone says another."
KIND = HeldKind("diffengine", "diffengine", _fits, read, _TIMES)
