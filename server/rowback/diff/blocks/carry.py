"""Follows every block through all versions: its thread, and the wordings it had along it.

Each step from a version to the next is aligned once; a block that became another stays on the same thread. A block that
went and later came back word for word takes up its old thread again. The pieces of a split come from the thread of the
whole, and a merged block from those of all its pieces: their wordings are its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rowback.diff.blocks.align import keys_of
from rowback.diff.blocks.comparison import compare_blocks, turned
from rowback.diff.blocks.segments import Segments
from rowback.diff.blocks.similarity import Wordbook
from rowback.told import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rowback.diff.blocks.align import Keys, Link
    from rowback.diff.blocks.comparison import Comparison
    from rowback.model import Block, Version


class Standing(NamedTuple):
    """Where a thread's block stood in one version."""

    version: int
    place: int


@dataclass(frozen=True, slots=True)
class Descent:
    """Where a thread comes from by a split or merge: another thread, and the last version before that."""

    thread: int
    until: int


@dataclass(frozen=True, slots=True)
class Lineage:
    """All versions' blocks with their keys (`keys_of`) and threads. `threads[n][i]` is the thread of block i of version n (0
    is the title); `steps[n]` compares it with version n + 1."""

    versions: Sequence[Version]
    blocks: Sequence[tuple[Block, ...]]
    steps: Sequence[Comparison]
    threads: Sequence[Sequence[int]]
    standings: Sequence[Sequence[Standing]]
    origins: Mapping[int, Sequence[Descent]]
    book: Wordbook
    segments: Segments
    keys: Sequence[Keys]

    def between(self, from_version: int, to_version: int) -> Comparison:
        """One version compared with another, guided by the threads between them."""
        if to_version == from_version + 1:
            return self.steps[from_version]
        old, new = self.blocks[from_version], self.blocks[to_version]
        known = self.on_one_thread(from_version, to_version)
        keys = self.keys[from_version], self.keys[to_version]
        found = compare_blocks(old, new, known, self.book, self.segments, keys)
        return self.with_pages(found, from_version, to_version)

    def with_pages(self, found: Comparison, from_version: int, to_version: int) -> Comparison:
        """A comparison of two versions, with what changed pages between them."""
        rolled, returned = self.rolled_off(from_version, to_version), self.returned(from_version, to_version)
        return replace(found, rolled=rolled, returned=returned)

    def rolled_off(self, from_version: int, to_version: int) -> frozenset[int]:
        """The places in a version of blocks that rolled off before a later one, in the step in which they went. Backwards
        there are none."""
        if to_version < from_version:
            return frozenset()
        still = set(self.threads[to_version])
        return frozenset(
            a
            for a, thread in enumerate(self.threads[from_version])
            if thread not in still and self._last_rolled(thread, to_version)
        )

    def returned(self, from_version: int, to_version: int) -> frozenset[int]:
        """The places in a version of blocks that had rolled off before an earlier one in which they do not stand."""
        if to_version < from_version:
            return frozenset()
        before = set(self.threads[from_version])
        return frozenset(
            b
            for b, thread in enumerate(self.threads[to_version])
            if thread not in before and self._last_rolled(thread, from_version)
        )

    def _last_rolled(self, thread: int, until: int) -> bool:
        """Whether a thread's block rolled off where it stood last before a version."""
        last = next((each for each in reversed(self.standings[thread]) if each.version < until), None)
        return last is not None and last.place in self.steps[last.version].rolled

    def on_one_thread(self, from_version: int, to_version: int) -> list[tuple[int, int]]:
        """The places in two versions of the blocks that stand in both."""
        places = {thread: b for b, thread in enumerate(self.threads[to_version])}
        return [(a, places[thread]) for a, thread in enumerate(self.threads[from_version]) if thread in places]

    def wordings(self, threads: Sequence[int], until: int) -> list[Wording]:
        """The texts of some threads, and of those they come from, up to version `until`: oldest first, each with the span
        in which it stood."""
        if len(threads) == 1 and threads[0] not in self.origins:
            return self._runs(threads[0], until)
        spans = self._with_origins(threads, until)
        runs = [run for thread in sorted(spans) for run in self._runs(thread, spans[thread])]
        return sorted(runs, key=lambda run: (run.version, run.last_version))

    def _with_origins(self, threads: Iterable[int], until: int) -> dict[int, int]:
        """Threads and all they come from, each with the last version in which it counts."""
        spans: dict[int, int] = {}
        left = [(thread, until) for thread in threads]
        while left:
            thread, last = left.pop()
            if spans.get(thread, -1) < last:
                spans[thread] = last
                left += [(origin.thread, min(last, origin.until)) for origin in self.origins.get(thread, ())]
        return spans

    def states(self, thread: int, until: int) -> list[str | None]:
        """What stood on a thread in each version up to `until`, comparable; None where nothing did."""
        found: list[str | None] = [None] * (until + 1)
        for standing in self.standings[thread]:
            if standing.version <= until:
                found[standing.version] = self.keys[standing.version][standing.place]
        return found

    def _runs(self, thread: int, until: int) -> list[Wording]:
        runs: list[Wording] = []
        before = ""
        for standing in self.standings[thread]:
            if standing.version > until:
                break
            text, key = self.blocks[standing.version][standing.place].text, self.keys[standing.version][standing.place]
            version = self.versions[standing.version]
            last, before_this = runs[-1] if runs else None, before
            before = key
            if last and last.last_version == standing.version - 1 and before_this == key:
                runs[-1] = Wording(last.version, standing.version, last.seen_at, version.last_seen_at, last.text)
            else:
                runs.append(Wording(standing.version, standing.version, version.seen_at, version.last_seen_at, text))
        return runs


def follow(versions: Sequence[Version]) -> Lineage:
    """The lineage of an article's blocks; `versions` are all of them, in order from number 0."""
    blocks = [version.content.all_blocks() for version in versions]
    keys = [keys_of(each) for each in blocks]
    book, segments = Wordbook(), Segments()
    steps = [
        turned(compare_blocks(*pair, book=book, segments=segments, keys=known), version.content.paging)
        for pair, known, version in zip(pairwise(blocks), pairwise(keys), versions[1:], strict=True)
    ]
    tracker = _Tracker()
    links = [[], *(step.links for step in steps)]
    threads = [tracker.advance(*at) for at in zip(keys, links, strict=True)]
    found = Lineage(versions, blocks, steps, threads, tracker.standings, tracker.origins, book, segments, keys)
    if not any(step.rolled for step in steps):
        return found
    return replace(found, steps=[found.with_pages(step, n, n + 1) for n, step in enumerate(steps)])


class _Tracker:
    """Hands out threads, version by version."""

    def __init__(self) -> None:
        self.standings: list[list[Standing]] = []
        self.origins: dict[int, list[Descent]] = {}
        self._gone: dict[str, list[int]] = {}
        self._version = -1
        self._current: list[int] = []
        self._keys: Keys = []

    def advance(self, keys: Keys, links: Sequence[Link]) -> list[int]:
        """The threads of the next version's blocks, given the links from the version before (none for the first)."""
        self._version += 1
        inherited = {link.new[0]: self._current[link.old[0]] for link in links}
        kept = set(inherited.values())
        for thread, key in zip(self._current, self._keys, strict=True):
            if thread not in kept:
                self._gone.setdefault(key, []).append(thread)
        self._keys, before = keys, self._current
        self._current = [
            inherited[index] if index in inherited else self._taken_up(key) for index, key in enumerate(keys)
        ]
        self._note_origins(links, before)
        for index, thread in enumerate(self._current):
            self.standings[thread].append(Standing(self._version, index))
        return self._current

    def _note_origins(self, links: Sequence[Link], before: Sequence[int]) -> None:
        for link in links:
            if len(link.old) == len(link.new) == 1:
                continue
            for piece in link.new[1:]:
                self._note_origin(self._current[piece], before[link.old[0]])
            for piece in link.old[1:]:
                self._note_origin(self._current[link.new[0]], before[piece])

    def _note_origin(self, thread: int, origin: int) -> None:
        self.origins.setdefault(thread, []).append(Descent(origin, self._version - 1))

    def _taken_up(self, key: str) -> int:
        """The thread that ended with this very text, if any; else a new one."""
        if self._gone.get(key):
            return self._gone[key].pop()
        self.standings.append([])
        return len(self.standings) - 1
