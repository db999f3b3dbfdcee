"""What is no article is told by how it is built and by what it says, and no article is lost to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rowback.capture.captures import from_html
from rowback.errors import NotAnArticle
from rowback.model import Origin
from rowback.store.feeds import FeedKind
from rowback.text.extract import extract
from rowback.text.links import looks_like_article
from rowback.text.page_build import Build
from rowback.text.page_facts import PageFacts
from rowback.text.page_kind import kind_of
from rowback.text.places import places_of

from .cases import cases
from .kinds_of_pages import INVENTED, Invented
from .test_poller import Newsroom, newsroom, outcome
from .websites import website

if TYPE_CHECKING:
    from pathlib import Path

    from .backend import Client
    from .program import Program

__all__ = ["newsroom"]
BY_NAME = {page.name: page for page in INVENTED}
SECTION = BY_NAME["section of divs, 40 words"]
LATER = BY_NAME["section of items, 80 words"].html
SHOP = BY_NAME["category of a shop"]


def taken_for(page: Invented) -> str | None:
    """What the server takes a page for; None where it stores it."""
    try:
        return extract(page.html, page.url).taken_for
    except NotAnArticle as error:
        return error.reason


@pytest.mark.parametrize("page", INVENTED, ids=lambda page: page.name)
def test_a_page_is_taken_for_what_it_is(page: Invented) -> None:
    assert taken_for(page) == page.kind


def test_a_page_is_refused_with_what_it_was_taken_for_and_what_to_do(client: Client) -> None:
    for name, word in {
        SECTION.name: "it links to articles",
        SHOP.name: "a page of a shop",
        "thread": "a page of a forum",
        "help": "an application or a page of a service",
    }.items():
        page = BY_NAME[name]
        answer = client.post("/api/v1/captures", {"url": page.url, "html": page.html, "origin": "browser"})
        assert (answer.status, answer.code, answer.json["reason"]) == (422, "not-an-article", page.kind)
        assert word in answer.json["detail"]
        assert f"`rowback capture --anyway {page.url}`" in answer.json["detail"]


def test_what_is_stored_anyway_stays_accepted(client: Client) -> None:
    body = {"url": SECTION.url, "html": SECTION.html, "origin": "browser"}
    assert client.post("/api/v1/captures", body).status == 422
    assert client.post("/api/v1/captures", body | {"anyway": True}).status == 201
    assert client.post("/api/v1/captures", body | {"html": LATER, "origin": "api"}).status == 201
    assert client.post("/api/v1/captures", body).status == 200
    assert client.post("/api/v1/captures", body | {"anyway": "yes"}).code == "bad-input"


def test_anyway_makes_no_article_of_an_error(client: Client) -> None:
    body = {"url": SECTION.url, "html": "<h1>Page not found</h1><p>The page does not exist.</p>", "anyway": True}
    assert client.post("/api/v1/captures", body).json["reason"] == "error-page"


def test_a_page_that_was_stored_anyway_is_checked_like_any_other(newsroom: Newsroom) -> None:
    site, store = newsroom.site, newsroom.store
    site.put("/lamps", SHOP.html)
    store.record(
        from_html(site.url("/lamps"), SHOP.html, newsroom.clock(), Origin.BROWSER, anyway=True), newsroom.clock()
    )
    site.put("/lamps", SHOP.html.replace("bakers", "millers"))
    assert str(outcome(newsroom.step(days=1))) == "edited"


def test_a_section_that_was_stored_anyway_may_change_altogether(newsroom: Newsroom) -> None:
    site, store = newsroom.site, newsroom.store
    html = SECTION.html.replace("Town news", "Town")
    store.record(from_html(site.url("/town/"), html, newsroom.clock(), Origin.BROWSER, anyway=True), newsroom.clock())
    site.put("/town/", LATER)
    assert str(outcome(newsroom.step(days=1))) == "edited"


def test_what_a_feed_names_and_is_no_article_is_given_up_soon(newsroom: Newsroom) -> None:
    site, store = newsroom.site, newsroom.store
    site.put("/lamps", SHOP.html)
    site.put("/feed.xml", f"<rss><channel><item><link>{site.url('/lamps')}</link></item></channel></rss>")
    store.feeds.add(site.url("/feed.xml"), FeedKind.FEED, "", newsroom.clock())
    for _ in range(40):
        newsroom.step(hours=3)
    assert (site.paths().count("/lamps"), store.articles.newest(10)) == (2, [])


def test_the_command_line_stores_anyway(rowback: Program, tmp_path: Path) -> None:
    saved = tmp_path / "section.html"
    saved.write_text(SECTION.html)
    refused = rowback("capture", saved, "--url", SECTION.url)
    assert (refused.code, "--anyway" in refused.err) == (1, True)
    assert rowback.ok("capture", saved, "--url", SECTION.url, "--anyway").out.startswith("Stored version 0")
    assert rowback.ok("capture", saved, "--url", SECTION.url).out.startswith("Unchanged")


@pytest.mark.parametrize(
    ("page", "arguments"), [(SECTION, ["--as", "article"]), (SHOP, [])], ids=["a section", "what leads to no articles"]
)
def test_following_one_address_stores_it_whatever_it_looks_like(
    rowback: Program, page: Invented, arguments: list[str]
) -> None:
    with website() as site:
        site.put("/town/", page.html)
        url = site.url("/town/", "127.0.0.1")
        followed = rowback.ok("follow", url, *arguments, ROWBACK_FETCH_HOSTS="127.0.0.1")
    assert followed.out.startswith("Following ")
    assert "front page" not in followed.out


@pytest.mark.parametrize("row", cases("places"), ids=lambda row: row["url"])
def test_an_address_tells_what_stands_there(row: dict[str, Any]) -> None:
    assert sorted(places_of(row["url"])) == sorted(row["places"])
    assert looks_like_article(row["url"], row["url"]) == row["article"]


@pytest.mark.parametrize("row", cases("page-kinds"), ids=lambda row: row["name"])
def test_what_a_page_is_built_like_tells_its_kind(row: dict[str, Any]) -> None:
    facts, url = row.get("facts", {}), row["url"]
    said = PageFacts(
        open_graph=facts.get("openGraph", ""),
        linked=tuple(facts.get("linked", ())),
        items=tuple(facts.get("items", {}).items()),
        classes=frozenset(facts.get("classes", ())),
        generator=facts.get("generator", ""),
        is_dated=facts.get("isDated", False),
    )
    kind = kind_of(said, places_of(url), Build(**row.get("build", {})), looks_like_article(url, url))
    assert kind == row["kind"]
