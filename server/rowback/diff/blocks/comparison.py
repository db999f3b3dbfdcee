"""Two versions of an article beside each other: which block became which, and what differs, down to the words.

Each is asked once: blocks are aligned when a comparison is made, words are compared when its differences are first asked
for. What tells of two versions (a history, a step, a table) reads it here.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from rowback.diff.blocks.align import Link, align
from rowback.diff.blocks.rolling import rolled_off
from rowback.diff.blocks.segments import Segments
from rowback.diff.words.compare import DELETE, INSERT
from rowback.diff.words.effort import effort
from rowback.model import Paging
from rowback.text.normalize import comparable, count_words
from rowback.told import EditKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rowback.diff.blocks.align import Keys
    from rowback.diff.blocks.segments import SegmentsByBlock
    from rowback.diff.blocks.similarity import Wordbook
    from rowback.diff.words.compare import Segment
    from rowback.model import Block, Content

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """An edit before it is told: the blocks on both sides by their places (title 0), and the segments of each block that
    its markup will hold."""

    kind: EditKind
    old: Places
    new: Places
    by_block: SegmentsByBlock

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Those of all its blocks."""
        return tuple(segment for block in self.by_block for segment in block)

    def words(self, op: int) -> int:
        """How many words it inserted (INSERT) or deleted (DELETE)."""
        return sum(count_words(segment.text) for block in self.by_block for segment in block if segment.op == op)


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two versions' blocks, titles first, and the links between them. `segments` may be shared by an article's versions.
    `rolled` are the places of older blocks that are gone from the page, but not from the site (see `rolling`), `returned`
    those of newer blocks that came back from there."""

    old: Sequence[Block]
    new: Sequence[Block]
    links: Sequence[Link]
    segments: Segments = field(default_factory=Segments)
    rolled: frozenset[int] = frozenset()
    returned: frozenset[int] = frozenset()

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What differs, in reading order of the newer version; a deletion stands where its block would be."""
        return tuple(self.difference(*change) for change in self._changes)

    @property
    def changes(self) -> Sequence[tuple[EditKind, Places, Places]]:
        """The same by kind, and the places of both sides; no words are compared for it."""
        return self._changes

    @property
    def difference_count(self) -> int:
        """How many there are; no words are compared for it."""
        return len(self._changes)

    @cached_property
    def words_changed(self) -> tuple[int, int]:
        """Words inserted and deleted in all; none of what only changed pages."""
        told = [difference for difference in self.differences if not self.is_paged(difference)]
        inserted, deleted = (sum(difference.words(op) for difference in told) for op in (INSERT, DELETE))
        return inserted, deleted

    def is_rolled_off(self, difference: Difference) -> bool:
        """Whether a block went on to another page."""
        return difference.kind is EditKind.DELETE and difference.old[0] in self.rolled

    def is_returned(self, difference: Difference) -> bool:
        """Whether a block came back from another page."""
        return difference.kind is EditKind.INSERT and difference.new[0] in self.returned

    def is_paged(self, difference: Difference) -> bool:
        """Whether a block did one or the other: it was published all along."""
        return self.is_rolled_off(difference) or self.is_returned(difference)

    @property
    def inserted(self) -> list[int]:
        """The places of blocks that are new, or were nowhere in the older version."""
        return [new[0] for kind, _, new in self._changes if kind is EditKind.INSERT]

    @cached_property
    def moved(self) -> frozenset[int]:
        """The places in the newer version of blocks that stood elsewhere."""
        return frozenset(place for link in self.links if link.moved for place in link.new)

    def difference(self, kind: EditKind, old: Places, new: Places) -> Difference:
        """One difference between some of the blocks."""
        by_block = self.segments.between([self.old[a] for a in old], [self.new[b] for b in new], self._effort)
        return Difference(kind, old, new, by_block)

    def old_text(self, difference: Difference) -> str:
        """The older blocks' texts joined without anything between them, as on a page."""
        return self.text_of_old(difference.old)

    def new_text(self, difference: Difference) -> str:
        """The same of the newer blocks."""
        return self.text_of_new(difference.new)

    def text_of_old(self, places: Places) -> str:
        """The same of some places in the older version."""
        return _text(self.old, places)

    def text_of_new(self, places: Places) -> str:
        """The same of some in the newer one."""
        return _text(self.new, places)

    def neighbour(self, old_place: int) -> tuple[int, str]:
        """The surviving block beside a deleted one: its place in the newer version, and the side the deleted block
        stood on. The block before it where there is one, the headline only when there is nothing else."""
        before, after = self._survivors
        at = bisect_left(before, (old_place, 0))
        if at:
            return before[at - 1][1], "after"
        if at < len(after):
            return after[at][1], "before"
        if old_place and self.new[0].text.strip():
            return 0, "after"
        return min(1, len(self.new) - 1), "before"

    @cached_property
    def _effort(self) -> int:
        """How much work the words of a block are given: there may be very many to compare."""
        changes = [(old, new) for _, old, new in self._changes if old and new]
        return effort(sum(len(_text(self.old, old)) + len(_text(self.new, new)) for old, new in changes))

    @cached_property
    def _survivors(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Each block of the older body that stands in the newer version where it stood, with its last place there, and
        with its first."""
        kept = sorted((a, link.new) for link in self.links if not link.moved for a in link.old if a)
        return [(a, new[-1]) for a, new in kept], [(a, new[0]) for a, new in kept]

    @cached_property
    def _changes(self) -> list[tuple[EditKind, Places, Places]]:
        """The differences by their places alone, in order."""
        changed = ((link.new[0], self._of_link(link)) for link in self.links)
        changes = [((place, 0, 0), kind, old, new) for place, (kind, old, new) in changed if kind is not None]
        linked_old = {a for link in self.links for a in link.old}
        linked_new = {b for link in self.links for b in link.new}
        changes += [((b, 0, 0), EditKind.INSERT, (), (b,)) for b in range(len(self.new)) if b not in linked_new]
        for a in range(len(self.old)):
            if a not in linked_old:
                place, side = self.neighbour(a)
                changes.append(((place, 1 if side == "after" else -1, a), EditKind.DELETE, (a,), ()))
        changes.sort(key=lambda change: change[0])
        return [(kind, old, new) for _, kind, old, new in changes]

    def _of_link(self, link: Link) -> tuple[EditKind | None, Places, Places]:
        if len(link.new) > 1:
            return EditKind.SPLIT, link.old, link.new
        if len(link.old) > 1:
            return EditKind.MERGE, link.old, link.new
        if link.moved:
            return EditKind.MOVE, link.old, link.new
        old_text, new_text = self.old[link.old[0]].text, self.new[link.new[0]].text
        if old_text == new_text or comparable(old_text) == comparable(new_text):
            return None, link.old, link.new
        if not old_text.strip():
            return EditKind.INSERT, (), link.new
        if not new_text.strip():
            return EditKind.DELETE, link.old, ()
        return EditKind.CHANGE, link.old, link.new


def compare_blocks(
    old: Sequence[Block],
    new: Sequence[Block],
    known: Iterable[tuple[int, int]] = (),
    book: Wordbook | None = None,
    segments: Segments | None = None,
    keys: tuple[Keys, Keys] | None = None,
) -> Comparison:
    """Two versions' blocks with their titles in front: titles pair with each other and with nothing else, bodies as `align`
    pairs them, which says what `known`, `book` and `keys` are."""
    inner_keys = (keys[0][1:], keys[1][1:]) if keys else None
    inner_known = [(a - 1, b - 1) for a, b in known if a and b]
    inner = align(old[1:], new[1:], inner_known, book, later=1, keys=inner_keys)
    return Comparison(old, new, [Link((0,), (0,)), *inner], segments or Segments())


def compare_contents(old: Content, new: Content, earlier: Sequence[Content] = ()) -> Comparison:
    """Two neighbouring versions compared; of those before them, oldest first, only which blocks had rolled off is asked."""
    found = turned(compare_blocks(old.all_blocks(), new.all_blocks()), new.paging)
    if new.paging is Paging.NONE or not earlier:
        return found
    steps = [turned(compare_blocks(a.all_blocks(), b.all_blocks()), b.paging) for a, b in pairwise([*earlier, old])]
    return replace(found, returned=frozenset(b for b in found.inserted if _had_rolled_off(steps, found.new[b])))


def _had_rolled_off(steps: Sequence[Comparison], block: Block) -> bool:
    """Whether a block, when it stood last, went on to another page."""
    text = comparable(block.text)
    for step in reversed(steps):
        places = [a for a, old in enumerate(step.old) if comparable(old.text) == text]
        if places:
            return not step.rolled.isdisjoint(places)
    return False


def turned(comparison: Comparison, paging: Paging) -> Comparison:
    """The same of a step to a page that says where it goes on: with what rolled off."""
    return replace(comparison, rolled=rolled_off(comparison.old, comparison.new, comparison.links, paging))


def _text(blocks: Sequence[Block], places: Places) -> str:
    return "".join(blocks[place].text for place in places)
