"""From a page's text to its tree, the one that browsers build, in bounded time.

selectolax (Lexbor) reads as the HTML standard says, with scripting on, as in a reader's browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from rowback.errors import NotAnArticle, TooLarge
from rowback.text.lexbor import MAX_ELEMENTS, held_in, planted, too_many_elements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

MAX_ATTRIBUTES = 2_000  # of one element; the most on a real page measured are 45
MAX_ALL_ATTRIBUTES = 200_000  # of a page; the most on a real one measured are 20,000
MAX_OPEN = 5_000  # elements in one another; a real page has a hundred
_BYTE_ORDER_MARK = "\ufeff"


def grow(text: str, held: list[HtmlElement] | None = None) -> HtmlElement:
    """The tree of a page; `held` gets all its elements. Raises `TooLarge`, and `NotAnArticle` when there is none."""
    source, encoded = held_in(text.removeprefix(_BYTE_ORDER_MARK))
    _count(encoded)
    try:
        root = LexborHTMLParser(source, scripting=True).root
    except SelectolaxError as error:
        raise too_many_elements() from error  # no memory: an element left open is opened again in each paragraph
    if root is None:
        raise _no_html()
    return planted(root, source, held)


def _no_html() -> NotAnArticle:
    return NotAnArticle("This is not HTML.")


def _count(source: bytes) -> None:
    """Raises `TooLarge` before a tree is built, which takes time with the square of an element's attributes, and of the
    elements that are open. lxml cuts a page into tags as the standard says, but for what is hidden in drawings: there the
    limits of the process hold (`rowback.apart`)."""
    parser = etree.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        target=_Counter(),  # type: ignore[arg-type]  # of a target's methods lxml calls those that there are
    )
    try:
        etree.fromstring(source, parser)
    except (etree.LxmlError, ValueError) as error:
        raise _no_html() from error


class _Counter:
    """What lxml meets on a page is counted."""

    def __init__(self) -> None:
        self._elements = self._attributes = self._open = 0

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins. Raises `TooLarge`."""
        self._elements += 1
        self._open += 1
        self._attributes += len(attributes)
        if self._elements > MAX_ELEMENTS:
            raise too_many_elements()
        if len(attributes) > MAX_ATTRIBUTES:
            raise TooLarge(f"The page has an element with more than {MAX_ATTRIBUTES} attributes.")
        if self._attributes > MAX_ALL_ATTRIBUTES:
            raise TooLarge(f"The page has more than {MAX_ALL_ATTRIBUTES} attributes.")
        if self._open > MAX_OPEN:
            raise TooLarge("Too many of the page's elements stand in one another.")

    def end(self, _tag: str) -> None:
        """It ends."""
        self._open -= 1

    def close(self) -> None:
        """The page ends."""
