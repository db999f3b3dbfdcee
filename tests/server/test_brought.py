"""What a feed's reading left out, and why, is counted, kept with the feed and said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.store.brought import LEFT_OUT, Brought, from_json, to_json
from rowback.store.feeds import FeedKind
from rowback.store.work import Outcome
from rowback.text import tongue
from rowback.web.pages.brought_words import brought_told
from rowback.web.pages.catalogues import language

from .catalogues import TRANSLATED
from .samples import page
from .test_poller import Newsroom, newsroom, outcome

__all__ = ["newsroom"]
COUNTS = st.builds(Brought, *[st.integers(0, 2_000)] * 10)


@given(COUNTS, COUNTS)
def test_counts_are_kept_as_they_are_and_add_up(one: Brought, other: Brought) -> None:
    assert from_json(to_json(one)) == one
    assert (one + other).too_old == one.too_old + other.too_old
    assert one + other == other + one


def test_what_an_earlier_or_later_release_counts_is_passed_over() -> None:
    assert from_json(None) is None
    assert from_json('{"named": 3, "of_another_release": 7}') == Brought(named=3)


def _brought(news: Newsroom, body: str, kind: FeedKind = FeedKind.FEED, etag: str = "") -> tuple[Brought | None, str]:
    news.site.put("/named", body, Content_Type="application/xml", ETag=etag)
    news.store.feeds.add(news.site.url("/named"), kind, "", news.clock(), ["/2026/"], ["/sport/"])
    assert outcome(news.step(minutes=30)) is Outcome.READ
    (feed,) = news.store.feeds.all()
    return feed.brought, feed.reason or ""


def test_every_entry_of_a_feed_is_accounted_for(newsroom: Newsroom) -> None:
    old = newsroom.clock() - timedelta(days=30)
    items = [
        "<link>/2026/pier</link>",
        "<link>/2026/pier</link>",
        f"<link>/2026/mill</link><pubDate>{old:%a, %d %b %Y %H:%M:%S} GMT</pubDate>",
        "<link>/2026/ferry</link><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>",
        "<link>/2026/bridge</link><pubDate>Fri, 31 Dec 2049 00:00:00 GMT</pubDate>",
        "<link>/2026/sport/cup</link>",
        "<link>/2019/tower</link>",
        "<guid isPermaLink='false'>7</guid>",
        "<link>javascript:void(0)</link>",
    ]
    found, told = _brought(newsroom, f"<rss><channel><item>{'</item><item>'.join(items)}</item></channel></rss>")
    first = tuple(newsroom.site.url(f"/2026/{name}") for name in ("pier", "mill", "ferry"))
    assert found == Brought(named=6, new=3, too_old=1, unwanted=2, no_address=2, undated=2, first=first)
    assert told == (
        f"6 articles named, 3 new; first: {first[0]}; "
        "left out: 1 older than a week, 2 by your patterns, 2 without an address; 2 dates not believed"
    )


def test_links_of_a_front_page_and_an_index_are_accounted_for(newsroom: Newsroom) -> None:
    links = {
        "/2026/01/10/pier": 2,
        "/about-us": 1,
        "https://other.example/2026/01/10/mill": 3,
        "mailto:desk@x.example": 1,
    }
    body = "".join(f"<a href='{link}'>The pier is open</a>" * times for link, times in links.items())
    found, told = _brought(
        newsroom, f"<!doctype html>{body}<a href='/2026/short-text-of-a-link'>More</a>", FeedKind.FRONT
    )
    assert found == Brought(named=1, new=1, unlike=1, elsewhere=1, first=("The pier is open",))
    assert told.endswith("left out: 1 not like an article, 1 on other sites")


def test_what_a_reading_brought_stays_until_the_next_whole_one(newsroom: Newsroom) -> None:
    newsroom.site.put("/2026/pier", page())
    rss = "<rss><channel><item><link>/2026/pier</link></item></channel></rss>"
    found, _ = _brought(newsroom, rss, etag='"one"')
    newsroom.site.put("/named", status=304)
    assert outcome(newsroom.step(minutes=1)) is Outcome.CAPTURED
    outcomes = {outcome(newsroom.step(hours=1)) for _ in range(4)}
    assert Outcome.READ in outcomes
    (feed,) = newsroom.store.feeds.all()
    assert (feed.brought, feed.reason) == (found, "nothing new")
    newsroom.site.put("/named", status=500)
    for _ in range(4):
        newsroom.step(hours=1)
    (feed,) = newsroom.store.feeds.all()
    assert (feed.brought, feed.outcome) == (found, "failed")


def test_an_index_is_always_asked_for_whole(newsroom: Newsroom) -> None:
    """Its sitemaps change while it stays as it is, or could not be read the last time."""
    index = f"<sitemapindex><sitemap><loc>{newsroom.site.url('/one.xml')}</loc></sitemap></sitemapindex>"
    found, told = _brought(newsroom, index, FeedKind.SITEMAP, etag='"one"')
    assert (found, told) == (Brought(unread=1), "0 articles named; 1 sitemap could not be read")
    newsroom.site.put("/2026/pier", page())
    newsroom.site.put("/one.xml", f"<urlset><url><loc>{newsroom.site.url('/2026/pier')}</loc></url></urlset>")
    assert outcome(newsroom.step(hours=1)) is Outcome.READ
    assert outcome(newsroom.step(minutes=1)) is Outcome.CAPTURED
    assert not [headers for path, headers in newsroom.site.asked if path == "/named" and "If-None-Match" in headers]


@pytest.mark.parametrize(
    ("count", "date", "is_whole"), [(251, "", True), (250, "", False), (1_001, "2020-01-01", False)]
)
def test_what_was_too_much_is_named_again_at_the_next_reading(
    newsroom: Newsroom, count: int, date: str, is_whole: bool
) -> None:
    """Not what lies behind the last entry that is read of any document: that stays there."""
    urls = "".join(f"<url><loc>/2026/story-{n}</loc><lastmod>{date}</lastmod></url>" for n in range(count))
    found, _ = _brought(newsroom, f"<urlset>{urls}</urlset>", FeedKind.SITEMAP, etag='"one"')
    assert found is not None
    assert found.too_many == (count > 250)
    (feed,) = newsroom.store.feeds.all()
    newsroom.store.finds.drop(feed.url, newsroom.clock())
    newsroom.step(hours=1)
    asked = [headers.get("If-None-Match") for path, headers in newsroom.site.asked if path == "/named"]
    assert asked == [None, None if is_whole else '"one"']


NUMBERS = {name: st.integers(0, 999) for name in ("named", "new", *LEFT_OUT, "unread", "undated")}
WORDS = st.lists(st.text("abc é中", min_size=1, max_size=9), max_size=2).map(tuple)


@given(st.builds(Brought, **NUMBERS, first=WORDS, try_feeds=WORDS))
def test_pages_say_it_in_english_as_it_is_stored(found: Brought) -> None:
    assert brought_told(found) == found.in_words()


@pytest.mark.parametrize("tag", TRANSLATED)
def test_pages_say_it_in_every_language(tag: str) -> None:
    found = Brought(2, 1, 3, 4, 5, 6, 7, 8, 9, 11, first=("Ferry",))
    tongue.speak(language(tag))
    try:
        said = brought_told(found)
        assert "\u2068Ferry\u2069" in said
        assert [number for number in (2, 1, 3, 4, 5, 6, 7, 8, 9, 11) if str(number) not in said] == []
        assert [word for word in ("named", "older", "sitemap ", "believed") if word in said] == []
    finally:
        tongue.speak(None)
