"""The third step of the page after installing: sites are read before they are followed, and one can come back to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.server.websites import Website, website

from .backend import Backend
from .deadline import until
from .reader import WINDOW
from .test_accessibility import violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conftest import Readers
    from .reader import Reader

Snap = Callable[["Reader", str], None]
HERE = "127.0.0.1"
PATIENCE_S = 60.0  # one host is left alone for some seconds between two questions
DIRECTIONS = {"en": "ltr", "de": "ltr", "ar": "rtl"}
FEED = (
    "<rss><channel><title>Echo</title>"
    + "".join(f"<item><title>Ferry {n} stays shut</title><link>/2031/05/ferry-{n}</link></item>" for n in range(1, 4))
    + "</channel></rss>"
)
# A person's list comes from a file dialog, which no driver of ours opens.
CHOOSE_FILE = """(text) => {
  const files = new DataTransfer();
  files.items.add(new File([text], "feeds.opml", { type: "text/x-opml" }));
  const field = document.querySelector("#opml");
  field.files = files.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}"""
SHOW = "(css) => document.querySelector(css).scrollIntoView()"


@pytest.fixture
def outlet() -> Iterator[Website]:
    with website() as made:
        made.put("/feed", FEED, Content_Type="application/rss+xml")
        made.put("/", "<title>Echo</title><link rel=alternate type=application/rss+xml href=/feed>")
        yield made


@pytest.fixture
def running(own_backend: Backend) -> Backend:
    own_backend.environment["ROWBACK_FETCH_HOSTS"] = HERE
    own_backend.start()
    return own_backend


def _row(reader: Reader, url: str, state: str) -> str:
    """What stands in the row of an address, once it is in a state."""
    css = f'#own-list [data-url="{url}"]'
    until(
        lambda: reader.ask("attribute", css, "data-state") == state,
        lambda: f"{url} to be {state}; there is {reader.ask('text', '#own-list')!r}",
    )
    return str(reader.ask("text", css))


def _paste(reader: Reader, url: str) -> None:
    reader.run_in_page(SHOW, "#feed")
    reader.run_in_page("() => { document.querySelector('#feed').value = '' }")
    reader.click("#feed")
    reader.type(url)
    reader.press("Enter")


def _feeds(backend: Backend) -> list[str]:
    found: Any = backend.api("GET", "/api/v1/feeds")
    return [each["url"] for each in found["feeds"]]


def _opened(reader: Reader) -> None:
    until(lambda: reader.ask("attribute", "#follow-open", "hidden") is None, "the third step to open")


def test_a_site_is_read_before_it_is_followed_and_can_be_let_go(
    readers: Readers, running: Backend, outlet: Website, snap: Snap
) -> None:
    reader = readers.connect(running)
    reader.go_to_onboarding()
    _opened(reader)
    ticked = "() => document.querySelectorAll('#step-follow input[type=checkbox]:checked').length"
    assert reader.run_in_page(ticked) == 0, "nothing is ticked"
    home, feed = outlet.url("/", HERE), outlet.url("/feed", HERE)
    _paste(reader, home)
    told = _row(reader, home, "found")
    assert "3 articles found." in told
    assert "First: “Ferry 1 stays shut”." in told
    assert _feeds(running) == [], "a look follows nothing"
    snap(reader, "follow-found")

    reader.reload()
    _opened(reader)
    _row(reader, home, "found")
    reader.run_in_page(SHOW, "#follow-chosen")
    reader.click("#follow-chosen")
    _row(reader, home, "followed")
    assert _feeds(running) == [feed]
    snap(reader, "follow-followed")

    reader.reload()
    _opened(reader)
    assert "You follow this." in _row(reader, feed, "followed")
    reader.run_in_page(SHOW, "#own-list")
    reader.click("#own-list button")
    _row(reader, feed, "idle")
    assert _feeds(running) == []


def test_what_gives_nothing_says_why_and_a_feed_that_moved_is_found(
    readers: Readers, running: Backend, outlet: Website, snap: Snap
) -> None:
    reader = readers.connect(running)
    reader.go_to_onboarding()
    _opened(reader)
    listed = "".join(
        f"<outline text='{name}' xmlUrl='{outlet.url(path, HERE)}'/>"
        for name, path in [("Moved", "/old"), ("Fine", "/feed")]
    )
    reader.run_in_page(CHOOSE_FILE, f"<opml version='2.0'><body>{listed}</body></opml>")
    until(lambda: "Feeds in the list: 2." in reader.ask("text", "#add-said"), "the list to be read")
    reader.click("#choose-own")
    # One host is asked for one thing after the other.
    moved, fine = outlet.url("/old", HERE), outlet.url("/feed", HERE)

    def are_found() -> bool:
        return all(reader.ask("attribute", f'[data-url="{url}"]', "data-state") == "found" for url in (moved, fine))

    until(are_found, lambda: f"both to be read; there is {reader.ask('text', '#own-list')!r}", PATIENCE_S)
    told = _row(reader, moved, "found")
    assert "There is nothing at this address." in told
    assert f"Its site names another feed: {fine}." in told

    outlet.put("/", "<title>Echo</title><p>We are moving.</p>")
    _paste(reader, outlet.url("/gone", HERE))
    assert "There is nothing at this address." in _row(reader, outlet.url("/gone", HERE), "nothing")
    _paste(reader, "no address")
    until(lambda: "not the address" in reader.ask("text", "#add-said"), "a wrong address to be told")
    snap(reader, "follow-troubles")
    running.stop()
    _paste(reader, outlet.url("/late", HERE))
    assert "rowback serve" in _row(reader, outlet.url("/late", HERE), "nothing")


def test_it_is_closed_until_there_is_a_connection_and_a_token_opens_it(readers: Readers, running: Backend) -> None:
    reader = readers.start(running.url)
    reader.go_to_onboarding()
    until(lambda: reader.ask("attribute", "#connection", "data-state") == "pairing-pending", "a code to be shown")
    assert "Connect first" in reader.ask("text", "#follow-closed")
    reader.accept_prompts()
    reader.click("#elsewhere summary")
    reader.click("#token")
    reader.type(running.token())
    reader.press("Enter")
    until(lambda: reader.ask("attribute", "#connection", "data-state") == "connected", "the token to be taken")
    _opened(reader)
    assert reader.ask("attribute", "#steps li", "data-done") == "true"
    assert reader.ask("attribute", "#allow-all-sites", "id"), "the button is there at once"


def test_one_comes_back_to_it_from_the_popup_and_the_browser_goes_back(
    readers: Readers, running: Backend, outlet: Website
) -> None:
    reader = readers.connect(running)
    before = set(reader.tabs())
    reader.open_beside("popup/index.html")
    until(lambda: reader.ask("text", "#begin"), "the popup to be filled")
    known = set(reader.tabs())
    reader.click("#begin")
    until(lambda: set(reader.tabs()) - known, "the page to be opened")
    reader.switch((set(reader.tabs()) - known).pop())
    until(lambda: reader.address().endswith("#step-follow"), "the step to be meant")
    _opened(reader)
    reader.click("#steps li:first-child a")
    until(lambda: reader.address().endswith("#step-connect"), "the first step")
    reader.back()
    until(lambda: reader.address().endswith("#step-follow"), "the way back")
    assert before


@pytest.mark.parametrize("language", DIRECTIONS)
def test_the_page_is_whole_in_every_direction_and_on_a_phone(
    language: str, readers: Readers, running: Backend, snap: Snap
) -> None:
    reader = readers.speaking(language).connect(running)
    reader.go_to_onboarding()
    _opened(reader)
    assert reader.run_in_page("() => document.documentElement.dir") == DIRECTIONS[language]
    names = json.loads((Path(__file__).parents[2] / "extension/_locales/en/messages.json").read_text(encoding="utf-8"))
    assert [name for name in names if "_" in name and name in reader.ask("shown").split()] == []
    for width in (WINDOW[0], 360):
        reader.resize(width, WINDOW[1])
        assert not reader.ask("overflows"), "no sideways scrolling"
        assert violations(reader, "html") == []
        for part in ("steps", "step-follow", "tally"):
            reader.run_in_page(SHOW, f"#{part}")
            snap(reader, f"onboarding-{language}-{width}-{part}")
