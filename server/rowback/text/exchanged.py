"""What of the boxes between an article's paragraphs was exchanged between two looks, and not edited. Pure.

What is exchanged has nothing in common with what stood there. A box that leads to other pages now is another story's,
whatever its figures; of one that only says something all must be another, and no figure may have stood in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from rowback.text.lines.corrections import is_note_text
from rowback.text.loose import has_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ALIKE = 50.0  # of 100: a text that was edited, and not exchanged
LINKS_ALIKE = 65.0  # the same of two links to two pages: headlines are built alike


@dataclass(frozen=True, slots=True)
class Inlaid:
    """What stood in a box; `page` is the digest of where it leads, or empty."""

    text: str
    page: str = ""


def leads_elsewhere(before: Sequence[Inlaid], now: Sequence[Inlaid]) -> bool:
    """Whether boxes lead to other pages than they did: not those with the same call under other words."""
    return {line.page for line in before} - {""} != {line.page for line in now} - {""}


def exchanged(
    before: Sequence[Inlaid],
    now: Sequence[Inlaid],
    others: tuple[Iterable[str], Iterable[str]] = ((), ()),
    *,
    asks: bool = False,
) -> set[str]:
    """What of a kind of box was exchanged between two looks. `others` are the texts that came and went elsewhere. A box that
    `asks` for an address offers something: its figures are none of the article's."""
    if not leads_elsewhere(before, now) and {line for line in before if line.page} == {
        line for line in now if line.page
    }:
        before, now = ([line for line in lines if not line.page] for lines in (before, now))
    old, new = {line.text for line in before}, {line.text for line in now}
    went, came = [line for line in before if line.text not in new], [line for line in now if line.text not in old]
    here, there = [*old, *others[1]], [*new, *others[0]]
    if any(line.page for line in (*before, *now)):
        links = _foreign_links(went, now, there), _foreign_links(came, before, here)
        return {*links[0], *links[1], *_beside_links((before, now), (went, came), links, others)}
    texts = {line.text for line in (*went, *came)}
    is_alike = any(_is_like_one(line.text, there, ALIKE) for line in went)
    is_alike = is_alike or any(_is_like_one(line.text, here, ALIKE) for line in came)
    has_figures = not asks and any(map(has_number, old)) and any(map(has_number, new))
    is_exchanged = old.isdisjoint(new) and not (is_alike or has_figures or any(map(is_note_text, texts)))
    return texts if is_exchanged else set()


def _foreign_links(lines: Sequence[Inlaid], there: Sequence[Inlaid], texts: Iterable[str]) -> set[str]:
    """The links that lead elsewhere than all that stands there on the other side, and say something else."""
    pages = {line.page for line in there}
    return {
        line.text
        for line in lines
        if line.page
        and line.page not in pages
        and not is_note_text(line.text)
        and not _is_like_one(line.text, texts, LINKS_ALIKE)
    }


def _beside_links(
    boxes: tuple[Sequence[Inlaid], Sequence[Inlaid]],
    changed: tuple[Sequence[Inlaid], Sequence[Inlaid]],
    links: tuple[set[str], set[str]],
    others: tuple[Iterable[str], Iterable[str]],
) -> set[str]:
    """What else went from and came into boxes whose links all lead elsewhere now. Where the links say something else, too,
    another story stands there, and may be told in like words and figures."""
    left, right = ({line.page for line in lines} - {""} for lines in boxes)
    if not left.isdisjoint(right):
        return set()
    is_other = all(links)
    sides = (([line.text for line in boxes[1]], others[0]), ([line.text for line in boxes[0]], others[1]))
    return {
        line.text
        for lines, (there, elsewhere) in zip(changed, sides, strict=True)
        for line in lines
        if not line.page
        and not is_note_text(line.text)
        and (is_other or not has_number(line.text) or not (left and right))
        and not _is_like_one(line.text, elsewhere if is_other else [*there, *elsewhere], ALIKE)
    }


def _is_like_one(text: str, others: Iterable[str], limit: float) -> bool:
    return any(fuzz.ratio(text, other, score_cutoff=limit) >= limit for other in others)
