"""The popup: the state of the page in front, in words, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .backend import rowback
from .cases import FIGURE, NEVER_EDITED, UNKNOWN, story
from .deadline import until
from .newspaper import Newspaper
from .overlay import NOT_STORED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader, Tab
    from .site import Site

SHOP = "https://popup.lantern-post.test/basket"


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    for each in (FIGURE, NEVER_EDITED):
        backend.tell(each)
    for each in (FIGURE, NEVER_EDITED, UNKNOWN):
        site.put(each.url, each.page())
    site.put(SHOP, "<!doctype html><title>Basket</title><h1>Basket</h1><form><input><button>Pay</button></form>")


def open_popup(reader: Reader, state: str) -> Tab:
    """The popup over the page in front, once it knows the page to be in this state."""
    popup = reader.open_beside("popup/index.html")
    until(lambda: reader.ask("attribute", "#page", "data-state") == state, f"the popup to say {state}")
    return popup


@pytest.mark.parametrize(
    ("url", "state"),
    [(FIGURE.url, "ready"), (NEVER_EDITED.url, "none"), (UNKNOWN.url, "unknown"), (SHOP, "not-article")],
    ids=["edited", "never edited", "unknown", "no article"],
)
def test_the_popup_knows_the_page_in_front(
    url: str, state: str, reader: Reader, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(url)
    open_popup(reader, state)
    until(lambda: len(reader.ask("text", "#page").split()) >= 5, "a sentence")
    snap(reader, f"popup-{state}")


def test_following_an_unknown_article_stores_it_after_saying_what_is_sent(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    ferry = story(f"ferry-{reader.name}", ("Ferry stays in port", *FIGURE.versions[-1].paragraphs))
    site.put(ferry.url, ferry.page())
    reader.open(ferry.url)
    overlay.wait_over(NOT_STORED)
    open_popup(reader, "unknown")
    assert backend.url in reader.ask("text", "#page"), "where the text would go is said first"
    assert not backend.knows(ferry.url)
    reader.click("#page .main")
    until(
        lambda: reader.ask("attribute", "#page", "data-state") == "none",
        lambda: f"the popup to know the article; it says {reader.ask('shown')!r}",
    )
    answer = backend.edits(ferry.url)
    assert answer["article"]["status"] == "watching"
    assert answer["article"]["title"] == ferry.versions[-1].title
    assert [version["origin"] for version in answer["versions"]] == ["browser"]


def test_an_article_followed_from_the_page_shows_its_later_edits(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    before, after = (
        each.replace("harbour", "ferry")
        for each in (FIGURE.versions[0].paragraphs[0], FIGURE.versions[1].paragraphs[0])
    )
    name = f"pier-{reader.name}"
    text = ("Ferry pier to be rebuilt", before, *FIGURE.versions[0].paragraphs[1:])
    pier = story(name, text)
    site.put(pier.url, pier.page())
    reader.open(pier.url)
    page = reader.tab()
    open_popup(reader, "unknown")
    reader.click("#page .main")
    until(lambda: backend.knows(pier.url), "the article to be stored")

    paragraphs = (after, *text[2:])
    blocks = [{"kind": "p", "text": paragraph} for paragraph in paragraphs]
    backend.api("POST", "/api/v1/captures", {"url": pier.url, "title": text[0], "blocks": blocks})
    later = story(name, (text[0], *paragraphs))
    site.put(pier.url, later.page())
    reader.close_tab()
    reader.switch(page)
    reader.reload()
    assert overlay.wait().anchored == "1/1"
    assert overlay.words_marked() == ["nine"]


def test_the_first_edit_is_shown_from_the_popup(reader: Reader, overlay: Overlay) -> None:
    reader.open(FIGURE.url)
    overlay.wait()
    page = reader.tab()
    popup = open_popup(reader, "ready")
    reader.click("#page .main")
    until(lambda: popup not in reader.tabs(), "the popup to have closed")
    reader.switch(page)
    assert until(overlay.card, "the first card").deleted == ["four"]


def test_the_history_button_opens_the_backends_page(reader: Reader, overlay: Overlay, backend: Backend) -> None:
    reader.open(FIGURE.url)
    overlay.wait()
    open_popup(reader, "ready")
    before = set(reader.tabs())
    history = backend.edits(FIGURE.url)["article"]["links"]["html"]
    reader.click("#page .row button:nth-child(2)")
    opened = until(lambda: set(reader.tabs()) - before, "a new tab")
    reader.switch(opened.pop())
    until(lambda: reader.address() == history, "the history page")
    assert FIGURE.versions[0].title in reader.ask("shown")


def test_the_popup_opens_the_first_card_on_the_page(reader: Reader, overlay: Overlay) -> None:
    reader.open(FIGURE.url)
    overlay.wait()
    page = reader.tab()
    open_popup(reader, "ready")
    reader.click("#page .main")
    until(lambda: len(reader.tabs()) == 1, "the popup to close")
    reader.switch(page)
    assert until(overlay.card, "the card to open").deleted == ["four"]


def test_an_article_that_its_owner_hides_is_told_calmly(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site, snap: Callable[[Reader, str], None]
) -> None:
    hidden = story(f"hidden-{reader.name}", *((each.title, *each.paragraphs) for each in FIGURE.versions))
    backend.tell(hidden)
    site.put(hidden.url, hidden.page())
    rowback("hide", hidden.url, "--reason", "A court asked for it.", "--db", backend.database)
    reader.open(hidden.url)
    overlay.wait_over("A court asked for it.")
    assert overlay.badges() == []
    assert reader.toolbar_badge_text() == ""
    for page in ("popup", "panel"):
        tab = reader.tab()
        reader.open_beside(f"{page}/index.html")
        until(lambda: reader.ask("attribute", "#page", "data-state") == "hidden", f"the {page} to say it")
        said = reader.ask("text", "#page")
        assert said == "The owner of this backend does not show this article: A court asked for it."
        snap(reader, f"{page}-hidden")
        reader.close_tab()
        reader.switch(tab)


def test_following_a_site_has_the_backend_watch_it_or_says_why_not(
    reader: Reader, overlay: Overlay, backend: Backend
) -> None:
    reader.open(FIGURE.url)
    overlay.wait()
    open_popup(reader, "ready")
    reader.click("#follow-site")
    # Invented sites have no address that a backend may fetch; what it says of that is what the reader is told.
    until(lambda: "cannot be read" in (reader.ask("text", "#site-more") or ""), "what came of it")
    assert reader.ask("text", "#site-following").startswith("You follow figure.lantern-post.test.")
    assert "Undo" in reader.ask("text", "#said")
    reader.click("#unfollow-site")
    until(lambda: "No longer following" in (reader.ask("text", "#said") or ""), "it to be followed no more")
    assert "Follow everything on" in reader.ask("text", "#follow-site")
    reader.click("#said .undo")
    until(lambda: reader.ask("text", "#site-following"), "it to be followed again")
    reader.click("#unfollow-site")
    until(lambda: "No longer following" in (reader.ask("text", "#said") or ""), "it to be followed no more")


@pytest.mark.parametrize("page", ["popup", "panel"])
def test_that_an_article_is_followed_is_said_and_each_press_can_be_undone(
    page: str, reader: Reader, overlay: Overlay, backend: Backend, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(FIGURE.url)
    overlay.wait()
    reader.open_beside(f"{page}/index.html")

    def status_after(button: str, becomes: str, said: str) -> None:
        until(lambda: reader.ask("text", button), f"{button} to be there")
        reader.click(button)
        until(lambda: said in (reader.ask("text", "#said") or ""), f"it to say {said}")
        assert backend.edits(FIGURE.url)["article"]["status"] == becomes

    until(lambda: "You follow this article." in (reader.ask("shown") or ""), "it to be said")
    snap(reader, f"{page}-you-follow")
    status_after(".unfollow", "paused", "No longer followed")
    assert "You follow this article." not in reader.ask("shown")
    snap(reader, f"{page}-undo")
    status_after("#said .undo", "watching", "Followed")
    status_after(".unfollow", "paused", "No longer followed")
    status_after(".resume", "watching", "Followed")
    status_after("#said .undo", "paused", "No longer followed")
    status_after(".resume", "watching", "Followed")


@pytest.mark.parametrize("page", ["popup", "panel"])
def test_following_is_the_main_thing_on_a_front_page(
    page: str, reader: Reader, backend: Backend, snap: Callable[[Reader, str], None]
) -> None:
    newspaper = Newspaper(backend)
    newspaper.start()
    try:
        reader.open(f"{newspaper.url}/")
        reader.open_beside(f"{page}/index.html")
        until(lambda: reader.ask("text", "#following .main"), "the button")
        assert reader.ask("text", "#following .look-anyway.link") == "Look anyway"
        snap(reader, f"{page}-front")
        reader.click("#following .main")
        until(lambda: reader.ask("text", "#site-following"), "it to be followed")
        reader.click("#said .undo")
        until(lambda: reader.ask("text", "#following .main"), "it to be followed no more")
    finally:
        newspaper.stop()


def test_a_site_that_is_followed_is_shown_so_with_what_was_found(
    reader: Reader, backend: Backend, snap: Callable[[Reader, str], None]
) -> None:
    newspaper = Newspaper(backend)
    newspaper.start()
    try:
        home = f"{newspaper.url}/"
        rowback("follow", home, "--db", backend.database, ROWBACK_FETCH_HOSTS="127.0.0.1")
        reader.open(home)
        reader.open_beside("popup/index.html")
        until(lambda: reader.ask("text", "#site-following"), "what the site is followed by")
        assert reader.ask("text", "#site-following").startswith("You follow 127.0.0.1.")
        assert "Saltpan Quay" in reader.ask("text", "#site-more")
        snap(reader, "popup-following")
        reader.click("#unfollow-site")
        until(lambda: "No longer following" in (reader.ask("text", "#said") or ""), "it to be followed no more")
    finally:
        newspaper.stop()


@pytest.fixture
def usual_mode(reader: Reader) -> Iterator[None]:
    """The mode is remembered for all pages: other tests expect the usual one."""
    yield
    switch_mode(reader, "marks")


def switch_mode(reader: Reader, mode: str) -> None:
    page = reader.tab()
    open_popup(reader, "ready")
    reader.click(f"#mode label:has([value={mode}])")
    until(lambda: reader.run_in_page("() => document.querySelector('#mode :checked').value") == mode, "the choice")
    reader.close_tab()
    reader.switch(page)


def test_the_popup_switches_how_much_the_page_shows(usual_mode: None, reader: Reader, overlay: Overlay) -> None:
    reader.open(FIGURE.url)
    overlay.wait()
    switch_mode(reader, "quiet")
    until(lambda: overlay.words_marked() == [], "the marks to be gone")
    assert len(overlay.badges()) == 1
    switch_mode(reader, "marks")
    until(lambda: overlay.words_marked() == ["nine"], "the marks to be back")


def test_what_comes_late_moves_nothing_that_is_pressed(reader: Reader, overlay: Overlay) -> None:
    """The archives are only known after the page."""
    reader.open(FIGURE.url)
    overlay.wait()
    open_popup(reader, "ready")
    until(lambda: reader.ask("attribute", "#past", "data-state"), "what is known of the past")
    without, with_it = reader.run_in_page(
        """() => [true, false].map((hidden) => {
            document.querySelector("#past").hidden = hidden;
            return ["#mode", "#site-on", "#follow-site"].map((at) => document.querySelector(at).getBoundingClientRect().top);
        })"""
    )
    assert without == with_it
