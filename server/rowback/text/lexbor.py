"""From Lexbor's tree to lxml's, node by node: written out and read by lxml's own parser a page would be rearranged.

Comments, the contents of templates and attributes with names that XML does not take are not told. `<noscript>` is one text to
a browser that runs scripts: here it holds what its text is the markup of, so that a tag left open in it ends with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import regex
from lxml import etree
from lxml.html import HtmlElement
from selectolax.lexbor import LexborHTMLParser

from rowback.errors import TooLarge

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_ELEMENTS = 60_000  # the largest real news page measured has 12,000
MAX_ATTRIBUTE = 10_000  # characters; only data: pictures and scripts' state are longer
# What is deeper stands beside and not in one another, as in Blink (`kMaximumHTMLParserDOMTreeDepth`).
MAX_DEPTH = 512
MAX_ASIDES = 500  # elements of which the markup is read apart, in a twentieth of a millisecond each
_ASIDE = "noscript"
# https://www.w3.org/TR/xml/#charsets: what may not stand in XML. A form feed is white space in HTML and stays such.
_UNHOLDABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes(number for number in range(0x20) if chr(number) not in "\t\n\r")
_LAST = ("\ufffe".encode(), "\uffff".encode())
_PLAIN_NAME = regex.compile(r"[\p{L}_][\w.-]*+")
_ODD = regex.compile(r"[^\w:.-]")
# Numeric references: where a source has none that XML cannot hold, no text of its tree has such a character.
_REFERENCE = regex.compile(r"&#([xX][0-9a-fA-F]++|[0-9]++)")
_LAST_CHARACTER = 0x10FFFF
# One class for all elements: lxml asks Python for each which one it is, for methods of forms that nobody needs here.
_SOIL = etree.HTMLParser()
_SOIL.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))


def holdable(text: str) -> str:
    """A text without what XML cannot hold: lxml lets it in when it reads HTML, and refuses it when a text is set again."""
    return _UNHOLDABLE.sub("", text).replace("\f", " ")


def held_in(text: str) -> tuple[str, bytes]:
    """A text without what XML cannot hold, and that in UTF-8, where what it cannot hold is found faster."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:  # half a character
        encoded = b"\0"
    if len(encoded.translate(None, _CONTROLS)) == len(encoded) and not any(last in encoded for last in _LAST):
        return text, encoded
    source = holdable(text)
    return source, source.encode()


def too_many_elements() -> TooLarge:
    """The error of a page with more than `MAX_ELEMENTS`."""
    return TooLarge(f"The page has more than {MAX_ELEMENTS} elements.")


def planted(root: LexborNode, source: str, held: list[HtmlElement] | None = None) -> HtmlElement:
    """The same tree as lxml's, of a source that is `holdable` itself. Raises `TooLarge`. `held` gets all its elements: lxml
    makes the objects of those that nobody holds anew for whoever comes by."""
    return _Planter(root, [] if held is None else held, is_clean=not _names_unholdable(source)).top


def _names_unholdable(source: str) -> bool:
    """Whether a source names by number a character that `holdable` changes."""
    named = set(_REFERENCE.findall(source)) if "&#" in source else ()
    numbers = (int(found.lstrip("xX0")[:8] or "0", 16 if found[0] in "xX" else 10) for found in named)
    characters = "".join(chr(number) for number in numbers if number <= _LAST_CHARACTER)
    return holdable(characters) != characters


class _Planter:
    def __init__(self, root: LexborNode, held: list[HtmlElement], *, is_clean: bool) -> None:
        self._is_clean = is_clean
        self._held = held
        self._left = MAX_ELEMENTS
        self._asides_left = MAX_ASIDES
        self._known: dict[str, bool] = {}
        self._tags: dict[str, str] = {}
        self.top: HtmlElement = _SOIL.makeelement("html", self._attributes(root))
        held.append(self.top)
        self._fill(self.top, root.first_child, has_asides=True)

    def _fill(self, top: HtmlElement, first: LexborNode | None, *, has_asides: bool) -> None:
        """Puts a node and all after it into an element. No recursion: pages are as deep as they like."""
        open_: list[tuple[HtmlElement, LexborNode | None]] = []  # what is around, and what follows there
        parent, last, texts, node = top, None, list[str](), first
        while node is not None or open_:
            if node is None:
                above, node = open_.pop()
                if above is not parent:
                    self._put(parent, last, texts)
                    parent, last = above, parent
            elif not node.is_element_node:
                if node.is_text_node:
                    texts.append(node.text_content or "")
                node = node.next
            else:
                if texts:
                    self._put(parent, last, texts)
                last = self._element(parent, node)
                if has_asides and last.tag == _ASIDE:
                    self._fill_aside(last, node)
                    node = node.next
                    continue
                open_.append((parent, node.next))
                if len(open_) < MAX_DEPTH:
                    parent, last = last, None
                node = node.first_child
        self._put(parent, last, texts)

    def _fill_aside(self, aside: HtmlElement, node: LexborNode) -> None:
        markup = node.first_child.text_content if node.first_child is not None else None
        self._asides_left -= 1
        if markup and self._asides_left >= 0:
            self._is_clean = self._is_clean and not _names_unholdable(markup)
            self._fill(aside, LexborHTMLParser(markup, is_fragment=True).root, has_asides=False)

    def _element(self, parent: HtmlElement, node: LexborNode) -> HtmlElement:
        self._left -= 1
        if self._left < 0:
            raise too_many_elements()
        name = node.tag or "-"
        tag = self._tags.get(name)
        if tag is None:
            tag = self._tags[name] = _ODD.sub("-", name.lower())
        planted = etree.SubElement(parent, tag, self._attributes(node))
        self._held.append(planted)
        return planted

    def _attributes(self, node: LexborNode) -> dict[str, str]:
        found = node.attributes
        if not found:
            return {}
        known = self._known
        if not found.keys() <= known.keys():
            known |= {name: _PLAIN_NAME.fullmatch(name) is not None for name in found}
        plain = {
            name: value or "" for name, value in found.items() if known[name] and len(value or "") <= MAX_ATTRIBUTE
        }
        return plain if self._is_clean else {name: holdable(value) for name, value in plain.items()}

    def _put(self, parent: HtmlElement, last: HtmlElement | None, texts: list[str]) -> None:
        """Texts go behind the last child, where there is one."""
        if not texts:
            return
        text = "".join(texts)
        texts.clear()
        if not self._is_clean:
            text = holdable(text)
        if last is None:
            parent.text = text or None
        else:
            last.tail = text or None
