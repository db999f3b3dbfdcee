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
# What a page may ask at any time. The style of an element and of a highlight named like ours is compared with one that no
# sheet names.
NOTICED = """() => {
  const styleOf = (name) => {
    const element = document.createElement(name);
    document.body.append(element);
    const style = getComputedStyle(element);
    const told = [style.getPropertyValue("--rowback-live"), style.display, style.visibility].join();
    element.remove();
    return told;
  };
  const paintOf = (name) => {
    const style = getComputedStyle(document.querySelector("p"), `::highlight(${name})`);
    return [style.backgroundColor, style.textDecorationLine, style.textDecorationColor].join();
  };
  return {
    seen: [...seen],
    hosts: document.querySelectorAll("rowback-overlay").length,
    sheets: document.adoptedStyleSheets.length,
    elements: ["rowback-overlay", "rowback-deletion"].filter((name) => styleOf(name) !== styleOf("some-element")),
    painted: ["inserted", "changed", "deleted", "current"].filter(
      (name) => paintOf(`rowback-${name}`) !== paintOf("some-highlight")),
    highlights: [...(CSS.highlights?.keys() ?? [])],
    defined: ["rowback-overlay", "rowback-deletion"].filter((name) => customElements.get(name)),
    fetched: performance.getEntriesByType("resource").filter(({ name }) => /extension:/.test(name)).length,
    names: Object.keys(window).filter((name) => /rowback/i.test(name)),
  };
}"""
NOTHING = {
    "seen": [],
    "hosts": 0,
    "sheets": 0,
    "elements": [],
    "painted": [],
    "highlights": [],
    "defined": [],
    "fetched": 0,
    "names": [],
}


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


def test_what_is_looked_for_is_there_once_something_is_shown(
    reader: Reader, overlay: Overlay, backend: Backend, site: Site
) -> None:
    shown = story("watching-edited", *((text.title, *text.paragraphs) for text in FIGURE.versions))
    backend.tell(shown)
    site.put(shown.url, shown.page(head=WATCHES))
    reader.open(shown.url)
    overlay.wait()
    noticed = reader.run_in_page(NOTICED)
    assert noticed["elements"] == ["rowback-overlay", "rowback-deletion"]
    assert "changed" in noticed["painted"]
    assert noticed["hosts"] == 1
