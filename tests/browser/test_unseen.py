"""A page cannot tell that Rowback is there before something is shown, nor that it looked and found nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import FIGURE, story
from .overlay import NO_EDITS, NOT_STORED, Overlay

if TYPE_CHECKING:
    from .backend import Backend
    from .reader import Reader
    from .site import Site
    from .story import Story

# A page that notes whatever is put into it, or set on its root, from its first line on.
WATCHES = """<script>
  window.seen = [];
  new MutationObserver((records) => {
    for (const { addedNodes, target, attributeName } of records) {
      for (const node of addedNodes) if (/rowback/i.test(node.nodeName)) seen.push(node.nodeName);
      if (attributeName && target === document.documentElement) seen.push(attributeName);
    }
  }).observe(document, { childList: true, subtree: true, attributes: true });
</script>"""
NOTICED = """() => ({
  seen,
  hosts: document.querySelectorAll("rowback-overlay").length,
  sheets: document.adoptedStyleSheets.length,
  highlights: [...(CSS.highlights?.keys() ?? [])],
  fetched: performance.getEntriesByType("resource").filter(({ name }) => /extension:/.test(name)).length,
  names: Object.keys(window).filter((name) => /rowback/i.test(name)),
})"""
NOTHING = {"seen": [], "hosts": 0, "sheets": 0, "highlights": [], "fetched": 0, "names": []}


@pytest.fixture
def silent(backend: Backend, site: Site) -> dict[str, Story]:
    """An article that was never edited, and one that nobody stored; both watch what is done to them."""
    stories = {
        NO_EDITS: story("watching-plain", (FIGURE.versions[0].title, *FIGURE.versions[0].paragraphs)),
        NOT_STORED: story("watching-unknown", (FIGURE.versions[0].title, *FIGURE.versions[0].paragraphs)),
    }
    if not backend.knows(stories[NO_EDITS].url):
        backend.tell(stories[NO_EDITS])
    for each in stories.values():
        site.put(each.url, each.page(head=WATCHES))
    return stories


@pytest.mark.parametrize("told", [NO_EDITS, NOT_STORED])
def test_a_page_sees_nothing_of_a_look_that_shows_nothing(
    told: str, silent: dict[str, Story], reader: Reader, overlay: Overlay
) -> None:
    reader.open(silent[told].url)
    overlay.wait_over(told)
    assert reader.run_in_page(NOTICED) == NOTHING
