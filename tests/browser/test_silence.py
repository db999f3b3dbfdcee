"""What is never asked about, and what a backend may answer: seen on the wire between the extension and the backend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import FIGURE, UNKNOWN
from .deadline import stays, until
from .overlay import NOT_STORED, Overlay, State
from .relay import Asked, Relay
from .story import Story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .backend import Backend
    from .conftest import Readers
    from .reader import Reader
    from .site import Site

LINKS = "\n".join(f'<li><a href="/2026/story-{n}">The story of the week, number {n}</a></li>' for n in range(30))
FRONT = f"<!doctype html><html lang=en><title>The Lantern Post</title><h1>The Lantern Post</h1><ul>{LINKS}</ul>"
SHOP = """<!doctype html><html lang=en><title>Basket</title><h1>Your basket</h1>
<form><label>Pieces <input value=2></label><button>Pay now</button></form><p>Free delivery.</p>"""

NOT_ARTICLES = {
    "a front page": ("https://www.quiet-post.test/", FRONT),
    "a search": ("https://www.quiet-post.test/search?q=bridge", FRONT),
    "a form": ("https://shop.quiet-post.test/basket", SHOP),
    "nothing at all": ("https://www.quiet-post.test/empty", "<!doctype html><title>Empty</title>"),
}
INTRANET = Story("http://paper.lan/2026/figure", FIGURE.versions)

NOTHING = State(0, None, None)


@pytest.fixture(scope="module")
def wire(backend: Backend) -> Iterator[Relay]:
    relay = Relay(backend.url.removeprefix("http://"))
    yield relay
    relay.stop()


@pytest.fixture(scope="module")
def relayed(module_readers: Readers, backend: Backend, wire: Relay) -> Reader:
    return module_readers.connect(backend, through=wire)


@pytest.fixture(autouse=True)
def _clean(wire: Relay, relayed: Reader) -> None:
    relayed.open("about:blank")
    wire.lies.clear()
    wire.asked.clear()


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    backend.tell(FIGURE)
    for story in (FIGURE, UNKNOWN, INTRANET):
        site.put(story.url, story.page())
    for number in range(len(BAD_MARKUP)):
        site.put(f"{FIGURE.url}?lie={number}", FIGURE.page())
    for url, html in NOT_ARTICLES.values():
        site.put(url, html)


def test_an_article_is_asked_about_once_and_by_its_address_alone(relayed: Reader, wire: Relay) -> None:
    relayed.open(FIGURE.url + "#comments")
    Overlay(relayed).wait()
    assert wire.asked_about_pages() == [Asked("GET", "/api/v1/edits", FIGURE.url)]


def test_an_unknown_article_is_not_sent(relayed: Reader, wire: Relay) -> None:
    relayed.open(UNKNOWN.url)
    Overlay(relayed).wait_over(NOT_STORED)
    assert {asked.method for asked in wire.asked_about_pages()} == {"GET"}


@pytest.mark.parametrize("page", NOT_ARTICLES)
def test_a_page_that_is_no_article_gets_no_overlay_and_is_never_asked_about(
    page: str, relayed: Reader, wire: Relay
) -> None:
    relayed.open(NOT_ARTICLES[page][0])
    stays(Overlay(relayed).state, NOTHING, "no overlay")
    assert wire.asked_about_pages() == []


def test_an_article_on_an_intranet_is_never_asked_about(relayed: Reader, wire: Relay) -> None:
    relayed.open(INTRANET.url)
    assert relayed.ask("text", "h1"), "the page itself is there"
    page = relayed.tab()
    relayed.open_beside("popup/index.html")
    until(
        lambda: relayed.ask("attribute", "#page", "data-state") == "off",
        "the popup to say that this page is not asked about",
    )
    relayed.close_tab()
    relayed.switch(page)
    until(lambda: Overlay(relayed).state() == NOTHING, "no overlay")
    assert wire.asked_about_pages() == []


BAD_MARKUP = (
    "<p>The council <script>window.hit=1</script><ins>nine</ins></p>",
    '<p onclick="window.hit=1"><ins>nine</ins></p>',
    "<img src=x onerror=window.hit=1>",
    "<p>" * 20_000,
    "",
)

STRANGE_ANSWERS = {
    "no JSON": (200, "<!doctype html><h1>It works!</h1>"),
    "nothing": (200, ""),
    "a list": (200, "[]"),
    "an empty object": (200, "{}"),
    "edits that are a number": (200, '{"article": {}, "versions": [], "edits": 7, "passing": []}'),
    "null everywhere": (200, '{"article": null, "versions": null, "edits": [null], "passing": [null]}'),
    "deep nesting": (200, "[" * 5_000 + "]" * 5_000),
    "a server error": (500, '{"code": "error", "title": "Something went wrong"}'),
    "a refusal in HTML": (403, "<h1>Forbidden</h1>"),
}


@pytest.mark.parametrize("answer", STRANGE_ANSWERS)
def test_a_strange_answer_is_an_error_and_the_page_is_left_alone(answer: str, relayed: Reader, wire: Relay) -> None:
    wire.lies["/api/v1/edits"] = STRANGE_ANSWERS[answer]
    relayed.open(UNKNOWN.url)
    Overlay(relayed).wait_over("Rowback: ")
    assert Overlay(relayed).marks() == {}
    until(lambda: relayed.toolbar_badge_text() == "!", "the toolbar to say that something is wrong")


@pytest.mark.parametrize("markup", BAD_MARKUP, ids=lambda markup: markup[:24] or "none")
def test_markup_that_breaks_the_rules_is_never_executed(
    markup: str, relayed: Reader, wire: Relay, backend: Backend
) -> None:
    wire.lies["/api/v1/edits"] = (200, backend.edits_with_markup(FIGURE.url, markup))
    overlay = Overlay(relayed)
    relayed.open(f"{FIGURE.url}?lie={BAD_MARKUP.index(markup)}")
    until(
        lambda: overlay.state().state == "ready" or relayed.toolbar_badge_text() == "!", "the answer to be dealt with"
    )
    if overlay.badges():
        card = overlay.open_card("[data-edit]")
        assert {"script", "img"}.isdisjoint(card.elements)
    assert relayed.run_in_page("() => window.hit ?? null") is None
    assert overlay.words_marked() == []
