"""Tells the differences between two versions as edits: with an id, an anchor, markup and labels."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.diff.labels.change import read
from rowback.diff.labels.rules import is_minor, label
from rowback.diff.telling.markup import write
from rowback.diff.telling.returns import RESTORED
from rowback.told import Anchor, Edit, EditKind

if TYPE_CHECKING:
    from rowback.diff.blocks.comparison import Comparison, Difference
    from rowback.told import Times, Wording

CONTEXT_CHARACTERS = 48  # of the neighbouring blocks, in an anchor's prefix and suffix


@dataclass(frozen=True, slots=True)
class Backstory:
    """What an article's other versions add to an edit. Nothing, where two versions stand alone."""

    wordings: tuple[Wording, ...] = ()
    labels: tuple[str, ...] = ()
    changed_in: int | None = None
    times: tuple[Times, ...] = ()
    between: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A difference, and the edit that tells it."""

    difference: Difference
    edit: Edit


def tell_alone(comparison: Comparison) -> tuple[Told, ...]:
    """All differences of two versions, in order, as if there were no others: without wordings, times and `changed_in`."""
    telling = Telling(comparison)
    return tuple(
        Told(each, telling.edit(comparison, each, _alone(comparison, each))) for each in comparison.differences
    )


def _alone(comparison: Comparison, difference: Difference) -> Backstory:
    return Backstory(labels=(RESTORED,) if comparison.is_returned(difference) else ())


class Telling:
    """What the edits between two versions share: what is known of the article, and the ids given so far.

    Ids stay the same as long as the edit does: a digest of its kind and texts, numbered when they repeat.
    """

    def __init__(self, comparison: Comparison) -> None:
        self._reading = read(comparison.new, comparison.old)
        self._given: dict[str, int] = {}

    def edit(self, comparison: Comparison, difference: Difference, backstory: Backstory | None = None) -> Edit:
        """A difference told in full."""
        backstory = backstory or Backstory()
        shown = [comparison.new[b] for b in difference.new] or [comparison.old[a] for a in difference.old]
        old_text, new_text = comparison.old_text(difference), comparison.new_text(difference)
        index = (difference.new or difference.old)[0]
        is_paged = comparison.is_paged(difference)
        labels = label(
            difference.kind, index, old_text, new_text, difference.segments, self._reading, is_paged=is_paged
        )
        return Edit(
            id=self._new_id(difference.kind, old_text, new_text),
            kind=difference.kind,
            block_kind=shown[0].kind,
            index=index,
            anchor=_anchor(comparison, difference),
            markup="".join(
                write(block.kind, segments) for block, segments in zip(shown, difference.by_block, strict=False)
            ),
            wordings=backstory.wordings,
            labels=(*backstory.labels, *labels),
            minor=is_paged or is_minor(difference.kind, labels),
            moved_from=difference.old[0] if difference.kind is EditKind.MOVE else None,
            changed_in=backstory.changed_in,
            times=backstory.times,
            between=backstory.between,
        )

    def _new_id(self, kind: EditKind, old: str, new: str) -> str:
        """A fresh id: `e` and 12 hex digits, with `-2`, `-3` … for twins."""
        digest = "e" + hashlib.blake2b(f"{kind}\x1e{old}\x1e{new}".encode(), digest_size=6).hexdigest()
        count = self._given[digest] = self._given.get(digest, 0) + 1
        return digest if count == 1 else f"{digest}-{count}"


def _anchor(comparison: Comparison, difference: Difference) -> Anchor:
    """Where an edit is to be found in the newer version's text."""
    near, places = None, difference.new
    if not places:
        place, near = comparison.neighbour(difference.old[0])
        places = (place,)
    blocks = comparison.new
    before = blocks[places[0] - 1].text if places[0] else ""
    after = blocks[places[-1] + 1].text if places[-1] + 1 < len(blocks) else ""
    return Anchor(
        exact="".join(blocks[place].text for place in places),
        prefix=before[-CONTEXT_CHARACTERS:],
        suffix=after[:CONTEXT_CHARACTERS],
        near=near,
    )
