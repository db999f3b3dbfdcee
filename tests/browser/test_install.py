"""From a fresh install to the first marks: one yes connects it, and it asks before it looks at any page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from .backend import rowback
from .cases import FIGURE
from .deadline import stays, until
from .overlay import Overlay, State

if TYPE_CHECKING:
    from .backend import Backend
    from .conftest import Readers
    from .reader import Reader
    from .site import Site

Snap = Callable[["Reader", str], None]
OPEN_CONFIRM = "#connection button.main"


@pytest.fixture
def running(own_backend: Backend, site: Site) -> Backend:
    own_backend.start()
    own_backend.tell(FIGURE)
    site.put(FIGURE.url, FIGURE.page())
    return own_backend


def test_whoever_closed_the_page_that_asks_is_connected_by_one_click_and_one_yes(
    readers: Readers, running: Backend, snap: Snap
) -> None:
    reader = readers.start(running.url)
    overlay = Overlay(reader)
    reader.go_to_onboarding()
    onboarding = reader.tab()
    code = _code(reader)
    snap(reader, "onboarding-code")
    reader.switch(until(lambda: reader.tab_at(f"{running.url}/"), "the page that asks to open by itself"))
    reader.close_tab()
    # The browser was signed in when `rowback serve` opened its link.
    reader.new_tab()
    reader.open(running.sign_in_link())

    before = set(reader.tabs())
    reader.switch(onboarding)
    reader.click(OPEN_CONFIRM)
    until(lambda: set(reader.tabs()) - before, "the backend's page to be opened")
    reader.switch((set(reader.tabs()) - before).pop())
    until(lambda: code in (reader.ask("shown") or ""), "the backend's page to show the very code")
    assert "Rowback in " in reader.ask("shown")
    snap(reader, "backend-asks")
    reader.click("button[value=yes]")
    until(lambda: "Connected: " in (reader.ask("shown") or ""), "the backend to say so")

    reader.switch(onboarding)
    until(lambda: _state(reader) == "connected", "the onboarding page to go on by itself")
    article = reader.new_tab()
    reader.open(FIGURE.url)
    stays(overlay.state, State(0, None, None), "nothing on pages that were not allowed")
    reader.grant_all_sites()
    reader.switch(article)
    assert overlay.wait().anchored == "1/1", "a page that is open already needs no reload"
    assert overlay.words_marked() == ["nine"]
    assert reader.errors() == []


def test_the_page_that_asks_opens_once_and_not_for_who_comes_back(readers: Readers, running: Backend) -> None:
    reader = readers.start(running.url)
    reader.go_to_onboarding()
    code = _code(reader)
    asking = until(lambda: reader.tab_at(f"{running.url}/"), "the page that asks to open by itself")
    reader.switch(asking)
    reader.close_tab()
    reader.go_to_onboarding()
    assert "installed" not in reader.address()
    reader.reload()
    assert _code(reader) == code
    stays(lambda: reader.tab_at(f"{running.url}/"), None, "nothing more to open by itself")


def test_a_yes_in_the_terminal_does_as_well(readers: Readers, running: Backend) -> None:
    reader = readers.start(running.url)
    reader.go_to_onboarding()
    code = _code(reader)
    assert f"rowback pair {code}" in reader.ask("shown")
    until(lambda: reader.tab_at(f"{running.url}/"), "the page that asks to open by itself")
    running.pair(code.lower().replace("-", ""))
    until(lambda: _state(reader) == "connected", "the onboarding page to go on by itself")
    until(lambda: reader.tab_at(f"{running.url}/") is None, "the page that asks to go, though nobody signed in there")


def test_a_no_is_told_and_can_be_asked_again(readers: Readers, running: Backend, snap: Snap) -> None:
    reader = readers.start(running.url)
    reader.go_to_onboarding()
    first = _code(reader)
    rowback("pair", first, "--deny", "--db", running.database)
    until(lambda: _state(reader) == "pairing-denied", "the answer to be told")
    snap(reader, "onboarding-denied")
    reader.click("#connection button")
    second = _code(reader)
    assert second != first
    running.pair(second)
    until(lambda: _state(reader) == "connected", "the onboarding page to go on by itself")


def test_two_browsers_are_connected_side_by_side(readers: Readers, running: Backend) -> None:
    for _ in range(2):
        reader = readers.start(running.url)
        reader.go_to_onboarding()
        running.pair(_code(reader))
        until(lambda: _state(reader) == "connected", "the onboarding page to go on by itself")  # noqa: B023
    assert rowback("tokens", "--db", running.database).count("Rowback in ") == 2


def _code(reader: Reader) -> str:
    """The code that is shown."""
    until(lambda: _state(reader) == "pairing-pending", "a code to be shown")
    return str(reader.ask("text", ".pairing-code"))


def _state(reader: Reader) -> str:
    return str(reader.ask("attribute", "#connection", "data-state"))
