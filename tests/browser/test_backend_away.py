"""The backend is not running, then it is: a clear word on what to do, and no harm to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import FIGURE
from .deadline import until
from .overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backend import Backend
    from .conftest import Readers
    from .reader import Reader
    from .site import Site


@pytest.fixture(autouse=True)
def _published(site: Site) -> None:
    site.put(FIGURE.url, FIGURE.page())


def test_without_a_backend_the_popup_says_how_to_start_it_and_the_page_is_unharmed(
    readers: Readers, own_backend: Backend, snap: Callable[[Reader, str], None]
) -> None:
    reader = readers.start(own_backend.url, own_backend.token())
    overlay = Overlay(reader)
    reader.go_to_onboarding()
    until(lambda: "rowback serve" in reader.ask("shown"), "onboarding to say how to start the backend")
    snap(reader, "onboarding-backend-down")
    page = reader.new_tab()
    reader.open(FIGURE.url)
    untouched = reader.ask("html")

    reader.grant_all_sites()
    reader.switch(page)
    reader.reload()
    overlay.wait_over("rowback serve")
    assert overlay.marks() == {}
    assert overlay.badges() == []
    assert reader.ask("html") == untouched
    until(lambda: reader.toolbar_badge_text() == "!", "the toolbar to say that something is wrong")

    reader.open_beside("popup/index.html")
    until(lambda: "rowback serve" in reader.ask("shown"), "the popup to say how to start the backend")
    snap(reader, "popup-backend-down")

    own_backend.start()
    own_backend.tell(FIGURE)
    reader.switch(page)
    reader.reload()
    assert overlay.wait().anchored == "1/1"
    assert overlay.words_marked() == ["nine"]


def test_a_backend_that_stops_and_comes_back_is_found_again(readers: Readers, own_backend: Backend) -> None:
    own_backend.start()
    own_backend.tell(FIGURE)
    reader = readers.connect(own_backend)
    overlay = Overlay(reader)
    reader.open(FIGURE.url)
    overlay.wait()

    own_backend.stop()
    assert overlay.words_marked() == ["nine"], "what is on the page stays"
    reader.reload()
    overlay.wait_over("rowback serve")

    own_backend.start()
    reader.reload()
    assert overlay.wait().anchored == "1/1"


def test_the_retry_button_of_the_popup_brings_the_marks_without_a_reload(
    readers: Readers, own_backend: Backend
) -> None:
    reader = readers.start(own_backend.url, own_backend.token())
    overlay = Overlay(reader)
    reader.grant_all_sites()
    reader.open(FIGURE.url)
    overlay.wait_over("rowback serve")
    page = reader.tab()
    own_backend.start()
    own_backend.tell(FIGURE)
    reader.open_beside("popup/index.html")
    reader.click("#page button")
    reader.switch(page)
    assert overlay.wait().anchored == "1/1"
