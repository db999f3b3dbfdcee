"""Follows every block through all versions: its thread, and the wordings it had along it.

Each step from a version to the next is aligned once; a block that became another stays on the same thread. A block that
went and later came back word for word takes up its old thread again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.diff.align import Link, align
from rowback.diff.similarity import Wordbook
from rowback.model import Wording
from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rowback.model import Block, Version


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a thread's block stood in one version."""

    version: int
    index: int


@dataclass(frozen=True, slots=True)
class Lineage:
    """All versions' blocks with their threads. `threads[n][i]` is the thread of block i of version n (0 is the title)."""

    versions: Sequence[Version]
    blocks: Sequence[tuple[Block, ...]]
    steps: Sequence[Sequence[Link]]
    threads: Sequence[Sequence[int]]
    standings: Sequence[Sequence[Standing]]
    book: Wordbook

    def wordings(self, threads: Iterable[int], until: int) -> list[Wording]:
        """The texts of some threads up to version `until`, oldest first, each with the span in which it stood."""
        runs = [run for thread in sorted(set(threads)) for run in self._runs(thread, until)]
        return sorted(runs, key=lambda run: (run.version, run.last_version))

    def _runs(self, thread: int, until: int) -> list[Wording]:
        runs: list[Wording] = []
        for standing in self.standings[thread]:
            if standing.version > until:
                break
            text = self.blocks[standing.version][standing.index].text
            version = self.versions[standing.version]
            last = runs[-1] if runs else None
            if last and last.last_version == standing.version - 1 and comparable(last.text) == comparable(text):
                runs[-1] = Wording(last.version, standing.version, last.seen_at, version.last_seen_at, last.text)
            else:
                runs.append(Wording(standing.version, standing.version, version.seen_at, version.last_seen_at, text))
        return runs

    def place(self, thread: int, version: int) -> int | None:
        """The index of a thread's block in a version, None where it does not stand there."""
        return next((s.index for s in self.standings[thread] if s.version == version), None)


def follow(versions: Sequence[Version]) -> Lineage:
    """The lineage of an article's blocks; `versions` are all of them, in order from number 0."""
    blocks = [version.content.all_blocks() for version in versions]
    book = Wordbook()
    steps = [align_versions(blocks[n], blocks[n + 1], book=book) for n in range(len(blocks) - 1)]
    tracker = _Tracker()
    threads = [tracker.advance(at, links) for at, links in zip(blocks, [[], *steps], strict=True)]
    return Lineage(versions, blocks, steps, threads, tracker.standings, book)


def align_versions(
    old: Sequence[Block], new: Sequence[Block], known: Iterable[tuple[int, int]] = (), book: Wordbook | None = None
) -> list[Link]:
    """As `align`, for blocks with their title in front: titles pair with each other and with nothing else."""
    inner = align(old[1:], new[1:], [(a - 1, b - 1) for a, b in known if a and b], book)
    return [
        Link((0,), (0,)),
        *(Link(tuple(a + 1 for a in link.old), tuple(b + 1 for b in link.new), link.moved) for link in inner),
    ]


class _Tracker:
    """Hands out threads, version by version."""

    def __init__(self) -> None:
        self.standings: list[list[Standing]] = []
        self._gone: dict[str, list[int]] = {}
        self._version = -1
        self._current: list[int] = []
        self._texts: list[str] = []

    def advance(self, blocks: Sequence[Block], links: Sequence[Link]) -> list[int]:
        """The threads of the next version's blocks, given the links from the version before (none for the first)."""
        self._version += 1
        texts = [comparable(block.text) for block in blocks]
        inherited = {link.new[0]: self._current[link.old[0]] for link in links}
        kept = set(inherited.values())
        for thread, text in zip(self._current, self._texts, strict=True):
            if thread not in kept:
                self._gone.setdefault(text, []).append(thread)
        self._texts = texts
        self._current = [
            inherited[index] if index in inherited else self._taken_up(text) for index, text in enumerate(texts)
        ]
        for index, thread in enumerate(self._current):
            self.standings[thread].append(Standing(self._version, index))
        return self._current

    def _taken_up(self, text: str) -> int:
        """The thread that ended with this very text, if any; else a new one."""
        if self._gone.get(text):
            return self._gone[text].pop()
        self.standings.append([])
        return len(self.standings) - 1
