"""An article's history between two of its versions: the net edits, with every earlier wording, and what they hide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.diff.blocks.carry import align_versions, follow
from rowback.diff.labels.lexicon import says_correction
from rowback.diff.labels.rules import read
from rowback.diff.telling.edits import Difference, EditDetails, Pair, Telling, changed_words
from rowback.diff.telling.moments import changed_in
from rowback.diff.telling.passing import passing_edits
from rowback.diff.telling.returns import FLAPPING, RESTORED, flaps, restored_from, returns
from rowback.model import EditKind, History, VersionNote, Wording
from rowback.text.elapsed import later
from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rowback.diff.blocks.carry import Lineage
    from rowback.model import Block, Edit, Version


def tell(versions: Sequence[Version], from_version: int, to_version: int, lineage: Lineage | None = None) -> History:
    """The history from one version to another, in either direction.

    `versions` are all of the article's, in order from number 0; both numbers must be among them.
    `lineage` is what `follow` made of them, where that is known already.
    """
    lineage = lineage or follow(versions)
    old, new = lineage.blocks[from_version], lineage.blocks[to_version]
    telling = Telling(read(new, old))
    pair = _net_pair(lineage, from_version, to_version)
    differences = pair.differences()
    edits = tuple(_edit(pair, difference, lineage, from_version, to_version, telling) for difference in differences)
    return History(
        from_version=from_version,
        to_version=to_version,
        versions=notes(lineage),
        edits=edits,
        passing=tuple(passing_edits(lineage, differences, from_version, to_version, telling)),
        unannounced=from_version < to_version and any(map(_is_substance, edits)) and not _says_so(old, new),
    )


def notes(lineage: Lineage) -> tuple[VersionNote, ...]:
    """One note a version: when it was seen, how long after the one before, how many words came and went, and whether it
    says again what an earlier one said."""
    counts = [(0, 0), *(_step_words(lineage, n) for n in range(len(lineage.steps)))]
    returned = returns([tuple(comparable(block.text) for block in blocks) for blocks in lineage.blocks])
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
            restores=returned[n].restores,
            flapping=returned[n].flapping,
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
    threads = [lineage.threads[from_version][a] for a in difference.old]
    threads += [lineage.threads[to_version][b] for b in difference.new]
    wordings = _wordings(threads, lineage, from_version, to_version)
    if difference.kind in (EditKind.CHANGE, EditKind.DELETE):
        wordings = _with_older(wordings, pair.old[difference.old[0]], lineage.versions[from_version])
    labels = _returning(difference, threads, lineage, from_version, to_version)
    moment = changed_in(lineage, threads, from_version, to_version)
    return pair.edit(difference, pair.pieces(difference), EditDetails(telling, wordings, labels, moment))


def _wordings(threads: Iterable[int], lineage: Lineage, from_version: int, to_version: int) -> list[Wording]:
    """All texts the edited block had up to the newer of the two versions, but for the one it has in `to_version`."""
    runs = lineage.wordings(threads, max(from_version, to_version))
    return [run for run in runs if run.text.strip() and not run.version <= to_version <= run.last_version]


def _with_older(wordings: list[Wording], old: Block, version: Version) -> list[Wording]:
    """The same, and what the block said in the older version, where a twin of it says so to this day."""
    text = comparable(old.text)
    if any(run.version <= version.number <= run.last_version and comparable(run.text) == text for run in wordings):
        return wordings
    own = Wording(version.number, version.number, version.seen_at, version.last_seen_at, old.text)
    return sorted([*wordings, own], key=lambda run: (run.version, run.last_version))


def _returning(
    difference: Difference, threads: Sequence[int], lineage: Lineage, from_version: int, to_version: int
) -> tuple[str, ...]:
    """Whether the block was restored to what it said before (only told forwards), and whether it flaps."""
    until = max(from_version, to_version)
    labels = []
    if from_version < to_version and difference.new and difference.kind is not EditKind.MOVE:
        thread = lineage.threads[to_version][difference.new[0]]
        if restored_from(lineage.states(thread, to_version)) is not None:
            labels.append(RESTORED)
    if any(flaps(lineage.states(thread, until)) for thread in set(threads)):
        labels.append(FLAPPING)
    return tuple(labels)


def _is_substance(edit: Edit) -> bool:
    """Whether an edit changed what the article says: not only where it stands, or how it is spelled."""
    only_moved = edit.kind in (EditKind.MOVE, EditKind.SPLIT, EditKind.MERGE) and not set(edit.labels) - {"moved"}
    return not edit.minor and not only_moved


def _says_so(old: Sequence[Block], new: Sequence[Block]) -> bool:
    """Whether the newer page has a note of a correction or update that the older one has not."""
    before = {comparable(block.text) for block in old}
    return any(comparable(block.text) not in before and says_correction(block.text) for block in new)
