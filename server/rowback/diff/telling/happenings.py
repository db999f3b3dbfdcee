"""When what an edit tells happened: everything that the steps between two versions did to its blocks.

The steps are read once for all edits. A block that is new is dated by what it came from as well, where that is new, too; one
that is gone by what became of it, where that is gone, too: an addition that was split, a paragraph that was joined with
another before both went.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from rowback.text.normalize import comparable
from rowback.told import EditKind, Happening, Moment, Times

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from rowback.diff.blocks.carry import Lineage
    from rowback.diff.blocks.comparison import Comparison, Difference, Places

_Dated = tuple[int, Happening]  # the version in which it happened, and what
_CAME, _WENT = {Happening.ADDED, Happening.RETURNED}, {Happening.REMOVED}


@dataclass(frozen=True)
class Happenings:
    """What happened to an article's blocks between two of its versions, the older first; nothing is told backwards."""

    lineage: Lineage
    from_version: int
    to_version: int

    def times(self, threads: Collection[int]) -> tuple[Times, ...]:
        """Of an edit of the blocks on some threads."""
        found = {dated for thread in threads for dated in self._by_thread.get(thread, ())}
        if self._first.isdisjoint(threads):
            found.update(self._before(threads))
        if self._last.isdisjoint(threads):
            found.update(self._after(threads))
        return self._counted(found)

    def times_of(self, difference: Difference) -> tuple[Times, ...]:
        """Of a difference between the two versions."""
        threads = self.lineage.threads
        olds, news = threads[self.from_version], threads[self.to_version]
        return self.times([*(olds[a] for a in difference.old), *(news[b] for b in difference.new)])

    @cached_property
    def _first(self) -> frozenset[int]:
        """The threads of the older version."""
        return frozenset(self.lineage.threads[self.from_version])

    @cached_property
    def _last(self) -> frozenset[int]:
        """The threads of the newer version."""
        return frozenset(self.lineage.threads[self.to_version])

    @cached_property
    def _by_thread(self) -> Mapping[int, Sequence[_Dated]]:
        found = defaultdict[int, list[_Dated]](list)
        for version in range(self.from_version + 1, self.to_version + 1):
            step = self.lineage.steps[version - 1]
            for kind, old, new in step.changes:
                for what in self._what(step, version, kind, old, new):
                    for thread in self._threads(version, old, new):
                        found[thread].append((version, what))
        return found

    def _threads(self, version: int, old: Places, new: Places) -> set[int]:
        before, now = self.lineage.threads[version - 1], self.lineage.threads[version]
        return {*(before[a] for a in old), *(now[b] for b in new)}

    def _what(self, step: Comparison, version: int, kind: EditKind, old: Places, new: Places) -> Iterator[Happening]:
        """What a difference of the step to a version did to its blocks."""
        match kind:
            case EditKind.INSERT:
                thread = self.lineage.threads[version][new[0]]
                yield Happening.RETURNED if self._stood_before(thread, version) else Happening.ADDED
            case EditKind.DELETE:
                yield Happening.ROLLED_OFF if old[0] in step.rolled else Happening.REMOVED
            case EditKind.CHANGE:
                yield Happening.REWORDED
            case EditKind.SPLIT:
                yield Happening.SPLIT
            case EditKind.MERGE:
                yield Happening.MERGED
            case EditKind.MOVE:
                yield Happening.MOVED
                if comparable(step.old[old[0]].text) != comparable(step.new[new[0]].text):
                    yield Happening.REWORDED

    def _stood_before(self, thread: int, version: int) -> bool:
        """Whether any text stood on a thread in an earlier version."""
        blocks = self.lineage.blocks
        return any(
            blocks[standing.version][standing.place].text.strip()
            for standing in self.lineage.standings[thread]
            if standing.version < version
        )

    def _before(self, threads: Iterable[int]) -> Iterator[_Dated]:
        """What happened to the blocks that new ones come from, as long as they were not these, where they are new, too."""
        for thread, until in _kin(threads, self._origins, self._first).items():
            yield from (dated for dated in self._by_thread.get(thread, ()) if dated[0] <= until)

    def _after(self, threads: Iterable[int]) -> Iterator[_Dated]:
        """What happened to the blocks that gone ones became, from then on, where they are gone, too."""
        for thread, since in _kin(threads, self._heirs, self._last).items():
            yield from (dated for dated in self._by_thread.get(thread, ()) if dated[0] > since)

    @cached_property
    def _origins(self) -> Mapping[int, Sequence[_Kin]]:
        """What each thread comes from by a split or merge between the two versions."""
        spans = range(self.from_version, self.to_version)
        return {
            thread: [_Kin(each.thread, each.until) for each in origins if each.until in spans]
            for thread, origins in self.lineage.origins.items()
        }

    @cached_property
    def _heirs(self) -> Mapping[int, Sequence[_Kin]]:
        """What each thread became, or gave off, by a merge or split between the two versions."""
        found = defaultdict[int, list[_Kin]](list)
        for thread, origins in self._origins.items():
            for origin in origins:
                found[origin.thread].append(_Kin(thread, origin.parted + 1))
        return found

    def _counted(self, found: Collection[_Dated]) -> tuple[Times, ...]:
        """Each thing once."""
        if len(found) == 1:
            ((version, what),) = found
            moment = self._moments[version]
            return (Times(what, 1, moment, moment),)
        versions, order = defaultdict[Happening, set[int]](set), list(Happening)
        for version, whats in _by_version(found).items():
            for what in whats:
                versions[what].add(version)
        told = [
            Times(what, len(all_), self._moments[min(all_)], self._moments[max(all_)])
            for what, all_ in versions.items()
        ]
        return tuple(sorted(told, key=lambda each: (each.first.version, order.index(each.what))))

    @cached_property
    def _moments(self) -> Mapping[int, Moment]:
        """When each version after the older one came."""
        versions = self.lineage.versions[self.from_version : self.to_version + 1]
        return {
            version: Moment(version, before.last_seen_at, now.seen_at, before.is_day or now.is_day)
            for version, (before, now) in enumerate(pairwise(versions), start=self.from_version + 1)
        }


@dataclass(frozen=True, slots=True)
class _Kin:
    """A thread that another one came from or became, and the version until which, or since which, it is not that one."""

    thread: int
    parted: int


def _kin(threads: Iterable[int], near: Mapping[int, Sequence[_Kin]], others: Collection[int]) -> dict[int, int]:
    """The kin of some threads, near and far, that are not among others; each with the version of the parting."""
    found: dict[int, int] = {}
    left = list(threads)
    while left:
        for kin in near.get(left.pop(), ()):
            if kin.thread not in found and kin.thread not in others:
                found[kin.thread] = kin.parted
                left.append(kin.thread)
    return found


def _by_version(found: Iterable[_Dated]) -> Mapping[int, set[Happening]]:
    """What happened in each version. Where one block went and another came in its stead, it was reworded."""
    by_version = defaultdict[int, set[Happening]](set)
    for version, what in found:
        by_version[version].add(what)
    for whats in by_version.values():
        if whats & _CAME and whats & _WENT:
            whats.difference_update(_CAME, _WENT)
            whats.add(Happening.REWORDED)
    return by_version
