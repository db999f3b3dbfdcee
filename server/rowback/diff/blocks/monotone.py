"""The best pairing of two runs in which no two pairs cross."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rowback.diff.words.fixed_points import Pair


def heaviest(scores: Mapping[Pair, float]) -> list[Pair]:
    """The pairs, increasing on both sides, with the largest sum of scores (weighted Hunt–Szymanski): time grows with the
    number of pairs that have one."""
    by_old: dict[int, list[int]] = defaultdict(list)
    for a, b in sorted(scores):
        by_old[a].append(b)
    best = _Best()
    for a, news in by_old.items():
        updates = [(b + 1, best.before(b).with_pair((a, b), scores[a, b])) for b in news]
        for end, chain in updates:
            best.add(end, chain)
    return best.chains[-1].pairs()


@dataclass(frozen=True, slots=True)
class _Chain:
    """Pairs so far, the last one first, and their scores together."""

    weight: float = 0.0
    pair: Pair | None = None
    earlier: _Chain | None = None

    def with_pair(self, pair: Pair, score: float) -> _Chain:
        return _Chain(self.weight + score, pair, self)

    def pairs(self) -> list[Pair]:
        found, chain = [], self
        while chain.pair is not None and chain.earlier is not None:
            found.append(chain.pair)
            chain = chain.earlier
        return found[::-1]


@dataclass(frozen=True, slots=True)
class _Best:
    """The best chains by how far they reach in the new run: weight grows with the reach."""

    ends: list[int] = field(default_factory=lambda: [0])
    chains: list[_Chain] = field(default_factory=lambda: [_Chain()])

    def before(self, end: int) -> _Chain:
        """The best that reaches no farther than `end`."""
        return self.chains[bisect_right(self.ends, end) - 1]

    def add(self, end: int, chain: _Chain) -> None:
        """Takes a chain in that is better than all that reach no farther, for those that reach farther and are worse."""
        at = bisect_right(self.ends, end)
        if self.chains[at - 1].weight >= chain.weight:
            return
        at -= self.ends[at - 1] == end
        behind = at
        while behind < len(self.ends) and self.chains[behind].weight < chain.weight:
            behind += 1
        self.ends[at:behind] = [end]
        self.chains[at:behind] = [chain]
