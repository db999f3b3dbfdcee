"""The outlets that a reader can begin with, and the packs they are offered in: data, told by `server/docs/outlets.md`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rowback.store.feeds import FeedKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RULE = "https://github.com/rowback/rowback/blob/main/server/docs/outlets.md"  # how the list was made
_BETWEEN = "|"  # the names of a pack's outlets
_KINDS = {"rss": FeedKind.FEED, "atom": FeedKind.FEED, "news-sitemap": FeedKind.SITEMAP}


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes news, and the feed that names it. `country` is ISO 3166-1 (XK for Kosovo), `language` BCP 47; `lists` is
    how many public lists have this very address, `seen` the year of the newest one that is dated."""

    name: str
    country: str
    language: str
    site: str
    feed_url: str
    kind: FeedKind
    lists: int
    seen: int | None


@dataclass(frozen=True, slots=True)
class Pack:
    """Some outlets that are offered together. `name` is in `language`; `languages` are those of the readers to whom it is
    shown first; `outlets` are names, in alphabetical order."""

    id: str
    name: str
    language: str
    languages: tuple[str, ...]
    outlets: tuple[str, ...]


@cache
def all_outlets() -> tuple[Outlet, ...]:
    """Every outlet, by country, language and name."""
    return tuple(
        Outlet(
            row["name"],
            row["country"],
            row["language"],
            row["site"],
            row["feed_url"],
            _KINDS[row["kind"]],
            int(row["lists"]),
            int(row["seen"]) if row["seen"] else None,
        )
        for row in _rows("outlets.tsv")
    )


@cache
def all_packs() -> tuple[Pack, ...]:
    """Every pack, in the order of the file."""
    return tuple(
        Pack(
            row["id"],
            row["name"],
            row["language"],
            tuple(row["languages"].split()),
            tuple(sorted(row["outlets"].split(_BETWEEN), key=str.casefold)),
        )
        for row in _rows("packs.tsv")
    )


def chosen(outlets: Iterable[Outlet], language: str = "", country: str = "") -> list[Outlet]:
    """Those in a language, with whatever comes after it in their tag, and of a country; either may be empty for any."""
    return [
        each
        for each in outlets
        if (not language or speaks(each.language, language)) and (not country or each.country == country.upper())
    ]


def speaks(tag: str, language: str) -> bool:
    """Whether a language tag falls in a range (RFC 4647, basic filtering): `pt-BR` does in `pt`."""
    return f"{tag.lower()}-".startswith(f"{language.lower()}-")


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("rowback.capture") / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
