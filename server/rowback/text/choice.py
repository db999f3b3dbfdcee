"""Which of a page's pieces are the article. trafilatura says where; here its text is found again in the page's own pieces,
its gaps are filled, furniture is dropped, and the standfirst, captions and editors' notes are brought back. Pure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

from rowback.text.furniture import is_box, is_slideshow
from rowback.text.lines.among import lines_among
from rowback.text.lines.corrections import is_note
from rowback.text.pieces import fold, length_in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rowback.text.pieces import Piece

LONG = 24  # folded characters: a text this long stands in an article, and not by chance in a menu too
MAX_MISSING = 200  # texts that are nowhere on the page; each was looked for in all of it
MAIN_HOME = 0.2  # a home with this share of the found text is one of the article's own
MAX_BOX = 0.35  # a box with more of the found text is the article itself, whatever its class says
MAX_SLIDES = 0.9  # a slide show may hold more words than the article beside it,
MIN_ARTICLE_WORDS = 30  # when this much is left
HOLDS_ARTICLE = 0.5  # an element with this share of the found text holds the article
MOSTLY_LINKS = 0.6
ALL_LINK = 0.95  # a paragraph in capitals that is one link leads to another article
MIN_CAPTION_WORDS = 5  # below it a caption is a credit
MIN_STANDFIRST_WORDS = 5
_STANDFIRST_NAMES = frozenset(
    "standfirst dek deck subtitle subheadline subhead subheading lede teaser abstract".split()
)


def choose(pieces: Sequence[Piece], read: Iterable[str], headline: str, descriptions: Sequence[str]) -> list[Piece]:
    """The article's pieces in reading order. `read` are the texts that trafilatura took; `descriptions` are what the page
    says it is about: where one stands under the headline, it is the standfirst."""
    title = fold(headline)
    found = {n for n in _found(pieces, read, title) if pieces[n].folded != title}
    if not found:
        return []
    boxes = _boxes(pieces, found)
    taken = {n for n in found | _gaps(pieces, found) if not _is_furniture(pieces[n], boxes)}
    first, last = min(found), max(found)
    top = _headline_at(pieces, title, first)
    about = [folded for text in descriptions if (folded := fold(text))]
    taken |= {n for n in range(top + 1, first) if _is_standfirst(pieces[n], about, boxes)}
    taken |= {n for n in range(top + 1, last) if _is_caption(pieces[n], boxes)}
    holders = _holders(pieces, found)
    taken |= {n for n, piece in enumerate(pieces) if is_note(piece) and _numbers(piece) & holders}
    taken -= lines_among(pieces, taken)
    return [pieces[n] for n in sorted(taken) if pieces[n].folded != title]


def _found(pieces: Sequence[Piece], read: Iterable[str], title: str) -> set[int]:
    """The pieces that hold the texts read; of a text that the page repeats, the ones that stand where the rest does."""
    wanted = Counter(folded for text in read if (folded := fold(text)))
    places = defaultdict(list)
    for n, piece in enumerate(pieces):
        if piece.folded in wanted:
            places[piece.folded].append(n)
    inside = _inside(pieces, [text for text in wanted if text not in places], title)
    weights: Counter[int] = Counter()
    for text, numbers in places.items():
        for n in numbers:
            weights[pieces[n].home] += len(text)
    long = set(inside)
    for text, numbers in places.items():
        if len(text) >= LONG:
            best = sorted(numbers, key=lambda n: (-weights[pieces[n].home], n))
            long.update(best[: wanted[text]])
    first, last = min(long, default=0), max(long, default=len(pieces))
    short = {n for text, numbers in places.items() if len(text) < LONG for n in numbers if first <= n <= last}
    return long | short


def _inside(pieces: Sequence[Piece], texts: Iterable[str], title: str) -> set[int]:
    """The pieces that texts run over, where the two are cut differently. A short one must be a headline and all below it."""
    whole = "".join(piece.folded for piece in pieces)
    starts = [0, *accumulate(len(piece.folded) for piece in pieces)]
    found: set[int] = set()
    begin, missing = 0, 0
    for text in texts:
        is_page = text == whole and title != "" and text.startswith(title)
        if not (len(text) >= LONG or is_page) or missing >= MAX_MISSING:
            continue
        start = whole.find(text, begin)  # they come in the page's order, mostly
        start = start if start != -1 else whole.find(text)
        if start == -1:
            missing += 1
        else:
            found.update(range(bisect_right(starts, start) - 1, bisect_right(starts, start + len(text) - 1)))
            begin = start
    return found


def _boxes(pieces: Sequence[Piece], found: Collection[int]) -> set[int]:
    """The elements that hold furniture."""
    around = {element.number: element for piece in pieces for element in piece.around}
    named = {number for number, element in around.items() if is_box(element) or is_slideshow(element)}
    shares = _shares(pieces, found, named)
    small = {number for number, share in shares.items() if share <= MAX_BOX}
    large = {number for number in named - small if is_slideshow(around[number]) and shares[number] <= MAX_SLIDES}
    both = small | large
    rest = [pieces[n] for n in found if not _numbers(pieces[n]) & both]
    return both if sum(length_in_words(piece.text) for piece in rest) >= MIN_ARTICLE_WORDS else small


def _holders(pieces: Sequence[Piece], found: Collection[int]) -> set[int]:
    """The elements, less than the whole page, that hold most of the article."""
    inner = {element.number for n in found for element in pieces[n].around if element.tag != "body"}
    return {number for number, share in _shares(pieces, found, inner).items() if share >= HOLDS_ARTICLE}


def _shares(pieces: Sequence[Piece], found: Collection[int], among: Collection[int]) -> dict[int, float]:
    held = dict.fromkeys(among, 0)
    for n in found:
        for number in _numbers(pieces[n]) & held.keys():
            held[number] += len(pieces[n].folded)
    total = sum(len(pieces[n].folded) for n in found)
    return {number: characters / total for number, characters in held.items()}


def _gaps(pieces: Sequence[Piece], found: Collection[int]) -> set[int]:
    """The pieces that stand in the same element as much of the article: trafilatura skips lists and short paragraphs."""
    weights: Counter[int] = Counter()
    for n in found:
        weights[pieces[n].home] += len(pieces[n].folded)
    least = MAIN_HOME * weights.total()
    homes = {home for home, weight in weights.items() if weight >= least}
    return {n for n, piece in enumerate(pieces) if piece.home in homes and piece.links < MOSTLY_LINKS}


def _headline_at(pieces: Sequence[Piece], headline: str, first: int) -> int:
    """Where the headline stands, the last time before the article's text does."""
    return next((n for n in range(first, -1, -1) if pieces[n].folded == headline), first - 1)


def _is_furniture(piece: Piece, boxes: Collection[int]) -> bool:
    if piece.kind == "figcaption" and length_in_words(piece.text) < MIN_CAPTION_WORDS:
        return True
    if piece.kind == "p" and piece.links >= ALL_LINK and piece.text.isupper():
        return True
    return any(element.number in boxes for element in piece.around)


def _is_standfirst(piece: Piece, about: Sequence[str], boxes: Collection[int]) -> bool:
    if piece.links > MOSTLY_LINKS or length_in_words(piece.text) < MIN_STANDFIRST_WORDS or _is_furniture(piece, boxes):
        return False
    named = any(element.words & _STANDFIRST_NAMES for element in piece.around[-2:])
    return named or any(text.startswith(piece.folded) or piece.folded.startswith(text) for text in about)


def _is_caption(piece: Piece, boxes: Collection[int]) -> bool:
    return piece.kind == "figcaption" and piece.links < MOSTLY_LINKS and not _is_furniture(piece, boxes)


def _numbers(piece: Piece) -> set[int]:
    return {element.number for element in piece.around}
