"""Slide shows: boxes that show one of their texts at a time, and may hold more words than the article they stand in. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.choice.amounts import bodies, is_prose, total
from rowback.text.furniture import is_slideshow, is_text_level
from rowback.text.pieces import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence, Set

    from rowback.text.pieces import Around, Piece

MAX_SLIDES = 0.2  # of the found text, in all that are small; more of it is the article
MIN_SLIDES = 3  # texts of one slide show
MIN_ARTICLE_WORDS = 30  # beside a large slide show,
MIN_ARTICLE = 0.1  # and in words for each of its own: less is a notice and no article


def slideshows(
    pieces: Sequence[Piece], found: Set[int], boxes: Collection[int], around: Mapping[int, Around]
) -> set[int]:
    """The numbers of the elements that are slide shows. `boxes` are those that are furniture already."""
    named = {number for number, element in around.items() if is_slideshow(element) and not is_text_level(element)}
    named -= bodies(pieces, named).keys()
    if not named:
        return set()
    held = _held(pieces, found, named)
    weights = {number: total(pieces[n] for n in texts) for number, texts in held.items()}
    most = MAX_SLIDES * total(pieces[n] for n in found)
    many = {number for number, texts in held.items() if sum(is_prose(pieces[n]) for n in texts) >= MIN_SLIDES}
    few = held.keys() - many
    if sum(weights[number] for number in few) > most:  # these are no shows, but what the site calls its paragraphs
        few = {number for number in few if not weights[number]}
    shows = few | {number for number in many if weights[number] <= most}
    large = many - shows
    return shows | (large if _is_beside_article(pieces, found, large, shows | set(boxes)) else set())


def _held(pieces: Sequence[Piece], found: Set[int], named: Collection[int]) -> dict[int, set[int]]:
    """Which found pieces stand in which outermost slide show."""
    held: dict[int, set[int]] = {}
    for n, piece in enumerate(pieces):
        outermost = next((element.number for element in piece.around if element.number in named), None)
        if outermost is not None:
            held.setdefault(outermost, set()).update({n} & found)
    return held


def _is_beside_article(
    pieces: Sequence[Piece], found: Set[int], shows: Collection[int], boxes: Collection[int]
) -> bool:
    """Whether there is an article beside large slide shows."""
    shown = {n for n in found if not pieces[n].numbers.isdisjoint(shows)}
    beside = [pieces[n] for n in found if n not in shown and pieces[n].numbers.isdisjoint(boxes)]
    words = sum(piece.words for piece in beside if is_prose(piece))
    slides = sum(pieces[n].words for n in shown)
    return words >= max(MIN_ARTICLE_WORDS, MIN_ARTICLE * slides)


def carousels(pieces: Sequence[Piece], chosen: Sequence[Piece]) -> set[int]:
    """The numbers of the slide shows that were taken for the article: most of what was chosen is in them, text by text."""
    named = {element.number for piece in chosen for element in piece.around if is_slideshow(element)}
    named -= bodies(pieces, named).keys()
    if not named:
        return set()
    held = _held(chosen, frozenset(range(len(chosen))), named)
    shows = {number for number, texts in held.items() if len(texts) >= MIN_SLIDES}
    inside = total(chosen[n] for number in shows for n in held[number])
    return shows if 2 * inside > total(chosen) else set()


def is_before(pieces: Sequence[Piece], other: Sequence[Piece], slides: Sequence[Piece], headline: str) -> bool:
    """Whether another reading is an article and stands nearer to the headline than the slides."""
    title = fold(headline)
    top = next((n for n, piece in enumerate(pieces) if piece.folded == title), 0)
    places = {id(piece): abs(n - top) for n, piece in enumerate(pieces)}
    ours, theirs = ([places[id(piece)] for piece in texts if is_prose(piece)] for texts in (other, slides))
    words = sum(piece.words for piece in other if is_prose(piece))
    return words >= MIN_ARTICLE_WORDS and min(ours) < min(theirs, default=len(pieces))
