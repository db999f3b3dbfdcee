"""Which of our own feeds an address names, whatever its host and its format; and secret addresses of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

import regex

from rowback.errors import BadInput, UnknownArticle
from rowback.store.audience import OWNER
from rowback.text.query import MAX_QUERY_CHARACTERS, parse
from rowback.text.tongue import gettext, marked
from rowback.web.guard.one_time import KEYED_FEED

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store import Store

MAX_ADDRESS = 8_192  # characters: the longest search, escaped
_PATH = regex.compile(
    r"(?:/(?P<everything>)|/sources/(?P<source>[^/]+)/|/labels/(?P<label>[^/]+)/|/articles/(?P<article>[0-9]{1,18})/"
    r"|/(?P<search>search)/|/searches/(?P<saved>[^/]+)/)feed(?:\.(?:atom|rss|json))?"
)


class FeedOf(StrEnum):
    """What a feed is of."""

    EVERYTHING = "everything"
    SOURCE = "source"
    LABEL = "label"
    ARTICLE = "article"
    SEARCH = "search"
    SAVED = "saved"


_SAID = {
    FeedOf.EVERYTHING: marked("all edits"),
    FeedOf.SOURCE: marked("source %(value)s"),
    FeedOf.LABEL: marked("label %(value)s"),
    FeedOf.ARTICLE: marked("article %(value)s"),
    FeedOf.SEARCH: marked("search %(value)s"),
    FeedOf.SAVED: marked("saved search %(value)s"),
}


@dataclass(frozen=True, slots=True)
class FeedName:
    """A feed: of which source, label, article (its id), search (its words) or saved search (its name)."""

    kind: FeedOf
    value: str = ""

    @property
    def path(self) -> str:
        """The path of its address, without the format."""
        value = quote(self.value, safe="")
        return {
            FeedOf.EVERYTHING: "/feed",
            FeedOf.SOURCE: f"/sources/{value}/feed",
            FeedOf.LABEL: f"/labels/{value}/feed",
            FeedOf.ARTICLE: f"/articles/{value}/feed",
            FeedOf.SEARCH: "/search/feed",
            FeedOf.SAVED: f"/searches/{value}/feed",
        }[self.kind]

    @property
    def query(self) -> str:
        """The query of its address."""
        return urlencode({"q": self.value}) if self.kind is FeedOf.SEARCH else ""

    @property
    def address(self) -> str:
        """Path and query, by which it is kept."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def page(self) -> str:
        """The page of what it is a feed of."""
        return {
            FeedOf.EVERYTHING: "/",
            FeedOf.SOURCE: f"/?{urlencode({'source': self.value})}",
            FeedOf.LABEL: f"/?{urlencode({'label': self.value})}",
            FeedOf.ARTICLE: f"/articles/{self.value}",
            FeedOf.SEARCH: f"/search?{urlencode({'q': self.value})}",
            FeedOf.SAVED: f"/searches/{quote(self.value, safe='')}",
        }[self.kind]

    def __str__(self) -> str:
        return gettext(_SAID[self.kind], value=self.value)


def named(address: str, root: str = "") -> FeedName:
    """The feed that an address names; `root` is the path below which the backend lies. Raises `BadInput`."""
    try:
        parts = urlsplit(address.strip()[:MAX_ADDRESS])
    except ValueError:
        parts = urlsplit("")
    found = _PATH.fullmatch(parts.path.removeprefix(root))
    if found is None or len(address) > MAX_ADDRESS:
        raise BadInput("That is no address of a feed of this backend: write /feed, or copy a feed's link from a page.")
    kind, value = next((FeedOf(name), value) for name, value in found.groupdict().items() if value is not None)
    if kind is FeedOf.SEARCH:
        value = " ".join(parse_qs(parts.query).get("q", [""])[:1]).strip()
        if not value:
            raise BadInput("A search's feed has its words in the address: /search/feed?q=bridge.")
    return FeedName(kind, str(int(value)) if kind is FeedOf.ARTICLE else unquote(value))


def new_address(store: Store, address: str, at: datetime, root: str = "") -> tuple[FeedName, str]:
    """Makes a secret address of the feed that an address names: what it opens, and its path. Raises `BadInput`,
    `UnknownArticle`, `NotFound` for a search that the owner, whose these addresses are, has not saved."""
    which, article_id = named(address, root), None
    if len(which.value) > MAX_QUERY_CHARACTERS:
        raise BadInput(f"A search has at most {MAX_QUERY_CHARACTERS} characters.")
    if which.kind is FeedOf.SEARCH:
        parse(which.value)
    if which.kind is FeedOf.SAVED:
        store.searches.named(OWNER, which.value)
    if which.kind is FeedOf.ARTICLE:
        article_id = store.articles.kept_id(int(which.value))
        if store.articles.get(article_id) is None:
            raise UnknownArticle(f"There is no article {which.value}.")
    return which, f"{KEYED_FEED}{store.feed_addresses.new(which.address, at, article_id)}.atom"
