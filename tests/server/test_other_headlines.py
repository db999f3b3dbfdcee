"""Headlines on front pages and in feeds: which are others than the article's own, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.capture.feed_documents import read
from rowback.model import Origin
from rowback.store.feeds import Entry, FeedKind
from rowback.store.work import Next, Outcome
from rowback.text.other_headlines import cleaned, is_another

from .samples import PARAGRAPHS, START, at, capture

if TYPE_CHECKING:
    from typing import Any

    from rowback.store import Store
    from rowback.told import SeenAside

    from .backend import Backend

STORY = "https://www.echo.example/2026/bridge-shut-for-good"
HOME = "https://www.echo.example/"
ELSEWHERE = "Old harbour bridge shut after nine million repair bill"

OWN = "Council closes the old harbour bridge"
OTHERS = [
    "Old harbour bridge shut after nine million repair bill",
    "Why the bridge you cross each day is closed",
    "Council closes the old harbour bridge after fire",
    "Council reopens the old harbour bridge",
    "Council closes the new harbour bridge",
    "Council will not close the old harbour bridge",
    "Live: harbour in chaos as bridge fails",
    "Read all about it: the bridge is shut",
]
SAME = [
    OWN,
    "COUNCIL CLOSES THE OLD HARBOUR BRIDGE",
    "Council closes the ‘old harbour’ bridge",
    "Council closes the old-harbour bridge.",
    "Council closes the old harbour…",
    "Council closes the old harb...",
    "Council closes the old",
    "Live: Council closes the old harbour bridge",
    "LIVE Council closes the old harbour bridge",
    "Harbour news | Council closes the old harbour bridge",
    "Politics – Council closes the old harbour bridge",
    "Opinion: Ann Lee: Council closes the old harbour bridge",
    "Council closes the old harbour bridge - The Lantern Post",
    "Council closes the old harbour bridge | Lantern Post | City",
    "Council closes the old harbour bridge (The Lantern Post)",
    "Council closes the old harbour bridge Video",
    "Council closes the old harbour bridge 4 min read",
    "Council closes the old harbour bridge By Anna Lind",
    "Council closes the old harbour bridge 23 comments",
    "Read more",
    "Read more about this story here",
    "Continue reading the full story",
    "Watch live coverage from the harbour",
    "Weiterlesen",
    "Zum Artikel",
    "Lire la suite de l’article",
    "City & Harbour",
    "Comments",
    "",
    f"The council said on Monday that the bridge, which {'has stood for a hundred years and ' * 3} is old, closed for good.",
]
PAIRS = [
    ("Ratsbeschluss: Brücke bleibt gesperrt bis Mai", "Brücke bleibt gesperrt bis Mai", False),
    ("Brücke bleibt bis Mai gesperrt", "Brücke bleibt gesperrt bis Mai", True),
    ("Le maire ferme le pont", "Pont fermé : le maire s’explique", True),
    ("Le maire s'explique sur le pont", "Le maire s’explique sur le pont", False),
    ("港の橋が閉鎖、修理に9億円", "市議会、古い橋を閉鎖", True),
    ("【独自】市議会、古い橋を閉鎖", "市議会、古い橋を閉鎖", False),
    ("市議会、古い橋を閉鎖 - ランタン新聞", "市議会、古い橋を閉鎖", False),
    ("المجلس يغلق الجسر القديم", "المجلس يغلق الجسر القديم", False),
    ("جسر الميناء مغلق حتى أيار", "المجلس يغلق الجسر القديم", True),
    ("Bridge shut, four hurt", "Harbour: Bridge shut, four hurt", False),
    ("Bridge shut, four hurt", "Bridge shut, four hurt | The Post", False),
    ("Bridge shut, four hurt", "Bridge shut, nine hurt", True),
]


@pytest.mark.parametrize("told", OTHERS)
def test_another_headline_is_told_apart(told: str) -> None:
    assert is_another(told, [OWN])


@pytest.mark.parametrize("told", [*SAME, "Bridge closed"])
def test_what_is_no_other_headline_is_taken_for_none(told: str) -> None:
    assert not is_another(told, [OWN])


@pytest.mark.parametrize(("told", "own", "differs"), PAIRS)
def test_headlines_of_many_languages_are_compared(told: str, own: str, *, differs: bool) -> None:
    assert is_another(told, [own]) is differs


def test_a_headline_that_the_article_had_before_is_its_own() -> None:
    assert not is_another("Bridge to be closed by May", [OWN, "Bridge to be closed by May"])


def test_what_was_escaped_twice_is_read() -> None:
    assert cleaned("Council&#8217;s &lt;b&gt;bridge&lt;/b&gt; &amp; quay") == "Council’s bridge & quay"
    assert cleaned("word " * 100) == ""


def _story(store: Store, title: str = OWN, *, minutes: float = 0) -> int:
    seen = replace(capture(PARAGRAPHS, minutes=minutes, url=STORY), origin=Origin.POLL, is_listing=True)
    seen = replace(seen, content=replace(seen.content, title=title))
    return store.record(seen, seen.seen_at).article.id


def _name(
    store: Store, headline: str, *, minutes: float = 60, feed: str = HOME, kind: FeedKind = FeedKind.FRONT
) -> None:
    found, _ = store.feeds.add(feed, kind, "", START)
    store.feeds.take_in(found.id, [Entry(STORY, None, headline)], at(minutes))


def _aside(store: Store, article_id: int) -> list[SeenAside]:
    return store.notes.asides(article_id)


def test_another_headline_is_kept_with_its_place_and_time(store: Store) -> None:
    article = _story(store)
    for minutes in (60, 70, 200):
        _name(store, ELSEWHERE, minutes=minutes)
    _name(store, "The bridge you cross each day is shut", feed=f"{HOME}rss", kind=FeedKind.FEED)
    feed, front = _aside(store, article)
    assert (feed.reason, feed.lines) == ("feed", ("The bridge you cross each day is shut",))
    assert (front.reason, front.lines, front.version) == ("front", (ELSEWHERE,), 0)
    assert (front.first_seen_at, front.last_seen_at, front.times) == (at(60), at(200), 2)


@pytest.mark.parametrize("told", [OWN, f"Live: {OWN}", OWN[:20] + "…", "Read more", ""])
def test_what_is_no_other_headline_is_not_kept(store: Store, told: str) -> None:
    article = _story(store)
    _name(store, told)
    assert _aside(store, article) == []


def test_an_article_that_is_named_before_it_is_captured_is_compared_then(store: Store) -> None:
    for headline, kept in ((ELSEWHERE, [(ELSEWHERE,)]), (OWN, [])):
        _name(store, headline)
        article = _story(store, minutes=61)
        store.queue.finish_find(STORY, Next(None, Outcome.CAPTURED, ""))
        assert [each.lines for each in _aside(store, article)] == kept
        store.owner.forget(article)
        store.feeds.remove(store.feeds.all()[0].id)


def test_a_headline_that_the_article_takes_on_is_told_no_more(store: Store) -> None:
    article = _story(store)
    _name(store, ELSEWHERE)
    assert len(_aside(store, article)) == 1
    _story(store, ELSEWHERE, minutes=120)
    assert _aside(store, article) == []


def test_what_another_site_calls_an_article_says_nothing_of_it(store: Store) -> None:
    article = _story(store)
    _name(store, ELSEWHERE, feed="https://aggregator.example.net/rss", kind=FeedKind.FEED)
    assert _aside(store, article) == []


def test_only_so_many_are_kept_the_latest(store: Store) -> None:
    article = _story(store)
    for n in range(15):
        _name(store, f"Bridge number {n} falls into the harbour", minutes=60 + n)
    found = _aside(store, article)
    assert [each.lines[0].split()[2] for each in found] == [str(n) for n in range(5, 15)]


def test_a_feed_and_a_front_page_give_headlines_and_a_summary_is_none() -> None:
    rss = f"<rss><channel><item><title>{ELSEWHERE}</title><link>{STORY}</link></item></channel></rss>"
    summary = f"<p><a href='{STORY}'>A long summary of what the council has said.</a></p>"
    card = f"<article><a href='{STORY}'>%s</a>{summary}</article>"
    for body, headline in (
        (rss, ELSEWHERE),
        (card % f"<h3>{ELSEWHERE}</h3>", ELSEWHERE),
        (f"<h2><a href='{STORY}'>{ELSEWHERE}</a></h2>", ELSEWHERE),
        (card % "<img alt='A bridge in the fog at dawn'>", ""),
    ):
        (entry,) = read(f"<title>Echo</title>{body}".encode() if body != rss else rss.encode(), HOME).entries
        assert (entry.url, entry.headline) == (STORY, headline)


def test_other_headlines_are_told_over_the_api_and_on_the_articles_page(backend: Backend) -> None:
    article = _story(backend.store)
    path = f"/api/v1/edits?url={STORY}"
    before = backend.client.get(path)
    _name(backend.store, ELSEWHERE)
    answer = backend.client.get(path, If_None_Match=before.headers["etag"])
    told: dict[str, Any] = answer.json["aside"][0]
    assert told | {"first_seen_at": "", "last_seen_at": ""} == {
        "version": 0,
        "title": OWN,
        "reason": "front",
        "times": 1,
        "lines": [ELSEWHERE],
        "first_seen_at": "",
        "last_seen_at": "",
    }
    page = backend.client.get(f"/articles/{article}").body.decode()
    assert f"A front page of its site called it “{ELSEWHERE}”" in page


def test_what_waits_too_long_is_forgotten(store: Store) -> None:
    _name(store, ELSEWHERE)
    later = START + timedelta(days=30)
    found, _ = store.feeds.add(HOME, FeedKind.FRONT, "", later)
    store.feeds.take_in(found.id, [], later)
    article = _story(store)
    store.queue.finish_find(STORY, Next(None, Outcome.CAPTURED, ""))
    assert _aside(store, article) == []
