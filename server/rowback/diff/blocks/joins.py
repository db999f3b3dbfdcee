"""Finds blocks that were split into several, and blocks merged into one, among pairs already found.

A pair is widened over neighbours that stayed unpaired as long as the joined texts grow more alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.blocks.similarity import Wordbook

Joined = tuple[tuple[int, ...], tuple[int, ...], bool]
# The joined texts must be nearly the same words: a split paragraph may be touched up, not rewritten.
MIN_JOINED_LIKENESS = 0.8
MIN_PIECE_WORDS = 3


def join_neighbours(
    old: Sequence[str], new: Sequence[str], pairs: Sequence[tuple[int, int, bool]], book: Wordbook
) -> list[Joined]:
    """The pairs `(old, new, moved)` as links, splits and merges recognised. `old` and `new` are comparable texts."""
    free_old = set(range(len(old))) - {a for a, _, _ in pairs}
    free_new = set(range(len(new))) - {b for _, b, _ in pairs}
    links: list[Joined] = []
    for a, b, moved in sorted(pairs):
        if old[a] == new[b] or (free_old.isdisjoint((a - 1, a + 1)) and free_new.isdisjoint((b - 1, b + 1))):
            links.append(((a,), (b,), moved))
            continue
        whole = book.spell(old[a])
        split = _widened(b, whole, new, free_new, book)
        if len(split) > 1:
            free_new.difference_update(split)
            links.append(((a,), split, moved))
            continue
        merged = _widened(a, book.spell(new[b]), old, free_old, book)
        free_old.difference_update(merged)
        links.append((merged, (b,), moved))
    return links


def _widened(place: int, whole: str, texts: Sequence[str], free: set[int], book: Wordbook) -> tuple[int, ...]:
    """The run of free neighbours around `place` that together say `whole` best; just `place` when none does."""
    if free.isdisjoint((place - 1, place + 1)):
        return (place,)
    first = last = place
    piece = book.spell(texts[place])
    alike = Indel.normalized_similarity(piece, whole)
    while True:
        grown = [
            (Indel.normalized_similarity(joined, whole), joined, span)
            for joined, span in _one_wider(first, last, piece, texts, free, book)
        ]
        if not grown or max(grown)[0] <= alike:
            break
        alike, piece, (first, last) = max(grown)
    return tuple(range(first, last + 1)) if alike >= MIN_JOINED_LIKENESS else (place,)


def _one_wider(
    first: int, last: int, piece: str, texts: Sequence[str], free: set[int], book: Wordbook
) -> list[tuple[str, tuple[int, int]]]:
    wider = []
    if first - 1 in free and len(words := book.spell(texts[first - 1])) >= MIN_PIECE_WORDS:
        wider.append((words + piece, (first - 1, last)))
    if last + 1 in free and len(words := book.spell(texts[last + 1])) >= MIN_PIECE_WORDS:
        wider.append((piece + words, (first, last + 1)))
    return wider
