"""Rowback's own things stay inside the window and off the text, in windows and languages of every kind. Keeps pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from .cases import CASES, WORDINGS
from .deadline import until
from .overlay import SUMMARY, badge_of
from .reader import WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site
    from .story import Story

ENGLISH = replace(WORDINGS, url="https://pictures.lantern-post.test/2026/english")
ARABIC = next(case.story for case in CASES if case.story.lang == "ar")
JAPANESE = next(case.story for case in CASES if case.story.lang == "ja")
WINDOWS = {"wide": WINDOW, "narrow": (520, 900), "low": (900, 420)}  # Firefox has no windows under 450 pixels


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    for story in (ENGLISH, ARABIC, JAPANESE):
        backend.tell(story)
        site.put(story.url, story.page())


@pytest.fixture
def window(shape: str, reader: Reader) -> Iterator[tuple[int, int]]:
    reader.resize(*WINDOWS[shape])
    yield WINDOWS[shape]
    reader.resize(*WINDOW)


@pytest.mark.parametrize("shape", WINDOWS)
@pytest.mark.parametrize("story", [ENGLISH, ARABIC, JAPANESE], ids=["english", "arabic", "japanese"])
def test_badges_and_card_stand_inside_the_window(
    story: Story,
    shape: str,
    window: tuple[int, int],
    reader: Reader,
    overlay: Overlay,
    snap: Callable[[Reader, str], None],
) -> None:
    width, height = window
    reader.open(story.url)
    overlay.wait()
    assert not reader.ask("overflows"), "no sideways scrolling"
    for badge in overlay.badges():
        assert 0 <= badge.left < badge.right <= width, badge
    snap(reader, f"{story.lang}-{shape}")
    box = overlay.open_card(badge_of(overlay.badges()[0])).box
    snap(reader, f"{story.lang}-{shape}-card")
    assert 0 <= box["left"] < box["right"] <= width
    assert 0 <= box["top"] < box["bottom"] <= height
    assert not reader.ask("overflows"), "no sideways scrolling with the card open"


@pytest.mark.parametrize("story", [ENGLISH, ARABIC], ids=["english", "arabic"])
def test_badges_stand_beside_the_text_at_its_end(story: Story, reader: Reader, overlay: Overlay) -> None:
    reader.open(story.url)
    overlay.wait()
    paragraph = reader.ask("box", "article p")
    for badge in overlay.badges():
        if story.direction == "rtl":
            assert badge.right <= paragraph["left"] + 1
        else:
            assert badge.left >= paragraph["right"] - 1


def test_the_summary_opens_the_first_edit(
    reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(ENGLISH.url)
    overlay.wait()
    card = overlay.open_card(SUMMARY)
    snap(reader, "summary-card")
    assert card.deleted == ["four"]
    reader.press("Escape")
    until(lambda: overlay.card() is None, "the card to close")


def test_badges_go_under_a_bar_that_the_page_pins_to_the_top(
    site: Site, backend: Backend, reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    pinned = replace(ENGLISH, url="https://pictures.lantern-post.test/2026/pinned")
    bar = "<div id=bar style='position: fixed; inset: 0 0 auto; height: 80px; background: #246'></div>"
    backend.tell(pinned)
    site.put(pinned.url, pinned.page(tail=f"{bar}<div style='height: 3000px'></div>"))
    reader.open(pinned.url)
    overlay.wait()
    badge = overlay.badges()[0]
    reader.run_in_page("(top) => scrollTo({top, behavior: 'instant'})", badge.top - 30)
    snap(reader, "pinned")
    covered = "() => document.elementFromPoint(arguments[0], 40)?.id"
    across = (badge.left + badge.right) / 2
    until(
        lambda: reader.run_in_page(f"(x) => ({covered.replace('arguments[0]', 'x')})()", across) == "bar",
        "the bar on top",
    )
    reader.run_in_page("(top) => scrollTo({top, behavior: 'instant'})", badge.top - 200)
    until(lambda: reader.ask("point", badge_of(badge)), "the badge to be free again")
