"""A reader opens an article that was edited: marks on the words, badges beside them, cards with what was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import CASES, FIGURE, NEVER_EDITED, UNKNOWN, Case
from .deadline import until
from .overlay import NO_EDITS, NOT_STORED, SUMMARY, badge_of

if TYPE_CHECKING:
    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    for story in (*(case.story for case in CASES), NEVER_EDITED):
        backend.tell(story)
        site.put(story.url, story.page())
    site.put(UNKNOWN.url, UNKNOWN.page())


@every_case
def test_edited_words_are_marked_and_nothing_else(case: Case, reader: Reader, overlay: Overlay) -> None:
    reader.open(case.story.url)
    assert overlay.wait().anchored == f"{case.edits}/{case.edits}"
    marked = " ".join(overlay.words_marked()).split()
    assert marked == " ".join(case.marked).split()


@every_case
def test_the_toolbar_shows_the_number_of_edits(case: Case, reader: Reader, overlay: Overlay) -> None:
    reader.open(case.story.url)
    overlay.wait()
    until(lambda: reader.toolbar_badge_text() == str(case.edits), f"{case.edits} on the toolbar")


@every_case
def test_each_badge_is_a_named_button_and_opens_the_earlier_wording(
    case: Case, reader: Reader, overlay: Overlay
) -> None:
    reader.open(case.story.url)
    overlay.wait()
    badges = overlay.badges()
    assert len(badges) == case.edits
    assert all(badge.shown for badge in badges)
    deleted: list[str] = []
    for badge in badges:
        role, name = reader.accessible(badge_of(badge))
        assert role == "button"
        assert len(name.split()) >= 2, f"not a name that says what is behind the button: {name!r}"
        deleted += overlay.open_card(badge_of(badge)).deleted
        reader.press("Escape")
        overlay.wait_closed()
    assert " ".join(" ".join(deleted).split()) == " ".join(" ".join(case.deleted).split())
    assert reader.run_in_page("() => window.hit ?? null") is None, "text of an article was executed"


def test_badges_have_different_names_when_they_stand_at_different_edits(reader: Reader, overlay: Overlay) -> None:
    reader.open(next(case.story.url for case in CASES if case.edits == 2))
    overlay.wait()
    first, second = (reader.accessible(badge_of(badge))[1] for badge in overlay.badges())
    assert first != second


def test_the_summary_says_how_often_the_article_changed(reader: Reader, overlay: Overlay) -> None:
    reader.open(FIGURE.url)
    overlay.wait()
    role, name = reader.accessible(SUMMARY)
    assert role == "button"
    assert "1" in name or "once" in name, name


def test_an_article_that_was_never_edited_has_no_marks_and_no_badges(reader: Reader, overlay: Overlay) -> None:
    reader.open(NEVER_EDITED.url)
    overlay.wait_over(NO_EDITS)
    assert overlay.badges() == []
    assert overlay.marks() == {}
    assert reader.toolbar_badge_text() == ""


def test_an_article_that_the_backend_does_not_know_is_left_as_it_is(
    reader: Reader, overlay: Overlay, backend: Backend
) -> None:
    reader.open(UNKNOWN.url)
    overlay.wait_over(NOT_STORED)
    assert overlay.badges() == []
    assert overlay.marks() == {}
    assert reader.toolbar_badge_text() == ""
    assert not backend.knows(UNKNOWN.url), "looking stored something"
