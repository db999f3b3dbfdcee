"""The backend's own pages in real browsers: readable in every theme, width and medium, by keyboard, without scripts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from .cases import BUSES, CASES, COST, GONE_MARKUP, MAYOR, NEW_MARKUP, RUST, TITLE, story
from .deadline import until
from .reader import WINDOW
from .test_accessibility import violations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .backend import Backend
    from .reader import Reader
    from .story import Story

    Addresses = dict[str, str]

NARROW = (500, 900)  # Firefox has no windows under 450 pixels
LONG_WORD = "Landungsbrückenpfeilerschutzanstrich" * 6
EDITED = story(
    "pages",
    (TITLE, COST.format("four"), RUST, f"{BUSES} {MAYOR}", "Walkers may cross until dusk, as they always could."),
    (TITLE, COST.format("nine"), RUST, BUSES, MAYOR, "Walkers may cross until dusk, as they always could."),
    ("Council opens the old harbour bridge", RUST, BUSES, MAYOR, "Walkers may cross until dusk.", COST.format("nine")),
)
HOSTILE = story("hostile-pages", (GONE_MARKUP, GONE_MARKUP, RUST), (NEW_MARKUP, NEW_MARKUP, RUST, LONG_WORD))
ARABIC = next(case.story for case in CASES if case.story.lang == "ar")
PAGES = (
    "front",
    "articles",
    "article",
    "diff",
    "inline",
    "moved",
    "version",
    "search",
    "edits",
    "unknown",
    "error",
    "status",
    "about",
    "login",
    "hostile",
    "rtl",
)


@pytest.fixture(scope="module")
def addresses(backend: Backend) -> Addresses:
    """The pages under test, by name."""
    pages = {}
    for name, told in {"article": EDITED, "hostile": HOSTILE, "rtl": ARABIC}.items():
        backend.tell(told)
        pages[name] = f"/articles/{_article(backend, told)}"
    article = pages["article"]
    return pages | {
        "front": "/?substance=1",
        "articles": "/articles",
        "diff": f"{article}/diff/0/1",
        "inline": f"{article}/diff/0/2?view=inline",
        "moved": f"{article}/diff/1/2",
        "version": f"{article}/versions/0",
        "search": "/search?q=council",
        "edits": "/search?q=removed:four",
        "unknown": "/find?url=https%3A%2F%2Fnowhere.lantern-post.test%2Fa",
        "error": "/articles/99999",
        "status": "/status",
        "about": "/about",
        "login": "/login",
        "hostile": f"{pages['hostile']}/diff/0/1",
        "rtl": f"{pages['rtl']}/diff/0/1",
    }


def _article(backend: Backend, told: Story) -> int:
    return int(backend.edits(told.url)["article"]["id"])


@pytest.fixture
def go(reader: Reader, backend: Backend, addresses: Addresses) -> Callable[[str], None]:
    """Opens a page by its name."""
    # A page that is not there is what is asked for; some browsers note it in their console.
    reader.provoked |= {"404", "NOT FOUND"}
    return lambda name: reader.open(backend.url + addresses[name])


@pytest.fixture
def narrow(reader: Reader) -> Iterator[None]:
    reader.resize(*NARROW)
    yield
    reader.resize(*WINDOW)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_violations(
    page: str, theme: str, go: Callable[[str], None], reader: Reader, snap: Callable[[Reader, str], None]
) -> None:
    reader.dark(theme == "dark")
    try:
        go(page)
        snap(reader, f"page-{page}-{theme}")
        assert violations(reader, "html") == []
        assert not reader.ask("overflows"), "no sideways scrolling"
    finally:
        reader.dark(False)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_wider_than_a_narrow_window(
    page: str, narrow: None, go: Callable[[str], None], reader: Reader, snap: Callable[[Reader, str], None]
) -> None:
    go(page)
    snap(reader, f"page-{page}-narrow")
    assert not reader.ask("overflows"), "no sideways scrolling"


def test_a_narrow_window_shows_changes_in_one_text(narrow: None, go: Callable[[str], None], reader: Reader) -> None:
    go("diff")
    shown = "(css) => [...document.querySelectorAll(css)].some((node) => node.getClientRects().length > 0)"
    assert reader.run_in_page(shown, "#p1 .both del")
    assert reader.run_in_page(shown, "#p1 .both ins")
    assert not reader.run_in_page(shown, "#p1 .cell")


@pytest.mark.parametrize("page", ["front", "article", "diff", "version"])
def test_paper_holds_the_text_and_no_controls(
    page: str, go: Callable[[str], None], reader: Reader, snap: Callable[[Reader, str], None]
) -> None:
    go(page)
    reader.on_paper(True)  # after the visit: browsers forget it when they change processes
    try:
        snap(reader, f"page-{page}-paper")
        shown = "(css) => [...document.querySelectorAll(css)].some((node) => node.getClientRects().length > 0)"
        assert reader.run_in_page(shown, "main h1")
        assert not reader.run_in_page(shown, "nav, button, input, select")
    finally:
        reader.on_paper(False)


def test_everything_is_reached_by_keyboard(go: Callable[[str], None], reader: Reader) -> None:
    go("article")
    reader.press("Tab")
    focused = "() => document.activeElement.getAttribute('href') ?? document.activeElement.id"
    assert reader.run_in_page(focused) == "#main"
    reader.press("Enter")
    until(lambda: reader.run_in_page(focused) == "main", "the skip link to lead to the content")
    reader.run_in_page("() => document.querySelector('header input[name=q]').focus()")
    reader.type("bridge")
    reader.press("Enter")
    until(lambda: reader.address().endswith("/search?q=bridge"), f"the search to be sent from {reader.address()}")
    until(lambda: reader.ask("text", "mark") == "bridge", "something to be found")


def test_a_row_can_be_linked_to(
    go: Callable[[str], None], reader: Reader, backend: Backend, addresses: Addresses
) -> None:
    reader.open(f"{backend.url}{addresses['moved']}#p1")
    assert reader.run_in_page("() => document.querySelector('.row:target').id") == "p1"


def test_the_owner_can_stop_and_begin_checks(reader: Reader, backend: Backend, addresses: Addresses) -> None:
    """A form of ours is sent with our origin: browsers withhold it under some referrer policies."""
    page = f"{backend.url}{addresses['article']}"
    for act, status in (("pause", "paused"), ("resume", "watching")):
        reader.open(f"{page}?asked")
        reader.run_in_page("() => { document.querySelector('details.owner').open = true; }")
        reader.click(f"button[value={act}]")
        until(lambda: reader.address() == page, "the page that follows the form")
        until(partial(_has, backend, addresses["article"], status), f"the article to be {status}")


def _has(backend: Backend, page: str, status: str) -> bool:
    return bool(backend.api("GET", f"/api/v1{page}")["article"]["status"] == status)


def test_an_article_that_cannot_be_had_is_told(go: Callable[[str], None], reader: Reader) -> None:
    go("unknown")
    reader.provoked |= {"502", "403", "BAD GATEWAY"}
    reader.click("form.begin button")
    until(lambda: reader.address().endswith("/find"), "the form to be sent")
    until(lambda: "nowhere.lantern-post.test" in str(reader.ask("text", ".problem .lead")), "the failure to be told")
