"""The net difference between two versions as edits: one for each block that was inserted, deleted, changed or moved."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rowback.diff.labels.rules import Reading, is_minor, label
from rowback.diff.telling.markup import segments_of, write
from rowback.diff.words.compare import DELETE, INSERT, Segment
from rowback.model import Anchor, Edit, EditKind
from rowback.text.normalize import comparable, count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.blocks.align import Link
    from rowback.model import Block, Wording

CONTEXT_CHARACTERS = 48  # of the neighbouring blocks, in an anchor's prefix and suffix


@dataclass(frozen=True, slots=True)
class Difference:
    """One edit before it is told: the blocks on both sides (places, title 0) and whether they changed places."""

    kind: EditKind
    old: tuple[int, ...]
    new: tuple[int, ...]


@dataclass(frozen=True)
class Pair:
    """Two versions' blocks, titles first, and the links between them."""

    old: Sequence[Block]
    new: Sequence[Block]
    links: Sequence[Link]

    def differences(self) -> list[Difference]:
        """What differs, in reading order of the newer version; a deletion stands where its block would be."""
        found = [((link.new[0], 0, 0), *self._of_link(link)) for link in self.links]
        linked_old = {a for link in self.links for a in link.old}
        linked_new = {b for link in self.links for b in link.new}
        found += [((b, 0, 0), EditKind.INSERT, (), (b,)) for b in range(len(self.new)) if b not in linked_new]
        for a in range(len(self.old)):
            if a not in linked_old:
                place, side = self._neighbour(a)
                found.append(((place, 1 if side == "after" else -1, a), EditKind.DELETE, (a,), ()))
        found.sort(key=lambda item: item[0])
        return [Difference(kind, old, new) for _, kind, old, new in found if kind is not None]

    def _of_link(self, link: Link) -> tuple[EditKind | None, tuple[int, ...], tuple[int, ...]]:
        old_text, new_text = self.text(link.old, self.old), self.text(link.new, self.new)
        if len(link.new) > 1:
            return EditKind.SPLIT, link.old, link.new
        if len(link.old) > 1:
            return EditKind.MERGE, link.old, link.new
        if link.moved:
            return EditKind.MOVE, link.old, link.new
        if comparable(old_text) == comparable(new_text):
            return None, link.old, link.new
        if not old_text.strip():
            return EditKind.INSERT, (), link.new
        if not new_text.strip():
            return EditKind.DELETE, link.old, ()
        return EditKind.CHANGE, link.old, link.new

    @staticmethod
    def text(places: Sequence[int], blocks: Sequence[Block]) -> str:
        """The blocks' texts joined without anything between them, as on a page."""
        return "".join(blocks[place].text for place in places)

    def _neighbour(self, old_place: int) -> tuple[int, str]:
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
    def _survivors(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Each block of the older body that stands in the newer version where it stood, with its last place there, and
        with its first."""
        kept = sorted((a, link.new) for link in self.links if not link.moved for a in link.old if a)
        return [(a, new[-1]) for a, new in kept], [(a, new[0]) for a, new in kept]

    def anchor(self, difference: Difference) -> Anchor:
        """Where the edit is to be found in the newer version's text."""
        near = None
        places = difference.new
        if not places:
            place, near = self._neighbour(difference.old[0])
            places = (place,)
        before = self.new[places[0] - 1].text if places[0] else ""
        after = self.new[places[-1] + 1].text if places[-1] + 1 < len(self.new) else ""
        return Anchor(
            exact=self.text(places, self.new),
            prefix=before[-CONTEXT_CHARACTERS:],
            suffix=after[:CONTEXT_CHARACTERS],
            near=near,
        )

    def pieces(self, difference: Difference) -> list[list[Segment]]:
        """The segments of the edit, one list for each block that its markup holds."""
        return segments_of([self.old[a] for a in difference.old], [self.new[b] for b in difference.new])

    def edit(self, difference: Difference, pieces: Sequence[Sequence[Segment]], extra: EditDetails) -> Edit:
        """The difference told in full."""
        shown = [self.new[b] for b in difference.new] or [self.old[a] for a in difference.old]
        old_text, new_text = self.text(difference.old, self.old), self.text(difference.new, self.new)
        index = (difference.new or difference.old)[0]
        segments = [part for piece in pieces for part in piece]
        labels = label(difference.kind, index, old_text, new_text, segments, extra.telling.reading)
        return Edit(
            id=extra.telling.new_id(difference.kind, old_text, new_text),
            kind=difference.kind,
            block_kind=shown[0].kind,
            index=index,
            anchor=self.anchor(difference),
            markup="".join(write(block.kind, piece) for block, piece in zip(shown, pieces, strict=False)),
            wordings=tuple(extra.wordings),
            labels=(*extra.labels, *labels),
            minor=is_minor(difference.kind, labels),
            moved_from=difference.old[0] if difference.kind is EditKind.MOVE else None,
            changed_in=extra.changed_in,
        )


class Telling:
    """What the edits of one history share: what is known of the article, and the ids given so far.

    Ids stay the same as long as the edit does: a digest of its kind and texts, numbered when they repeat.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._given: dict[str, int] = {}

    def new_id(self, kind: EditKind, old: str, new: str) -> str:
        """A fresh id: `e` and 12 hex digits, with `-2`, `-3` … for twins."""
        digest = "e" + hashlib.blake2b(f"{kind}\x1e{old}\x1e{new}".encode(), digest_size=6).hexdigest()
        count = self._given[digest] = self._given.get(digest, 0) + 1
        return digest if count == 1 else f"{digest}-{count}"


@dataclass(frozen=True, slots=True)
class EditDetails:
    """What an edit says beyond its difference."""

    telling: Telling
    wordings: Sequence[Wording]
    labels: tuple[str, ...] = ()
    changed_in: int | None = None


def changed_words(pieces: Sequence[Sequence[Segment]]) -> tuple[int, int]:
    """Words inserted and deleted in an edit."""
    segments = [segment for piece in pieces for segment in piece]
    return (
        sum(count_words(segment.text) for segment in segments if segment.op == INSERT),
        sum(count_words(segment.text) for segment in segments if segment.op == DELETE),
    )
