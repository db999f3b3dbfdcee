"""A look at what is to be followed, on servers that answer well and in every bad way; nothing is followed by it."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.capture.asking_first import TRIES, look_first
from rowback.capture.context import Context, Habits
from rowback.capture.fetch import Fetcher
from rowback.capture.robots import Robots
from rowback.capture.sampled import Candidate, Nothing, Sample, Why
from rowback.capture.sampling import Reach, a_day, sample
from rowback.store.feeds import FeedKind

from .samples import PARAGRAPHS, page
from .several_hosts import Net, network

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
HOST = "lantern.example"


@pytest.fixture
def net(tmp_path: Path) -> Iterator[Net]:
    with network(tmp_path) as made:
        made.clock.at = NOW
        yield made


def rss(*ages_h: float, host: str = HOST) -> str:
    """A feed of articles that are so many hours old."""
    items = "".join(
        f"<item><title>Story {number}</title><link>https://{host}/2031/05/story-{number}</link>"
        f"<pubDate>{NOW - timedelta(hours=age):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for number, age in enumerate(ages_h)
    )
    return f"<rss version='2.0'><channel><title>The Lantern</title>{items}</channel></rss>"


def looked(net: Net, url: str, kind: FeedKind = FeedKind.FEED, site: str = "", **fetching: object) -> Sample | Nothing:
    fetcher = Fetcher({HOST, "other.example", "private.example"}, net.site.resolve, **fetching)  # type: ignore[arg-type]
    robots = Robots(lambda asked: fetcher.get(asked, any_type=True), lambda: 0.0)
    return sample(Reach.within(fetcher, robots, lambda: NOW), Candidate(url, kind, site))


def why(found: Sample | Nothing) -> Why:
    assert isinstance(found, Nothing), found
    return found.why


def test_a_feed_tells_what_it_has_and_how_much_of_it_comes(net: Net) -> None:
    url = net.put(f"https://{HOST}/feed", rss(*range(24)))
    found = looked(net, url)
    assert isinstance(found, Sample)
    assert (found.url, found.kind, found.title, found.articles) == (url, FeedKind.FEED, "The Lantern", 24)
    assert found.first[0] == "Story 0"
    assert found.a_day == 25  # 24 in 23 hours
    assert found.bytes_a_month == 25 * 30 * 19_000
    assert net.store.feeds.all() == []


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([1, 2], None),
        ([1, 2, 3], 24),
        ([0, 12, 24, 36, 48], 2),
        ([1, 24 * 8], 1),
        ([*range(0, 140, 2), 24 * 20], 10),
        ([24 * 20, 24 * 30], None),
        ([-3, -2, -1], None),
        ([0, 0, 0], 72),
        ([], None),
    ],
)
def test_a_day_is_told_by_dates_of_the_last_week(hours: list[int], expected: int | None) -> None:
    assert a_day([NOW - timedelta(hours=each) for each in hours], NOW) == expected


def test_a_sites_front_page_leads_to_its_feed(net: Net) -> None:
    feed = net.put(f"https://{HOST}/feed", rss(1, 2, 3))
    home = net.put(f"https://{HOST}/", f"<title>L</title><link rel=alternate type=application/rss+xml href='{feed}'>")
    found = looked(net, home, FeedKind.SITE)
    assert isinstance(found, Sample)
    assert (found.url, found.kind, found.instead_of) == (feed, FeedKind.FEED, None)


def test_a_front_page_without_a_feed_that_works_is_followed_itself(net: Net) -> None:
    links = "".join(f"<h3><a href='/2031/05/0{n}/story'>Ferry {n} stays shut again</a></h3>" for n in range(1, 5))
    home = net.put(f"https://{HOST}/", f"<title>L</title><link rel=alternate type=application/rss+xml href=/no>{links}")
    found = looked(net, home, FeedKind.SITE)
    assert isinstance(found, Sample)
    assert (found.url, found.kind, found.articles, found.a_day) == (home, FeedKind.SITE, 4, None)


def test_an_article_is_told_as_one(net: Net) -> None:
    url = net.put(f"https://{HOST}/2031/05/06/tide-mill", page(PARAGRAPHS))
    assert why(looked(net, url, FeedKind.SITE)) is Why.ARTICLE
    net.put(f"https://{HOST}/", rss(1, 2, 3))
    found = looked(net, url, FeedKind.SITE)
    assert isinstance(found, Sample)
    assert found.instead_of is not None
    assert found.instead_of.why is Why.ARTICLE


def test_a_sitemap_index_is_looked_into(net: Net) -> None:
    day = f"{NOW:%Y-%m-%d}"
    at = f"http://{HOST}:{net.site.port}"
    urls = "".join(f"<url><loc>{at}/2031/05/06/a-{n}</loc><lastmod>{day}</lastmod></url>" for n in range(4))
    net.put(f"https://{HOST}/news.xml", f"<urlset>{urls}</urlset>")
    index = f"<sitemapindex><sitemap><loc>{at}/news.xml</loc><lastmod>{day}</lastmod></sitemap></sitemapindex>"
    found = looked(net, net.put(f"https://{HOST}/index.xml", index), FeedKind.SITEMAP)
    assert isinstance(found, Sample)
    assert (found.kind, found.articles) == (FeedKind.SITEMAP, 4)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *((status, Why.MISSING) for status in (404, 410, 451)),
        *((status, Why.REFUSED) for status in (401, 402, 403, 429)),
        *((status, Why.BROKEN) for status in (204, 304, 400, 418, 500, 502, 503)),
    ],
)
def test_an_answer_that_is_none_says_which(net: Net, status: int, expected: Why) -> None:
    found = looked(net, net.put(f"https://{HOST}/feed", status=status))
    assert why(found) is expected
    assert isinstance(found, Nothing)
    assert str(status) in found.reason


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<title>L</title><p>We are moving.</p>", Why.NOT_A_FEED),
        ("just words", Why.NOT_A_FEED),
        ("", Why.NOT_A_FEED),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", Why.NOT_A_FEED),
        ("\x00\x01\x02", Why.NOT_A_FEED),
        (rss(), Why.EMPTY),
        ("<urlset></urlset>", Why.EMPTY),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', Why.EMPTY),
        (rss(24 * 8, 24 * 40), Why.STALE),
        (rss(24 * 8), Why.STALE),
    ],
)
def test_what_gives_no_fresh_article_says_why(net: Net, body: str, expected: Why) -> None:
    assert why(looked(net, net.put(f"https://{HOST}/feed", body))) is expected


def test_a_stale_feed_says_since_when(net: Net) -> None:
    found = looked(net, net.put(f"https://{HOST}/feed", rss(24 * 40, 24 * 30)))
    assert isinstance(found, Nothing)
    assert "2031-04-06" in found.reason


def test_a_feed_without_dates_is_taken(net: Net) -> None:
    items = "".join(f"<item><title>T{n}</title><link>https://{HOST}/2031/05/t-{n}</link></item>" for n in range(3))
    found = looked(net, net.put(f"https://{HOST}/feed", f"<rss><channel>{items}</channel></rss>"))
    assert isinstance(found, Sample)
    assert (found.articles, found.a_day, found.bytes_a_month) == (3, None, None)


def test_a_name_that_nobody_knows_is_no_answer(net: Net) -> None:
    def unknown(host: str, _port: int) -> list[str]:
        raise socket.gaierror(f"{host} is not known")

    fetcher = Fetcher(resolver=unknown)
    robots = Robots(lambda asked: fetcher.get(asked, any_type=True), lambda: 0.0)
    for kind in (FeedKind.FEED, FeedKind.SITE):
        found = sample(Reach.within(fetcher, robots, lambda: NOW), Candidate("https://no.example/", kind))
        assert why(found) is Why.NO_ANSWER, kind


def test_a_closed_door_and_a_wrong_certificate_are_no_answer(net: Net) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert why(looked(net, f"http://{HOST}:{closed.getsockname()[1]}/feed")) is Why.NO_ANSWER
    assert why(looked(net, f"https://{HOST}:{net.site.port}/feed")) is Why.NO_ANSWER


def test_a_private_address_and_a_nonsense_one_are_not_asked(net: Net) -> None:
    for kind in (FeedKind.FEED, FeedKind.SITE):
        assert why(looked(net, net.site.url("/", "10.0.0.7"), kind)) is Why.PRIVATE
    for url in ("ftp://lantern.example/", "lantern", "", "https://"):
        assert why(looked(net, url)) is Why.BAD_ADDRESS
    assert net.site.asked == []


def test_robots_are_heeded_for_a_site_and_not_for_a_feed_that_a_person_names(net: Net) -> None:
    net.site.put("/robots.txt", "User-agent: *\nDisallow: /")
    home = net.put(f"https://{HOST}/", rss(1, 2, 3))
    assert why(looked(net, home, FeedKind.SITE)) is Why.ROBOTS
    assert isinstance(looked(net, home, FeedKind.FEED), Sample)


def test_a_robots_txt_that_fails_is_no_rule(net: Net) -> None:
    net.site.put("/robots.txt", "", status=503)
    assert why(looked(net, net.put(f"https://{HOST}/", rss(1)), FeedKind.SITE)) is Why.NO_ANSWER


def test_a_redirect_to_another_host_is_followed_and_told(net: Net) -> None:
    there = net.put("https://other.example/feed", rss(1, 2, 3))
    found = looked(net, net.put(f"https://{HOST}/feed", status=301, Location=there))
    assert isinstance(found, Sample)
    assert (found.leads_to, found.articles) == ("other.example", 3)
    here = net.put(f"https://{HOST}/new", rss(1, 2, 3))
    found = looked(net, net.put(f"https://{HOST}/old", status=302, Location=here))
    assert isinstance(found, Sample)
    assert found.leads_to is None


def test_a_redirect_to_a_private_host_is_not_followed(net: Net) -> None:
    url = net.put(f"https://{HOST}/feed", status=302, Location=net.site.url("/secret", "192.168.1.1"))
    assert why(looked(net, url)) is Why.PRIVATE
    assert "/secret" not in net.site.paths()


def test_a_redirect_in_circles_ends(net: Net) -> None:
    net.put(f"https://{HOST}/a", status=302, Location="/b")
    assert why(looked(net, net.put(f"https://{HOST}/b", status=302, Location="/a"))) is Why.BROKEN


def test_what_is_too_large_is_left(net: Net) -> None:
    url = net.put(f"https://{HOST}/feed", "x" * 5_000)
    assert why(looked(net, url, max_bytes=1_000)) is Why.TOO_LARGE


def test_what_is_too_slow_is_left_in_time(net: Net) -> None:
    net.site.put_raw("/feed", b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss>", forever=b" ")
    found = looked(net, net.site.url("/feed", HOST), max_seconds=0.6)
    assert why(found) is Why.NO_ANSWER


def test_no_time_that_is_left_asks_for_nothing_more(net: Net) -> None:
    fetcher = Fetcher({HOST}, net.site.resolve)
    robots = Robots(lambda asked: fetcher.get(asked, any_type=True), lambda: 0.0)
    reach = Reach.within(fetcher, robots, lambda: NOW, seconds=0.0)
    assert why(sample(reach, Candidate(net.put(f"https://{HOST}/", rss(1)), FeedKind.FEED))) is Why.NO_ANSWER
    assert net.site.asked == []


@pytest.mark.parametrize(
    ("status", "body"), [(404, ""), (403, ""), (500, ""), (200, rss()), (200, rss(900)), (200, "<p>moved</p>")]
)
@pytest.mark.parametrize("is_known", [True, False], ids=["its site is known", "its host alone"])
def test_where_an_address_gives_nothing_the_sites_own_feed_is_found(
    net: Net, status: int, body: str, *, is_known: bool
) -> None:
    old = net.put(f"https://{HOST}/old-feed", body, status)
    new = net.put(f"https://{HOST}/new-feed", rss(1, 2, 3))
    front = f"<title>L</title><link rel=alternate type=application/rss+xml href='{new}'>"
    where = net.put(f"https://{HOST}/{'news' if is_known else ''}", front)
    found = looked(net, old, site=where if is_known else "")
    assert isinstance(found, Sample)
    assert (found.url, found.articles) == (new, 3)
    assert found.instead_of is not None
    assert found.instead_of.url == old


def test_where_the_site_names_the_same_feed_the_first_trouble_stands(net: Net) -> None:
    old = net.put(f"https://{HOST}/feed", status=403)
    net.put(f"https://{HOST}/", f"<title>L</title><link rel=alternate type=application/rss+xml href='{old}'>")
    found = looked(net, old)
    assert why(found) is Why.REFUSED
    assert isinstance(found, Nothing)
    assert found.url == old


def _context(net: Net, waited: list[float]) -> Context:
    fetcher = Fetcher({HOST}, net.site.resolve)
    robots = Robots(lambda asked: fetcher.get(asked, any_type=True), lambda: 0.0)
    return Context(net.store, fetcher, robots, Habits(net.store, 0), net.clock, waited.append)


def test_a_host_is_held_while_it_is_looked_at_and_left_alone_afterwards(net: Net) -> None:
    waited: list[float] = []
    context, url = _context(net, waited), net.put(f"https://{HOST}/feed", rss(1, 2, 3))
    assert isinstance(look_first(context, Candidate(url, FeedKind.FEED)), Sample)
    assert waited == []
    assert why(look_first(context, Candidate(url, FeedKind.FEED))) is Why.BUSY
    assert len(waited) == TRIES
    net.clock.advance(seconds=6)  # the gap, and no more: it was given back
    assert isinstance(look_first(context, Candidate(url, FeedKind.FEED)), Sample)
    assert why(look_first(context, Candidate("no address"))) is Why.BAD_ADDRESS


def test_a_sample_is_json(net: Net) -> None:
    found = looked(net, net.put(f"https://{HOST}/feed", rss(1, 2, 3)))
    assert isinstance(found, Sample)
    assert json.loads(json.dumps(found.kind)) == "feed"
