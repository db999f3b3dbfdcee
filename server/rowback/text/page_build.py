"""How a page is built: what of its text stands under headlines that lead elsewhere, and what is its own. Pure.
`extension/content/page/page-build.js` counts the same in a living page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import regex

from rowback.text.headline import MIN_OWN_WORDS
from rowback.text.links import joined, same_site
from rowback.text.pieces import elements_of, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.text.pieces import Around, Piece

MIN_PROSE_WORDS = 12  # of a line that says something; a caption, a menu item and a label are shorter
MIN_LINE_WORDS = 2  # under a headline of the page's own; a note may be as short
MIN_TEASER_WORDS = 3  # "Ferry stays shut", and not "Read more"
MAX_PRICE_WORDS = 8  # "was 1,299.00 now 999.00 incl. VAT"
LEADS = 0.5  # an article has more than this share of what all `<article>`s of its page hold
FEW_LINKS = 0.5
MAX_LINK_CHARACTERS = 1_000_000  # of the addresses that are looked at; a real front page has a tenth of it
OUTSIDE_TAGS = frozenset({"nav", "footer", "aside"})
OUTSIDE_ROLES = frozenset({"navigation", "contentinfo", "complementary"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CURRENCY = r"(?:[$€£¥₽₴₹₺₩]|\b(?:EUR|USD|GBP|CHF|PLN|zł|Kč|Ft|kr|lei|руб|грн)\b)"
_PRICE = regex.compile(rf"{_CURRENCY}\s?\d|\d\s?{_CURRENCY}")


@dataclass(frozen=True, slots=True)
class Build:
    """`teasers`: different pages of the site whose headlines stand over text; `under`: words of that text; `own`: words of
    all other text in sentences, `lead`: those of them before the first teaser; `opening`: words of all that stands under a
    headline of the page's own; `equals`: parts of the page that are marked as articles and none of which leads; `prices`:
    pieces that tell a price; `pieces`: how many there are."""

    teasers: int = 0
    under: int = 0
    own: int = 0
    lead: int = 0
    opening: int = 0
    equals: int = 0
    prices: int = 0
    pieces: int = 0


def build_of(pieces: Sequence[Piece], url: str, base: str, headline: str) -> Build:
    """How the pieces of a page at `url` are built, whose links start from `base`."""
    count = _Count(url, base, fold(headline))
    outside = {number for number, element in elements_of(pieces).items() if _is_outside(element)}
    for piece in pieces:
        if piece.numbers.isdisjoint(outside):
            count.take(piece)
    return count.build()


def _is_outside(element: Around) -> bool:
    return element.tag in OUTSIDE_TAGS or bool(element.words & OUTSIDE_ROLES)


@dataclass
class _Count:
    url: str
    base: str
    headline: str
    _teasers: set[str] = field(default_factory=set)
    _target: str = ""  # the page whose headline was read last
    _level: int = 0  # of that headline; 0 for a line that is one and no heading
    _reach: int = 0  # how many pieces may stand under a line
    _is_opening: bool = False
    _under: int = 0
    _own: int = 0
    _opening: int = 0
    _prices: int = 0
    _pieces: int = 0
    _lead: int = 0
    _link_characters: int = 0
    _targets: dict[str, str] = field(default_factory=dict)  # by what links name: many name the same
    _articles: Counter[int] = field(default_factory=Counter)

    def take(self, piece: Piece) -> None:
        words = piece.words
        self._pieces += 1
        self._prices += words <= MAX_PRICE_WORDS and _PRICE.search(piece.text) is not None
        level = max([_HEADINGS.get(element.tag, 0) for element in piece.around[-2:]], default=0)
        target = self._target_of(piece)
        if level:
            self._take_heading(piece, words, level, target)
        elif target and words >= MIN_TEASER_WORDS and target != self._target:
            if not self._level:
                self._target, self._reach = target, 1
                self._is_opening = False
            return
        elif words >= MIN_PROSE_WORDS and (piece.links < FEW_LINKS or target == self._target):
            self._take_prose(piece, words)
        if self._is_opening and not level and words >= MIN_LINE_WORDS and piece.links < FEW_LINKS:
            self._opening += words

    def _take_heading(self, piece: Piece, words: int, level: int, target: str) -> None:
        if target:
            self._target, self._level, self._is_opening = target, level, False
        elif level <= (self._level or level):
            self._target, self._level, self._reach = "", 0, 0
            if (level == 1 or piece.folded == self.headline) and words >= MIN_OWN_WORDS:
                self._is_opening = True

    def _take_prose(self, piece: Piece, words: int) -> None:
        article = next((element.number for element in piece.around if element.tag == "article"), None)
        if article is not None:
            self._articles[article] += words
        if self._target and (self._level or self._reach > 0):
            self._reach -= not self._level
            self._teasers.add(self._target)
            self._under += words
            return
        self._own += words
        self._lead += 0 if self._teasers else words

    def _target_of(self, piece: Piece) -> str:
        """The other page of the site that a piece which is mostly link leads to."""
        if not piece.is_link or not piece.href or self._link_characters > MAX_LINK_CHARACTERS:
            return ""
        self._link_characters += len(piece.href)
        target = self._targets.get(piece.href)
        if target is None:
            target = self._targets[piece.href] = self._led_to(piece.href)
        return target

    def _led_to(self, href: str) -> str:
        link = joined(self.base, href).partition("#")[0]
        if not link or not same_site(link, self.url):
            return ""
        here, there = urlsplit(self.url), urlsplit(link)
        path = there.path.rstrip("/")
        is_own = path == here.path.rstrip("/") and there.query in ("", here.query)
        return "" if is_own or (path == "" and not there.query) else link

    def build(self) -> Build:
        leads = max(self._articles.values(), default=0) > LEADS * self._articles.total()
        return Build(
            teasers=len(self._teasers),
            under=self._under,
            own=self._own,
            lead=self._lead,
            opening=self._opening,
            equals=0 if leads else len(self._articles),
            prices=self._prices,
            pieces=self._pieces,
        )
