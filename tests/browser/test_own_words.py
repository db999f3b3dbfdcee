"""What a page says of itself is told in the popup and the panel, with its words, where nothing stored shows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from .cases import FIGURE, story
from .deadline import until
from .overlay import NO_EDITS, NOT_STORED
from .story import Story
from .test_popup import open_popup

if TYPE_CHECKING:
    from collections.abc import Callable

    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

PUBLISHED, CHANGED = "2026-03-02T09:00:00Z", "2026-03-02T12:10:00Z"
DATA = json.dumps({"@graph": [{"@type": "NewsArticle", "datePublished": PUBLISHED, "dateModified": CHANGED}]})
LINKED = f"<script type='application/ld+json'>{DATA}</script>"
NOTE = "Correction: an earlier version of this article named the wrong pier."
LINES = (
    f"<p class=note>By <b>Anna Lind</b> | Updated 14:05</p><p>{NOTE}</p>"
    "<p hidden>Updated 10:00</p><a href=/x><p>Updated 11:00</p></a><section class=comments><p>Updated 12:00</p></section>"
    "<article><h3>Another</h3><p>Updated 13:00</p></article><script type=text/plain>Updated 13:30</script>"
)


def ferry(name: str) -> Story:
    return story(name, ("Ferry stays at its pier", *FIGURE.versions[-1].paragraphs))


def told(reader: Reader, page: str) -> str:
    reader.open_beside(f"{page}/index.html")
    return str(until(lambda: reader.ask("text", "#own-words"), "what the page says of itself"))


@pytest.mark.parametrize("page", ["popup", "panel"])
def test_what_a_page_says_of_its_changes_is_told_with_its_words(
    page: str, reader: Reader, overlay: Overlay, site: Site, snap: Callable[[Reader, str], None]
) -> None:
    said = ferry(f"said-{page}-{reader.name}")
    site.put(said.url, said.page(head=LINKED, tail="").replace("</h1>", f"</h1>{LINES}"))
    reader.open(said.url)
    overlay.wait_over(NOT_STORED)
    text = told(reader, page)
    assert "The publisher says it was changed 3 hours after publication." in text
    assert "“Updated 14:05”" in text
    assert f"“{NOTE}”" in text
    assert text.endswith("No earlier version is stored here.")
    assert not any(f"1{hour}:" in text for hour in (0, 1, 2, 3))
    snap(reader, f"{page}-own-words")


def test_of_a_stored_article_it_is_told_only_where_no_edit_shows_it(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    stored = ferry(f"stored-{reader.name}")
    site.put(stored.url, stored.page(head=LINKED))
    backend.tell(stored)
    reader.open(stored.url)
    overlay.wait_over(NO_EDITS)
    assert "No earlier version is stored here." in told(reader, "popup")


def test_a_page_that_says_nothing_of_itself_or_is_edited_since_has_no_such_words(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    edited = story(f"since-{reader.name}", *((each.title, *each.paragraphs) for each in FIGURE.versions))
    backend.tell(edited)
    site.put(edited.url, edited.page(head=LINKED))
    quiet = ferry(f"quiet-{reader.name}")
    site.put(quiet.url, quiet.page())
    for url, state in ((edited.url, "ready"), (quiet.url, "unknown")):
        reader.open(url)
        page = reader.tab()
        open_popup(reader, state)
        assert not reader.ask("text", "#own-words")
        reader.close_tab()
        reader.switch(page)


def test_a_hostile_page_is_read_in_part_and_shown_as_text(reader: Reader, overlay: Overlay, site: Site) -> None:
    hostile = ferry(f"hostile-{reader.name}")
    nested = "[" * 40_000
    loop = "".join(f"<p>Correction: <b>bold</b> {n} <img alt=x> &lt;i&gt;x</p>" for n in range(2_000))
    bad = f"<script type='application/ld+json'>{nested}</script><script type='application/ld+json'>{{</script>"
    site.put(hostile.url, hostile.page(head=bad, tail="").replace("</h1>", f"</h1>{loop}"))
    reader.open(hostile.url)
    reader.open_beside("popup/index.html")
    text = until(lambda: reader.ask("text", "#own-words"), "what the page says of itself")
    assert text.count("Correction:") == 3
    assert "<i>x" in text
    assert reader.run_in_page("() => document.querySelector('#own-words :is(b, i, img)')") is None
