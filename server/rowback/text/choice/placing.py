"""Where on the page the texts stand that trafilatura took. Most are a piece of the page as it is; others run over several, or
lack what trafilatura left out of their middle. Pure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

from rowback.text.choice.amounts import is_prose
from rowback.text.pieces import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rowback.text.pieces import Piece

LONG = 24  # folded characters: a text this long stands in an article, and not by chance in a menu too
MAX_MISSING = 200  # texts that are nowhere on the page as they are; each was looked for in all of it
MAX_ALIKE = 8  # pieces that begin or end alike and are compared


def place(pieces: Sequence[Piece], read: Iterable[str], title: str) -> set[int]:
    """The pieces that hold the texts read; of a text that the page repeats, the ones that stand where the rest does."""
    wanted = Counter(folded for text in read if (folded := fold(text)))
    places = defaultdict(list)
    for n, piece in enumerate(pieces):
        if piece.folded in wanted:
            places[piece.folded].append(n)
    long = _inside(pieces, [text for text in wanted if text not in places], title)
    weights: Counter[int] = Counter()
    for text, numbers in places.items():
        for n in numbers:
            weights[pieces[n].home] += len(text)
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
    torn: list[str] = []
    begin, missing = 0, 0
    for text in texts:
        is_page = text == whole and title != "" and text.startswith(title)
        if not (len(text) >= LONG or is_page) or missing >= MAX_MISSING:
            continue
        start = whole.find(text, begin)  # they come in the page's order, mostly
        start = start if start != -1 else whole.find(text)
        if start == -1:
            missing += 1
            torn.append(text)
        else:
            found.update(range(bisect_right(starts, start) - 1, bisect_right(starts, start + len(text) - 1)))
            begin = start
    return found | _torn(pieces, torn, found)


def _torn(pieces: Sequence[Piece], texts: Sequence[str], found: set[int]) -> set[int]:
    """The pieces that stand in texts of which something was left out. Where trafilatura found no paragraphs and took all of
    the page's text, only whole sentences are the article's."""
    if not texts:
        return set()
    heads, tails = _ends(pieces)
    placed: set[int] = set()
    for text in texts:
        here: set[int] = set()
        at = 0
        while at + LONG <= len(text):
            n = _piece_at(pieces, text, at, heads, tails)
            if n is None:
                at += 1
            else:
                here.add(n)
                at += LONG
        is_lump = len(here) > 1 and not found
        placed |= {n for n in here if not is_lump or is_prose(pieces[n]) or pieces[n].kind == "figcaption"}
    return placed


def _ends(pieces: Sequence[Piece]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    heads: dict[str, list[int]] = defaultdict(list)
    tails: dict[str, list[int]] = defaultdict(list)
    for n, piece in enumerate(pieces):
        if len(piece.folded) >= LONG:
            for ends, key in ((heads, piece.folded[:LONG]), (tails, piece.folded[-LONG:])):
                if len(ends[key]) < MAX_ALIKE:
                    ends[key].append(n)
    return heads, tails


def _piece_at(
    pieces: Sequence[Piece], text: str, at: int, heads: Mapping[str, list[int]], tails: Mapping[str, list[int]]
) -> int | None:
    """The piece of which at least half begins here, or ends here."""
    key = text[at : at + LONG]
    for n in heads.get(key, ()):
        folded = pieces[n].folded
        if text.startswith(folded[: max(LONG, len(folded) // 2)], at):
            return n
    for n in tails.get(key, ()):
        folded = pieces[n].folded
        half = folded[-max(LONG, len(folded) // 2) :]
        if text.endswith(half, 0, at + LONG):
            return n
    return None
