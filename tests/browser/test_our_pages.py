"""Popup, panel, options and onboarding in other languages, at other sizes: readable, whole, and fit for everyone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .cases import WORDINGS
from .choices import open_options
from .deadline import until
from .overlay import SUMMARY, Overlay
from .reader import WINDOW
from .test_accessibility import violations
from .test_small_windows import CUT, SIDEBAR, TELEPHONE, unfold

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backend import Backend
    from .conftest import Readers
    from .reader import Reader
    from .site import Site

STORY = replace(WORDINGS, url="https://our-pages.lantern-post.test/2026/our-pages")
# Each page, the element that it fills last, and the width of the place where it stands.
PAGES = {
    "onboarding": ("onboarding/index.html", "#connection .good", WINDOW[0]),
    "options": ("options/index.html", "#connection .good", WINDOW[0]),
    "help": ("help/index.html", "#down-note code", WINDOW[0]),
    "popup": ("popup/index.html", "#site-name", 480),
    "panel": ("panel/index.html", "#edits-title", 480),
}
# Words that stand outside of the window at either side: from right to left a browser scrolls to none at the right.
WORDS_OUT = """() => [...document.querySelectorAll("body *")]
  .filter((each) => each.checkVisibility() && !each.closest(".hidden, option"))
  .flatMap((each) => [...each.childNodes])
  .filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
  .filter((node) => {
    const range = new Range();
    range.selectNode(node);
    const width = document.documentElement.clientWidth;
    return [...range.getClientRects()].some(({left, right}) => left < -1 || right > width + 1);
  })
  .map((node) => node.data.trim().slice(0, 80))"""
DIRECTIONS = {"ar": "rtl", "de": "ltr", "ja": "ltr"}


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    backend.tell(STORY)
    site.put(STORY.url, STORY.page())


@pytest.fixture(scope="module", params=DIRECTIONS)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def translated(language: str, module_readers: Readers, backend: Backend) -> Reader:
    """A reader whose extension speaks another language."""
    return module_readers.speaking(language).connect(backend)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_another_language_is_whole(
    page: str, language: str, translated: Reader, snap: Callable[[Reader, str], None]
) -> None:
    reader = translated
    path, last, width = PAGES[page]
    reader.open(STORY.url)
    Overlay(reader).wait()
    own = reader.tab()
    reader.resize(width, WINDOW[1])
    reader.open_beside(path)
    reader.resize(width, WINDOW[1])
    until(lambda: reader.ask("text", last), "the page to be filled")
    assert reader.run_in_page("() => document.documentElement.dir") == DIRECTIONS[language]
    names = json.loads((Path(__file__).parents[2] / "extension/_locales/en/messages.json").read_text(encoding="utf-8"))
    shown = reader.ask("shown")
    assert [name for name in names if "_" in name and name in shown.split()] == [], "names instead of words"
    assert not reader.ask("overflows"), "no sideways scrolling"
    assert violations(reader, "html") == []
    snap(reader, f"{page}-{language}")
    reader.resize(*WINDOW)
    reader.close_tab()
    reader.switch(own)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_another_language_fits_where_it_is_narrow(
    page: str, language: str, translated: Reader, snap: Callable[[Reader, str], None]
) -> None:
    reader = translated
    path, last, _ = PAGES[page]
    width = SIDEBAR if page == "panel" else TELEPHONE[0]
    reader.open(STORY.url)
    Overlay(reader).wait()
    own = reader.tab()
    beside = reader.open_beside(path)
    until(lambda: reader.ask("text", last), "the page to be filled")
    reader.switch(beside)
    reader.resize(width, TELEPHONE[1])
    try:
        until(lambda: reader.run_in_page("() => innerWidth") == width, "the page to be as wide as that")
        unfold(reader)
        assert reader.run_in_page(CUT) == []
        assert reader.run_in_page(WORDS_OUT) == []
        assert not reader.ask("overflows"), "no sideways scrolling"
        snap(reader, f"narrow-{page}-{language}")
    finally:
        reader.resize(*WINDOW)
        reader.close_tab()
        reader.switch(own)


def test_the_card_and_the_menu_speak_the_language_in_its_direction(
    language: str, translated: Reader, snap: Callable[[Reader, str], None]
) -> None:
    reader, overlay = translated, Overlay(translated)
    reader.open(STORY.url)
    overlay.wait()
    assert reader.ask("attribute", "rowback-overlay", "dir") == DIRECTIONS[language]
    words = json.loads((Path(__file__).parents[2] / f"extension/_locales/{language}/messages.json").read_text("utf-8"))
    card = overlay.open_card(SUMMARY)
    assert words["wordings_title"]["message"] in card.text
    assert 0 <= card.box["left"] < card.box["right"] <= WINDOW[0]
    snap(reader, f"card-{language}")
    reader.press("Escape")
    overlay.wait_closed()
    reader.click(".mode")
    until(lambda: words["mode_changes_note"]["message"] in (reader.ask("text", ".menu") or ""), "the menu to open")
    snap(reader, f"menu-{language}")
    reader.press("Escape")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_at_twice_the_size_needs_no_sideways_scrolling(
    page: str, reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    path, last, _ = PAGES[page]
    reader.open(STORY.url)
    overlay.wait()
    reader.open_beside(path)
    reader.resize(700, WINDOW[1])
    until(lambda: reader.ask("text", last), "the page to be filled")
    reader.run_in_page("() => { document.documentElement.style.zoom = 2 }")
    assert not reader.ask("overflows")
    snap(reader, f"{page}-zoomed")
    reader.resize(*WINDOW)


@pytest.mark.parametrize("page", PAGES)
def test_every_control_of_a_page_is_reached_by_the_keyboard(page: str, reader: Reader, overlay: Overlay) -> None:
    path, last, _ = PAGES[page]
    reader.open(STORY.url)
    overlay.wait()
    beside = reader.open_beside(path)
    until(lambda: reader.ask("text", last), "the page to be filled")
    reader.switch(beside)  # only then: the panel tells of the tab that is in front
    controls = reader.run_in_page(
        """() => [...document.querySelectorAll("button, input, [tabindex='0']")]
          .filter((each) => each.checkVisibility() && !each.disabled && (each.type !== "radio" || each.checked)).length"""
    )
    reached: set[int] = set()
    for _ in range(2 * controls):  # some presses lead through the browser's own controls
        reader.press("Tab")
        reached.add(
            reader.run_in_page(
                """() => [...document.querySelectorAll("button, input, [tabindex='0']")].indexOf(document.activeElement)"""
            )
        )
    assert len(reached - {-1}) >= controls


def test_every_command_has_a_key_that_the_browser_left_free(reader: Reader) -> None:
    open_options(reader)
    keys = reader.run_in_page("() => Array.from(document.querySelectorAll('#keys dd'), (each) => each.textContent)")
    assert len(set(keys)) == 4
    assert all(key.startswith(("Alt+Shift+", "Ctrl+Shift+")) for key in keys), keys


def test_our_pages_load_nothing_from_elsewhere_and_reach_a_backend_as_it_was_named(reader: Reader, site: Site) -> None:
    picture, plain = "https://our-pages.lantern-post.test/picture.svg", "http://our-pages.lantern-post.test/api"
    site.put(
        picture, "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", {"Content-Type": "image/svg+xml"}
    )
    site.put(plain, "{}")
    open_options(reader)
    reader.provoked |= {picture, "Content-Security-Policy"}
    load = """(src) => new Promise((done) => {
      Object.assign(new Image(), {src, onload: () => done("loaded"), onerror: () => done("refused")});
    })"""
    assert reader.await_in_page(load, picture) == "refused"
    # Firefox's own policy for extensions turns every http address into https.
    assert reader.await_in_page("async (url) => (await fetch(url)).url", plain) == plain
