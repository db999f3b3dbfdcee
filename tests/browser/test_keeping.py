"""A page that says something newer than the store: said so, and kept with the reader's leave alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from .cases import BUSES, COST, MAYOR, RUST, TITLE, story
from .choices import choose
from .deadline import stays, until
from .overlay import NO_EDITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site
    from .story import Story


@pytest.fixture
def keeping(reader: Reader) -> Iterator[None]:
    """What is read is kept: switched on in the options, as a reader does."""
    choose(reader, "keep", on=True)
    yield
    choose(reader, "keep", on=False)


def published(name: str, backend: Backend, site: Site) -> Story:
    """A story whose page has moved on from what is stored."""
    stored = story(name, (TITLE, COST.format("four"), RUST, BUSES, MAYOR))
    backend.tell(stored)
    page = story(name, (TITLE, COST.format("nine"), RUST, BUSES, MAYOR))
    site.put(page.url, page.page())
    return page


@pytest.mark.parametrize("path", ["popup/index.html", "panel/index.html"], ids=["popup", "panel"])
def test_a_newer_page_is_said_to_be_newer_and_not_sent(
    path: str, reader: Reader, overlay: Overlay, backend: Backend, site: Site, snap: Callable[[Reader, str], None]
) -> None:
    page = published(f"newer-{path[:5]}-{reader.name}", backend, site)
    reader.open(page.url)
    overlay.wait_over(NO_EDITS)
    reader.open_beside(path)
    until(lambda: reader.ask("attribute", "[data-fresh]", "data-fresh") == "newer", "it to say that the page is newer")
    snap(reader, f"newer-{path[:5]}")
    assert len(backend.edits(page.url)["versions"]) == 1


def outdated(name: str, backend: Backend, site: Site) -> Story:
    """A story whose page still says what it said before the latest version."""
    before, after = ((TITLE, COST.format(cost), RUST, BUSES) for cost in ("four", "nine"))
    stored = story(name, before, after)
    backend.tell(stored)
    site.put(stored.url, story(name, before).page())
    return stored


def test_an_older_page_is_said_to_be_older(reader: Reader, overlay: Overlay, backend: Backend, site: Site) -> None:
    reader.open(outdated(f"older-{reader.name}", backend, site).url)
    overlay.wait()
    reader.open_beside("popup/index.html")
    until(lambda: reader.ask("attribute", "[data-fresh]", "data-fresh") == "older", "it to say that the page is older")


def test_with_leave_a_newer_page_is_kept_and_its_edit_appears_at_once(
    keeping: None, reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    page = published(f"kept-{reader.name}", backend, site)
    reader.open(page.url)
    overlay.wait()
    assert overlay.words_marked() == ["nine"]
    versions = backend.edits(page.url)["versions"]
    assert [version["origin"] for version in versions] == ["api", "browser"]
    until(lambda: reader.toolbar_badge_text() == "1", "the number on the toolbar")


def test_with_leave_an_article_nobody_has_stored_is_kept(
    keeping: None, reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    page = story(f"first-{reader.name}", (TITLE, COST.format("four"), RUST, BUSES))
    site.put(page.url, page.page())
    reader.open(page.url)
    until(lambda: backend.knows(page.url), "the article to be stored")


COUNTS = """<script>
  window.built = 0;
  customElements.define("x-credit", class extends HTMLElement { constructor() { super(); window.built += 1; } });
</script>"""


def test_a_page_does_not_hear_that_it_is_copied(
    keeping: None, reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    page = story(f"unheard-{reader.name}", (TITLE, COST.format("four"), RUST, BUSES))
    site.put(page.url, page.page(head=COUNTS, tail="<x-credit>By our own hands</x-credit>"))
    reader.open(page.url)
    until(lambda: backend.knows(page.url), "the article to be stored")
    assert reader.run_in_page("() => window.built") == 1


BUILD = """<script>
addEventListener("DOMContentLoaded", () => {
  const article = document.querySelector("article");
  article.replaceChildren(...%s.map(([name, text]) => Object.assign(document.createElement(name), { textContent: text })));
});
</script>"""


def test_a_page_built_by_its_scripts_is_kept_as_a_server_would_read_the_built_one(
    keeping: None, reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    built = story(f"built-{reader.name}", (TITLE, COST.format("four"), RUST, BUSES, MAYOR))
    parts = [("h1", TITLE), *(("p", text) for text in built.versions[-1].paragraphs)]
    site.put(built.url, story(built.url, ("", "Loading")).page(tail=BUILD % json.dumps(parts)))
    reader.open(built.url)
    until(lambda: backend.knows(built.url), "the article to be stored")
    own = str(reader.run_in_page("() => document.documentElement.outerHTML"))
    for html in (built.page(), own):
        again = backend.api("POST", "/api/v1/captures", {"url": built.url, "html": html})
        assert (again["version"], again["new_version"]) == (0, False)
    told = backend.edits(built.url)
    assert [version["origin"] for version in told["versions"]] == ["browser"]
    assert told["article"]["title"] == TITLE


def test_with_leave_an_older_page_makes_no_version(
    keeping: None, reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    told = outdated(f"stale-{reader.name}", backend, site)
    reader.open(told.url)
    overlay.wait()
    stays(lambda: len(backend.edits(told.url)["versions"]), 2, "the versions stored", for_s=2.0)


def test_a_site_can_be_left_out(keeping: None, reader: Reader, overlay: Overlay, backend: Backend, site: Site) -> None:
    page = published(f"left-out-{reader.name}", backend, site)
    blank = f"https://left-out-{reader.name}.lantern-post.test/blank"
    site.put(blank, "<!doctype html><title>Blank</title><h1>Blank</h1>")
    reader.open(blank)
    tab = reader.tab()
    reader.open_beside("popup/index.html")
    until(lambda: reader.ask("text", "#site-name"), "the switches for the site")
    reader.click("#site-keep")
    until(lambda: not reader.run_in_page("() => document.querySelector('#site-keep').checked"), "the switch to be off")
    reader.close_tab()
    reader.switch(tab)
    reader.open(page.url)
    overlay.wait_over(NO_EDITS)
    stays(lambda: len(backend.edits(page.url)["versions"]), 1, "the versions stored", for_s=2.0)
