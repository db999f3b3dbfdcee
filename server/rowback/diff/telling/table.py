"""Two versions side by side: rows of blocks in reading order, each side with its own words and what changed in them.

A moved block has two rows, where it stood and where it stands, that name each other. A split or merge is one row with
several blocks on one side. Every block of either version is in exactly one row; the titles come apart from the body.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rowback.diff.blocks.carry import follow
from rowback.diff.blocks.comparison import compare_contents
from rowback.diff.telling.edits import tell_alone
from rowback.diff.telling.happenings import Happenings
from rowback.diff.telling.markup import write
from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment
from rowback.model import Paging

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.blocks.align import Link
    from rowback.diff.blocks.comparison import Comparison
    from rowback.diff.telling.edits import Told
    from rowback.model import Block, Content, Version
    from rowback.told import Edit


@dataclass(frozen=True, slots=True)
class Side:
    """A block as one version has it, with the segments that the other version shares (EQUAL) or not."""

    kind: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `edit` is None for blocks that are the same; `partner` is the number of a moved block's other row.

    `inline` is the markup of both sides in one; empty for the row that a moved block left.
    """

    number: int
    old: tuple[Side, ...]
    new: tuple[Side, ...]
    inline: str
    edit: Edit | None = None
    partner: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The headline's row (number 0) and the body's, numbered from 1."""

    headline: Row
    rows: tuple[Row, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All edits, the headline's first, each once."""
        rows = (self.headline, *self.rows)
        return tuple(row.edit for row in rows if row.edit is not None and (row.new or row.partner is None))

    def row_of(self, edit_id: str) -> Row | None:
        """The row of an edit, for a move the one where the block stands now; None where no edit has that id."""
        rows = (row for row in (self.headline, *self.rows) if row.edit is not None and row.edit.id == edit_id)
        return min(rows, key=lambda row: not row.new, default=None)


def lay_out(old: Content, new: Content) -> Table:
    """The table of two contents."""
    return _laid_out(compare_contents(old, new))


def lay_out_within(versions: Sequence[Version], a: int, b: int, *, as_told: bool = False) -> Table:
    """The table of two of an article's versions, numbered from 0, the older first: the steps between them say when each edit
    was made, and what changed pages. `as_told`: with the very edits that `rowback.diff.telling.history.tell` tells, where
    blocks are followed through the versions between."""
    lineage = follow(versions)
    is_followed = as_told or versions[b].content.paging is not Paging.NONE
    comparison = lineage.between(a, b) if is_followed else compare_contents(versions[a].content, versions[b].content)
    return _laid_out(comparison, Happenings(lineage, a, b))


def _laid_out(comparison: Comparison, happenings: Happenings | None = None) -> Table:
    maker = _Maker(comparison, happenings)
    links = {link.new[0]: link for link in comparison.links}
    continued = {place for link in comparison.links for place in link.new[1:]}
    drafts = [_Draft((0,), (0,))]
    waiting = deque(maker.left_alone())
    reached = _reached(comparison, links)
    for place in range(1, len(comparison.new)):
        if place in continued:
            continue
        link = links.get(place)
        while waiting and waiting[0].old[0] < reached[place]:
            drafts.append(waiting.popleft())
        if link is None or link.moved:
            drafts.append(_Draft((), link.new if link else (place,), moved=link))
        else:
            drafts.append(_Draft(link.old, link.new))
    rows = [maker.row(number, draft) for number, draft in enumerate([*drafts, *waiting])]
    return Table(rows[0], tuple(_with_partners(rows, [*drafts, *waiting])[1:]))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row to be: the places of its blocks on both sides; for a moved block `moved` and only one of the sides."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: Link | None = None


def _reached(comparison: Comparison, links: dict[int, Link]) -> list[int]:
    """For each block of the newer version the place in the older one that the rows have reached when its row is written."""
    reached = [len(comparison.old)] * (len(comparison.new) + 1)
    for place in range(len(comparison.new) - 1, -1, -1):
        link = links.get(place)
        reached[place] = reached[place + 1] if link is None or link.moved else link.old[0]
    return reached


def _with_partners(rows: Sequence[Row], drafts: Sequence[_Draft]) -> list[Row]:
    numbers: dict[int, list[int]] = {}
    for number, draft in enumerate(drafts):
        if draft.moved is not None:
            numbers.setdefault(draft.moved.new[0], []).append(number)
    partners = {a: b for pair in numbers.values() if len(pair) > 1 for a, b in (pair, pair[::-1])}
    return [replace(row, partner=partners.get(row.number)) for row in rows]


class _Maker:
    """Writes the rows of one comparison."""

    def __init__(self, comparison: Comparison, happenings: Happenings | None) -> None:
        self._old, self._new, self._links = comparison.old, comparison.new, comparison.links
        self._told: dict[tuple[str, int], Told] = {}
        for each in tell_alone(comparison):
            told = _with_times(each, happenings) if happenings else each
            self._told |= {("old", a): told for a in told.difference.old}
            self._told |= {("new", b): told for b in told.difference.new}

    def left_alone(self) -> list[_Draft]:
        """The older version's blocks that have no row beside a newer one: deleted, or moved elsewhere."""
        moved = {a: link for link in self._links if link.moved for a in link.old}
        linked = {a for link in self._links for a in link.old}
        alone = [_Draft((a,), (), moved.get(a)) for a in range(1, len(self._old)) if a in moved or a not in linked]
        return [draft for draft in alone if draft.moved is None or draft.old[0] == draft.moved.old[0]]

    def row(self, number: int, draft: _Draft) -> Row:
        """The row of a draft."""
        shown_old = draft.moved.old if draft.moved and draft.old else draft.old
        told = self._told_of(draft)
        if told is None:
            old = tuple(_plain(self._old[a]) for a in shown_old)
            new = tuple(_plain(self._new[b]) for b in draft.new)
            blocks = [self._new[b] for b in draft.new] or [self._old[a] for a in shown_old]
            return Row(number, old, new, "".join(write(block.kind, _plain(block).segments) for block in blocks))
        segments = told.difference.segments
        return Row(
            number,
            _side([self._old[a] for a in shown_old], segments, DELETE),
            _side([self._new[b] for b in draft.new], segments, INSERT),
            "" if draft.moved and not draft.new else told.edit.markup,
            told.edit,
        )

    def _told_of(self, draft: _Draft) -> Told | None:
        places = [*(("new", place) for place in draft.new), *(("old", place) for place in draft.old)]
        return next((self._told[place] for place in places if place in self._told), None)


def _with_times(told: Told, happenings: Happenings) -> Told:
    return replace(told, edit=replace(told.edit, times=happenings.times_of(told.difference)))


def _plain(block: Block) -> Side:
    return Side(block.kind, (Segment(EQUAL, block.text),) if block.text else ())


def _side(blocks: Sequence[Block], segments: Sequence[Segment], op: int) -> tuple[Side, ...]:
    """One side's blocks with their segments: those of the whole edit, cut where one block ends and the next begins."""
    rest = deque(segment for segment in segments if segment.op in (EQUAL, op) and segment.text)
    sides = []
    for block in blocks:
        left, own = len(block.text), list[Segment]()
        while rest and left > 0:
            segment = rest.popleft()
            own.append(Segment(segment.op, segment.text[:left]))
            if len(segment.text) > left:
                rest.appendleft(Segment(segment.op, segment.text[left:]))
            left -= len(segment.text[:left])
        sides.append(Side(block.kind, tuple(own)))
    return tuple(sides)
