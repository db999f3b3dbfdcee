"""Matches again where two texts' common tokens lie scattered between many changes.

A longest common subsequence counts tokens: it gladly gives up a telling word for two commas, and takes its tokens from
all over the place. Here a word weighs more than a short word, and that more than a sign; neighbours that stay together
weigh a little extra. Measured on human-marked spans, these matches are the ones people see.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rowback.diff.words.effort import FULL
from rowback.diff.words.tokens import count_words, is_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Runs = list[tuple[int, list[str]]]
# Any weights in this order do about as well: the order is what matters.
SIGN_WEIGHT, SHORT_WEIGHT, WORD_WEIGHT, TOGETHER_WEIGHT = 0.1, 0.6, 1.0, 0.05
SHORT_WORD_LETTERS = 3
# So many equal words in a row are sure: the texts on both sides of them are matched apart.
SURE_WORDS = 5
# Equal tokens (old × new places) that one tangle may have: about 20 ms. Larger ones stay as they are, and so do those with
# too many for their characters: a match costs as much as so many token edits squared.
MAX_MATCHES = 10_000
EDITS_SQUARED_PER_MATCH = 64


def untangle(runs: Runs, effort: int = FULL) -> Runs:
    """The same two texts, matched better between their sure parts. Runs are `(op, tokens)`, with −1 deleted, 1 inserted."""
    untangled: Runs = []
    for part in _parts(runs):
        start, end = _edges(part)
        inner = part[start:end]
        if any(op == 0 for op, _ in inner):
            inner = _rematched(inner, effort)
        untangled += [*part[:start], *inner, *part[end:]]
    return untangled


def _parts(runs: Runs) -> Iterator[Runs]:
    """Runs cut at the sure ones, each of which is a part of its own."""
    part: Runs = []
    for op, tokens in runs:
        if op == 0 and len(tokens) >= SURE_WORDS and count_words(tokens) >= SURE_WORDS:
            yield part
            yield [(op, tokens)]
            part = []
        else:
            part.append((op, tokens))
    yield part


def _edges(part: Runs) -> tuple[int, int]:
    """Where the part's first change begins and its last one ends."""
    changes = [place for place, (op, _) in enumerate(part) if op]
    return (changes[0], changes[-1] + 1) if changes else (0, 0)


def _rematched(part: Runs, effort: int) -> Runs:
    old = [token for op, tokens in part if op <= 0 for token in tokens]
    new = [token for op, tokens in part if op >= 0 for token in tokens]
    places: dict[str, list[int]] = defaultdict(list)
    for place in range(len(new) - 1, -1, -1):
        places[new[place]].append(place)
    characters = sum(map(len, old)) + sum(map(len, new))
    most = min(MAX_MATCHES, effort * characters // EDITS_SQUARED_PER_MATCH)
    if sum(len(places.get(token, ())) for token in old) > most:
        return part
    runs: Runs = []
    i = j = 0
    for a, b in [*_heaviest(old, places), (len(old), len(new))]:
        runs += [(-1, old[i:a]), (1, new[j:b]), (0, old[a : a + 1])]
        i, j = a + 1, b + 1
    return runs


@dataclass(frozen=True, slots=True)
class _Chain:
    """Matched places so far, the last one first, and what they weigh together."""

    weight: float
    pair: tuple[int, int]
    before: _Chain | None


@dataclass(slots=True)
class _Front:
    """The heaviest chains by where they end in the new text; weights grow with the ends."""

    ends: list[int] = field(default_factory=list)
    chains: list[_Chain] = field(default_factory=list)

    def before(self, end: int) -> _Chain | None:
        """The heaviest chain that ends before `end`."""
        at = bisect_left(self.ends, end)
        return self.chains[at - 1] if at else None

    def add(self, end: int, chain: _Chain) -> None:
        """Takes a chain in, and out those that it outweighs."""
        at = behind = bisect_left(self.ends, end)
        if at and self.chains[at - 1].weight >= chain.weight:
            return
        while behind < len(self.ends) and self.chains[behind].weight <= chain.weight:
            behind += 1
        self.ends[at:behind] = [end]
        self.chains[at:behind] = [chain]


def _heaviest(old: Sequence[str], places: dict[str, list[int]]) -> list[tuple[int, int]]:
    """The increasing pairs of equal tokens that weigh most (weighted Hunt–Szymanski). `places` are the new text's."""
    front = _Front()
    above: dict[int, _Chain] = {}
    for a, token in enumerate(old):
        here = {b: _longer(front.before(b), above.get(b - 1), (a, b), _weight(token)) for b in places.get(token, ())}
        for b, chain in here.items():
            front.add(b, chain)
        above = here
    found, last = [], front.chains[-1] if front.chains else None
    while last is not None:
        found.append(last.pair)
        last = last.before
    return found[::-1]


def _longer(best: _Chain | None, beside: _Chain | None, pair: tuple[int, int], weight: float) -> _Chain:
    """A chain with one pair more: after the heaviest, or after the pair just before it where that is no worse."""
    total = best.weight if best else 0.0
    if beside and beside.weight + TOGETHER_WEIGHT >= total:
        best, total = beside, beside.weight + TOGETHER_WEIGHT
    return _Chain(total + weight, pair, best)


def _weight(token: str) -> float:
    if not is_word(token):
        return SIGN_WEIGHT
    return SHORT_WEIGHT if len(token) <= SHORT_WORD_LETTERS else WORD_WEIGHT
