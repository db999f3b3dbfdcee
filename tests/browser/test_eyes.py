"""Readers' own settings: their colours, no motion, larger text; and the keyboard's place is always seen. Keeps pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import BUSES, COST, MAYOR, RUST, TITLE, story
from .deadline import until
from .overlay import SUMMARY, badge_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

EYES = story(
    "eyes",
    (TITLE, COST.format("four"), RUST, BUSES, "The harbour itself was closed by the council on Friday evening."),
    (TITLE, COST.format("nine"), RUST.replace("routine ", ""), "The harbour was closed on Friday evening.", MAYOR),
)
LARGE = "<style>html { font-size: 32px } body { font-size: 1rem } article { font-size: 1rem }</style>"
LONG = "<style>article p { margin-bottom: 1200px }</style>"


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend) -> None:
    backend.tell(EYES)


@pytest.fixture
def opened(reader: Reader, overlay: Overlay, site: Site) -> Overlay:
    site.put(EYES.url, EYES.page())
    reader.open(EYES.url)
    overlay.wait()
    return overlay


@pytest.fixture
def own_colours(reader: Reader) -> Iterator[None]:
    reader.own_colours(True)
    yield
    reader.own_colours(False)


@pytest.fixture
def calm(reader: Reader) -> Iterator[None]:
    reader.calm(True)
    yield
    reader.calm(False)


def test_in_the_readers_own_colours_everything_is_still_told(
    own_colours: None, opened: Overlay, reader: Reader, snap: Callable[[Reader, str], None]
) -> None:
    assert reader.run_in_page("() => matchMedia('(forced-colors: active)').matches")
    assert [reader.ask("strokes", kind) for kind in ("caret", "seam", "bar")] == [3, 1, 1]
    assert all(badge.shown for badge in opened.badges())
    snap(reader, "own-colours")
    opened.open_card(SUMMARY)
    snap(reader, "own-colours-card")
    reader.press("Escape")
    opened.wait_closed()
    reader.click(".mode")
    snap(reader, "own-colours-menu")
    reader.press("Escape")


def test_a_reader_who_wants_no_motion_is_at_the_edit_at_once(
    calm: None, reader: Reader, overlay: Overlay, site: Site
) -> None:
    site.put(EYES.url, EYES.page(head=LONG))
    reader.open(EYES.url)
    overlay.wait()
    last = overlay.badges()[-1]
    assert last.top > 1500, "out of sight"
    reader.run_in_page("() => { window.places = new Set(); addEventListener('scroll', () => places.add(scrollY)); }")
    overlay.open_card(SUMMARY)
    reader.press("ArrowLeft")  # from the first edit to the last
    until(lambda: reader.run_in_page("() => scrollY") > 1000, "the last edit to be in sight")
    reader.await_in_page(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
    )
    places = reader.run_in_page("() => places.size")
    assert places == 1, "one step, no ride"


@pytest.mark.parametrize("width", [1280, 520])
def test_with_text_twice_as_large_nothing_leaves_the_window(
    width: int, reader: Reader, overlay: Overlay, site: Site, snap: Callable[[Reader, str], None]
) -> None:
    site.put(EYES.url, EYES.page(head=LARGE))
    reader.resize(width, 900)
    try:
        reader.open(EYES.url)
        overlay.wait()
        assert not reader.ask("overflows")
        for badge in overlay.badges():
            assert 0 <= badge.left < badge.right <= width, badge
        snap(reader, f"large-text-{width}")
        box = overlay.open_card(badge_of(overlay.badges()[0])).box
        snap(reader, f"large-text-{width}-card")
        assert 0 <= box["left"] < box["right"] <= width
        assert 0 <= box["top"] < box["bottom"] <= 900
    finally:
        reader.resize(1280, 900)


def test_the_keyboards_place_is_seen_on_every_button(opened: Overlay, reader: Reader) -> None:
    seen: dict[str, tuple[str, float]] = {}

    for _ in range(12):
        reader.press("Tab")
        if opened.focus().inOverlay:
            ring = reader.ask("ring")
            seen[ring["name"]] = (ring["style"], ring["width"])
    assert len(seen) >= len(opened.badges()) + 2, f"badges, summary and mode: {seen}"
    opened.open_card(badge_of(opened.badges()[0]))
    for _ in range(12):
        reader.press("Tab")
        if opened.focus().inCard:
            ring = reader.ask("ring")
            seen[f"card: {ring['name']}"] = (ring["style"], ring["width"])
    assert sum(name.startswith("card: ") for name in seen) >= 4, f"the card's buttons: {seen}"
    assert [name for name, (style, width) in seen.items() if style == "none" or width < 2] == []
