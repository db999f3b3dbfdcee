"""The standfirst: a sentence or two under the headline. It is known by its place, its form and its name, and by being like
what the page says it is about; never by its wording alone, for then an edit of it would read as a deletion. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from rapidfuzz import fuzz

from rowback.text.choice.boxes import is_label
from rowback.text.lines.line import is_line
from rowback.text.normalize import comparable
from rowback.text.pieces import length_in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rowback.text.pieces import Piece

MIN_WORDS = 5
MAX_WORDS = 120  # of one that is known by its place alone
MAX_BY_PLACE = 2  # elements that a standfirst of two sentences may have; more of them are a text
MAX_LABEL_WORDS = 3  # what may stand between: "Politics", "Video"
MAX_LINKS = 0.6
MIN_LIKENESS = 75.0  # of the shorter with a part of the longer: a sentence with a few other words is still the same
MAX_COMPARED = 1_000  # characters
CLOSE = 3  # elements up from a text, and the headline is in one of them
MIN_SMALL = 0.5  # of its words begin with a small letter; of a byline's do few
_NAMES = frozenset(
    """
    standfirst dek deck subtitle subheadline subhead subheading lede teaser abstract summary intro introduction ingress chapo
    sapo perex bajada copete entradilla sottotitolo sommario subtitulo vorspann excerpt description
    """.split()
)
_OTHERS = frozenset(
    """
    author authors byline bylines date dates time timestamp meta published updated publication info credit credits reporter
    writer posted kicker category categories section source
    """.split()
)
_BYLINE = regex.compile(r"(?:by|von|par|por|di|af|av|door|text|texte|från)\s+\p{Lu}", regex.IGNORECASE)
_CLOCK = regex.compile(r"\b\d{1,2}[:.h]\d\d\b|\b(?:19|20)\d\d\b")


def standfirsts(
    pieces: Sequence[Piece], places: tuple[int, int], about: Sequence[str], boxes: Collection[int]
) -> set[int]:
    """The pieces that are one, between the headline and the article's first text, which have these places. `about` are what
    the page says of itself."""
    top, first = places
    known = [comparable(text[:MAX_COMPARED]) for text in about if length_in_words(text) >= MIN_WORDS]
    taken: set[int] = set()
    is_close = True
    for n in range(max(0, top + 1), first):
        piece = pieces[n]
        if not _can_be(piece, boxes):
            is_close = is_close and _is_nothing(piece)
        elif _is_named(piece) or _is_like(piece, known) or (is_close and top >= 0 and _stands_so(piece, pieces[top])):
            taken.add(n)
            is_close = is_close and len(taken) < MAX_BY_PLACE
        else:
            is_close = False
    return taken


def _is_nothing(piece: Piece) -> bool:
    """Whether a piece may stand between a headline and its standfirst."""
    return piece.kind == "figcaption" or piece.words <= MAX_LABEL_WORDS or is_line(piece.text)


def _can_be(piece: Piece, boxes: Collection[int]) -> bool:
    is_text = piece.links <= MAX_LINKS and piece.words >= MIN_WORDS and piece.kind != "figcaption"
    return is_text and piece.numbers.isdisjoint(boxes) and not is_label(piece)


def _is_named(piece: Piece) -> bool:
    return any(element.words & _NAMES for element in piece.around[-2:])


def _is_like(piece: Piece, about: Sequence[str]) -> bool:
    text = comparable(piece.text[:MAX_COMPARED])
    return any(fuzz.partial_ratio(text, other) >= MIN_LIKENESS for other in about)


def _stands_so(piece: Piece, headline: Piece) -> bool:
    """Whether a piece right under the headline has the form of a standfirst, and not that of a byline or a list."""
    near = {element.number for element in piece.around[-CLOSE - 1 : -1]}
    if piece.kind in ("li", "tr", "pre") or piece.links > 0 or near.isdisjoint(headline.numbers):
        return False
    if any(element.words & _OTHERS for element in piece.around[-2:]) or _BYLINE.match(piece.text):
        return False
    words = piece.text.split()
    small = sum(not word[:1].isupper() for word in words)
    is_dated = _CLOCK.search(piece.text) is not None and not piece.text.endswith((".", "!", "?", "…"))
    return piece.words <= MAX_WORDS and small >= MIN_SMALL * len(words) and not is_dated
