"""From a fresh install to the first marks: it connects by itself, and asks before it looks at any page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .backend import rowback
from .cases import FIGURE
from .deadline import stays, until
from .overlay import Overlay, State

if TYPE_CHECKING:
    from .backend import Backend
    from .conftest import Readers
    from .site import Site


@pytest.fixture
def running(own_backend: Backend, site: Site) -> Backend:
    own_backend.start()
    own_backend.tell(FIGURE)
    site.put(FIGURE.url, FIGURE.page())
    return own_backend


def test_a_fresh_install_opens_its_page_connects_and_works_once_allowed(readers: Readers, running: Backend) -> None:
    rowback("tokens", "revoke", "tests", "--db", running.database)
    reader = readers.start(running.url)
    overlay = Overlay(reader)
    reader.go_to_onboarding()

    article = reader.new_tab()
    reader.open(FIGURE.url)
    stays(overlay.state, State(0, None, None), "nothing on pages that were not allowed")

    reader.grant_all_sites()
    reader.switch(article)
    assert overlay.wait().anchored == "1/1", "a page that is open already needs no reload"
    assert overlay.words_marked() == ["nine"]
    assert reader.errors() == []


def test_a_second_install_is_told_how_to_connect_and_does(readers: Readers, running: Backend) -> None:
    first = readers.start(running.url)
    first.go_to_onboarding()
    until(lambda: "extension" in rowback("tokens", "--db", running.database), "the first to be paired")

    second = readers.start(running.url)
    second.go_to_onboarding()
    until(lambda: "rowback pair" in second.ask("shown"), "the onboarding page to say what to run")
    rowback("pair", "--db", running.database)
    second.click("#connection button")
    until(lambda: "rowback pair" not in second.ask("shown"), "the onboarding page to be content")
