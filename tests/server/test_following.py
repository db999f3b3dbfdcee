"""Feeds and the poller's state over the API, and the commands that follow, poll and tell, as processes."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from rowback.clock import utc_now
from rowback.store import Store
from rowback.store.feeds import FeedKind

from .samples import changed, page
from .websites import Website, website

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .backend import Client
    from .program import Program

FEED_URL = "https://echo.example/feed.xml"


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as made:
        yield made


def test_feeds_are_followed_listed_and_left_over_the_api(client: Client) -> None:
    body = {"url": FEED_URL, "include": ["/news/"], "exclude": ["/sport/", "/live/*"]}
    added = client.post("/api/v1/feeds", body)
    assert (added.status, added.json["feed"]["kind"], added.json["feed"]["exclude"]) == (
        201,
        "site",
        ["/sport/", "/live/*"],
    )
    again = client.post("/api/v1/feeds", {"url": FEED_URL})
    assert (again.status, again.json["feed"]["id"], again.json["feed"]["include"]) == (
        200,
        added.json["feed"]["id"],
        [],
    )
    assert [feed["url"] for feed in client.get("/api/v1/feeds").json["feeds"]] == [FEED_URL]
    assert client.get("/api/v1/status").json["feeds"] == 1
    assert client.send("DELETE", f"/api/v1/feeds?url={quote(FEED_URL, safe='')}").status == 204
    assert client.send("DELETE", f"/api/v1/feeds?url={quote(FEED_URL, safe='')}").code == "not-found"
    assert client.get("/api/v1/feeds").json["feeds"] == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "bad-input"),
        ([], "bad-input"),
        ({"url": 7}, "bad-input"),
        ({"url": "file:///etc/passwd"}, "bad-url"),
        ({"url": FEED_URL, "kind": "podcast"}, "bad-input"),
        ({"url": FEED_URL, "kind": ["feed"]}, "bad-input"),
        ({"url": FEED_URL, "include": "news"}, "bad-input"),
        ({"url": FEED_URL, "exclude": [""]}, "bad-input"),
        ({"url": FEED_URL, "exclude": ["x"] * 101}, "bad-input"),
    ],
)
def test_what_is_no_feed_is_refused(client: Client, body: object, code: str) -> None:
    answer = client.post("/api/v1/feeds", body)
    assert (answer.status, answer.code) == (400, code)


def test_an_article_is_followed_and_its_edit_is_caught(rowback: Program, site: Website) -> None:
    site.put("/news/ferry-timetable", page())
    url = site.url("/news/ferry-timetable", "127.0.0.1")
    followed = rowback.ok("follow", url, "--json", ROWBACK_FETCH_HOSTS="127.0.0.1").json
    assert (followed["status"], followed["version_count"]) == ("watching", 1)
    site.put("/news/ferry-timetable", page(changed("400 commuters", "300 commuters")))
    done = rowback.ok("poll", "--once", "--json", ROWBACK_FETCH_HOSTS="127.0.0.1", ROWBACK_LOG_JSON="true")
    assert done.json == {"edited": 1}
    (line,) = map(json.loads, done.err.splitlines())
    assert (line["kind"], line["url"], line["outcome"]) == ("article", url, "edited")
    assert rowback.ok("poll", "--once").out == "Nothing was due.\n"
    told = rowback.ok("status", "--json").json
    assert (told["articles"]["watching"], told["poller_running"]) == (1, False)
    assert "poller    is not running; it was last seen" in rowback.ok("status").out
    assert "1 watching" in rowback.ok("status").out
    assert rowback.ok("unfollow", url).out.startswith("No longer following Ferry timetable")
    assert rowback.ok("status", "--json").json["articles"]["paused"] == 1


def test_a_front_page_is_followed_by_its_feed_and_patterns_hold(rowback: Program, site: Website) -> None:
    site.put("/", '<title>Echo</title><link rel="alternate" type="application/rss+xml" href="/rss">')
    links = "".join(f"<item><link>{site.url(path, '127.0.0.1')}</link></item>" for path in ("/news/a", "/sport/b"))
    site.put("/rss", f"<rss><channel><title>Echo</title>{links}</channel></rss>")
    site.put("/news/a", page())
    home = site.url("/", "127.0.0.1")
    feed = rowback.ok("follow", home, "--exclude", "/sport/", "--json", ROWBACK_FETCH_HOSTS="127.0.0.1").json
    assert (feed["kind"], feed["url"]) == ("feed", f"{home}rss")
    done = rowback.ok("poll", "--once", "--json", ROWBACK_FETCH_HOSTS="127.0.0.1")
    assert done.json == {"captured": 1}, "the feed was read when it was followed"
    assert rowback.ok("feeds", "--json").json[0]["waiting_count"] == 0
    exported = rowback.ok("feeds", "export").out
    assert f'xmlUrl="{home}rss"' in exported
    (rowback.folder / "other.opml").write_text(exported)
    assert (
        "0 new feeds followed; 1 followed before." in rowback.ok("feeds", "import", rowback.folder / "other.opml").out
    )
    assert rowback.ok("unfollow", f"{home}rss").code == 0
    assert rowback("unfollow", f"{home}rss").code == 1


def test_what_one_process_asked_for_counts_for_the_next(rowback: Program, site: Website) -> None:
    feed = site.url("/rss", "127.0.0.1")
    site.put("/rss", "<rss><channel><title>Echo</title></channel></rss>")
    site.put("/robots.txt", "")
    limited = partial(rowback.ok, ROWBACK_FETCH_HOSTS="127.0.0.1", ROWBACK_DAILY_REQUESTS="1")
    store = Store(rowback.db)
    store.spending.by_hand(lambda: utc_now() + timedelta(days=1))("")  # the day may turn just now
    told = []
    for _ in range(2):
        store.feeds.add(feed, FeedKind.FEED, "", utc_now())
        told.append(limited("poll", "--once", "--json").json)
    store.end()
    assert (told, site.paths()) == ([{"read": 1}, {}], ["/rss"])


def test_a_page_that_is_no_article_is_said_to_be_so_and_what_to_do(rowback: Program, site: Website) -> None:
    site.put("/section/", "<html><body></body></html>")
    section = site.url("/section/", "127.0.0.1")
    refused = rowback("follow", section, ROWBACK_FETCH_HOSTS="127.0.0.1")
    assert refused.code == 1
    assert "Nor is it a feed" in refused.err
    assert "--as site" in refused.err
    followed = rowback.ok("follow", section, "--as", "site", ROWBACK_FETCH_HOSTS="127.0.0.1")
    assert followed.out.startswith("Following the front")


TEASER = (
    "<h2><a href='/2026/01/{n}/pier'>The pier is open again</a></h2><p>The mayor opened pier {n} after long works.</p>"
)
HEADLINES = "".join(TEASER.format(n=n) for n in range(10, 22))


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        (
            "/harbour/",
            f"<h1>Harbour</h1><main>{HEADLINES}</main>",
            "Following the front page {url}: the articles it links",
        ),
        ("/harbour", f"<ul><li>{'<li>'.join(HEADLINES.split('<h2>'))}</ul>", "Following the front page {url}: the art"),
        (
            "/harbour",
            f"<link rel=alternate type=application/rss+xml href=/rss>{HEADLINES}",
            "Following the feed {home}rss",
        ),
        ("/ferry", page(changed("About", "About " * 500)) + HEADLINES, "Following Ferry timetable"),
        ("/ferry", page(head="<meta property='og:type' content='article'>") + HEADLINES, "Following Ferry timetable"),
        ("/2026/01/10/ferry", page() + HEADLINES, "Following Ferry timetable"),
        ("/ferry", page() + TEASER, "Following Ferry timetable"),
    ],
    ids=["teasers", "a list", "its feed", "long article", "says article", "an article's address", "one link"],
)
def test_a_section_is_followed_as_a_site_and_an_article_as_an_article(
    rowback: Program, site: Website, path: str, body: str, told: str
) -> None:
    site.put(path, body)
    url = site.url(path, "127.0.0.1")
    done = rowback.ok("follow", url, ROWBACK_FETCH_HOSTS="127.0.0.1")
    assert done.out.startswith(told.format(url=url, home=site.url("/", "127.0.0.1")))


def test_private_hosts_are_followed_only_when_the_owner_allows_them(rowback: Program, site: Website) -> None:
    site.put("/", page())
    refused = rowback("follow", site.url("/", "127.0.0.1"))
    assert refused.code == 1
    assert "fetch_hosts" in refused.err
    assert site.asked == []


def test_serve_polls_by_itself_unless_told_not_to(rowback: Program, site: Website) -> None:
    with rowback.serving() as serving:
        looks = (serving.client.get("/api/v1/status").json["poller_alive_at"] for _ in range(5_000))
        assert any(looks)
    other = type(rowback)(_folder(rowback.folder / "other"))
    with other.serving("--no-poll") as serving:
        assert serving.client.get("/api/v1/status").json["poller_alive_at"] is None


def _folder(path: Path) -> Path:
    path.mkdir()
    return path
