"""Earlier versions that a reader wants of archives: with an empty store, at one press, as marks on the page."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from tests.server.pretend_archive import PretendArchive, pretend_archive

from .backend import Backend
from .cases import BUSES, COST, RUST, TITLE, story
from .choices import open_options
from .deadline import until
from .overlay import NOT_STORED, Overlay
from .story import Story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from .conftest import Readers
    from .reader import Reader, Tab
    from .site import Site

FIRST_MARK = 3  # requests to the archive: its list, the oldest copy, and one more
NARROW = (480, 760)
READ_S = 60.0  # a request a second, and both cores may be busy


@dataclass
class Archive:
    """An archive that can be held up: it answers `most` requests, and the next when there may be more."""

    kept: PretendArchive
    most: int = 1_000
    more: threading.Condition = field(default_factory=threading.Condition)

    def respond(self, request: BaseHTTPRequestHandler) -> None:
        number = len(self.asked())
        with self.more:
            self.more.wait_for(lambda: number <= self.most, READ_S)
        self.kept.answer(request)

    def let(self, most: int) -> None:
        """So many requests more are answered."""
        with self.more:
            self.most = len(self.kept.site.paths()) + most
            self.more.notify_all()

    def keep(self, of: Story, *days: int) -> None:
        """Takes a copy of each version of a story, one a day."""
        for day, text in zip(days, of.versions, strict=True):
            page = Story(of.url, (text,)).page()
            self.kept.keep(of.url, f"202603{day:02}183600", page)

    def asked(self) -> list[str]:
        return self.kept.site.paths()


@contextmanager
def archived_backend(folder: Path, **environment: str) -> Iterator[tuple[Archive, Backend]]:
    """An archive, and a backend with an empty store that asks it and polls."""
    with pretend_archive() as kept:
        archive = Archive(kept)
        kept.respond = archive.respond
        at = f"127.0.0.1:{kept.site.port}"
        given = {"ROWBACK_ARCHIVES": f"wayback+http://{at}", "ROWBACK_FETCH_HOSTS": "127.0.0.1"}
        backend = Backend(folder, polls=True, environment=given | environment)
        backend.start()
        try:
            yield archive, backend
        finally:
            archive.let(1_000)
            backend.stop()


@dataclass
class Desk:
    """A reader at a browser that is connected to a backend whose archive a test fills."""

    reader: Reader
    site: Site
    archive: Archive
    backend: Backend

    @property
    def overlay(self) -> Overlay:
        return Overlay(self.reader)

    def open(self, of: Story) -> Tab:
        """A story that the backend does not know, in the tab in front."""
        self.site.put(of.url, of.page())
        while len(self.reader.tabs()) > 1:
            self.reader.close_tab()
        self.reader.open(of.url)
        self.overlay.wait_over(NOT_STORED)
        return self.reader.tab()

    def open_popup(self, page: str = "popup") -> Tab:
        tab = self.reader.open_beside(f"{page}/index.html")
        self.wait("unasked")
        return tab

    def wait(self, *states: str) -> str:
        """What is said of the past in the popup or the panel, once it is in one of these states."""
        place = self.reader.ask
        until(
            lambda: place("attribute", "#past", "data-state") in states,
            lambda: f"the past to be {states}; it is {place('attribute', '#past', 'data-state')!r}: {place('shown')!r}",
            READ_S,
        )
        return str(place("text", "#past"))

    def press(self) -> None:
        self.reader.click("#past button")

    def begin(self, of: Story) -> None:
        """Opens a story and presses the button in the popup."""
        self.open(of)
        self.open_popup()
        self.press()


@pytest.fixture
def show(browser: str, snap: Callable[[Reader, str], None]) -> Callable[[Desk, str], None]:
    """Keeps pictures of an ending, in the popup and in the panel, light and dark."""

    def look(desk: Desk, state: str) -> None:
        reader = desk.reader
        for page in ("popup", "panel"):
            if page == "panel":
                reader.close_tab()
                reader.open_beside("panel/index.html")
                desk.wait(*STATES)
            for is_dark in (False, True):
                reader.resize(*NARROW)
                reader.dark(is_dark)
                snap(reader, f"past-{page}-{state}-{'dark' if is_dark else 'light'}")
            reader.dark(False)

    return look


STATES = ("unasked", "queued", "listing", "reading", "waiting", "done", "none", "excluded", "failed", "stopped")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Backend]]:
    with archived_backend(tmp_path_factory.mktemp("archived"), ROWBACK_ARCHIVE_CAPTURES="4") as both:
        yield both


@pytest.fixture(scope="module")
def desk(module_readers: Readers, served: tuple[Archive, Backend], site: Site) -> Desk:
    archive, backend = served
    return Desk(module_readers.connect(backend), site, archive, backend)


def card_times(desk: Desk) -> list[str]:
    """The times that the open card tells."""
    card = desk.overlay.card()
    assert card is not None, "the card was closed"
    return card.times


def harbour(name: str, *figures: str) -> Story:
    """A story of which each version says another figure."""
    return story(name, *((TITLE, COST.format(figure), RUST, BUSES) for figure in figures))


def test_one_press_marks_the_page_after_three_requests_and_nothing_is_asked_before(
    desk: Desk, show: Callable[[Desk, str], None]
) -> None:
    bridge = harbour(f"bridge-{desk.reader.name}", "three", "four", "five", "six", "seven", "nine")
    desk.archive.keep(bridge, 2, 5, 8, 11, 14, 17)
    before = len(desk.archive.asked())
    page = desk.open(bridge)
    popup = desk.open_popup()
    desk.wait("unasked")
    desk.reader.click("#past summary")
    assert "127.0.0.1" in desk.reader.ask("text", "#past"), "which archive is asked is said before"
    show(desk, "unasked")
    desk.reader.close_tab()
    popup = desk.open_popup()
    assert len(desk.archive.asked()) == before
    assert not desk.backend.knows(bridge.url)

    desk.archive.let(FIRST_MARK)
    desk.press()
    desk.reader.switch(page)
    until(lambda: desk.overlay.words_marked() == ["nine"], "a mark on the page, without loading it", READ_S)
    desk.reader.switch(popup)
    assert "of up to 4 read" in desk.wait("reading")
    desk.reader.switch(page)
    desk.reader.click("[data-edit]")
    first = until(desk.overlay.card, "the card of the mark")
    desk.archive.let(1_000)
    until(lambda: len(card_times(desk)) > len(first.times), "more wordings in the card, which stays open", READ_S)
    desk.reader.switch(popup)
    desk.wait("done")


def test_the_reader_is_told_how_it_ended_and_can_have_more_read(desk: Desk, show: Callable[[Desk, str], None]) -> None:
    pier = harbour(f"pier-past-{desk.reader.name}", "three", "four", "six", "seven", "eight", "nine")
    desk.archive.keep(pier, 2, 5, 8, 11, 14, 17)
    desk.begin(pier)
    assert "The 4 most telling of 6 copies were read." in desk.wait("done")
    show(desk, "more")
    desk.press()
    until(lambda: "6 copies, " in desk.wait("done", "reading", "queued"), "more to be read", READ_S)
    desk.wait("done")
    show(desk, "done")
    versions = desk.backend.edits(pier.url)["versions"]
    assert [bool(each["memento"]) for each in versions] == [True] * 6


def test_nothing_older_is_archived(desk: Desk, show: Callable[[Desk, str], None]) -> None:
    desk.begin(harbour(f"ferry-past-{desk.reader.name}", "nine"))
    assert "nothing older is archived" in desk.wait("none")
    assert desk.reader.ask("point", "#past button") is None, "there is nothing to press"
    show(desk, "none")


def test_a_publisher_keeps_its_pages_out(desk: Desk, show: Callable[[Desk, str], None]) -> None:
    text = harbour("closed", "nine").versions
    desk.archive.kept.fail("excluded")
    desk.begin(Story(f"https://www.closed-{desk.reader.name}.test/2026/closed", text))
    assert "keeps its pages out of this archive" in desk.wait("excluded")
    show(desk, "excluded")


def test_it_is_stopped_and_goes_on_with_the_focus_where_it_was(desk: Desk, show: Callable[[Desk, str], None]) -> None:
    market = harbour(f"market-{desk.reader.name}", "two", "three", "nine")
    desk.archive.keep(market, 5, 8, 11)
    desk.archive.let(1)
    desk.begin(market)
    desk.wait("reading")
    show(desk, "reading")
    desk.press()
    assert "Stopped. What was read stays." in desk.wait("stopped")
    focused = desk.reader.run_in_page("() => document.activeElement.dataset.action")
    assert focused == "go-on", "the focus is where it was"
    show(desk, "stopped")
    desk.archive.let(1_000)
    desk.press()
    assert "Done: 2 earlier versions found." in desk.wait("done")


def test_a_busy_archive_is_waited_for_until_a_time(
    tmp_path: Path, readers: Readers, site: Site, show: Callable[[Desk, str], None]
) -> None:
    with archived_backend(tmp_path) as (archive, backend):
        desk = Desk(readers.connect(backend), site, archive, backend)
        archive.kept.fail(429)
        desk.begin(harbour(f"busy-{desk.reader.name}", "nine"))
        assert "busy, going on at" in desk.wait("waiting")
        show(desk, "waiting")


def test_where_the_owner_set_no_archive_nothing_is_offered(tmp_path: Path, readers: Readers, site: Site) -> None:
    with archived_backend(tmp_path, ROWBACK_ARCHIVES=",") as (archive, backend):
        desk = Desk(readers.connect(backend), site, archive, backend)
        desk.open(harbour(f"none-set-{desk.reader.name}", "nine"))
        desk.reader.open_beside("popup/index.html")
        until(lambda: desk.reader.ask("attribute", "#past", "data-state") == "unasked", "it to be known")
        assert desk.reader.ask("point", "#past button") is None
        open_options(desk.reader)
        until(
            lambda: "asks no archives now" in (desk.reader.ask("text", "#past-archives") or ""), "the options to say so"
        )


def test_what_is_opened_is_looked_for_where_that_is_chosen(
    tmp_path: Path, readers: Readers, site: Site, snap: Callable[[Reader, str], None]
) -> None:
    with archived_backend(tmp_path) as (archive, backend):
        desk = Desk(readers.connect(backend), site, archive, backend)
        lighthouse = harbour(f"lighthouse-{desk.reader.name}", "four", "nine")
        archive.keep(lighthouse, 5, 8)
        open_options(desk.reader)
        until(
            lambda: archive.kept.site.url("")[-5:] in (desk.reader.ask("text", "#past-archives") or ""), "the archive"
        )
        chosen = "() => document.querySelector('[name=past]:checked')?.value"
        assert desk.reader.run_in_page(chosen) == "asked"
        desk.reader.run_in_page("() => document.querySelector('#reading-past').scrollIntoView()")
        snap(desk.reader, "options-past")
        desk.reader.click("#reading-past label:has([value=all])")
        until(lambda: desk.reader.run_in_page(chosen) == "all", "the choice")
        site.put(lighthouse.url, lighthouse.page())
        desk.reader.open(lighthouse.url)
        until(lambda: desk.overlay.words_marked() == ["nine"], "a mark that nobody pressed for", READ_S)
