"""Going about with the browser: back and forth, several tabs, pages that move without loading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from .cases import FIGURE, WORDINGS
from .deadline import stays, until
from .overlay import Overlay, State, badge_of

if TYPE_CHECKING:
    from .backend import Backend
    from .conftest import Readers
    from .reader import Reader
    from .relay import Relay
    from .site import Site

HOST = "https://tabs.lantern-post.test"
ONE = replace(FIGURE, url=f"{HOST}/2026/one")
TWO = replace(WORDINGS, url=f"{HOST}/2026/two")
INDEX = f"{HOST}/about"
# What a page noted of itself that was kept, and where the browser says that (Chromium), why a page was not.
KEPT = "() => [window.kept, JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons)]"


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    for story in (ONE, TWO):
        backend.tell(story)
        site.put(story.url, story.page())
    site.put(INDEX, "<!doctype html><title>About</title><p>Who we are.</p>")


def _wait_for_anchored(overlay: Overlay, anchored: str, move: str) -> None:
    until(lambda: overlay.state() == State(1, "ready", anchored), f"{anchored} after {move}")


def _wait_for_number(reader: Reader, number: str) -> None:
    until(lambda: reader.toolbar_badge_text() == number, f"{number} on the toolbar")


def test_back_and_forward_keep_one_overlay_and_its_edits(reader: Reader, overlay: Overlay) -> None:
    reader.open(ONE.url)
    overlay.wait()
    reader.open(TWO.url)
    assert overlay.wait().anchored == "2/2"
    for move, anchored in ((reader.back, "1/1"), (reader.forward, "2/2"), (reader.back, "1/1")):
        move()
        _wait_for_anchored(overlay, anchored, move.__name__)
    until(lambda: reader.toolbar_badge_text() == "1", "the toolbar to go along")
    assert overlay.open_card(badge_of(overlay.badges()[0])).deleted == ["four"]


def test_a_page_kept_by_the_browser_comes_back_with_its_marks_once(
    readers: Readers, backend: Backend, relay: Relay
) -> None:
    reader = readers.connect(backend, through=relay)
    overlay = Overlay(reader)
    reader.open(ONE.url)
    overlay.wait()
    reader.run_in_page("() => { window.kept = 'kept'; }")
    reader.open(TWO.url)
    overlay.wait()
    asked = len(relay.asked_about_pages())
    for move, anchored in ((reader.back, "1/1"), (reader.forward, "2/2"), (reader.back, "1/1")):
        move()
        _wait_for_anchored(overlay, anchored, move.__name__)
        if anchored == "1/1":
            kept, why = reader.run_in_page(KEPT)
            assert kept == "kept", f"the browser loaded the page again: {why}"
    assert overlay.words_marked() == ["nine"]
    assert len(overlay.badges()) == 1
    stays(lambda: len(relay.asked_about_pages()) - asked, 3, "one question for each time a page is shown", 0.3)


def test_tabs_keep_their_marks_and_numbers_when_the_worker_was_killed_between(reader: Reader, overlay: Overlay) -> None:
    first = reader.tab()
    reader.open(ONE.url)
    overlay.wait()
    reader.kill_worker()
    second = reader.new_tab()
    reader.open(TWO.url)
    overlay.wait()
    reader.kill_worker()
    for tab, count, marked in ((first, "1", 1), (second, "2", 2)):
        reader.switch(tab)
        assert overlay.state() == State(1, "ready", f"{count}/{count}")
        assert len(overlay.badges()) == marked
    reader.reload()
    overlay.wait()
    for tab, count in ((first, "1"), (second, "2")):
        reader.switch(tab)
        _wait_for_number(reader, count)


def test_the_toolbar_forgets_the_article_that_was_left(reader: Reader, overlay: Overlay) -> None:
    reader.open(ONE.url)
    overlay.wait()
    until(lambda: reader.toolbar_badge_text() == "1", "1 on the toolbar")
    reader.open(INDEX)
    until(lambda: reader.toolbar_badge_text() == "", "the toolbar to be empty")


def test_two_tabs_have_their_own_overlays_and_toolbar_numbers(reader: Reader, overlay: Overlay) -> None:
    first = reader.tab()
    reader.open(ONE.url)
    overlay.wait()
    second = reader.new_tab()
    reader.open(TWO.url)
    overlay.wait()
    for tab, count in ((first, "1"), (second, "2")):
        reader.switch(tab)
        _wait_for_number(reader, count)
        assert overlay.state().anchored == f"{count}/{count}"


def test_a_page_that_moves_without_loading_gets_the_edits_of_where_it_is(reader: Reader, overlay: Overlay) -> None:
    reader.open(ONE.url)
    overlay.wait()
    reader.run_in_page(
        """(url, mayor) => {
          history.pushState({}, '', url);
          document.querySelector('article').append(Object.assign(document.createElement('p'), {textContent: mayor}));
        }""",
        TWO.url,
        TWO.versions[-1].paragraphs[-1],
    )
    until(lambda: overlay.state() == State(1, "ready", "2/2"), "the other article's edits")
    reader.run_in_page("(url) => history.pushState({}, '', url)", ONE.url)
    until(lambda: overlay.state() == State(1, "ready", "1/1"), "the first article's edits")


def test_reading_the_same_page_over_and_over_leaves_one_overlay(reader: Reader, overlay: Overlay) -> None:
    for _ in range(3):
        reader.open(ONE.url)
        overlay.wait()
    stays(lambda: overlay.state().hosts, 1, "one overlay", 0.3)
    assert len(overlay.badges()) == 1
