"""A page that presses our buttons: its scripts find them in the open shadow root, and nothing comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .cases import FIGURE, story
from .deadline import stays, until
from .overlay import SUMMARY, Overlay

if TYPE_CHECKING:
    from .backend import Backend
    from .reader import Reader
    from .site import Site

PRESSER = story("presser", *((text.title, *text.paragraphs) for text in FIGURE.versions))
# Every event that a press is made of, on everything of ours, over and over.
PRESS_ALL = """() => {
  const host = document.querySelector("rowback-overlay");
  const all = [host, ...host.shadowRoot.querySelectorAll("*")];
  const options = { bubbles: true, composed: true, cancelable: true };
  const keys = ["Enter", " ", "m", "ArrowDown", "ArrowRight", "j", "k", "Escape"];
  for (let turn = 0; turn < 8; turn += 1) {
    for (const element of all) {
      for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "focusin", "focusout", "submit"])
        element.dispatchEvent(new (type.startsWith("pointer") ? PointerEvent : MouseEvent)(type, options));
      for (const key of keys)
        for (const type of ["keydown", "keyup"]) element.dispatchEvent(new KeyboardEvent(type, { key, ...options }));
      element.click?.();
    }
  }
  dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", ...options }));
  return all.length;
}"""
PRESS_MODES = """() => {
  const root = document.querySelector("rowback-overlay").shadowRoot;
  root.querySelector("[data-role=mode]").click();
  for (const item of root.querySelectorAll("[data-mode]")) item.click();
  return root.querySelectorAll("[data-mode]").length;
}"""


@pytest.fixture
def shown(reader: Reader, overlay: Overlay, backend: Backend, site: Site) -> Overlay:
    """The page, with its badges."""
    if not backend.knows(PRESSER.url):
        backend.tell(PRESSER)
    site.put(PRESSER.url, PRESSER.page())
    reader.open(PRESSER.url)
    overlay.wait()
    return overlay


def test_a_page_opens_nothing_by_pressing_our_buttons(shown: Overlay, reader: Reader) -> None:
    tabs = reader.tabs()
    assert reader.run_in_page(PRESS_ALL) > 4
    assert reader.run_in_page(PRESS_MODES) == 3
    stays(lambda: (reader.tabs(), _card(shown)), (tabs, ""), "neither a card nor a tab")
    assert reader.ask("attribute", "rowback-overlay", "data-mode") == "marks"


def test_a_page_closes_and_opens_nothing_from_an_open_card(shown: Overlay, reader: Reader) -> None:
    shown.open_card(SUMMARY)
    before, tabs = _card(shown), reader.tabs()
    assert before
    reader.run_in_page(PRESS_ALL)
    stays(lambda: (reader.tabs(), _card(shown)), (tabs, before), "the card as it was, and no tab")


def test_what_the_reader_presses_is_heeded(shown: Overlay, reader: Reader) -> None:
    shown.open_card(SUMMARY)
    reader.press("Escape")
    until(lambda: not _card(shown), "the card to be closed")


def _card(overlay: Overlay) -> str:
    """What the open card says; nothing where none is open."""
    card = overlay.card()
    return card.text if card else ""
