"""How much is shown: badges only, marks, or what is gone in the text itself; chosen by hand or keys, and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import BUSES, COST, MAYOR, RUST, TITLE, story
from .deadline import until
from .overlay import SUMMARY, Overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .backend import Backend
    from .conftest import Readers
    from .reader import Reader
    from .site import Site

MODES = story(
    "modes",
    (TITLE, COST.format("four"), RUST, BUSES, "The harbour itself was closed by the council on Friday evening."),
    (
        TITLE,
        COST.format("nine"),
        RUST.replace("routine ", ""),
        "The harbour itself was closed on Friday evening.",
        MAYOR,
    ),
)
GONE = ["four", "routine ", BUSES, "by the council "]


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    backend.tell(MODES)
    site.put(MODES.url, MODES.page())


@pytest.fixture
def opened(reader: Reader, overlay: Overlay) -> Iterator[Overlay]:
    reader.open(MODES.url)
    overlay.wait()
    yield overlay
    choose(reader, "marks")


def mode(reader: Reader) -> str:
    return str(reader.ask("attribute", "rowback-overlay", "data-mode"))


def choose(reader: Reader, wanted: str) -> None:
    if mode(reader) == wanted:
        return
    reader.click(".mode")
    reader.click(f"button[data-mode={wanted}]")
    until(lambda: mode(reader) == wanted, f"the mode {wanted}")


def test_marks_are_shown_unless_another_mode_was_chosen(
    opened: Overlay, reader: Reader, snap: Callable[[Reader, str], None]
) -> None:
    assert mode(reader) == "marks"
    assert opened.words_marked() == ["nine", MAYOR]
    assert reader.ask("strokes", "caret") == 2, "two places where words are gone"
    assert reader.ask("strokes", "seam") == 1, "a paragraph is gone"
    assert reader.ask("strokes", "bar") == 1, "a paragraph is new"
    assert reader.ask("missing") == []
    snap(reader, "mode-marks")


def test_quiet_leaves_the_badges_alone(opened: Overlay, reader: Reader, snap: Callable[[Reader, str], None]) -> None:
    badges = len(opened.badges())
    choose(reader, "quiet")
    assert opened.marks() == {}
    assert [reader.ask("strokes", kind) for kind in ("caret", "seam", "bar")] == [0, 0, 0]
    assert len(opened.badges()) == badges
    snap(reader, "mode-quiet")


def test_track_changes_shows_what_is_gone_and_leaves_no_trace(
    opened: Overlay, reader: Reader, snap: Callable[[Reader, str], None]
) -> None:
    html, nodes, text = reader.ask("html"), reader.ask("nodes"), reader.run_in_page("() => document.body.textContent")
    choose(reader, "changes")
    assert sorted(" ".join(reader.ask("missing")).split()) == sorted(" ".join(GONE).split())
    assert opened.words_marked() == ["nine", MAYOR]
    assert opened.state().anchored == "5/5"
    assert reader.run_in_page("() => document.body.textContent") == text, "the page's scripts read their own text"
    snap(reader, "mode-changes")
    choose(reader, "marks")
    assert reader.ask("missing") == []
    assert reader.ask("html") == html
    assert reader.ask("nodes") == nodes, "to the last node"
    assert opened.words_marked() == ["nine", MAYOR]
    assert reader.ask("strokes", "caret") == 2


def test_a_page_that_rewrites_its_text_in_track_changes_is_tracked_anew(opened: Overlay, reader: Reader) -> None:
    choose(reader, "changes")
    count = len(reader.ask("missing"))
    reader.run_in_page(
        "() => { const old = document.querySelector('article'); const fresh = old.cloneNode(true);"
        " fresh.querySelectorAll('rowback-deletion').forEach((each) => each.remove()); old.replaceWith(fresh); }"
    )
    until(lambda: len(reader.ask("missing")) == count, "what is gone to be shown again")


def test_the_mode_is_remembered(opened: Overlay, reader: Reader) -> None:
    choose(reader, "quiet")
    reader.reload()
    opened.wait()
    assert mode(reader) == "quiet"


def test_the_menu_works_with_the_keyboard_alone(opened: Overlay, reader: Reader) -> None:
    def reached() -> bool:
        reader.press("Tab")
        return opened.focus().role == "mode"

    until(reached, "the mode's button to be reached")
    reader.press("Enter")
    until(lambda: reader.ask("attribute", ".mode", "aria-expanded") == "true", "the menu to open")
    reader.press("Escape")
    until(lambda: reader.ask("attribute", ".mode", "aria-expanded") == "false", "the menu to close")
    assert opened.focus().inOverlay
    reader.press("Enter")
    reader.press("ArrowDown")
    reader.press("Enter")
    until(lambda: mode(reader) == "changes", "the next mode")
    assert opened.focus().inOverlay, "the keyboard is still on Rowback's own buttons"


def test_m_in_the_card_goes_to_the_next_mode(opened: Overlay, reader: Reader) -> None:
    opened.open_card(SUMMARY)
    reader.press("m")
    until(lambda: mode(reader) == "changes", "the next mode")
    assert opened.card(), "the card stays"


def test_the_keyboards_commands_hide_the_marks_and_step_through_the_edits(opened: Overlay, reader: Reader) -> None:
    reader.command("toggle-marks")
    until(lambda: mode(reader) == "quiet", "the marks to be hidden")
    reader.command("toggle-marks")
    until(lambda: mode(reader) == "marks", "the marks to be back")
    reader.command("next-edit")
    assert until(opened.card, "the first card").deleted == ["four"]
    reader.command("previous-edit")
    until(lambda: MAYOR in (opened.card() or opened.open_card(SUMMARY)).text, "the last card")


def test_switching_the_extension_off_in_track_changes_leaves_the_page_as_it_was(
    readers: Readers, backend: Backend
) -> None:
    reader = readers.connect(backend)
    overlay = Overlay(reader)
    page = reader.new_tab()
    reader.open(MODES.url)
    overlay.wait()
    text = reader.ask("shown")
    choose(reader, "changes")
    until(lambda: reader.ask("missing"), "what is gone to be shown")
    reader.disable_extension()
    reader.switch(page)
    until(lambda: reader.ask("missing") == [], "it to go")
    assert reader.ask("shown") == text
