"""An article's history between two of its versions: the net edits, with every earlier wording, and what they hide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rowback.diff.blocks.carry import follow
from rowback.diff.telling.announced import is_unannounced
from rowback.diff.telling.between import Between
from rowback.diff.telling.edits import Backstory, Telling
from rowback.diff.telling.passing import passing_edits
from rowback.diff.telling.returns import RESTORED, returns
from rowback.model import MAX_TITLE
from rowback.text.elapsed import later
from rowback.text.normalize import comparable
from rowback.told import EditKind, History, VersionNote, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.blocks.carry import Lineage
    from rowback.diff.blocks.comparison import Comparison, Difference
    from rowback.model import Block, Version


def tell(versions: Sequence[Version], from_version: int, to_version: int, lineage: Lineage | None = None) -> History:
    """The history from one version to another, in either direction.

    `versions` are all of the article's, in order from number 0; both numbers must be among them.
    `lineage` is what `follow` made of them, where that is known already.
    """
    lineage = lineage or follow(versions)
    between = Between(lineage, from_version, to_version)
    comparison = lineage.between(from_version, to_version)
    telling = Telling(comparison)
    edits = tuple(
        telling.edit(comparison, each, _backstory(each, comparison, between)) for each in comparison.differences
    )
    return History(
        from_version=from_version,
        to_version=to_version,
        versions=notes(lineage),
        edits=edits,
        passing=tuple(passing_edits(between, comparison.differences, telling)),
        unannounced=between.is_forwards and is_unannounced(edits, comparison),
    )


def count_edits(versions: Sequence[Version]) -> int:
    """How many edits lead from the first version to the latest: as many as `tell` tells, without telling them."""
    return follow(versions).between(0, len(versions) - 1).difference_count


def notes(lineage: Lineage) -> tuple[VersionNote, ...]:
    """One note a version: when it was seen, how long after the one before, how many words came and went, and whether it
    says again what an earlier one said."""
    counts = [(0, 0), *(step.words_changed for step in lineage.steps)]
    returned = returns(list(map(tuple, lineage.keys)))
    return tuple(
        VersionNote(
            number=version.number,
            seen_at=version.seen_at,
            last_seen_at=version.last_seen_at,
            title=version.content.title[:MAX_TITLE],
            origin=version.origin,
            later=_later(lineage.versions[n - 1], version) if n else None,
            words_inserted=counts[n][0],
            words_deleted=counts[n][1],
            restores=returned[n].restores,
            flapping=returned[n].flapping,
            is_day=version.is_day,
            memento=version.memento,
            fingerprint=version.fingerprint,
        )
        for n, version in enumerate(lineage.versions)
    )


def _later(earlier: Version, version: Version) -> str:
    return later(earlier.seen_at, version.seen_at, by_day=earlier.is_day or version.is_day)


def _backstory(difference: Difference, comparison: Comparison, between: Between) -> Backstory:
    lineage = between.lineage
    olds = [lineage.threads[between.from_version][a] for a in difference.old]
    news = [lineage.threads[between.to_version][b] for b in difference.new]
    is_restored = bool(news) and difference.kind is not EditKind.MOVE and between.is_restored(news[0])
    backstory = between.backstory(olds + news, (RESTORED,) if is_restored else ())
    if difference.kind not in (EditKind.CHANGE, EditKind.DELETE):
        return backstory
    older, version = comparison.old[difference.old[0]], lineage.versions[between.from_version]
    wordings = _with_older(backstory.wordings, older, version)
    return replace(backstory, wordings=wordings)


def _with_older(wordings: tuple[Wording, ...], old: Block, version: Version) -> tuple[Wording, ...]:
    """The same, and what the block said in the older version, where a twin of it says so to this day."""
    text = comparable(old.text)
    if any(run.version <= version.number <= run.last_version and comparable(run.text) == text for run in wordings):
        return wordings
    own = Wording(version.number, version.number, version.seen_at, version.last_seen_at, old.text)
    return tuple(sorted([*wordings, own], key=lambda run: (run.version, run.last_version)))
