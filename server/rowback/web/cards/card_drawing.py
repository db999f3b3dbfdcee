"""Draws an edit as a card: whose article, its headline, what it said before and after, when, and the card's own address.

What is drawn is a list of texts at their places; the template `card.svg` writes them down. Each line stands in an isolate of
its own direction (UAX 9), which browsers and rasterisers heed alike, unlike the property `direction`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment
from rowback.web.cards.glyph_widths import BOLD
from rowback.web.cards.line_breaks import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.web.cards.line_breaks import CardLine

WIDTH, HEIGHT = 1200, 630  # pixels: what sites that show a link's picture ask for
MARGIN, BAR = 64, 24  # pixels at the sides, and between a text's bar and the text
TOP, BOTTOM = 74, 540  # of what lies between the source's line and the foot
SOURCE, HEADLINE, LABEL, TEXT, FOOT = 24, 40, 22, 28, 20  # sizes of letters
HEADLINE_STEP, TEXT_STEP = 50, 38  # from one line to the next
LABEL_STEP, GAP = 40, 24  # from a label to its text, and before a label
HEADLINES = 2  # lines
_ISOLATES = {False: "\u2066", True: "\u2067"}  # left to right, right to left
_END = "\u2069"
_PAINTS = {EQUAL: "ink", DELETE: "del", INSERT: "ins"}


@dataclass(frozen=True, slots=True)
class Colours:
    """Of a card, as the pages' style sheet has them."""

    paper: str
    ink: str
    muted: str
    line: str
    deleted: str
    inserted: str


LIGHT = Colours("#fffdf9", "#201d19", "#665f55", "#e2dbcf", "#8c241b", "#0b5138")
DARK = Colours("#211f1d", "#f0ece5", "#b0a89c", "#433f3a", "#f6b8b0", "#a5e6c8")


@dataclass(frozen=True, slots=True)
class CardPart:
    """A side of an edit under its label. `note` stands where it has no text."""

    label: str
    segments: tuple[Segment, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. `is_rtl` is the direction of what Rowback says itself."""

    source: str
    headline: str
    parts: tuple[CardPart, ...]
    when: str
    address: str
    is_rtl: bool = False


@dataclass(frozen=True, slots=True)
class CardText:
    """A line of text at its place; `paint` names a colour, `runs` are its texts with the operation of each."""

    x: int
    y: int
    size: int
    anchor: str
    paint: str
    runs: CardLine
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class SideBar:
    """The bar beside a side of the edit."""

    x: int
    y: int
    height: int
    paint: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A card as it is drawn."""

    texts: tuple[CardText, ...]
    bars: tuple[SideBar, ...]


def draw(card: Card) -> Drawing:
    """The card's lines, each at its place."""
    texts = [_line(card.source, SOURCE, 58, "muted", is_rtl=card.is_rtl)]
    room = (WIDTH - 2 * MARGIN) / HEADLINE
    y = TOP
    for line in lines([Segment(EQUAL, card.headline)], room / BOLD, HEADLINES):
        y += HEADLINE_STEP
        texts.append(_placed(line, HEADLINE, y, "ink", is_rtl=is_rtl(card.headline), is_bold=True))
    bars = []
    for part, few in zip(card.parts, _shares(card, y), strict=True):
        runs_rtl = is_rtl("".join(each.text for each in part.segments)) if part.segments else card.is_rtl
        y += GAP + LABEL
        texts.append(_line(part.label, LABEL, y, "muted", is_rtl=runs_rtl))
        top = y + LABEL_STEP - TEXT
        y += LABEL_STEP - TEXT_STEP
        for line in few:
            y += TEXT_STEP
            paint = "ink" if part.segments else "muted"
            texts.append(_placed(line, TEXT, y, paint, is_rtl=runs_rtl, inset=BAR))
        bars.append(SideBar(WIDTH - MARGIN - 6 if runs_rtl else MARGIN, top, y - top + 10, _paint_of(part)))
    texts.append(_line("Rowback", FOOT, 582, "muted", is_rtl=False, at_end=not card.is_rtl))
    texts.append(_line(card.when, FOOT, 582, "muted", is_rtl=card.is_rtl))
    texts.append(_line(card.address, FOOT, 608, "muted", is_rtl=False, at_end=card.is_rtl))
    return Drawing(tuple(texts), tuple(bars))


def _paint_of(part: CardPart) -> str:
    ops = {each.op for each in part.segments}
    return "del" if DELETE in ops else "ins" if INSERT in ops else "line"


def _shares(card: Card, y: int) -> list[list[CardLine]]:
    """The lines of each part: together as many as there is room for below `y`; one that needs fewer leaves them to the
    other."""
    room = (WIDTH - 2 * MARGIN - BAR) / TEXT
    budget = (BOTTOM - y - len(card.parts) * (GAP + LABEL + LABEL_STEP - TEXT_STEP)) // TEXT_STEP
    texts = [part.segments or (Segment(EQUAL, part.note),) for part in card.parts]
    needed = [len(lines(text, room, budget)) for text in texts]
    fair = budget // len(texts)
    given = [min(need, max(fair, budget - sum(needed) + need)) for need in needed]
    return [lines(text, room, few) for text, few in zip(texts, given, strict=True)]


def is_rtl(text: str) -> bool:
    """Whether a text's first letter with a direction runs from right to left (UAX 9, rules P2 and P3)."""
    first = next((found for each in text if (found := unicodedata.bidirectional(each)) in ("L", "R", "AL")), "L")
    return first != "L"


def _line(text: str, size: int, y: int, paint: str, *, is_rtl: bool, at_end: bool | None = None) -> CardText:
    """One line of a text that is cut where it is longer."""
    found = lines([Segment(EQUAL, text)], (WIDTH - 2 * MARGIN) / size, 1)
    return _placed(found[0] if found else (), size, y, paint, is_rtl=is_rtl, at_end=at_end)


def _placed(
    line: Sequence[Segment],
    size: int,
    y: int,
    paint: str,
    *,
    is_rtl: bool,
    is_bold: bool = False,
    inset: int = 0,
    at_end: bool | None = None,
) -> CardText:
    runs = (Segment(EQUAL, _ISOLATES[is_rtl]), *line, Segment(EQUAL, _END))
    on_right = is_rtl if at_end is None else at_end
    x = WIDTH - MARGIN - inset if on_right else MARGIN + inset
    return CardText(x, y, size, "end" if on_right else "start", paint, runs, is_bold)
