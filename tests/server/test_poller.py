"""The poller against a real server and a real store, with a clock that only the test moves."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from rowback.capture.captures import from_html
from rowback.capture.context import Context, Habits
from rowback.capture.fetch import Fetcher
from rowback.capture.pacing import retry_after
from rowback.capture.poller import LEASE, Poller
from rowback.capture.robots import Robots
from rowback.model import Origin, Status
from rowback.store import Store
from rowback.store.feeds import FeedKind
from rowback.store.work import Outcome

from .backend import Clock
from .new_stores import new_store
from .samples import changed, page
from .websites import HOST, Website, website

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rowback.capture.visit import Done
    from rowback.model import Article

EDITED = changed("400 commuters", "300 commuters")


@dataclass
class Newsroom:
    """A site, a store, and a poller over both."""

    site: Website
    store: Store
    clock: Clock

    def poller(self, holder: str = "test", pause: Callable[[float], object] = lambda _: None) -> Poller:
        """One more poller on the same store."""
        fetcher = Fetcher({HOST, "other.example", "elsewhere.example"}, self.site.resolve)
        robots = Robots(lambda url: fetcher.get(url, any_type=True), lambda: self.clock().timestamp())
        stopping = threading.Event()
        context = Context(self.store, fetcher, robots, Habits(self.store, 0), self.clock, pause)
        return Poller(context, lambda: 0.0, stopping, workers=1, holder=holder)

    def follow(self, path: str = "/news/ferry-timetable", host: str = HOST) -> Article:
        """An article of the site, captured now and due at once."""
        self.site.put(path, page())
        url = self.site.url(path, host)
        article = self.store.record(from_html(url, page(), self.clock(), Origin.BROWSER), self.clock()).article
        self.site.asked.clear()
        return self.store.set_followed(article.id, self.clock())

    def step(self, **later: float) -> Done | None:
        """One job, after some time went by."""
        self.clock.advance(**later)
        return self.poller().step()

    def article(self, article: Article) -> Article:
        """The article as it is stored now."""
        found = self.store.articles.get(article.id)
        assert found is not None
        return found


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with website() as site:
        store = new_store(tmp_path / "rowback.db")
        yield Newsroom(site, store, Clock())
        store.close()


def outcome(done: Done | None) -> Outcome | None:
    return None if done is None else done.outcome


def test_an_edit_is_caught_and_the_article_looked_at_again_soon(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    newsroom.site.put("/news/ferry-timetable", page(EDITED))
    assert outcome(newsroom.step()) is Outcome.EDITED
    stored = newsroom.article(article)
    assert (stored.version_count, stored.status) == (2, Status.WATCHING)
    assert stored.next_check_at is not None
    assert stored.next_check_at - newsroom.clock() < timedelta(minutes=20)


def test_a_captured_article_is_watched_by_itself(newsroom: Newsroom) -> None:
    url = newsroom.site.url("/news/ferry-timetable")
    recorded = newsroom.store.record(from_html(url, page(), newsroom.clock(), Origin.BROWSER), newsroom.clock())
    newsroom.site.put("/news/ferry-timetable", page(EDITED))
    assert newsroom.step() is None
    assert outcome(newsroom.step(minutes=10)) is Outcome.EDITED
    assert newsroom.article(recorded.article).version_count == 2


@pytest.mark.parametrize(("days", "status"), [(0, "watching"), (10, "watching"), (39, "watching"), (41, "settled")])
def test_what_was_captured_long_ago_is_settled_from_the_start(newsroom: Newsroom, days: int, status: str) -> None:
    seen_at = newsroom.clock() - timedelta(days=days)
    recorded = newsroom.store.record(from_html("https://a.example/x", page(), seen_at, Origin.IMPORT), newsroom.clock())
    assert recorded.article.status == status
    assert (recorded.article.next_check_at is None) == (status == "settled")


def test_a_stopped_article_stays_stopped_when_it_is_captured_again(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    newsroom.store.set_followed(article.id, None)
    again = newsroom.store.record(
        from_html(article.url, page(EDITED), newsroom.clock(), Origin.BROWSER), newsroom.clock()
    )
    assert (again.article.status, again.article.next_check_at) == (Status.PAUSED, None)
    assert newsroom.step(days=1) is None


def test_an_article_that_stays_as_it_is_is_asked_for_ever_less_and_then_settles(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    waits = []
    while newsroom.step() is not None:
        due = newsroom.article(article).next_check_at
        if due is None:
            break
        waits.append((due - newsroom.clock()).total_seconds())
        newsroom.clock.at = due
    settled = newsroom.article(article)
    assert settled.status is Status.SETTLED
    assert timedelta(days=40) <= newsroom.clock() - settled.last_changed_at < timedelta(days=45)
    assert waits[0] < 1800
    assert max(waits[:10]) < max(waits[10:30]) < max(waits[30:])
    assert len(waits) < 200
    edited = newsroom.store.record(
        from_html(article.url, page(EDITED), newsroom.clock(), Origin.BROWSER), newsroom.clock()
    )
    assert edited.article.status is Status.WATCHING


def test_validators_are_sent_back_and_304_is_an_observation(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    modified = "Sat, 10 Jan 2026 08:00:00 GMT"
    newsroom.site.put("/news/ferry-timetable", page(), ETag='"v1"', Last_Modified=modified)
    newsroom.step()
    newsroom.site.put("/news/ferry-timetable", status=304)
    assert outcome(newsroom.step(days=1)) is Outcome.UNCHANGED
    _, headers = newsroom.site.asked[-1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"v1"', modified)
    assert newsroom.store.versions.of_article(article.id)[0].last_seen_at == newsroom.clock()
    assert newsroom.article(article).last_checked_at == newsroom.clock()


def test_one_request_at_a_time_with_a_gap_per_host_and_hosts_beside_each_other(newsroom: Newsroom) -> None:
    newsroom.follow("/news/one-first-story")
    newsroom.follow("/news/two-second-story")
    newsroom.follow("/news/three-third-story", "other.example")
    first = newsroom.poller("a")
    assert first.step() is not None
    assert newsroom.poller("b").step() is not None  # of the other host
    assert newsroom.poller("c").step() is None
    assert newsroom.step(seconds=6) is not None
    assert len(set(newsroom.site.paths())) == 3


def test_two_pollers_never_do_work_twice(newsroom: Newsroom) -> None:
    for number in range(12):
        newsroom.follow(f"/news/story-number-{number}-of-twelve", f"h{number % 6}.example")
    done: list[Outcome] = []

    def work(holder: str) -> None:
        poller = newsroom.poller(holder)
        object.__setattr__(poller.context.fetcher, "allowed_hosts", {f"h{n}.example" for n in range(6)})
        while (found := poller.step()) is not None:
            done.append(found.outcome)
        newsroom.store.close()

    for _ in range(2):
        threads = [threading.Thread(target=work, args=(f"p{n}",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        newsroom.clock.advance(seconds=10)
    assert done == [Outcome.UNCHANGED] * 12
    assert sorted(newsroom.site.paths()) == sorted(set(newsroom.site.paths()))


def test_work_of_a_killed_poller_comes_back_after_its_lease(newsroom: Newsroom) -> None:
    newsroom.follow()
    now = newsroom.clock()
    assert newsroom.store.queue.take(now, "killed", now + LEASE, now) is not None
    assert newsroom.step() is None
    assert outcome(newsroom.step(seconds=LEASE.total_seconds() + 1)) is Outcome.UNCHANGED


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_host_that_turns_us_away_is_left_alone_ever_longer(newsroom: Newsroom, status: int) -> None:
    newsroom.follow("/news/one-first-story")
    newsroom.follow("/news/two-second-story")
    newsroom.site.put("/news/one-first-story", status=status)
    newsroom.site.put("/news/two-second-story", status=status)
    assert outcome(newsroom.step()) is Outcome.BLOCKED
    assert newsroom.step(minutes=14) is None
    assert outcome(newsroom.step(minutes=2)) is Outcome.BLOCKED
    assert newsroom.step(minutes=29) is None
    (paused,) = newsroom.store.overview(newsroom.clock()).paused_hosts
    assert (paused.host, paused.blocks, paused.reason) == (HOST, 2, f"the server answered {status}")


KEPT_BACK = "org.example.archive.exception.{}AccessControlException: Blocked Site Error"


@pytest.mark.parametrize("kind", ["Administrative", "Robot"])
def test_an_archive_that_keeps_one_publisher_back_is_asked_for_others(newsroom: Newsroom, kind: str) -> None:
    newsroom.follow("/news/one-first-story")
    newsroom.follow("/news/two-second-story")
    told = {"X_Archive_Wayback_Runtime_Error": KEPT_BACK.format(kind)}
    newsroom.site.put("/news/one-first-story", status=403, **told)
    assert outcome(newsroom.step()) is Outcome.REFUSED
    assert outcome(newsroom.step(minutes=1)) is Outcome.UNCHANGED
    assert not newsroom.store.overview(newsroom.clock()).paused_hosts


@pytest.mark.parametrize(
    ("status", "header", "told"),
    [
        (429, "X_Archive_Wayback_Runtime_Error", KEPT_BACK.format("Robot")),
        (403, "X_Archive_Orig_X_Archive_Wayback_Runtime_Error", KEPT_BACK.format("Robot")),
        (403, "X_Archive_Wayback_Runtime_Error", "ResourceNotInArchiveException"),
    ],
)
def test_any_other_refusal_of_an_archive_pauses_it(newsroom: Newsroom, status: int, header: str, told: str) -> None:
    newsroom.follow()
    newsroom.site.put("/news/ferry-timetable", status=status, **{header: told})
    assert outcome(newsroom.step()) is Outcome.BLOCKED


def test_retry_after_is_kept(newsroom: Newsroom) -> None:
    newsroom.follow()
    newsroom.site.put("/news/ferry-timetable", status=503, Retry_After="7200")
    assert outcome(newsroom.step()) is Outcome.BLOCKED
    assert newsroom.step(minutes=119) is None
    assert outcome(newsroom.step(minutes=2)) is Outcome.BLOCKED


def test_retry_after_may_be_a_date() -> None:
    now = Clock()()
    assert retry_after(format_datetime(now + timedelta(minutes=5), usegmt=True), now) == 300
    assert retry_after("120", now) == 120
    assert retry_after("soon", now) is None
    assert retry_after(None, now) is None
    assert retry_after(format_datetime(now - timedelta(days=1), usegmt=True), now) == 0


def test_failures_are_tried_again_ever_later_and_told(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    newsroom.site.put("/news/ferry-timetable", status=500)
    waits = []
    for _ in range(6):
        assert outcome(newsroom.step()) is Outcome.FAILED
        due = newsroom.article(article).next_check_at
        assert due is not None
        waits.append((due - newsroom.clock()).total_seconds())
        newsroom.clock.at = due
    assert all(later >= earlier for earlier, later in pairwise(waits))
    assert waits[-1] >= 32 * 600
    (trouble,) = newsroom.store.overview(newsroom.clock()).troubles
    assert (trouble.url, trouble.failures, trouble.reason) == (article.url, 6, "the server answered 500")
    newsroom.site.put("/news/ferry-timetable", page())
    assert outcome(newsroom.step()) is Outcome.UNCHANGED
    assert newsroom.store.overview(newsroom.clock()).troubles == ()


def test_a_page_that_is_no_article_never_becomes_a_version(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    newsroom.site.put("/news/ferry-timetable", "<html><body></body></html>")
    assert outcome(newsroom.step()) is Outcome.FAILED
    assert newsroom.article(article).version_count == 1


def test_not_found_four_times_is_gone_and_what_is_stored_stays(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    del newsroom.site.answers["/news/ferry-timetable"]
    for _ in range(3):
        assert outcome(newsroom.step(days=2)) is Outcome.MISSING
        assert newsroom.article(article).status is Status.WATCHING
    newsroom.step(days=2)
    gone = newsroom.article(article)
    assert (gone.status, gone.next_check_at, gone.version_count) == (Status.GONE, None, 1)
    back = newsroom.store.record(from_html(article.url, page(), newsroom.clock(), Origin.BROWSER), newsroom.clock())
    assert back.article.status is Status.WATCHING


def test_a_page_found_again_begins_its_count_anew(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    del newsroom.site.answers["/news/ferry-timetable"]
    for _ in range(3):
        newsroom.step(days=2)
    newsroom.site.put("/news/ferry-timetable", page())
    newsroom.step(days=2)
    del newsroom.site.answers["/news/ferry-timetable"]
    newsroom.step(days=2)
    assert newsroom.article(article).status is Status.WATCHING


def test_410_is_gone_at_once(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    newsroom.site.put("/news/ferry-timetable", status=410)
    assert outcome(newsroom.step()) is Outcome.GONE
    assert newsroom.article(article).status is Status.GONE


def test_a_permanent_redirect_on_the_site_becomes_an_alias(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    newsroom.site.put("/news/ferry-timetable", status=301, Location="/2026/ferry-timetable")
    newsroom.site.put("/2026/ferry-timetable", page(EDITED))
    assert outcome(newsroom.step()) is Outcome.EDITED
    moved = newsroom.store.articles.find(newsroom.site.url("/2026/ferry-timetable"))
    assert moved is not None
    assert (moved.id, moved.url) == (article.id, newsroom.site.url("/2026/ferry-timetable"))
    assert newsroom.store.articles.find(article.url) is not None


@pytest.mark.parametrize(
    ("status", "location", "expected"),
    [
        (302, "/consent", Outcome.FAILED),
        (302, "/", Outcome.FAILED),
        (301, "/", Outcome.MISSING),
        (301, "http://elsewhere.example:{port}/news/ferry-timetable", Outcome.MISSING),
        (302, "http://elsewhere.example:{port}/news/ferry-timetable", Outcome.FAILED),
    ],
)
def test_redirects_that_lead_away_make_no_version(
    newsroom: Newsroom, status: int, location: str, expected: Outcome
) -> None:
    article = newsroom.follow()
    place = location.format(port=newsroom.site.port)
    newsroom.site.put("/news/ferry-timetable", page(EDITED))
    newsroom.site.put("/", page(EDITED))
    newsroom.site.put("/consent", page(EDITED))
    if "elsewhere" in location:
        answer = newsroom.site.answers["/news/ferry-timetable"]

        def by_host(request: object) -> None:
            newsroom.site.answers["redirect" if HOST in str(request.headers["Host"]) else "page"](request)  # type: ignore[attr-defined, arg-type]

        newsroom.site.put("redirect", status=status, Location=place)
        newsroom.site.answers["page"] = answer
        newsroom.site.answers["/news/ferry-timetable"] = by_host
    else:
        newsroom.site.put("/news/ferry-timetable", status=status, Location=place)
    assert outcome(newsroom.step()) is expected
    assert newsroom.article(article).version_count == 1


def test_a_temporary_redirect_to_the_same_article_is_followed_but_no_alias(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    head = f'<link rel="canonical" href="{article.url}">'
    newsroom.site.put("/news/ferry-timetable", status=302, Location="/edge/ferry-timetable")
    newsroom.site.put("/edge/ferry-timetable", page(EDITED, head=head))
    assert outcome(newsroom.step()) is Outcome.EDITED
    assert newsroom.article(article).url == article.url
    assert newsroom.store.articles.find(newsroom.site.url("/edge/ferry-timetable")) is None


ROBOTS = [
    (200, "User-agent: *\nDisallow: /news/", Outcome.REFUSED),
    (200, "User-agent: rowback\nDisallow: /\nUser-agent: *\nAllow: /", Outcome.REFUSED),
    (200, "User-agent: otherbot\nDisallow: /", Outcome.UNCHANGED),
    (200, "", Outcome.UNCHANGED),
    (404, "", Outcome.UNCHANGED),
    (401, "", Outcome.UNCHANGED),
    (403, "", Outcome.UNCHANGED),
    (410, "", Outcome.UNCHANGED),
    (429, "", Outcome.UNREACHABLE),
    (500, "", Outcome.UNREACHABLE),
    (503, "", Outcome.UNREACHABLE),
]


@pytest.mark.parametrize(("status", "rules", "expected"), ROBOTS)
def test_robots_txt_is_kept(newsroom: Newsroom, status: int, rules: str, expected: Outcome) -> None:
    newsroom.follow()
    newsroom.site.put("/robots.txt", rules, status=status, Content_Type="text/plain")
    assert outcome(newsroom.step()) is expected
    assert ("/news/ferry-timetable" in newsroom.site.paths()) == (expected is Outcome.UNCHANGED)


def test_robots_txt_is_read_once_a_day_and_its_delay_is_kept(newsroom: Newsroom) -> None:
    newsroom.site.put("/robots.txt", "User-agent: *\nCrawl-delay: 60", Content_Type="text/plain")
    newsroom.follow("/news/one-first-story")
    newsroom.follow("/news/two-second-story")
    poller = newsroom.poller()
    assert poller.step() is not None
    newsroom.clock.advance(seconds=50)
    assert poller.step() is None
    newsroom.clock.advance(seconds=20)
    assert poller.step() is not None
    assert [path for path, _ in newsroom.site.asked].count("/robots.txt") == 1


def test_a_page_that_breaks_the_program_stops_nothing_else(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.follow("/news/one-first-story")
    newsroom.follow("/news/two-second-story")
    real = Fetcher.get

    def broken(self: Fetcher, url: str, *rest: object, **more: object) -> object:
        if "one-first" in url:
            raise ZeroDivisionError
        return real(self, url, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Fetcher, "get", broken)
    assert outcome(newsroom.step()) is Outcome.FAILED
    assert outcome(newsroom.step(seconds=10)) is Outcome.UNCHANGED
    assert newsroom.step(hours=1) is not None  # the second article again
    assert newsroom.store.overview(newsroom.clock()).troubles[0].reason.endswith("ZeroDivisionError")


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Echo</title>{items}</channel></rss>"""


def feed(*paths: str) -> str:
    return FEED.format(items="".join(f"<item><title>A story</title><link>{path}</link></item>" for path in paths))


def test_a_feed_leads_to_articles_that_are_watched(newsroom: Newsroom) -> None:
    site, store = newsroom.site, newsroom.store
    for name in ("one-first-story", "two-second-story", "sport-result"):
        site.put(f"/news/{name}", page(title=f"Ferry timetable: {name}"))
    addresses = [
        site.url(f"/news/{name}?utm_source=rss") for name in ("one-first-story", "two-second-story", "sport-result")
    ]
    site.put("/feed.xml", feed(*addresses), Content_Type="application/rss+xml", ETag='"f1"')
    store.feeds.add(site.url("/feed.xml"), FeedKind.FEED, "", newsroom.clock(), (), ["sport"])
    assert outcome(newsroom.step()) is Outcome.READ
    assert outcome(newsroom.step(seconds=6)) is Outcome.CAPTURED
    assert outcome(newsroom.step(seconds=6)) is Outcome.CAPTURED
    assert newsroom.step(seconds=6) is None
    (followed,) = store.feeds.all()
    assert (followed.title, followed.found, followed.waiting) == ("Harbour Echo", 2, 0)
    found = store.articles.newest(10)
    assert [article.status for article in found] == [Status.WATCHING] * 2
    assert [store.versions.of_article(article.id)[0].origin for article in found] == [Origin.FEED] * 2
    site.put("/feed.xml", status=304)
    while (done := newsroom.step(minutes=4)) is None or done.outcome is not Outcome.READ:
        pass
    assert any(headers.get("If-None-Match") == '"f1"' for path, headers in site.asked if path == "/feed.xml")


def test_a_sites_address_leads_to_its_feed_and_without_one_to_its_front(newsroom: Newsroom) -> None:
    site, store = newsroom.site, newsroom.store
    site.put("/", '<link rel="alternate" type="application/atom+xml" href="/atom"><a href="/x">no</a>')
    site.put(
        "/section/",
        '<a href="/2026/01/09/pier">The pier is open again today</a> <a href="/tag/pier">All about the pier</a>',
    )
    site.put("/2026/01/09/pier", page(title="The pier is open"))
    store.feeds.add(site.url("/"), FeedKind.SITE, "", newsroom.clock())
    newsroom.step()
    assert [(each.url, each.kind) for each in store.feeds.all()] == [(site.url("/atom"), FeedKind.FEED)]
    store.feeds.remove(store.feeds.all()[0].id)
    store.feeds.add(site.url("/section/"), FeedKind.SITE, "", newsroom.clock())
    newsroom.step(seconds=10)
    assert [each.kind for each in store.feeds.all()] == [FeedKind.FRONT]
    assert outcome(newsroom.step(seconds=10)) is Outcome.CAPTURED
    assert [article.title for article in store.articles.newest(5)] == ["The pier is open"]


SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(**dated: str) -> str:
    rows = "".join(f"<url><loc>/news/{name}</loc><lastmod>{day}</lastmod></url>" for name, day in dated.items())
    return f"<urlset {SITEMAPS}>{rows}</urlset>"


@pytest.mark.parametrize(
    ("front", "rules", "expected"),
    [
        ("/", "Sitemap: {site}/all.xml\nSitemap: {site}/news.xml", ("/news.xml", FeedKind.SITEMAP)),
        ("/", "Sitemap: /index.xml", ("/index.xml", FeedKind.SITEMAP)),
        ("/", "Sitemap: {site}/all.xml\nSitemap: {site}/undated.xml\nSitemap: {site}/none", ("/", FeedKind.FRONT)),
        ("/", "Sitemap: {elsewhere}/news.xml\nSitemap: http://[\nSitemap: file:///etc/news", ("/", FeedKind.FRONT)),
        ("/", "User-agent: *\nDisallow: /news.xml\nSitemap: {site}/news.xml", ("/", FeedKind.FRONT)),
        ("/", "Sitemap: {site}/all.xml?\n" * 3 + "Sitemap: {site}/late.xml", ("/", FeedKind.FRONT)),
        ("/section/", "Sitemap: {site}/news.xml", ("/section/", FeedKind.FRONT)),
        ("/fed", "Sitemap: {site}/news.xml", ("/atom", FeedKind.FEED)),
    ],
    ids=["news first", "an index", "nothing recent", "elsewhere", "forbidden", "too many", "a section", "a feed"],
)
def test_a_site_without_a_feed_is_followed_by_the_sitemap_that_its_robots_txt_names(
    newsroom: Newsroom, front: str, rules: str, expected: tuple[str, FeedKind]
) -> None:
    site, store, day = newsroom.site, newsroom.store, newsroom.clock().date().isoformat()
    site.put("/robots.txt", rules.format(site=site.url(""), elsewhere=site.url("", "elsewhere.example")))
    site.put("/", "<title>Echo</title><a href='/2026/01/09/pier'>The pier is open again</a>")
    site.put("/section/", "<title>Echo</title><a href='/2026/01/09/pier'>The pier is open again</a>")
    site.put("/fed", '<link rel="alternate" type="application/atom+xml" href="/atom">')
    site.put("/all.xml", sitemap(old="2019-05-05"))
    site.put("/undated.xml", sitemap(some="", other=""))
    site.put("/news.xml", sitemap(pier=day))
    site.put("/late.xml", sitemap(pier=day))
    site.put("/index.xml", f"<sitemapindex {SITEMAPS}><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>")
    store.feeds.add(site.url(front), FeedKind.SITE, "", newsroom.clock())
    newsroom.step()
    path, kind = expected
    assert [(each.url, each.kind) for each in store.feeds.all()] == [(site.url(path), kind)]
    assert len(newsroom.site.paths()) <= 4


def test_a_sitemap_index_is_read_to_its_latest_sitemaps(newsroom: Newsroom) -> None:
    site, store = newsroom.site, newsroom.store
    day = newsroom.clock().date().isoformat()
    names = [
        f"<sitemap><loc>{site.url(f'/s{n}.xml')}</loc><lastmod>2026-01-0{n + 1}</lastmod></sitemap>" for n in range(6)
    ]
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.put("/sitemap.xml", f"<sitemapindex {space}>{''.join(names)}</sitemapindex>")
    for n in range(6):
        rows = f"<url><loc>{site.url(f'/news/{n}')}</loc><lastmod>{day}</lastmod></url>"
        site.put(f"/s{n}.xml", f"<urlset {space}>{rows}</urlset>")
    store.feeds.add(site.url("/sitemap.xml"), FeedKind.SITEMAP, "", newsroom.clock())
    assert outcome(newsroom.step()) is Outcome.READ
    assert newsroom.site.paths() == ["/sitemap.xml", "/s5.xml", "/s4.xml", "/s3.xml", "/s2.xml"]
    assert store.feeds.all()[0].found == 4


def put_slow_site(newsroom: Newsroom) -> None:
    """A site that asks for 200 seconds between two requests, and whose first reading takes sixteen of them."""
    site = newsroom.site
    indexes = [f"/index{n}.xml" for n in range(3)]
    rules = "".join(f"Sitemap: {path}\n" for path in indexes)
    site.put("/robots.txt", f"{rules}User-agent: *\nCrawl-delay: 200", Content_Type="text/plain")
    site.put("/", "<title>Echo</title><a href='/2026/01/09/pier'>The pier is open again</a>")
    for number, path in enumerate(indexes):
        inner = [f"/inner{number}{letter}.xml" for letter in "abcd"]
        rows = "".join(f"<sitemap><loc>{each}</loc></sitemap>" for each in inner)
        site.put(path, f"<sitemapindex {SITEMAPS}>{rows}</sitemapindex>")
        for each in inner:
            site.put(each, sitemap(old="2019-05-05"))
    newsroom.store.feeds.add(site.url("/"), FeedKind.SITE, "", newsroom.clock())


def test_a_job_of_many_requests_keeps_its_host_and_the_delay_that_the_site_asks_for(newsroom: Newsroom) -> None:
    put_slow_site(newsroom)
    newsroom.clock.advance(seconds=1)
    newsroom.follow()  # due as well, on the same host
    waits, taken = [], []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        newsroom.clock.advance(seconds=seconds)
        taken.append(newsroom.store.queue.take(newsroom.clock(), "other", newsroom.clock() + LEASE, newsroom.clock()))

    assert outcome(newsroom.poller(pause=pause).step()) is Outcome.READ
    assert len(newsroom.site.paths()) == 16
    assert waits == [200.0] * 15
    assert sum(waits) > 4 * LEASE.total_seconds()
    assert taken == [None] * 15
    assert newsroom.step(seconds=199) is None
    assert outcome(newsroom.step(seconds=2)) is Outcome.UNCHANGED


def test_a_poller_that_is_stopped_between_two_requests_leaves_its_job_to_the_next(newsroom: Newsroom) -> None:
    put_slow_site(newsroom)
    newsroom.poller(pause=lambda _: True).step()
    assert newsroom.site.paths() == ["/"]
    assert [each.kind for each in newsroom.store.feeds.all()] == [FeedKind.SITE]
    assert newsroom.step(seconds=199) is None
    assert outcome(newsroom.step(seconds=2)) is Outcome.READ


def test_a_feed_that_says_updated_makes_a_settled_article_due(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    newsroom.step(days=50)
    newsroom.step(days=31)  # the quiet time was seen, and not only said by the clock
    assert newsroom.article(article).status is Status.SETTLED
    newsroom.clock.advance(days=1)
    entry = f"<entry><link href='{article.url}'/><updated>{newsroom.clock().isoformat()}</updated></entry>"
    newsroom.site.put("/atom", f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>")
    newsroom.site.put("/news/ferry-timetable", page(EDITED))
    newsroom.store.feeds.add(newsroom.site.url("/atom"), FeedKind.FEED, "", newsroom.clock())
    newsroom.step()
    assert outcome(newsroom.step(seconds=10)) is Outcome.EDITED


def test_what_a_feed_names_and_is_no_article_is_given_up(newsroom: Newsroom) -> None:
    newsroom.site.put("/feed.xml", feed(newsroom.site.url("/missing-story-of-the-day")))
    newsroom.store.feeds.add(newsroom.site.url("/feed.xml"), FeedKind.FEED, "", newsroom.clock())
    newsroom.step()
    for _ in range(5):
        while (done := newsroom.step(hours=2)) is None or done.outcome is Outcome.READ:
            pass
        assert done.outcome is Outcome.MISSING
    assert newsroom.store.feeds.all()[0].waiting == 0


def test_once_does_all_that_is_due_and_waits_for_the_gap(newsroom: Newsroom) -> None:
    for number in range(4):
        newsroom.follow(f"/news/story-number-{number}-of-four")
    poller = newsroom.poller()
    object.__setattr__(poller.context, "pause", lambda seconds: newsroom.clock.advance(seconds=seconds))
    assert poller.run_once() == {"unchanged": 4}
    assert poller.run_once() == {}


def test_once_captures_what_a_feed_names_meanwhile_and_is_known_to_have_run(newsroom: Newsroom) -> None:
    site, begun = newsroom.site, newsroom.clock()
    names = ("one-first-story", "two-second-story", "three-third-story")
    for name in names:
        site.put(f"/news/{name}", page(title=f"Ferry timetable: {name}"))
    site.put("/feed.xml", feed(*(site.url(f"/news/{name}") for name in names)), Content_Type="application/rss+xml")
    newsroom.store.feeds.add(site.url("/feed.xml"), FeedKind.FEED, "", begun)
    poller = newsroom.poller()
    object.__setattr__(poller.context, "pause", lambda seconds: newsroom.clock.advance(seconds=seconds))
    assert poller.run_once() == {"read": 1, "captured": 3}
    assert newsroom.store.overview(begun).alive_at == newsroom.clock()


def test_a_poller_that_ended_does_not_run_and_one_that_was_killed_soon_not(newsroom: Newsroom) -> None:
    store, clock = newsroom.store, newsroom.clock
    ended, killed = newsroom.poller("ended"), newsroom.poller("killed")
    ended.run_once()
    assert not store.overview(clock()).is_running
    killed._note()  # as its workers do before each job
    ended.run_once()
    assert store.overview(clock()).is_running
    clock.advance(minutes=4)
    assert not store.overview(clock()).is_running
    assert store.overview(clock()).alive_at is not None


def test_a_poller_that_waits_for_work_runs(newsroom: Newsroom) -> None:
    poller = newsroom.poller()
    woken = threading.Event()

    def pause(_: float) -> None:
        woken.set()
        poller.stopping.wait()

    object.__setattr__(poller.context, "pause", pause)
    poller.start()
    assert woken.wait(60)
    assert newsroom.store.overview(newsroom.clock()).is_running
    poller.stop()
    assert not newsroom.store.overview(newsroom.clock()).is_running


def test_a_poller_finishes_what_forgetting_could_not(newsroom: Newsroom) -> None:
    store = newsroom.store
    files = [store.path, store.path.with_name(f"{store.path.name}-wal")]
    article = newsroom.follow()
    reader = sqlite3.connect(store.path)
    reader.execute("begin")
    reader.execute("select count(*) from articles").fetchone()
    store._connection._database().execute("PRAGMA busy_timeout = 1")  # nobody lets go meanwhile
    assert not store.owner.forget(article.id)
    reader.close()
    store.presence.note("another", newsroom.clock())
    assert any(b"400 commuters" in path.read_bytes() for path in files), "to say that one is there is no more than that"
    newsroom.poller().run_once()
    assert not any(b"400 commuters" in path.read_bytes() for path in files)
