"""What the net difference between two versions hides: blocks that came and went, and blocks changed and restored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rowback.diff.blocks.align import Link
from rowback.diff.blocks.comparison import Comparison
from rowback.diff.telling.returns import RESTORED
from rowback.text.normalize import comparable
from rowback.told import EditKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rowback.diff.blocks.comparison import Difference
    from rowback.diff.telling.between import Between
    from rowback.diff.telling.edits import Telling
    from rowback.told import Edit


def passing_edits(between: Between, told: Sequence[Difference], telling: Telling) -> Iterator[Edit]:
    """Edits of the steps between two versions that leave no trace in the net differences already `told`.

    A block that came and went is told as its deletion. One that was changed or deleted and then restored is told as the
    step that restored it, with the label `restored`. What did so more than once is `flapping`: still one edit.
    """
    step = 1 if between.is_forwards else -1
    versions = range(between.from_version + step, between.to_version, step)
    if not versions:
        return
    threads = between.lineage.threads
    edited = {threads[between.to_version][b] for difference in told for b in difference.new}
    edited |= {threads[between.from_version][a] for difference in told for a in difference.old}
    hidden = _Hidden(between, versions, telling)
    for thread in range(len(between.lineage.standings)):
        if thread not in edited:
            yield from hidden.edits(thread)


@dataclass(frozen=True)
class _Hidden:
    """Tells what happened on a thread in the `versions` between two and cannot be seen from them."""

    between: Between
    versions: range
    telling: Telling
    comparisons: dict[int, Comparison] = field(default_factory=dict)

    def edits(self, thread: int) -> Iterator[Edit]:
        """The edit of a thread, if it hides one."""
        places = {standing.version: standing.place for standing in self.between.lineage.standings[thread]}
        ends = [places.get(self.between.from_version), places.get(self.between.to_version)]
        stood = [version for version in reversed(self.versions) if version in places]
        if ends == [None, None] and stood and not self._is_piece(thread):
            yield self._edit(thread, stood[0], EditKind.DELETE, (places[stood[0]],))
        elif None not in ends:
            yield from self._restored(thread, places)

    def _is_piece(self, thread: int) -> bool:
        """Whether the thread split off a block that stands in both versions: its coming and going is that block's."""
        lineage = self.between.lineage
        ends = (lineage.threads[self.between.from_version], lineage.threads[self.between.to_version])
        return any(all(origin.thread in end for end in ends) for origin in lineage.origins.get(thread, ()))

    def _restored(self, thread: int, places: dict[int, int]) -> Iterator[Edit]:
        to_version = self.between.to_version
        now = self._text(to_version, places)
        for version in reversed(self.versions):
            was = self._text(version, places)
            if was == now or comparable(was) == comparable(now):
                continue
            old = (places[version],) if was.strip() else ()
            new = (places[to_version],) if now.strip() else ()
            kind = EditKind.CHANGE if old and new else EditKind.INSERT if new else EditKind.DELETE
            if old or new:
                yield self._edit(thread, version, kind, old, new)
            return

    def _text(self, version: int, places: dict[int, int]) -> str:
        return self.between.lineage.blocks[version][places[version]].text if version in places else ""

    def _edit(self, thread: int, version: int, kind: EditKind, old: tuple[int, ...], new: tuple[int, ...] = ()) -> Edit:
        comparison = self._comparison(version)
        backstory = self.between.backstory([thread], (RESTORED,) if new else ())
        difference = comparison.difference(kind, old, new)
        edit = self.telling.edit(comparison, difference, backstory)
        is_of_step = self.between.is_forwards and not edit.is_twin and self._is_of_step(version, comparison, difference)
        return replace(edit, between=(version, version + 1) if is_of_step else None)

    def _is_of_step(self, version: int, comparison: Comparison, difference: Difference) -> bool:
        """Whether the step that leads on from a version has the same edit: the one of which its block says the same."""
        step = self.between.lineage.steps[version]
        told = difference.kind, comparison.old_text(difference), comparison.new_text(difference)
        return any((kind, step.text_of_old(old), step.text_of_new(new)) == told for kind, old, new in step.changes)

    def _comparison(self, version: int) -> Comparison:
        """A version in between and the newer one, with their blocks linked by their threads."""
        if version not in self.comparisons:
            lineage, to_version = self.between.lineage, self.between.to_version
            links = [Link((a,), (b,)) for a, b in lineage.on_one_thread(version, to_version)]
            old, new = lineage.blocks[version], lineage.blocks[to_version]
            found = Comparison(old, new, links, lineage.segments)
            self.comparisons[version] = lineage.with_pages(found, version, to_version)
        return self.comparisons[version]
