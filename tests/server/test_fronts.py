"""Front pages of sites and sections are no articles, however they come in; and an article is not refused for its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rowback.errors import NotAnArticle
from rowback.model import Reason
from rowback.store.feeds import FeedKind
from rowback.text.extract import extract

from .front_pages import FRONTS, Stories, whole
from .samples import PARAGRAPHS, TITLE, URL, page
from .test_poller import Newsroom, newsroom, outcome
from .websites import website

if TYPE_CHECKING:
    from pathlib import Path

    from .backend import Client
    from .program import Program

__all__ = ["newsroom"]
SECTION = "https://www.harbour-echo.example/harbour/"
FRONT = FRONTS["cards"]()
MISSED = {"a river", "a topic"}  # rather taken for articles than an article for one of them
LINKS = Stories().some(30, "<div><h3><a href='{href}'>{headline}</a></h3><p>{teaser}</p></div>")
ARTICLE = f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p>"


def _is_told(html: str) -> bool:
    """Whether a page is told for a front, also where nothing of it is an article's text."""
    try:
        return extract(html, SECTION).is_front
    except NotAnArticle as error:
        return error.reason == Reason.FRONT


@pytest.mark.parametrize("name", sorted(FRONTS.keys() - MISSED))
def test_fronts_are_told(name: str) -> None:
    assert _is_told(FRONTS[name]())


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (ARTICLE + LINKS, ""),
        (f"<h1>Note</h1><p>{PARAGRAPHS[0]}</p>{LINKS[:600]}", "<meta property='og:type' content='article'>"),
        ("<h1>Note</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + LINKS, ""),
        (f"{ARTICLE}{LINKS[:1200]}", ""),
    ],
    ids=["short, with a headline", "says so", "a text of its own", "few links"],
)
def test_articles_with_many_links_are_articles(body: str, head: str) -> None:
    assert not extract(whole(body, "Harbour", head), SECTION).is_front


def test_a_front_becomes_no_article_and_is_told(client: Client) -> None:
    answer = client.post("/api/v1/captures", {"url": SECTION, "html": FRONT, "origin": "browser"})
    assert (answer.status, answer.code, answer.json["reason"]) == (422, "not-an-article", "front-page")
    assert f"`rowback follow {SECTION}`" in answer.json["detail"]
    assert client.get(f"/api/v1/edits?url={SECTION}").code == "unknown-article"


def test_a_list_under_an_articles_own_address_is_taken(client: Client) -> None:
    url = "https://www.harbour-echo.example/2026/01/10/five-things-to-know"
    assert client.post("/api/v1/captures", {"url": url, "html": FRONT}).status == 201


def test_a_readers_capture_of_a_known_article_is_never_refused_for_its_links(client: Client) -> None:
    assert client.post("/api/v1/captures", {"url": URL, "html": page()}).status == 201
    server = client.post("/api/v1/captures", {"url": URL, "html": FRONT})
    assert (server.status, server.json["reason"]) == (422, "front-page")
    assert client.post("/api/v1/captures", {"url": URL, "html": FRONT, "origin": "browser"}).status == 201


def test_an_article_that_a_front_took_the_place_of_is_gone_soon_and_comes_back_unharmed(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    newsroom.site.put("/news/ferry-timetable", FRONT)
    for _ in range(4):
        assert str(outcome(newsroom.step(days=2))) == "missing"
    found = newsroom.article(article)
    assert (found.status.value, found.version_count, found.next_check_at) == ("gone", 1, None)
    assert "front pages" in newsroom.store.overview(newsroom.clock()).troubles[0].reason


def test_a_section_that_a_feed_names_is_given_up_soon_and_told(newsroom: Newsroom) -> None:
    site, store = newsroom.site, newsroom.store
    site.put("/harbour/", FRONT)
    site.put("/feed.xml", f"<rss><channel><item><link>{site.url('/harbour/')}</link></item></channel></rss>")
    store.feeds.add(site.url("/feed.xml"), FeedKind.FEED, "", newsroom.clock())
    for _ in range(40):
        newsroom.step(hours=3)
    assert (site.paths().count("/harbour/"), store.articles.newest(10)) == (2, [])
    (note,) = store.overview(newsroom.clock()).troubles
    assert (note.kind, note.next_check_at) == ("find", None)
    assert "front page" in note.reason


def test_capture_says_what_to_do_with_a_front(rowback: Program, tmp_path: Path) -> None:
    with website() as site:
        site.put("/harbour/", FRONT)
        url = site.url("/harbour/", "127.0.0.1")
        refused = rowback("capture", url, ROWBACK_FETCH_HOSTS="127.0.0.1")
        assert refused.code == 1
        assert refused.err == (
            "Error: This is a front page: it links to articles and is none itself. "
            f"`rowback follow {url}` watches the articles it links to; "
            f"`rowback capture --anyway {url}` stores the page itself.\n"
        )
        followed = rowback.ok("follow", url, ROWBACK_FETCH_HOSTS="127.0.0.1")
        assert followed.out.startswith(f"Following the front page {url}")
    saved = tmp_path / "front.html"
    saved.write_text(FRONT)
    assert "rowback follow" in rowback("capture", saved, "--url", SECTION).err


@pytest.mark.parametrize(("body", "kinds"), [(FRONT, ["front"]), (page(), [])], ids=["a front", "an article"])
def test_what_is_followed_over_the_api_is_told_apart_as_on_the_command_line(
    newsroom: Newsroom, body: str, kinds: list[str]
) -> None:
    newsroom.site.put("/harbour/", body)
    newsroom.store.feeds.add(newsroom.site.url("/harbour/"), FeedKind.SITE, "", newsroom.clock())
    newsroom.step()
    assert [feed.kind.value for feed in newsroom.store.feeds.all()] == kinds
    watched = [article.title for article in newsroom.store.articles.newest(5) if article.status.value == "watching"]
    assert watched == ([] if kinds else [TITLE])
