"""No violation of the rules that axe knows, on our own pages and in the card on somebody else's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .cases import WORDINGS
from .deadline import until
from .overlay import badge_of
from .reader import WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
# Each page and the element that it fills last.
PAGES = {
    "onboarding": ("onboarding/index.html", "#connection .good"),
    "options": ("options/index.html", "#connection .good"),
    "help": ("help/index.html", "#silent-note"),
    "popup": ("popup/index.html", "#page button"),
    "panel": ("panel/index.html", "#edits button"),
}
# In a reader's own colours contrast is the reader's choice, and what axe reads is not what the browser paints.
CHECK = """async (scope) => {
  const contrast = !matchMedia("(forced-colors: active)").matches;
  const {violations} = await axe.run(scope, {rules: {"color-contrast": {enabled: contrast}}});
  return violations.map(({id, nodes}) => [id, ...nodes.map((node) => `${node.html} ${node.failureSummary}`)]);
}"""
themes = pytest.mark.parametrize("theme", ["light", "dark", "own-colours"])


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    assert AXE.exists(), "axe-core is missing: run `npm ci` in tests/"
    backend.tell(WORDINGS)
    site.put(WORDINGS.url, WORDINGS.page())


@pytest.fixture
def in_theme(theme: str, reader: Reader) -> Iterator[None]:
    reader.dark(theme == "dark")
    reader.own_colours(theme == "own-colours")
    yield
    reader.dark(False)
    reader.own_colours(False)


def violations(reader: Reader, scope: str) -> list[Any]:
    """What axe finds within `scope`, each as rule and elements."""
    if not reader.run_in_page("() => 'axe' in window"):
        reader.run_in_page(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
    found: list[Any] = reader.await_in_page(CHECK, scope)
    return found


@themes
@pytest.mark.parametrize("page", PAGES)
def test_our_own_pages_have_no_violations(
    page: str, theme: str, in_theme: None, reader: Reader, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(WORDINGS.url)
    path, last = PAGES[page]
    reader.open_beside(path)
    until(lambda: reader.ask("text", last), "the page to be filled")
    reader.run_in_page("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    snap(reader, f"{page}-{theme}")
    assert violations(reader, "html") == []


@themes
def test_marks_badges_and_card_have_no_violations(
    theme: str, in_theme: None, reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(WORDINGS.url)
    overlay.wait()
    snap(reader, f"badges-{theme}")
    overlay.open_card(badge_of(overlay.badges()[0]))
    assert violations(reader, "rowback-overlay") == []
    snap(reader, f"card-{theme}")


@themes
@pytest.mark.parametrize("state", ["menu", "changes", "sheet"])
def test_other_states_have_no_violations(
    state: str, theme: str, in_theme: None, reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.open(WORDINGS.url)
    overlay.wait()
    if state == "menu":
        reader.click(".mode")
    if state == "changes":
        overlay.open_card(badge_of(overlay.badges()[0]))
        reader.press("m")
        until(lambda: reader.ask("missing"), "track changes")
    if state == "sheet":
        reader.resize(520, 900)
        overlay.open_card(badge_of(overlay.badges()[0]))
    found = violations(reader, "rowback-overlay")
    snap(reader, f"{state}-{theme}")
    if state == "changes":
        reader.press("m")
        reader.press("m")
        until(lambda: reader.ask("attribute", "rowback-overlay", "data-mode") == "marks", "the usual mode")
    reader.resize(*WINDOW)
    assert found == []


def test_with_text_at_twice_its_size_everything_stands_inside_the_window(
    reader: Reader, overlay: Overlay, snap: Callable[[Reader, str], None]
) -> None:
    reader.resize(WINDOW[0] // 2, WINDOW[1] // 2)  # what zooming by two leaves of the window, in the page's pixels
    reader.open(WORDINGS.url)
    overlay.wait()
    box = overlay.open_card(badge_of(overlay.badges()[0])).box
    snap(reader, "zoomed")
    reader.resize(*WINDOW)
    assert 0 <= box["left"] < box["right"] <= WINDOW[0] // 2
    assert 0 <= box["top"] < box["bottom"] <= WINDOW[1] // 2


def test_what_happens_is_said_to_screen_readers(reader: Reader, overlay: Overlay) -> None:
    reader.open(WORDINGS.url)
    overlay.wait()
    assert reader.accessible(".said")[0] == "status"
    until(lambda: "2" in (reader.ask("text", ".said") or ""), "the number of edits to be said")
