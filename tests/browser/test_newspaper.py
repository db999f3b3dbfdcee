"""The demo newspaper as a reader of it sees it: every story, and a revision that comes out while one reads."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from rowback.demo.stories import Story, load_stories

from .deadline import until
from .newspaper import Newspaper
from .overlay import NO_EDITS, SUMMARY, badge_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader

STORIES = load_stories()
BYLINED = next(story for story in STORIES if story.slug == "hesper-bridge-inquiry")  # no room beside its headline
INSERTED = re.compile(r"<ins>(.*?)</ins>", re.DOTALL)
SEA_WALL = next(
    story for story in STORIES if story.slug == "fishmarket-sea-wall"
)  # its next revision but one: the headline


@pytest.fixture(scope="module")
def newspaper(backend: Backend) -> Iterator[Newspaper]:
    newspaper = Newspaper(backend, STORIES)
    newspaper.start()
    yield newspaper
    newspaper.stop()


def told(newspaper: Newspaper, story: Story) -> tuple[int, list[str], int]:
    """What the backend tells of a story: how many edits, the words inserted, and how many passing edits."""
    answer = newspaper.backend.edits(newspaper.address(story))
    words = [html.unescape(piece) for edit in answer["edits"] for piece in INSERTED.findall(edit["markup"])]
    return len(answer["edits"]), " ".join(words).split(), len(answer["passing"])


@pytest.mark.parametrize("story", [each for each in STORIES if each.followed], ids=lambda each: each.slug)
def test_every_edit_of_every_story_is_found_on_its_page(
    story: Story, newspaper: Newspaper, reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    edits, words, passing = told(newspaper, story)
    reader.open(newspaper.address(story))
    if not edits and not passing:
        overlay.wait_over(NO_EDITS)
        return
    overlay.wait()
    assert overlay.state().anchored == f"{edits}/{edits}"
    assert sorted(" ".join(overlay.words_marked()).split()) == sorted(words)
    assert len(overlay.badges()) == edits
    until(lambda: reader.toolbar_badge_text() == (str(edits) if edits else ""), "the number on the toolbar")
    snap(reader, f"newspaper-{story.slug}")
    overlay.open_card(badge_of(overlay.badges()[0]) if edits else SUMMARY)
    snap(reader, f"newspaper-{story.slug}-card")


def test_the_front_page_is_left_alone(newspaper: Newspaper, reader: Reader, overlay: Overlay) -> None:
    reader.open(newspaper.url + "/")
    until(lambda: reader.ask("text", "h1") or reader.ask("text", "h2"), "the front page")
    assert overlay.state().hosts == 0


def test_a_revision_from_the_desk_brings_a_new_badge_after_a_reload(
    newspaper: Newspaper, reader: Reader, overlay: Overlay
) -> None:
    reader.open(newspaper.address(SEA_WALL))
    overlay.wait()
    before = {badge.id for badge in overlay.badges()}
    newspaper.press("publish", SEA_WALL)
    newspaper.press("publish", SEA_WALL)
    edits, words, _ = told(newspaper, SEA_WALL)
    reader.reload()
    assert overlay.wait().anchored == f"{edits}/{edits}"
    assert len(overlay.badges()) == len(before) + 1, "a new badge"
    assert sorted(" ".join(overlay.words_marked()).split()) == sorted(words)
    until(lambda: reader.toolbar_badge_text() == str(edits), "the new number on the toolbar")

    newspaper.press("undo", SEA_WALL)
    newspaper.press("undo", SEA_WALL)
    reader.reload()
    overlay.wait()
    assert {badge.id for badge in overlay.badges()} == before, "what was taken back is gone"


def test_the_summary_stands_in_the_blank_of_the_byline_where_the_headline_leaves_none(
    newspaper: Newspaper, reader: Reader, overlay: Overlay
) -> None:
    reader.open(newspaper.address(BYLINED))
    overlay.wait()
    summary = "document.querySelector('rowback-overlay').shadowRoot.querySelector('.summary')"
    above_picture = f"""() => {summary}.getBoundingClientRect().bottom
        <= document.querySelector('article figure, article img').getBoundingClientRect().top"""
    until(lambda: reader.run_in_page(above_picture), "the summary to stand above the story's picture")
    assert reader.run_in_page(f"() => {summary}.getBoundingClientRect().left") > 0
