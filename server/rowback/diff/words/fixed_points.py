"""Pairs equal blocks in order: the fixed points between which everything else is aligned.

Rare blocks first (patience: those unique on both sides, longest increasing run), then what stands between them by the
longest common subsequence. Items are any hashable keys; equal keys are equal blocks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Sequence

Pair = tuple[int, int]
# Pairs up to which the common subsequence is searched (50 MB of bits); beyond, only rare blocks anchor.
MAX_PAIRS = 400_000_000


def equal_pairs(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pairs (place in old, place in new) of equal keys, increasing on both sides."""
    start = 0
    while start < len(old) and start < len(new) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    head = [(place, place) for place in range(start)]
    tail = [(len(old) - back, len(new) - back) for back in range(end, 0, -1)]
    return head + _between((start, len(old) - end), (start, len(new) - end), old, new) + tail


def _between(old_span: Pair, new_span: Pair, old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    rare = increasing_run(_unique_pairs(old[slice(*old_span)], new[slice(*new_span)], old_span[0], new_span[0]))
    pairs: list[Pair] = []
    i, j = old_span[0], new_span[0]
    for a, b in [*rare, (old_span[1], new_span[1])]:
        pairs += _common_subsequence((i, a), (j, b), old, new)
        if a < old_span[1] and b < new_span[1]:
            pairs.append((a, b))
        i, j = a + 1, b + 1
    return pairs


def _unique_pairs(old: Sequence[str], new: Sequence[str], old_start: int, new_start: int) -> list[Pair]:
    old_counts, new_counts = Counter(old), Counter(new)
    places = {key: place for place, key in enumerate(new) if new_counts[key] == 1}
    return [
        (old_start + place, new_start + places[key])
        for place, key in enumerate(old)
        if old_counts[key] == 1 and key in places
    ]


def increasing_run(pairs: list[Pair]) -> list[Pair]:
    """A longest run of pairs that increases on both sides; `pairs` increase on the first. O(n log n)."""
    tails: list[int] = []
    tail_places: list[int] = []
    before: list[int] = []
    for place, (_, b) in enumerate(pairs):
        at = bisect_left(tails, b)
        before.append(tail_places[at - 1] if at else -1)
        tails[at : at + 1] = [b]
        tail_places[at : at + 1] = [place]
    run = []
    place = tail_places[-1] if tail_places else -1
    while place >= 0:
        run.append(pairs[place])
        place = before[place]
    return run[::-1]


def _common_subsequence(old_span: Pair, new_span: Pair, old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    size = (old_span[1] - old_span[0]) * (new_span[1] - new_span[0])
    if size <= 0 or size > MAX_PAIRS:
        return []
    steps = LCSseq.opcodes(list(old[slice(*old_span)]), list(new[slice(*new_span)]))
    return [
        (old_span[0] + step.src_start + k, new_span[0] + step.dest_start + k)
        for step in steps
        if step.tag == "equal"
        for k in range(step.src_end - step.src_start)
    ]
