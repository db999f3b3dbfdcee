"""From a page's text to lxml's tree: in bounded time, and without anything that XML cannot hold.

lxml lets such characters in when it reads HTML and refuses them, with an error, when a text is set again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import regex
from lxml import etree

from rowback.errors import NotAnArticle, TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

MAX_ELEMENTS = 60_000  # the largest real news page measured has 12,000
MAX_ATTRIBUTES = 2_000  # of one element; the most on a real page measured are 45
MAX_ALL_ATTRIBUTES = 200_000  # of a page; the most on a real one measured are 20,000
MAX_ATTRIBUTE = 10_000  # characters; only data: pictures and scripts' state are longer
# https://www.w3.org/TR/xml/#charsets: what may not stand in XML. A form feed is white space in HTML and stays such.
_UNHOLDABLE = regex.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = "&#"  # the same may be written as numbers
_PLAIN_NAME = regex.compile(r"[\w-]+")


def grow(text: str) -> HtmlElement:
    """The tree of a page. Raises `TooLarge`, and `NotAnArticle` when there is none."""
    source = _holdable(text).encode()
    counter = etree.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        target=_Counter(),  # type: ignore[arg-type]  # of a target's methods lxml calls those that there are
    )
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        etree.fromstring(source, counter)
        tree = lxml.html.document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise NotAnArticle("This is not HTML.") from error
    for node in tree.iter():
        if isinstance(node.tag, str):
            _shorten(node)
    if _REFERENCE in text:
        _clean(tree)
    return tree


class _Counter:
    """Counts what the parser meets before a tree is built, which takes time with the square of an element's attributes.

    The parser's own reading decides, so that nothing hides in quotes, scripts or comments.
    """

    def __init__(self) -> None:
        self._elements = self._attributes = 0

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins. Raises `TooLarge`."""
        self._elements += 1
        self._attributes += len(attributes)
        if self._elements > MAX_ELEMENTS:
            raise TooLarge(f"The page has more than {MAX_ELEMENTS} elements.")
        if len(attributes) > MAX_ATTRIBUTES:
            raise TooLarge(f"The page has an element with more than {MAX_ATTRIBUTES} attributes.")
        if self._attributes > MAX_ALL_ATTRIBUTES:
            raise TooLarge(f"The page has more than {MAX_ALL_ATTRIBUTES} attributes.")

    def close(self) -> None:
        """The page ends."""


def _holdable(text: str) -> str:
    return _UNHOLDABLE.sub("", text).replace("\f", " ")


def _shorten(node: HtmlElement) -> None:
    """Drops attributes that are too long. Those beside them with names that lxml would not take back go, too."""
    if any(len(value) > MAX_ATTRIBUTE for value in node.attrib.values()):
        plain = [(name, _holdable(value)) for name, value in node.attrib.items() if _PLAIN_NAME.fullmatch(name)]
        node.attrib.clear()
        node.attrib.update((name, value) for name, value in plain if len(value) <= MAX_ATTRIBUTE)


def _clean(tree: HtmlElement) -> None:
    """Drops what came in by references."""
    for node in tree.iter():
        if isinstance(node.tag, str) and node.text and (text := _holdable(node.text)) != node.text:
            node.text = text
        if node.tail and (tail := _holdable(node.tail)) != node.tail:
            node.tail = tail
