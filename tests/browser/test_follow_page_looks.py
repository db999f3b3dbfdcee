"""The page on which sites are chosen to be followed, in real browsers: by the keyboard, without scripts, in every look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from rowback.model import Scope
from rowback.store.sessions import SignInLink
from rowback.web.guard.one_time import BY_LINK, LINK_LASTS
from tests.server import backend as served
from tests.server.websites import Website, website

from .backend import Backend
from .conftest import OUTPUT, binary_of
from .deadline import until
from .looks import LANGUAGES, LOOKS, TELEPHONE, asked, looking, tab_to
from .test_accessibility import violations
from .test_following_sites import FEED, HERE, PATIENCE_S
from .test_pages import CUT
from .test_pages_small import COARSE, FINE, SMALL, UNFOLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Playwright

    from .reader import Reader

NAME = "Echo of the Westerhavn harbours, their islands and the northern coast – 東京 – الميناء"
COUNTRY = "?country=DE"
TOLD = "?wait=no"
TEXT = "() => document.readyState === 'complete' && document.querySelector('main').innerText"
STATES = "() => [...document.querySelectorAll('ul.picks > li')].map((row) => row.dataset.state)"
# Words in which a name stands, laid out as columns beside it.
TORN = """() => [...document.querySelectorAll("main button, main a, main p")]
  .filter((node) => getComputedStyle(node).display.includes("flex") && node.children.length > 0)
  .filter((node) => [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim()))
  .map((node) => node.outerHTML.slice(0, 80))"""
DIRECTION = "() => document.documentElement.dir"


@dataclass(frozen=True)
class Choosing:
    """A backend that may ask this machine, and a site there with a feed; beside it nothing."""

    backend: Backend
    outlet: Website

    @property
    def page(self) -> str:
        return f"{self.backend.url}/follow"

    def address(self, path: str) -> str:
        return self.outlet.url(path, HERE)

    def feeds(self) -> list[str]:
        return [each["url"] for each in self.backend.api("GET", "/api/v1/feeds")["feeds"]]


@pytest.fixture(scope="module")
def outlet() -> Iterator[Website]:
    with website() as made:
        made.put("/feed", FEED.replace("Echo", NAME), Content_Type="application/rss+xml")
        made.put("/", f"<title>{NAME}</title><link rel=alternate type=application/rss+xml href=/feed>")
        yield made


@pytest.fixture
def choosing(own_backend: Backend, outlet: Website) -> Choosing:
    own_backend.environment["ROWBACK_FETCH_HOSTS"] = HERE
    own_backend.start()
    return Choosing(own_backend, outlet)


@pytest.fixture(scope="module")
def chosen(connected: Reader, outlet: Website, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Choosing]:
    """One where the reader of this file chose a site that has a feed and one that has nothing, its front page neither."""
    backend = Backend(tmp_path_factory.mktemp("chosen"), environment={"ROWBACK_FETCH_HOSTS": HERE})
    backend.start()
    choosing = Choosing(backend, outlet)
    connected.open(backend.sign_in_link())
    with website() as empty:
        for url in (choosing.address("/"), empty.url("/", HERE)):
            connected.open(choosing.page + TOLD)
            _read(connected, url)
        until(lambda: sorted(_states(connected)) == ["found", "nothing"], "both to be read", PATIENCE_S)
    yield choosing
    backend.stop()


def _read(reader: Reader, url: str) -> None:
    """Types an address and has it read, by the keyboard."""
    tab_to(reader, "#url")
    reader.type(url)
    reader.press("Enter")
    until(lambda: _states(reader), "the page to come back with a list")


def _states(reader: Reader) -> list[str]:
    """Of what is on the list; empty while the page is on its way."""
    return list(asked(reader, STATES) or ())


def _says(reader: Reader, text: str) -> None:
    until(
        lambda: text in (asked(reader, TEXT) or ""), lambda: f"{text!r}; there is {asked(reader, TEXT)!r}", PATIENCE_S
    )


def test_by_the_keyboard_a_site_is_read_followed_and_let_go(reader: Reader, choosing: Choosing) -> None:
    reader.open(choosing.backend.sign_in_link())
    reader.open(choosing.page)
    assert reader.run_in_page("() => document.querySelectorAll('main :checked:not(option)').length") == 0, "no tick"
    _read(reader, choosing.address("/"))
    _says(reader, "3 articles found.")  # the page asks again by itself
    assert choosing.feeds() == [], "a look follows nothing"
    tab_to(reader, "ul.picks input[type=checkbox]")
    reader.press("Space")
    assert reader.run_in_page("() => document.activeElement.checked") is False, "a tick can be taken away"
    reader.press("Space")
    tab_to(reader, "button[value=follow]")
    reader.press("Enter")
    _says(reader, "You follow this.")
    assert choosing.feeds() == [choosing.address("/feed")]
    assert urlsplit(reader.address()).fragment == "chosen", "one is led to the list"
    tab_to(reader, "ul.picks button[value=stop]")
    reader.press("Enter")
    until(lambda: _states(reader) == ["found"], "the way back")
    assert choosing.feeds() == []
    tab_to(reader, "ul.picks button[value=drop]")
    reader.press("Enter")
    _says(reader, "Taken off the list")
    assert _states(reader) == []


def test_what_is_offered_is_named_and_found_by_country(reader: Reader, choosing: Choosing) -> None:
    reader.open(choosing.backend.sign_in_link())
    reader.open(choosing.page)
    first = "details[open] ul.outlets li:first-child"
    role, name = reader.accessible(f"{first} input")
    assert role == "checkbox"
    assert reader.run_in_page(f"() => document.querySelector('{first} bdi').textContent") in name
    reader.run_in_page("() => { document.querySelector('#country').value = 'DE'; }")
    tab_to(reader, "section[aria-labelledby=by-country] button")
    reader.press("Enter")
    until(lambda: "country=DE" in reader.address(), "the outlets of a country")
    offered = "() => document.querySelectorAll('section[aria-labelledby=by-country] ul.outlets input').length"
    until(lambda: asked(reader, offered), "outlets to be offered")


@pytest.fixture
def unscripted(playwright: Playwright) -> Iterator[Page]:
    """A page of Chromium in which no script runs."""
    browser = playwright.chromium.launch(executable_path=binary_of("chromium"), args=["--no-sandbox"])
    yield browser.new_context(java_script_enabled=False).new_page()
    browser.close()


def test_without_scripts_it_does_all_the_same(unscripted: Page, choosing: Choosing) -> None:
    page = unscripted
    page.goto(choosing.backend.sign_in_link())
    page.goto(choosing.page)
    page.locator("#url").fill(choosing.address("/"))
    page.locator("button[value=read]").click()
    page.locator("li[data-state=found]").wait_for(timeout=PATIENCE_S * 1000)  # it asks again by a header
    page.locator("button[value=follow]").click()
    page.locator("li[data-state=followed]").wait_for()
    assert choosing.feeds() == [choosing.address("/feed")]
    page.locator("button[value=stop]").click()
    page.locator("li[data-state=found]").wait_for()
    assert choosing.feeds() == []
    listed = f"<opml version='2.0'><body><outline text='Mine' xmlUrl='{choosing.address('/mine')}'/></body></opml>"
    page.locator("#opml").set_input_files({"name": "mine.opml", "mimeType": "text/x-opml", "buffer": listed.encode()})
    page.locator("button[value=list]").click()
    page.locator("li[data-state=listed]").wait_for()
    assert "Mine" in page.locator("li[data-state=listed]").inner_text()


@pytest.mark.parametrize("place", [TOLD, COUNTRY], ids=["chosen", "country"])
@pytest.mark.parametrize("look", LOOKS)
def test_it_is_readable_in_every_look(look: str, place: str, reader: Reader, chosen: Choosing) -> None:
    with looking(reader, chosen.page + place, look):
        assert sorted(_states(reader)) == ["found", "nothing"]
        _is_fit(reader, look, f"follow-page-{'country' if place == COUNTRY else 'chosen'}")


@pytest.mark.parametrize("look", LOOKS)
def test_where_nothing_can_be_read_it_says_what_to_run(look: str, reader: Reader, nowhere: str) -> None:
    with looking(reader, f"{nowhere}/follow", look):
        assert reader.accessible("p.notice")[0] == "alert"
        assert "rowback serve" in reader.ask("text", "p.notice")
        assert not reader.run_in_page("() => document.querySelector('main form')"), "what cannot be is not offered"
        _is_fit(reader, look, "follow-page-nowhere")


@pytest.fixture(scope="module")
def nowhere(connected: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a backend that was started without what reads sites, by a name of its own: cookies know no ports."""
    made = served.start(tmp_path_factory.mktemp("nowhere") / "rowback.db")
    here = f"http://localhost:{made.server.port}"
    code = made.store.sessions.new_link(SignInLink(Scope.OWNER, None, "/"), made.clock(), LINK_LASTS)
    connected.open(f"{here}{BY_LINK}?code={code}")
    yield here
    made.server.stop()
    made.store.close()


def _is_fit(reader: Reader, look: str, name: str) -> None:
    reader.run_in_page(UNFOLD)
    reader.screenshot(OUTPUT / f"{name}-{look}-{reader.name}.png")
    assert reader.run_in_page(DIRECTION) == ("rtl" if look == LANGUAGES[0] else "ltr")
    assert reader.run_in_page(CUT) == []
    assert reader.run_in_page(TORN) == []
    assert not reader.ask("overflows")
    assert reader.run_in_page(SMALL, COARSE if look == TELEPHONE else FINE) == []
    assert violations(reader, "html") == []
