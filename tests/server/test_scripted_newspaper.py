"""A newspaper on this machine that speaks every dialect of feeds and sitemaps, and a poller that reads it three times.

Each dialect names a story of its own, a second one later, and one that all of them name.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.model import Status
from rowback.store.feeds import FeedKind
from rowback.store.work import Outcome

from .samples import PARAGRAPHS, page
from .test_poller import Newsroom, newsroom

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from http.server import BaseHTTPRequestHandler

__all__ = ["newsroom"]
DECLARED = "<?xml version='1.0' encoding='{}'?>"
SM, ATOM = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/2005/Atom"


def _rss(links: Sequence[str], at: datetime, item: str = "<link>{link}</link>", before: str = "") -> str:
    items = "".join(
        f"<item><title>A story</title>{item.format(link=link, at=at, seconds=int(at.timestamp()))}</item>"
        for link in links
    )
    return f"{before}<rss version='2.0'><channel><title>Echo</title>{items}</channel></rss>"


def _sitemap(links: Sequence[str], entry: str, root: str = f"urlset xmlns='{SM}'") -> str:
    urls = "".join(entry.format(link=link) for link in links)
    return f"<{root}>{urls}</{root.partition(' ')[0]}>"


def _prefixed_atom(links: Sequence[str], _: datetime) -> str:
    entries = "".join(f"<a:entry><a:link rel='self' href='/self'/><a:link href='{link}'/></a:entry>" for link in links)
    return f"<!-- {'rss ' * 2_000}--><a:feed xmlns:a='{ATOM}'><a:title>Echo</a:title>{entries}</a:feed>"


def _nested(links: Sequence[str], _: datetime) -> str:
    return f"<urlset xmlns='{SM}'>" + _sitemap(links, "<url><loc>{link}</loc></url>") + "</urlset>"


def _pictures(links: Sequence[str], _: datetime) -> str:
    picture = "<image:image xmlns:image='i'><image:loc>http://news.example/p.jpg</image:loc></image:image>"
    return _sitemap(links, f"<url>{picture}<loc>\n <![CDATA[{{link}}]]> </loc></url>")


def _json(links: Sequence[str], at: datetime) -> str:
    ways = [{"external_url": link, "id": str(n)} if n % 2 else {"id": link} for n, link in enumerate(links)]
    items = [way | {"date_published": int(at.timestamp())} for way in ways]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Echo", "items": items})


def _rdf(links: Sequence[str], _: datetime) -> str:
    items = "".join(f"<item r:about='{link}'><title>A story</title></item>" for link in links)
    return (
        f"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>{items}</r:RDF>"
    )


def _dated(date: str) -> Callable[[Sequence[str], datetime], str]:
    return lambda links, at: _rss(links, at, f"<link>{{link}}</link><pubDate>{date}</pubDate>")


# A path, what is there for links and the time of day, how it is written down, and as what it is followed.
DIALECTS: dict[str, tuple[Callable[[Sequence[str], datetime], str], str, FeedKind]] = {
    "rss.xml": (_rss, "utf-8", FeedKind.FEED),
    "utf-16.xml": (lambda links, at: _rss(links, at, before=DECLARED.format("utf-16")), "utf-16", FeedKind.FEED),
    "utf-16-be.xml": (_rss, "utf-16-be", FeedKind.FEED),
    "permalinks.xml": (lambda links, at: _rss(links, at, "<link/><guid>{link}</guid>"), "utf-8", FeedKind.FEED),
    "atom.xml": (_prefixed_atom, "utf-8", FeedKind.FEED),
    "rdf.xml": (_rdf, "utf-8", FeedKind.FEED),
    "feed.json": (_json, "utf-8", FeedKind.FEED),
    "epoch.xml": (_dated("Thu, 01 Jan 1970 00:00:00 GMT"), "utf-8", FeedKind.FEED),
    "slashes.xml": (_dated("{at:%Y/%m/%d %H:%M:%S}"), "utf-8", FeedKind.FEED),
    "seconds.xml": (_dated("{seconds}"), "utf-8", FeedKind.FEED),
    "template.xml": (_dated("Fri, 01 Aug 2025 00:00:00 GMT"), "utf-8", FeedKind.FEED),
    "unfilled.xml": (_dated("[[ date ]]"), "utf-8", FeedKind.FEED),
    "ahead.xml": (_dated("Fri, 31 Dec 2049 00:00:00 GMT"), "utf-8", FeedKind.FEED),
    "sitemap.xml": (
        lambda links, _: _sitemap(
            links, "<sm:url><sm:loc>{link}</sm:loc></sm:url>", f"sm:urlset xmlns:sm='{SM}'"
        ),
        "utf-8",
        FeedKind.SITEMAP,
    ),
    "nested.xml": (_nested, "utf-8", FeedKind.SITEMAP),
    "pictures.xml": (_pictures, "utf-16", FeedKind.SITEMAP),
    "ampersands.xml": (lambda links, _: _sitemap(links, "<url><loc>{link}?a=1&id=2</loc></url>"), "utf-8", FeedKind.SITEMAP),
    "sitemap.txt": (lambda links, _: "\n".join(links), "utf-8-sig", FeedKind.SITEMAP),
    "packed.xml.gz": (lambda links, _: _sitemap(links, "<url><loc>{link}</loc></url>"), "gzip", FeedKind.SITEMAP),
}  # fmt: skip
COMMON = "/2026/01/all-of-us-name-this"


class Newspaper:
    """The stories that are out, and the dialects that name them."""

    def __init__(self, news: Newsroom) -> None:
        self.news = news
        self.stories = {COMMON: page(title="All of us name this")}
        self.editions = 0

    def publish(self) -> None:
        """One more story for each dialect, named by it with those before."""
        self.editions += 1
        for number, name in enumerate(DIALECTS):
            links = [COMMON, *(f"/2026/01/story-{number}-of-edition-{n}" for n in range(self.editions + 1))]
            text, written, _ = DIALECTS[name]
            query = "?a=1&id=2" if name == "ampersands.xml" else ""
            if query:
                links.remove(COMMON)
            for link in links:
                title = f"The story at {link}"
                self.stories.setdefault(link + query, page((title, *PARAGRAPHS), title=title))
            body = text([self.news.site.url(link) for link in links], self.news.clock())
            packed = gzip.compress(body.encode()) if written == "gzip" else body.encode(written)
            self.news.site.put(f"/feeds/{name}", packed, Content_Type="application/octet-stream")
        for path, body in self.stories.items():
            self.news.site.put(path, body)
        self._ask_for_cookies("/feeds/rss.xml", "/2026/01/story-0-of-edition-0")

    def _ask_for_cookies(self, *paths: str) -> None:
        """These are led away and back, and want their cookie then."""
        for path in paths:
            self.news.site.put(f"/hop{path}", status=302, Location=path, Set_Cookie="met=1; Path=/")
            behind = self.news.site.answers[path]

            def answer(request: BaseHTTPRequestHandler, path: str = path, behind: Callable[..., None] = behind) -> None:
                is_met = "met=1" in (request.headers["Cookie"] or "")
                (behind if is_met else self.news.site.answers[f"/hop{path}"])(request)

            self.news.site.answers[path] = answer


def _read_for_hours(news: Newsroom, hours: int) -> list[str]:
    """What the poller logs while so many hours go by."""
    until, asked, done = news.clock() + timedelta(hours=hours), news.poller(), list[str]()
    while news.clock() < until:
        found = asked.step()
        news.clock.advance(seconds=6 if found else 600)
        done += [f"{found.outcome}: {found.reason}; {found.then}"] if found else []
    return done


def _found(news: Newsroom) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(news.store.path)) as db:
        return db.execute("select url, status from articles order by url").fetchall()


def test_each_story_is_found_once_whatever_the_dialect(newsroom: Newsroom) -> None:
    paper = Newspaper(newsroom)
    paper.publish()
    for name in DIALECTS:
        newsroom.store.feeds.add(newsroom.site.url(f"/feeds/{name}"), FeedKind.SITE, "", newsroom.clock())
    for _ in range(3):
        newsroom.site.put("/robots.txt", "busy", status=503, Content_Type="text/plain")
        hiccup = _read_for_hours(newsroom, 1)
        assert any(Outcome.UNREACHABLE in each for each in hiccup)
        newsroom.site.put("/robots.txt", "User-agent: *\nAllow: /", Content_Type="text/plain")
        told = _read_for_hours(newsroom, 4)
        assert not [each for each in hiccup + told if "given up" in each or Outcome.FAILED in each]
        assert _found(newsroom) == sorted((newsroom.site.url(path), Status.WATCHING.value) for path in paper.stories)
        paper.publish()
    feeds = {feed.url.rpartition("/")[2]: feed for feed in newsroom.store.feeds.all()}
    assert {name: feed.kind for name, feed in feeds.items()} == {name: kind for name, (_, _, kind) in DIALECTS.items()}
    assert all(feed.waiting == 0 and feed.brought is not None and feed.brought.named for feed in feeds.values())
