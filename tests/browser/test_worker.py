"""Browsers stop the worker whenever they like; nobody may notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import FIGURE, WORDINGS
from .deadline import until
from .overlay import badge_of

if TYPE_CHECKING:
    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    for story in (FIGURE, WORDINGS):
        backend.tell(story)
        site.put(story.url, story.page())


def test_the_next_article_wakes_a_worker_that_was_killed(reader: Reader, overlay: Overlay) -> None:
    reader.open(FIGURE.url)
    overlay.wait()
    reader.kill_worker()
    reader.open(WORDINGS.url)
    assert overlay.wait().anchored == "2/2"
    until(lambda: reader.toolbar_badge_text() == "2", "2 on the toolbar")


def test_an_open_page_stays_readable_while_the_worker_is_gone(reader: Reader, overlay: Overlay) -> None:
    reader.open(FIGURE.url)
    overlay.wait()
    reader.kill_worker()
    assert overlay.words_marked() == ["nine"]
    assert overlay.open_card(badge_of(overlay.badges()[0])).deleted == ["four"]


def test_the_popup_wakes_a_worker_that_was_killed(reader: Reader, overlay: Overlay) -> None:
    reader.open(FIGURE.url)
    overlay.wait()
    reader.open_beside("popup/index.html")
    until(lambda: reader.ask("attribute", "#page", "data-state") == "ready", "the popup to know the page")
    reader.kill_worker()
    reader.reload()
    until(lambda: reader.ask("attribute", "#page", "data-state") == "ready", "the popup to know the page again")


def test_an_answer_told_again_after_the_worker_died_is_the_same(reader: Reader, overlay: Overlay) -> None:
    reader.open(WORDINGS.url)
    overlay.wait()
    before = (overlay.marks(), [badge.id for badge in overlay.badges()])
    reader.kill_worker()
    reader.reload()
    overlay.wait()
    assert (overlay.marks(), [badge.id for badge in overlay.badges()]) == before
