"""A page that is no article is left alone until the reader says otherwise: for the page while it is open, for its address
while it is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.server.kinds_of_pages import INVENTED

from .deadline import stays, until
from .overlay import NO_EDITS, State
from .test_popup import open_popup

if TYPE_CHECKING:
    from .backend import Backend
    from .overlay import Overlay
    from .reader import Reader
    from .site import Site

BY_NAME = {page.name: page.html for page in INVENTED}
NOTHING = State(0, None, None)
SAID = {
    "section of cards, 40 words": "a list of articles",
    "category of a shop": "a page of a shop",
    "thread": "a page of a forum",
}


def put(site: Site, reader: Reader, name: str) -> str:
    """Puts an invented page on the site; its address is new for each browser and each page."""
    paths = {"thread": "threads/rope.12/", "category of a shop": "lamps"}
    url = f"https://{reader.name}-{len(name)}.quay-post.test/{paths.get(name, 'town/')}"
    site.put(url, BY_NAME[name])
    return url


@pytest.mark.parametrize("name", SAID)
def test_the_popup_says_what_a_page_is_taken_for(name: str, reader: Reader, site: Site, backend: Backend) -> None:
    url = put(site, reader, name)
    reader.open(url)
    open_popup(reader, "not-article")
    assert SAID[name] in reader.ask("text", "#page")
    assert "Follow everything on" in reader.ask("text", "#follow-site")
    assert not backend.knows(url)


def test_a_section_is_looked_at_and_followed_when_the_reader_says_so(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    url = put(site, reader, "section of divs, 80 words")
    reader.open(url)
    page = reader.tab()
    open_popup(reader, "not-article")
    reader.click(".look-anyway")
    until(lambda: reader.ask("attribute", "#page", "data-state") == "unknown", "the page to be looked at anyway")
    reader.click("#page .main")
    until(lambda: reader.ask("attribute", "#page", "data-state") == "none", "it to be followed")
    assert backend.edits(url)["article"]["status"] == "watching"
    reader.close_tab()
    reader.switch(page)
    overlay.wait_over(NO_EDITS)
    reader.reload()
    overlay.wait_over(NO_EDITS)

    open_popup(reader, "none")
    reader.click("#page .unfollow")
    until(lambda: "No longer followed" in (reader.ask("text", "#said") or ""), "it to be followed no more")
    reader.close_tab()
    reader.switch(page)
    reader.reload()
    stays(overlay.state, NOTHING, "the page")
    open_popup(reader, "not-article")
