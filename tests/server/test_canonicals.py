"""Which article a page belongs to that names a canonical address: two stories that claim one keep their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from rowback.capture.captures import from_html
from rowback.model import Origin
from rowback.store.feeds import FeedKind
from rowback.store.work import Outcome
from rowback.text.doubts import is_other_story
from rowback.text.urls import identify

from .samples import PARAGRAPHS, TITLE, at, capture, changed, content, page
from .several_hosts import network

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.model import Capture
    from rowback.store import Store

SITE = "https://echo.example"
MARKET = (
    "The market hall opens its doors on Saturday after two years of repairs to the roof and the floor.",
    "Traders said that the rents had been set before anybody knew what the heating would cost them.",
    "A choir of children from the quarter will sing at noon, and the mayor has promised to keep it short.",
)
CLAIMED = f"{SITE}/bridge"


def _claiming(paragraphs: tuple[str, ...], title: str, name: str, minutes: float = 0) -> Capture:
    seen = capture(paragraphs, url=f"{SITE}/{name}", title=title, minutes=minutes)
    return replace(seen, canonical_url=CLAIMED)


def test_two_stories_that_claim_one_address_keep_their_own(store: Store) -> None:
    ferry = store.record(_claiming(PARAGRAPHS, TITLE, "one"), at(0)).article
    market = store.record(_claiming(MARKET, "Market hall opens", "two", 5), at(5)).article
    assert market.id != ferry.id
    assert (market.url, market.version_count) == (f"{SITE}/two", 1)
    kept = store.articles.get(ferry.id)
    assert kept is not None
    assert (kept.url, kept.version_count) == (f"{SITE}/one", 1)
    for name, article in (("one", ferry), ("two", market)):
        found = store.articles.find(f"{SITE}/{name}")
        assert found is not None
        assert found.id == article.id


def test_each_stays_apart_when_it_is_captured_again(store: Store) -> None:
    store.record(_claiming(PARAGRAPHS, TITLE, "one"), at(0))
    store.record(_claiming(MARKET, "Market hall opens", "two", 5), at(5))
    edited = changed("400 commuters", "500 commuters")
    assert store.record(_claiming(edited, TITLE, "one", 10), at(10)).version == 1
    again = store.record(_claiming(MARKET, "Market hall to open", "two", 15), at(15))
    assert (again.version, again.article.url) == (1, f"{SITE}/two")
    assert store.counts()["articles"] == 2


def test_what_was_read_at_the_claimed_address_keeps_it(store: Store) -> None:
    ferry = store.record(capture(url=CLAIMED), at(0)).article
    assert store.record(_claiming(PARAGRAPHS, TITLE, "one", 2), at(2)).article.id == ferry.id
    market = store.record(_claiming(MARKET, "Market hall opens", "two", 5), at(5)).article
    assert market.id != ferry.id
    kept = store.articles.get(ferry.id)
    assert kept is not None
    assert kept.url == CLAIMED


@pytest.mark.parametrize("minutes", [5, -5])
def test_one_story_at_two_addresses_is_one_article(store: Store, minutes: float) -> None:
    first = store.record(_claiming(PARAGRAPHS, TITLE, "one"), at(10)).article
    edited = changed("400 commuters", "500 commuters")
    other = store.record(_claiming(edited, "Ferry to leave at six", "two", minutes), at(20)).article
    assert (other.id, other.version_count) == (first.id, 2)


def test_one_canonical_address_of_all_a_scripts_pages_joins_none(store: Store) -> None:
    head = '<link rel="canonical" href="/story.php">'
    for number, told in enumerate((page(head=head), page(MARKET, "Market hall opens", head=head))):
        found = from_html(f"{SITE}/story.php?id={number}", told, at(number), Origin.BROWSER)
        assert store.record(found, at(number)).new_version
    assert store.counts()["articles"] == 2


@pytest.mark.parametrize(
    ("base", "href", "wanted"),
    [
        ("", "/2026/03/ferry-pier", f"{SITE}/2026/03/ferry-pier"),
        ("", "ferry-pier-2", f"{SITE}/town/ferry-pier-2"),
        ("", "//www.echo.example/2026/ferry", "https://www.echo.example/2026/ferry"),
        ('<base href="/2026/03/">', "ferry-pier", f"{SITE}/2026/03/ferry-pier"),
        ('<base href="https://other.example/">', "2026/ferry", None),
    ],
)
@pytest.mark.parametrize("rel", ["canonical", "Canonical", "  shortlink\ncanonical"])
def test_a_canonical_address_is_told_from_where_the_pages_links_start(
    store: Store, base: str, href: str, wanted: str | None, rel: str
) -> None:
    told = page(head=f'{base}<link rel="{rel}" href="{href}">')
    url = f"{SITE}/town/today"
    article = store.record(from_html(url, told, at(0), Origin.BROWSER), at(0)).article
    assert article.url == (wanted or url)


def test_pages_of_a_program_in_the_browser_are_articles_of_their_own(store: Store) -> None:
    first = store.record(capture(url=f"{SITE}/#!/story/5"), at(0)).article
    other = store.record(capture(MARKET, url=f"{SITE}/#!/story/6", title="Market hall opens"), at(0)).article
    assert (first.url, other.url) == (f"{SITE}/#!/story/5", f"{SITE}/#!/story/6")
    assert first.id != other.id


@pytest.mark.parametrize(
    ("title", "paragraphs", "is_other"),
    [
        (TITLE, MARKET, True),
        ("Market hall opens", MARKET, True),
        ("Market hall opens", PARAGRAPHS, False),
        (TITLE, (PARAGRAPHS[0], *MARKET), False),
        (TITLE, ("A note.",), False),
        ("Ferry leaves at six", tuple(text.replace("the", "our") for text in PARAGRAPHS), False),
        ("", MARKET, True),
    ],
)
def test_another_story_has_another_text(title: str, paragraphs: tuple[str, ...], is_other: bool) -> None:
    assert is_other_story(content(TITLE, PARAGRAPHS), content(title, paragraphs)) is is_other


def test_what_stands_behind_a_fragment_is_not_asked_of_the_server(tmp_path: Path) -> None:
    with network(tmp_path) as net:
        front = net.put("https://echo.example/app/", page())
        net.captured(f"{front}#!/story/5")
        (checked,) = net.poll()
        assert checked[0] is Outcome.REFUSED
        (found,) = net.find(f"{front}#!/story/6")
        assert found[0] is Outcome.REFUSED
        assert net.asked() == []
        assert net.store.counts()["versions"] == 1


@pytest.mark.parametrize(
    "spelling", ["/story/{n};jsessionid={s}", "/story/{n}?PHPSESSID={s}", "/(S({s}))/story/{n}.aspx"]
)
def test_a_front_page_with_new_sessions_at_each_reading_names_its_stories_once(tmp_path: Path, spelling: str) -> None:
    with network(tmp_path) as net:
        for number in range(3):
            session = f"{'0123456789abcdef' * 2}{number}"
            links = [spelling.format(n=n, s=session) for n in range(4)]
            for link in links:
                net.put(identify(f"https://echo.example{link}").link, page(title=f"Ferry {link[-6:]} sails again"))
            named = "".join(f"<item><link>{net.site.url(link, 'echo.example')}</link></item>" for link in links)
            feed = net.put("https://echo.example/feed", f"<rss version='2.0'><channel>{named}</channel></rss>")
            net.store.feeds.add(feed, FeedKind.FEED, "", net.clock())
            net.poll()
            net.clock.advance(minutes=90)
        assert net.store.counts()["articles"] == 4
