"""The popup is as tall as a browser lets it be, at most: 600 pixels, in wordy languages, too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rowback import __version__

from .cases import FIGURE, NEVER_EDITED, UNKNOWN
from .deadline import until
from .looks import asked
from .newspaper import Newspaper
from .reader import WINDOW
from .test_accessibility import violations
from .test_earlier_versions import archived_backend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .backend import Backend
    from .conftest import Readers
    from .reader import Reader
    from .site import Site

MOST = 600  # pixels: what is taller is scrolled, https://developer.chrome.com/docs/extensions/reference/api/action
LANGUAGES = ("de", "fr", "ja")  # the two wordiest, and one with tall letters; the others were measured by hand
# A browser makes the window as wide as the body wants to be; in a tab that is done by hand. Then how tall it is.
HEIGHT = """() => {
  document.body.style.width = "var(--popup)";
  return Math.ceil(document.body.getBoundingClientRect().height);
}"""
UPDATED = "async (updated) => (globalThis.browser ?? globalThis.chrome).storage.local.set({ updated })"
SHOWN = "() => document.querySelector('main')?.innerText"
SAID = "() => document.querySelector('#updated').checkVisibility()"
STATES = {"unknown": "unknown", "followed": "none", "front": "not-article", "edited": "ready"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Backend]:
    """A backend that may ask an archive, with articles and none."""
    with archived_backend(tmp_path_factory.mktemp("tall")) as (_, backend):
        for each in (FIGURE, NEVER_EDITED):
            backend.tell(each)
        for each in (FIGURE, NEVER_EDITED, UNKNOWN):
            site.put(each.url, each.page())
        yield backend


@pytest.fixture(scope="module")
def front(served: Backend) -> Iterator[str]:
    """The address of a front page."""
    newspaper = Newspaper(served)
    newspaper.start()
    yield f"{newspaper.url}/"
    newspaper.stop()


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def speaking(language: str, module_readers: Readers, served: Backend) -> Reader:
    """A reader whose extension speaks a language, and was just updated."""
    return module_readers.speaking(language).connect(served)


def _address(of: str, front: str) -> str:
    return {"unknown": UNKNOWN.url, "followed": NEVER_EDITED.url, "front": front, "edited": FIGURE.url}[of]


def _open(reader: Reader, url: str, of: str, *, updated: bool) -> None:
    while len(reader.tabs()) > 1:
        reader.close_tab()
    reader.resize(*WINDOW)
    reader.open(url)
    reader.open_beside("popup/index.html")
    reader.await_in_page(UPDATED, __version__ if updated else None)
    reader.resize(480, 760)
    reader.reload()
    until(
        lambda: reader.ask("attribute", "#page", "data-state") == STATES[of],
        lambda: f"the popup to say {STATES[of]}; it says {reader.ask('shown')!r}",
    )
    until(lambda: bool(reader.run_in_page(SAID)) == updated, "the line of the update to be there, or not")
    if of == "front":
        until(lambda: reader.ask("text", "#following .main"), "the button")
    else:
        until(lambda: reader.ask("attribute", "#past", "data-state") == "unasked", "the archives to be known")
        until(lambda: reader.ask("attribute", "#following", "data-state"), "the site to be known")
    until(lambda: reader.run_in_page(SAID) is updated, "the line of the update, or none")


@pytest.mark.parametrize("updated", [False, True], ids=["as ever", "updated"])
@pytest.mark.parametrize("of", STATES)
def test_the_popup_is_whole_without_scrolling(
    of: str,
    front: str,
    language: str,
    speaking: Reader,
    snap: Callable[[Reader, str], None],
    *,
    updated: bool,
) -> None:
    reader = speaking
    _open(reader, _address(of, front), of, updated=updated)
    height = reader.run_in_page(HEIGHT)
    snap(reader, f"tall-{of}-{language}{'-updated' if updated else ''}")
    print(f"{reader.name} {language} {of} updated={updated}: {height}")
    assert height <= MOST
    if updated:
        assert violations(reader, "html") == []


def test_the_line_of_an_update_goes_when_it_is_dismissed_or_pressed(
    language: str, speaking: Reader, served: Backend
) -> None:
    reader = speaking
    words = json.loads((Path(__file__).parents[2] / f"extension/_locales/{language}/messages.json").read_text("utf-8"))
    _open(reader, FIGURE.url, "edited", updated=True)
    assert words["updated_line"]["message"].replace("$1", __version__) in reader.ask("text", "#updated")
    reader.click("#updated button:last-child")
    until(lambda: not reader.run_in_page(SAID), "the line to go")
    _open(reader, FIGURE.url, "edited", updated=True)
    before = set(reader.tabs())
    reader.click("#updated button:nth-of-type(1)")
    opened = until(lambda: set(reader.tabs()) - before, "what is new to open")
    reader.switch(opened.pop())
    until(lambda: reader.address() == f"{served.url}/new", "the backend's page, signed in")
    until(lambda: f"Rowback {__version__}" in (asked(reader, SHOWN) or ""), "it to say what is new")
