"""A page's tree as pieces: every run of text that stands by itself, in reading order, with what is around it. No judgement
here of which pieces are the article.

The text of a piece is the page's own, so the extension finds it there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import regex
from lxml import etree

from rowback.text.asking import ASKS
from rowback.text.blocks import BLOCKS
from rowback.text.class_names import words_of
from rowback.text.joints import in_one_line
from rowback.text.normalize import comparable, storable
from rowback.text.page_pieces import Once, PagePieces, found_once
from rowback.text.size import Size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.html import HtmlElement

CELL_BAR = " \u2502 "
# Inside these a row is a row of a table and not a way to lay out a page.
_FLOW = ("p", "div", "ul", "ol", "table", "h1", "h2", "h3", "blockquote", "figure", "article", "section")
_KINDS = {
    "h1": "h2",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
    "h5": "h5",
    "h6": "h6",
    "figcaption": "figcaption",
    "pre": "pre",
    "li": "li",
    "blockquote": "blockquote",
} | dict.fromkeys(("article", "section", "main", "body", "td"), "p")
_INNER = frozenset(
    "li ul ol menu dir dl dt dd blockquote figure figcaption table tbody thead tfoot tr td th p caption".split()
)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_MARKED = BLOCKS | {"a", "br", "tr"}  # elements that are more than their text
_DENSE = regex.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE = regex.compile(r"[.!?…。！？।॥։؟۔።။៖][\p{Pf}\p{Pe}\p{Pi}\"'”’»\s\d]*$")
MOSTLY_LINKS = 0.6  # of the characters of a piece that leads elsewhere
MAX_CELL_WORDS = 30  # of a cell that holds paragraphs or lists, and still is one of a table


@dataclass(frozen=True)
class Piece:
    """`home` numbers the element that holds the piece's paragraph, list or table; `around` are the names, classes and ids
    of the elements it stands in, outermost first; `links` is the share of its characters that are links, `href` what
    the first of these names."""

    kind: str
    text: str
    folded: str
    home: int
    around: tuple[Around, ...]
    links: float
    href: str = ""

    @Once
    def numbers(self) -> frozenset[int]:
        """The elements that it stands in."""
        return frozenset(map(_NUMBER, self.around))

    @Once
    def words(self) -> int:
        """How long it is."""
        return length_in_words(self.text)

    @property
    def is_link(self) -> bool:
        """Whether most of it is links."""
        return self.links >= MOSTLY_LINKS

    @Once
    def is_sentence(self) -> bool:
        """Whether it ends as sentences do."""
        return _SENTENCE.search(self.text) is not None


_NUMBER = itemgetter(0)  # of an element around


class Around(NamedTuple):
    """An element that pieces stand in: its number in the page, its tag, the words of its class, id and role, and whether a
    reader is asked there to write something."""

    number: int
    tag: str
    words: frozenset[str]
    itemprop: str
    asks: bool = False


@found_once
def elements_of(pieces: Sequence[Piece]) -> Mapping[int, Around]:
    """The elements that pieces stand in, by their numbers, each behind those that it stands in."""
    found: dict[int, Around] = {}
    for piece in pieces:
        known = len(piece.around)  # from outside as many are known: what is around a known one is known, too
        while known and piece.around[known - 1].number not in found:
            known -= 1
        for element in piece.around[known:]:
            found[element.number] = element
    return found


def fold(text: str) -> str:
    """A text as the extension looks for it: without white space."""
    return comparable(text).replace(" ", "").replace("\u2502", "")  # a comparable text has no other white space


def length_in_words(text: str) -> int:
    """How long a text is, in words; in scripts written without spaces two characters count as one."""
    words = len(text.split())
    return words if text.isascii() else max(words, len(_DENSE.findall(text)) // 2)


def read_pieces(tree: HtmlElement) -> PagePieces:
    """All pieces of a page's body."""
    size = Size()
    reader = _Reader(size)
    body = tree.find(".//body")
    number = 0
    for event, node in etree.iterwalk(tree if body is None else body, events=("start", "end")):
        tag = node.tag
        if event == "start":
            number += 1
            size.enter()
            if tag in BLOCKS:
                reader.enter_block(node, tag, number)
            elif tag in _MARKED:
                reader.enter_mark(node, tag)
            text = node.text
        else:
            if tag in BLOCKS:
                reader.leave_block(node)
            elif tag == "a":
                reader.leave_link()
            size.leave()
            text = node.tail
        if text:
            reader.add(text)
    reader.end_piece()
    return PagePieces(reader.pieces)


class _Level(NamedTuple):
    """What all pieces that stand in an element have in common."""

    around: tuple[Around, ...] = ()
    kind: str = "p"
    home: int = 0

    def inside(self, element: Around) -> _Level:
        home = self.home if element.tag in _INNER else element.number
        return _Level((*self.around, element), _KINDS.get(element.tag, self.kind), home)


@dataclass(slots=True)
class _Reader:
    _size: Size
    pieces: list[Piece] = field(default_factory=list)
    _open: list[tuple[HtmlElement, int]] = field(default_factory=list)  # the blocks around, with their numbers
    _levels: list[_Level] = field(default_factory=lambda: [_Level()])  # of these as far as pieces were found in them
    _text: list[str] = field(default_factory=list)
    _linked: int = 0
    _links_open: int = 0
    _link: str = ""  # what the link that is open names
    _href: str = ""
    _row: HtmlElement | None = None

    def enter_block(self, node: HtmlElement, tag: str, number: int) -> None:
        if self._row is not None:
            self._text.append(CELL_BAR if tag in ("td", "th") else " ")
        else:
            if self._text:
                self.end_piece()
            if tag == "tr" and _is_row(node):
                self._row = node
        self._open.append((node, number))

    def enter_mark(self, node: HtmlElement, tag: str) -> None:
        if tag == "a":
            self._links_open += 1
            self._link = node.get("href") or ""
        elif self._row is not None:
            self._text.append(" ")
        else:
            self.end_piece()

    def leave_block(self, node: HtmlElement) -> None:
        if self._text and (self._row is None or self._row is node):
            self.end_piece()
        if len(self._levels) > len(self._open):
            self._levels.pop()
        self._open.pop()
        if self._row is node:
            self._row = None

    def leave_link(self) -> None:
        self._links_open -= 1

    def end_piece(self) -> None:
        """What was read since the last block's edge becomes a piece."""
        if not self._text:
            return
        read, linked, href = "".join(self._text), self._linked, self._href
        self._text, self._linked, self._href = [], 0, ""
        if read.isspace():
            return
        joined = storable(read)
        level = self._level()
        kind = "tr" if self._row is not None else level.kind
        text = joined.strip() if kind == "pre" else _line(joined)
        if kind == "tr":
            text = CELL_BAR.join(cell.strip() for cell in text.split("\u2502") if cell.strip())
        folded = fold(text)
        if folded:
            self._size.add_piece(text)
            share = linked / max(1, len(joined.strip())) if linked else 0.0
            self.pieces.append(Piece(kind, text, folded, level.home, level.around, share, href))

    def _level(self) -> _Level:
        """The innermost level that is open."""
        for node, number in self._open[len(self._levels) - 1 :]:
            told = node.get("itemprop") or ""
            element = Around(number, str(node.tag), words_of(node), told, node.get(ASKS) is not None)
            self._levels.append(self._levels[-1].inside(element))
        return self._levels[-1]

    def add(self, text: str) -> None:
        """A text stands here."""
        self._size.add(text)
        self._text.append(text)
        if self._links_open:
            self._linked += len(text.strip())
            self._href = self._href or self._link


def _line(text: str) -> str:
    """A text of a tree in one line."""
    if text.isascii():  # a tree holds no other ASCII white space than HTML's
        return " ".join(text.split())
    return in_one_line(_SPACES.sub(" ", text))


def _is_row(row: HtmlElement) -> bool:
    """Whether a `<tr>` is a row of a table: its cells hold text, not parts of a page."""
    return next(row.iter(*_FLOW), None) is None or not any(
        next(cell.iter(*_FLOW), None) is not None and _has_more_words(cell, MAX_CELL_WORDS) for cell in row
    )


def _has_more_words(cell: HtmlElement, most: int) -> bool:
    """Whether a cell has more words than that. Rows stand in cells that stand in rows: each is read only so far."""
    parts: list[str] = []
    least = most  # pieces of words so far with which it is worth while to join them
    found = 0
    for part in cell.itertext():
        parts.append(part)
        found += len(part.split())
        if found > least:
            if len("".join(parts).split()) > most:
                return True
            least = 2 * found
    return len("".join(parts).split()) > most
