"""What the net difference between two versions hides: blocks that came and went, and blocks changed and restored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.diff.align import Link
from rowback.diff.edits import Difference, EditDetails, Pair, Telling
from rowback.model import EditKind
from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rowback.diff.carry import Lineage
    from rowback.model import Edit

RESTORED = "restored"


def passing_edits(
    lineage: Lineage, told: Sequence[Difference], from_version: int, to_version: int, telling: Telling
) -> Iterator[Edit]:
    """Edits of the steps between two versions that leave no trace in the net differences already `told`.

    A block that came and went is told as its deletion. One that was changed or deleted and then restored is told as the
    step that restored it, with the label `restored`.
    """
    step = 1 if from_version < to_version else -1
    between = range(from_version + step, to_version, step)
    if not between:
        return
    edited = {lineage.threads[to_version][b] for difference in told for b in difference.new}
    edited |= {lineage.threads[from_version][a] for difference in told for a in difference.old}
    for thread, standings in enumerate(lineage.standings):
        span = _Span(thread, {s.version: s.index for s in standings}, from_version, to_version)
        if thread in edited:
            continue
        if span.came_and_went(between):
            yield _gone(lineage, span, between, telling)
        elif span.at_both_ends():
            yield from _restored(lineage, span, between, telling)


@dataclass(frozen=True, slots=True)
class _Span:
    """One thread between the two versions: `places` maps version to block place."""

    thread: int
    places: dict[int, int]
    from_version: int
    to_version: int

    def came_and_went(self, between: range) -> bool:
        """Whether the block stood only in between."""
        ends = {self.from_version, self.to_version}
        return ends.isdisjoint(self.places) and any(version in self.places for version in between)

    def at_both_ends(self) -> bool:
        """Whether the block stands in both versions."""
        return self.from_version in self.places and self.to_version in self.places


def _gone(lineage: Lineage, span: _Span, between: range, telling: Telling) -> Edit:
    version = next(version for version in reversed(between) if version in span.places)
    places = {thread: b for b, thread in enumerate(lineage.threads[span.to_version])}
    links = [Link((a,), (places[thread],)) for a, thread in enumerate(lineage.threads[version]) if thread in places]
    pair = Pair(lineage.blocks[version], lineage.blocks[span.to_version], links)
    difference = Difference(EditKind.DELETE, (span.places[version],), ())
    wordings = lineage.wordings([span.thread], max(span.from_version, span.to_version))
    return pair.edit(difference, pair.pieces(difference), EditDetails(telling, wordings))


def _restored(lineage: Lineage, span: _Span, between: range, telling: Telling) -> Iterator[Edit]:
    now = lineage.blocks[span.to_version][span.places[span.to_version]].text
    if not now.strip():
        return
    for version in reversed(between):
        place = span.places.get(version)
        was = "" if place is None else lineage.blocks[version][place].text
        if comparable(was) == comparable(now):
            continue
        pair = Pair(lineage.blocks[version], lineage.blocks[span.to_version], [])
        old = () if place is None or not was.strip() else (place,)
        kind = EditKind.CHANGE if old else EditKind.INSERT
        difference = Difference(kind, old, (span.places[span.to_version],))
        runs = lineage.wordings([span.thread], max(span.from_version, span.to_version))
        wordings = [run for run in runs if run.text.strip() and not run.version <= span.to_version <= run.last_version]
        yield pair.edit(difference, pair.pieces(difference), EditDetails(telling, wordings, (RESTORED,)))
        return
