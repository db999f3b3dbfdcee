"""What the net difference between two versions hides: blocks that came and went, and blocks changed and restored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rowback.diff.blocks.align import Link
from rowback.diff.telling.edits import Difference, EditDetails, Pair, Telling
from rowback.diff.telling.moments import changed_in
from rowback.diff.telling.returns import FLAPPING, RESTORED, flaps
from rowback.model import EditKind
from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rowback.diff.blocks.carry import Lineage
    from rowback.model import Edit


def passing_edits(
    lineage: Lineage, told: Sequence[Difference], from_version: int, to_version: int, telling: Telling
) -> Iterator[Edit]:
    """Edits of the steps between two versions that leave no trace in the net differences already `told`.

    A block that came and went is told as its deletion. One that was changed or deleted and then restored is told as the
    step that restored it, with the label `restored`. What did so more than once is `flapping`: still one edit.
    """
    step = 1 if from_version < to_version else -1
    between = range(from_version + step, to_version, step)
    if not between:
        return
    edited = {lineage.threads[to_version][b] for difference in told for b in difference.new}
    edited |= {lineage.threads[from_version][a] for difference in told for a in difference.old}
    hidden = _Hidden(lineage, from_version, to_version, between, telling)
    for thread in range(len(lineage.standings)):
        if thread not in edited:
            yield from hidden.edits(thread)


@dataclass(frozen=True)
class _Hidden:
    """Tells what happened on a thread between two versions and cannot be seen from them."""

    lineage: Lineage
    from_version: int
    to_version: int
    between: range
    telling: Telling
    pairs: dict[int, Pair] = field(default_factory=dict)

    def edits(self, thread: int) -> Iterator[Edit]:
        """The edit of a thread, if it hides one."""
        places = {standing.version: standing.index for standing in self.lineage.standings[thread]}
        ends = [places.get(self.from_version), places.get(self.to_version)]
        stood = [version for version in reversed(self.between) if version in places]
        if ends == [None, None] and stood and not self._is_piece(thread):
            yield self._gone(thread, stood[0], places)
        elif None not in ends:
            yield from self._restored(thread, places)

    def _is_piece(self, thread: int) -> bool:
        """Whether the thread split off a block that stands in both versions: its coming and going is that block's."""
        ends = (self.lineage.threads[self.from_version], self.lineage.threads[self.to_version])
        return any(all(origin.thread in end for end in ends) for origin in self.lineage.origins.get(thread, ()))

    def _gone(self, thread: int, version: int, places: dict[int, int]) -> Edit:
        return self._edit(thread, version, Difference(EditKind.DELETE, (places[version],), ()), ())

    def _restored(self, thread: int, places: dict[int, int]) -> Iterator[Edit]:
        now = self._text(self.to_version, places)
        for version in reversed(self.between):
            was = self._text(version, places)
            if comparable(was) == comparable(now):
                continue
            old = (places[version],) if was.strip() else ()
            new = (places[self.to_version],) if now.strip() else ()
            kind = EditKind.CHANGE if old and new else EditKind.INSERT if new else EditKind.DELETE
            if old or new:
                yield self._edit(thread, version, Difference(kind, old, new), (RESTORED,) if new else ())
            return

    def _text(self, version: int, places: dict[int, int]) -> str:
        return self.lineage.blocks[version][places[version]].text if version in places else ""

    def _edit(self, thread: int, version: int, difference: Difference, labels: tuple[str, ...]) -> Edit:
        until = max(self.from_version, self.to_version)
        if flaps(self.lineage.states(thread, until)):
            labels = (*labels, FLAPPING)
        runs = self.lineage.wordings([thread], until)
        wordings = [run for run in runs if run.text.strip() and not run.version <= self.to_version <= run.last_version]
        pair = self._pair(version)
        moment = changed_in(self.lineage, [thread], self.from_version, self.to_version)
        return pair.edit(difference, pair.pieces(difference), EditDetails(self.telling, wordings, labels, moment))

    def _pair(self, version: int) -> Pair:
        """A version in between and the newer one, with their blocks linked by their threads."""
        if version not in self.pairs:
            old, new = self.lineage.threads[version], self.lineage.threads[self.to_version]
            places = {thread: b for b, thread in enumerate(new)}
            links = [Link((a,), (places[thread],)) for a, thread in enumerate(old) if thread in places]
            self.pairs[version] = Pair(self.lineage.blocks[version], self.lineage.blocks[self.to_version], links)
        return self.pairs[version]
