"""A step told in whole blocks, for texts that are too costly to compare word by word: which are gone, which are new.

Takes time in proportion to the texts, whatever they are. No labels but of what rolled off, no moves, no likeness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.diff.blocks.align import Link
from rowback.diff.blocks.rolling import rolled_off
from rowback.diff.telling.markup import write
from rowback.diff.telling.step import MAX_KEPT_CHARACTERS, Step
from rowback.diff.words.compare import DELETE, INSERT, Segment
from rowback.text.normalize import comparable
from rowback.told import Anchor, Edit, EditKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.model import Block, Content

EXCERPT_CHARACTERS = 110  # of each side


def coarse_step(old: Content, new: Content) -> Step:
    """The step from one content to another."""
    before, after = old.all_blocks(), new.all_blocks()
    gone, come = _only_in(before, after), _only_in(after, before)
    rolled = rolled_off(before, after, _same(before, after), new.paging)
    deleted = "\n".join(before[place].text for place in gone if place not in rolled)
    inserted = "\n".join(after[place].text for place in come)
    return Step(
        edits=(
            *(_edit(EditKind.DELETE, before[place], place, is_rolled=place in rolled) for place in gone),
            *(_edit(EditKind.INSERT, after[place], place) for place in come),
        ),
        excerpt=tuple(
            Segment(op, " ".join(text[:EXCERPT_CHARACTERS].split()))
            for op, text in ((DELETE, deleted), (INSERT, inserted))
            if text
        ),
        words_inserted=len(inserted.split()),
        words_deleted=len(deleted.split()),
        deleted=deleted[:MAX_KEPT_CHARACTERS],
        inserted=inserted[:MAX_KEPT_CHARACTERS],
        before=deleted[:MAX_KEPT_CHARACTERS],
        after=inserted[:MAX_KEPT_CHARACTERS],
        is_unannounced=False,
    )


def _only_in(ones: Sequence[Block], others: Sequence[Block]) -> list[int]:
    """The places of blocks that the others have not."""
    known = {comparable(block.text) for block in others}
    return [place for place, block in enumerate(ones) if block.text and comparable(block.text) not in known]


def _same(before: Sequence[Block], after: Sequence[Block]) -> list[Link]:
    """Each block of one side with the first on the other that says the same."""
    places: dict[str, int] = {}
    for place, block in enumerate(after):
        places.setdefault(comparable(block.text), place)
    found = ((place, places.get(comparable(block.text))) for place, block in enumerate(before))
    return [Link((a,), (b,)) for a, b in found if b is not None]


def _edit(kind: EditKind, block: Block, index: int, *, is_rolled: bool = False) -> Edit:
    op = DELETE if kind is EditKind.DELETE else INSERT
    return Edit(
        id=f"{kind.value}-{index}",
        kind=kind,
        block_kind=block.kind,
        index=index,
        anchor=Anchor("" if op == DELETE else block.text, "", ""),
        markup=write(block.kind, [Segment(op, block.text)]),
        wordings=(),
        labels=("rolled-off",) if is_rolled else (),
        minor=is_rolled,
    )
