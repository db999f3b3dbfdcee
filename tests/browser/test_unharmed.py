"""The page stays as it is: its document, its layout, what it can know of us; and switching off leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from .cases import BUSES, COST, MAYOR, RUST, TITLE, WORDINGS, story
from .deadline import until
from .overlay import Overlay, State, badge_of

if TYPE_CHECKING:
    from .backend import Backend
    from .conftest import Readers
    from .reader import Reader
    from .site import Site

STORY = replace(WORDINGS, url="https://unharmed.lantern-post.test/2026/harbour")

WATCH = """<script>
  window.shift = 0;
  window.records = 0;
  if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({type: 'layout-shift', buffered: true});
  }
  new MutationObserver((list) => { window.records += list.length; })
    .observe(document, {attributes: true, characterData: true, childList: true, subtree: true});
</script>"""

NOTHING = State(0, None, None)


@pytest.fixture(scope="module", autouse=True)
def _published(backend: Backend, site: Site) -> None:
    backend.tell(STORY)
    site.put(STORY.url, STORY.page(tail=WATCH))


def page_as_it_is(reader: Reader) -> dict[str, Any]:
    return {"html": reader.ask("html"), "boxes": reader.ask("boxes"), "sheets": sheets(reader)}


def sheets(reader: Reader) -> Any:
    """How many style sheets the page itself can see."""
    return reader.run_in_page("() => document.styleSheets.length + document.adoptedStyleSheets.length")


def test_document_and_layout_are_the_same_without_with_and_after_rowback(readers: Readers, backend: Backend) -> None:
    reader = readers.start(backend.url, backend.token())
    overlay = Overlay(reader)
    reader.go_to_onboarding()
    page = reader.new_tab()
    reader.open(STORY.url)
    without = page_as_it_is(reader)

    reader.grant_all_sites()
    reader.switch(page)
    reader.reload()
    overlay.wait()
    assert page_as_it_is(reader) == without
    overlay.open_card(badge_of(overlay.badges()[0]))
    assert page_as_it_is(reader) == without

    reader.disable_extension()
    reader.reload()
    assert overlay.state() == NOTHING
    assert page_as_it_is(reader) == without


def test_nothing_on_the_page_is_changed_but_our_element_added(reader: Reader, overlay: Overlay) -> None:
    reader.open(STORY.url)
    overlay.wait()
    overlay.open_card(badge_of(overlay.badges()[0]))
    records = reader.run_in_page("() => window.records")
    assert records <= 10, "our element, its state and nothing else"


def test_the_layout_does_not_shift(reader: Reader, overlay: Overlay) -> None:
    reader.open(STORY.url)
    overlay.wait()
    before = reader.ask("boxes")
    overlay.open_card(badge_of(overlay.badges()[0]))
    assert reader.ask("boxes") == before
    assert reader.run_in_page("() => window.shift") == 0


def test_marks_come_to_the_page_where_they_stay(reader: Reader, overlay: Overlay, backend: Backend, site: Site) -> None:
    told = story(
        "marks-of-every-kind",
        (TITLE, COST.format("four"), RUST, BUSES, MAYOR),
        (TITLE, COST.format("nine"), RUST.replace("routine ", ""), MAYOR),
    )
    backend.tell(told)
    narrow = "<style>main { max-width: none; margin: 0; padding: 0; } h1 { font-size: 5em; }</style>"
    for tail in (WATCH, WATCH + narrow):
        site.put(told.url, told.page(tail=tail))
        reader.open(told.url)
        overlay.wait()
        until(lambda: reader.ask("strokes", "caret") == 1, "the stroke where a word is gone")
        reader.await_in_page("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert reader.run_in_page("() => window.shift") == 0


def test_switching_a_site_off_removes_everything_and_on_brings_it_back(reader: Reader, overlay: Overlay) -> None:
    reader.open(STORY.url)
    overlay.wait()
    html = reader.ask("html")
    page = reader.tab()
    popup = reader.open_beside("popup/index.html")
    reader.click("#site-on")
    reader.switch(page)
    until(lambda: overlay.state() == NOTHING, "the overlay to go")
    assert overlay.marks() == {}
    assert reader.ask("html") == html
    until(lambda: reader.toolbar_badge_text() == "", "the toolbar to be empty")

    reader.switch(popup)
    reader.click("#site-on")
    reader.switch(page)
    assert overlay.wait().anchored == "2/2"


def test_taking_the_sites_back_removes_everything_at_once(readers: Readers, backend: Backend) -> None:
    reader = readers.connect(backend)
    overlay = Overlay(reader)
    reader.open(STORY.url)
    overlay.wait()
    reader.revoke_all_sites()
    until(lambda: overlay.state() == NOTHING, "the overlay to go")
    assert overlay.marks() == {}


def test_a_page_cannot_tell_that_the_extension_is_installed(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    url = site.put("https://unharmed.lantern-post.test/empty", "<!doctype html><title>Empty</title><p>Nothing.</p>")
    reader.open(url)
    address = reader.extension_url("content/draw/marks.css")
    reader.provoked |= {"chrome-extension://invalid/", "may not load or link to moz-extension"}
    reader.run_in_page(
        """(address) => {
          const link = Object.assign(document.createElement('link'), {rel: 'stylesheet', href: address});
          link.onload = () => { window.told = 'loaded'; };
          link.onerror = () => { window.told = 'refused'; };
          document.head.append(link);
        }""",
        address,
    )
    assert until(lambda: reader.run_in_page("() => window.told"), "the page's attempt to end") == "refused"
    assert reader.run_in_page("() => ['RowbackMain', 'RowbackMessages'].filter((name) => name in window)") == []
