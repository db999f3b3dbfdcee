"""By which feeds the site of a page is followed, and what is stored of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rowback.store.feeds import FeedKind, Feeds
from rowback.store.instants import from_text
from rowback.text.urls import identify, identify_asked, site_of

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.feeds import Feed

MAX_COUNTED = 10_000  # articles of a site, the newest: what is told of them is to come at once
# Of a feed that lies elsewhere it is asked whose its latest finds are: a reader's own mixture is no site's feed.
LATEST_FINDS = 20
_ARTICLES = (
    "select count(*), count(*) filter (where version_count > 1) from (select version_count from articles "
    "where source = ? and listed = 1 and hidden_reason is null order by id desc limit ?)"
)
_NEWEST = (
    "select title, first_seen_at from articles where source = ? and listed = 1 and hidden_reason is null "
    "order by id desc limit 1"
)
_HOSTS = "select host from finds where feed_id = ? order by rowid desc limit ?"


@dataclass(frozen=True, slots=True)
class Newest:
    """The listed article of a site that was stored last."""

    title: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class FollowedSite:
    """A site: its `feeds`, oldest first, empty where it is not followed; how many of its articles are listed and
    how many of them were edited, at most `MAX_COUNTED`; and the newest."""

    source: str
    feeds: tuple[Feed, ...]
    articles: int
    edited: int
    newest: Newest | None


@dataclass(frozen=True, slots=True)
class SitePart:
    """A site, or a section of it by the beginning of its paths, that is followed; `section` is empty for all of a site."""

    source: str
    section: str


class FollowedSites:
    """The sites of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._feeds = Feeds(connection)

    def all(self) -> list[SitePart]:
        """What is followed, each once, by name."""
        feeds = self._feeds.all()
        with self._connection.read() as db:
            found = {part for each in feeds for part in _parts(db, each)}
        return sorted(found, key=lambda part: (part.source, part.section))

    def site(self, url: str) -> FollowedSite:
        """What is known of the site of a page. Raises `BadURL`."""
        page = identify_asked(url)
        source, path = site_of(page.host), urlsplit(page.link).path
        feeds = self._feeds.all()
        with self._connection.read() as db:
            own = tuple(each for each in feeds if any(_has(part, source, path) for part in _parts(db, each)))
            count, edited = db.execute(_ARTICLES, [source, MAX_COUNTED]).fetchone()
            row = db.execute(_NEWEST, [source]).fetchone()
        newest = None if row is None else Newest(row[0], from_text(row[1]))
        return FollowedSite(source, own, count, edited, newest)


def _parts(db: Db, feed: Feed) -> list[SitePart]:
    """What a feed brings: its own site, of which the front of a section is that section alone; and the site that most of its
    latest finds are on, which is another one where a service keeps the feed."""
    own = site_of(identify(feed.url).host)
    is_page = feed.kind in (FeedKind.FRONT, FeedKind.SITE)
    parts = [SitePart(own, urlsplit(feed.url).path.rstrip("/") if is_page else "")]
    hosts = Counter(site_of(host) for (host,) in db.execute(_HOSTS, [feed.id, LATEST_FINDS]).fetchall())
    for other, times in hosts.most_common(1):
        if other != own and 2 * times > hosts.total():
            parts.append(SitePart(other, ""))
    return parts


def _has(part: SitePart, source: str, path: str) -> bool:
    return part.source == source and (path == part.section or path.startswith(f"{part.section}/"))
