"""A page that is newer than the store, and a look that a reader asks for: at one press, without loading anew."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from tests.server.outgoing_proxies import outgoing_proxy

from .backend import Backend
from .cases import BUSES, COST, RUST, TITLE
from .deadline import until
from .overlay import NO_EDITS, Overlay
from .story import Story, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .conftest import Readers
    from .reader import Reader, Tab
    from .site import Site

HOST = "checking.example"  # which the backend reaches by a proxy, as the browsers do
LOOKED_S = 60.0  # a poller wakes every few seconds, and both cores may be busy
NARROW = (480, 760)


@dataclass
class Newsstand:
    """A reader beside a story that changes, and a backend that polls."""

    reader: Reader
    site: Site
    backend: Backend
    number: int = field(default=0)

    @property
    def overlay(self) -> Overlay:
        return Overlay(self.reader)

    def story(self, figure: str) -> Story:
        texts = (Text(TITLE, (COST.format(figure), RUST, BUSES)),)
        return Story(f"http://{HOST}/2026/{self.reader.name}-{self.number}", texts)

    def publish(self, figure: str) -> Story:
        told = self.story(figure)
        self.site.put(told.url, told.page())
        return told

    def store(self, *, followed: bool) -> Story:
        """A new story in its first version, stored, published and open."""
        self.number += 1
        told = self.publish("four")
        self.backend.tell(told)
        article = self.backend.edits(told.url)["article"]["id"]
        if not followed:
            self.backend.api("DELETE", f"/api/v1/articles/{article}/follow")
        while len(self.reader.tabs()) > 1:
            self.reader.close_tab()
        return told

    def open(self, told: Story) -> Tab:
        self.reader.open(told.url)
        self.overlay.wait_over(NO_EDITS)
        return self.reader.tab()

    def beside(self, page: str, tab: Tab) -> Tab:
        """The popup or the panel beside the page, once it has its button."""
        self.reader.switch(tab)
        opened = self.reader.open_beside(f"{page}/index.html")
        until(lambda: self.reader.ask("attribute", "#check", "data-state") == "unasked", "the button to check")
        return opened

    def said(self, *words: str) -> None:
        """Waits until all of these are said of the look."""

        def is_said() -> bool:
            shown = self.reader.ask("text", "#check") or ""
            return all(word in shown for word in words)

        until(is_said, lambda: f"{words}; shown is {self.reader.ask('shown')!r}", LOOKED_S)

    def status(self, told: Story) -> str:
        return str(self.backend.edits(told.url)["article"]["status"])


@pytest.fixture(scope="module")
def newsstand(module_readers: Readers, tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Newsstand]:
    with outgoing_proxy("http", site.port) as proxy:
        asked = {"ROWBACK_FETCH_PROXY": proxy.address(), "ROWBACK_FETCH_PROXY_RESOLVES": "true"}
        backend = Backend(tmp_path_factory.mktemp("checking"), polls=True, environment=asked)
        backend.start()
        try:
            yield Newsstand(module_readers.connect(backend), site, backend)
        finally:
            backend.stop()


@pytest.fixture
def picture(newsstand: Newsstand, snap: Callable[[Reader, str], None]) -> Callable[[str], None]:
    """Keeps pictures of the popup or the panel, light and dark."""

    def look(name: str) -> None:
        for is_dark in (False, True):
            newsstand.reader.resize(*NARROW)
            newsstand.reader.dark(is_dark)
            snap(newsstand.reader, f"check-{name}-{'dark' if is_dark else 'light'}")
        newsstand.reader.dark(False)

    return look


@pytest.mark.parametrize(
    ("page", "followed"), [("popup", False), ("panel", True), ("panel", False)], ids=["popup", "followed", "stored"]
)
def test_what_changed_is_shown_at_one_press(
    newsstand: Newsstand, page: str, followed: bool, picture: Callable[[str], None]
) -> None:
    reader, told = newsstand.reader, newsstand.store(followed=followed)
    newsstand.publish("nine")
    tab = newsstand.open(told)
    status = newsstand.status(told)
    opened = newsstand.beside(page, tab)
    until(lambda: reader.ask("attribute", "#show-changed", "class") == "main", "the main button")
    assert newsstand.backend.url in reader.ask("text", "#changed-note"), "where the text would go is said first"
    assert newsstand.backend.edits(told.url)["article"]["version_count"] == 1, "nothing was sent yet"
    picture(f"{page}-newer")
    reader.click("#show-changed")
    until(lambda: reader.ask("attribute", "#show-changed", "class") is None, "the press to be over", LOOKED_S)
    newsstand.said("unchanged")
    picture(f"{page}-changed")
    answer = newsstand.backend.edits(told.url)
    assert [version["origin"] for version in answer["versions"]][1] == "browser"
    assert answer["article"]["version_count"] == 2, "what the backend read itself is the same text"
    assert newsstand.status(told) == status
    reader.close_tab()
    reader.switch(tab)
    assert opened not in reader.tabs()
    assert newsstand.overlay.wait().anchored == "1/1"
    assert newsstand.overlay.words_marked() == ["nine"]


def test_the_popup_over_a_followed_article_has_it_looked_at_without_a_press(
    newsstand: Newsstand, picture: Callable[[str], None]
) -> None:
    reader, told = newsstand.reader, newsstand.store(followed=True)
    newsstand.publish("nine")
    tab = newsstand.open(told)
    reader.switch(tab)
    reader.open_beside("popup/index.html")
    newsstand.said("new version")
    picture("popup-by-itself")
    versions = newsstand.backend.edits(told.url)["versions"]
    assert [version["origin"] for version in versions][1:] == ["poll"], "the page itself was not sent"
    reader.close_tab()
    reader.switch(tab)
    until(lambda: newsstand.overlay.words_marked() == ["nine"], "the mark, without loading")


@pytest.mark.parametrize("page", ["popup", "panel"])
def test_a_look_finds_the_edit_and_the_open_page_shows_it_when_it_says_so(
    newsstand: Newsstand, page: str, picture: Callable[[str], None]
) -> None:
    reader, told = newsstand.reader, newsstand.store(followed=False)
    tab = newsstand.open(told)
    newsstand.publish("nine")
    newsstand.beside(page, tab)
    picture(f"{page}-unasked")
    reader.click("#check button")
    newsstand.said("new version")
    picture(f"{page}-edited")
    assert newsstand.status(told) == "paused"
    versions = newsstand.backend.edits(told.url)["versions"]
    assert [version["origin"] for version in versions][1] == "poll"
    reader.close_tab()
    reader.switch(tab)
    until(lambda: newsstand.overlay.state().hosts == 1, "the page to have looked again, without loading")


def test_a_look_that_finds_nothing_new_or_no_page_says_so(newsstand: Newsstand, picture: Callable[[str], None]) -> None:
    reader, told = newsstand.reader, newsstand.store(followed=True)
    tab = newsstand.open(told)
    newsstand.beside("popup", tab)
    reader.click("#check button")
    newsstand.said("unchanged")
    assert reader.ask("attribute", "#check-said", "role") == "status", "it is read out"
    picture("popup-unchanged")
    reader.close_tab()

    gone = newsstand.store(followed=True)
    tab = newsstand.open(gone)
    newsstand.site.pages.pop((HOST, f"/2026/{reader.name}-{newsstand.number}"))
    newsstand.beside("popup", tab)
    reader.press("Tab")
    reader.click("#check button")
    newsstand.said("not there any more")
    picture("popup-missing")
    assert newsstand.status(gone) == "watching"


def test_why_a_look_came_to_nothing_is_said_in_the_language_of_the_extension(
    newsstand: Newsstand, module_readers: Readers, snap: Callable[[Reader, str], None]
) -> None:
    reader = module_readers.speaking("de").connect(newsstand.backend)
    german = replace(newsstand, reader=reader, number=100)
    told = german.store(followed=False)
    reader.open(told.url)
    german.overlay.wait_over("keine Änderungen gesehen")
    tab = reader.tab()
    german.site.put(told.url, "no gzip", {"Content-Encoding": "gzip"})
    german.beside("popup", tab)
    reader.click("#check button")
    german.said("(Die gepackte Seite ist beschädigt). Versuchen Sie es")
    assert "The packed page" not in reader.ask("text", "#check")
    reader.resize(*NARROW)
    snap(reader, "check-popup-german-reason")
