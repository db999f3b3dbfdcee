"""An article's history between two of its versions: the net edits, with every earlier wording, and what they hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.diff.carry import align_versions, follow
from rowback.diff.edits import Difference, EditDetails, Pair, Telling, changed_words
from rowback.diff.labels import read
from rowback.diff.passing import passing_edits
from rowback.model import History, VersionNote
from rowback.text.elapsed import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.carry import Lineage
    from rowback.model import Edit, Version, Wording


def tell(versions: Sequence[Version], from_version: int, to_version: int) -> History:
    """The history from one version to another, in either direction.

    `versions` are all of the article's, in order from number 0; both numbers must be among them.
    """
    lineage = follow(versions)
    telling = Telling(read(lineage.blocks[to_version], lineage.blocks[from_version]))
    pair = _net_pair(lineage, from_version, to_version)
    differences = pair.differences()
    edits = tuple(_edit(pair, difference, lineage, from_version, to_version, telling) for difference in differences)
    return History(
        from_version=from_version,
        to_version=to_version,
        versions=notes(lineage),
        edits=edits,
        passing=tuple(passing_edits(lineage, differences, from_version, to_version, telling)),
    )


def notes(lineage: Lineage) -> tuple[VersionNote, ...]:
    """One note a version: when it was seen, how long after the one before, how many words came and went."""
    counts = [(0, 0), *(_step_words(lineage, n) for n in range(len(lineage.steps)))]
    return tuple(
        VersionNote(
            number=version.number,
            seen_at=version.seen_at,
            last_seen_at=version.last_seen_at,
            title=version.content.title,
            origin=version.origin,
            later=later(lineage.versions[n - 1].seen_at, version.seen_at) if n else None,
            words_inserted=counts[n][0],
            words_deleted=counts[n][1],
        )
        for n, version in enumerate(lineage.versions)
    )


def _step_words(lineage: Lineage, n: int) -> tuple[int, int]:
    pair = Pair(lineage.blocks[n], lineage.blocks[n + 1], lineage.steps[n])
    counts = [changed_words(pair.pieces(difference)) for difference in pair.differences()]
    return sum(inserted for inserted, _ in counts), sum(deleted for _, deleted in counts)


def _net_pair(lineage: Lineage, from_version: int, to_version: int) -> Pair:
    """The two versions aligned, guided by the threads between them."""
    old, new = lineage.blocks[from_version], lineage.blocks[to_version]
    if to_version == from_version + 1:
        return Pair(old, new, lineage.steps[from_version])
    places = {thread: b for b, thread in enumerate(lineage.threads[to_version])}
    known = [(a, places[thread]) for a, thread in enumerate(lineage.threads[from_version]) if thread in places]
    return Pair(old, new, align_versions(old, new, known, lineage.book))


def _edit(
    pair: Pair, difference: Difference, lineage: Lineage, from_version: int, to_version: int, telling: Telling
) -> Edit:
    wordings = _wordings(difference, lineage, from_version, to_version)
    return pair.edit(difference, pair.pieces(difference), EditDetails(telling, wordings))


def _wordings(difference: Difference, lineage: Lineage, from_version: int, to_version: int) -> list[Wording]:
    """All texts the edited block had up to the newer of the two versions, but for the one it has in `to_version`."""
    threads = [lineage.threads[from_version][a] for a in difference.old]
    threads += [lineage.threads[to_version][b] for b in difference.new]
    until = max(from_version, to_version)
    runs = lineage.wordings(threads, until)
    return [run for run in runs if run.text.strip() and not run.version <= to_version <= run.last_version]
