"""One step from a version to the next, told in short: what lists, searches and feeds say of it.

The edits are those of `rowback.diff.telling.history.tell` between two neighbouring versions, without their earlier wordings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rowback.diff.blocks.carry import align_versions
from rowback.diff.telling.edits import Pair, changed_words
from rowback.diff.telling.excerpt import excerpt
from rowback.diff.telling.history import tell
from rowback.diff.words.compare import DELETE, EQUAL, INSERT
from rowback.model import Version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.telling.edits import Difference
    from rowback.diff.words.compare import Segment
    from rowback.model import Content, Edit

# Grows whenever what is kept of a step (labels, excerpts, words) would come out differently: it is then told anew.
RULES = 2
CONTEXT_CHARACTERS = 60  # beside a change: enough for a phrase that only one changed word belongs to
MAX_KEPT_CHARACTERS = 20_000  # of each of the four texts below: an article rewritten from end to end
_ANY = datetime(2000, 1, 1, tzinfo=UTC)  # a step is told the same whenever it was seen


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did. `deleted` and `inserted` are the changed words; `before` and `after` the same with a few words
    around them, as the older and the newer version read."""

    edits: tuple[Edit, ...]
    excerpt: tuple[Segment, ...]
    words_inserted: int
    words_deleted: int
    deleted: str
    inserted: str
    before: str
    after: str
    is_unannounced: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all its edits, each once, in order of their first use."""
        return tuple(dict.fromkeys(name for edit in self.edits for name in edit.labels))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its edits, each once."""
        return tuple(dict.fromkeys(edit.kind.value for edit in self.edits))

    @property
    def is_minor(self) -> bool:
        """Whether it touches form only."""
        return all(edit.minor for edit in self.edits)

    @property
    def is_headline(self) -> bool:
        """Whether it touches the headline."""
        return any(edit.index == 0 for edit in self.edits)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two neighbouring versions' blocks, aligned, and each difference with its edit and the segments of its blocks."""

    pair: Pair
    told: tuple[tuple[Difference, Edit, list[list[Segment]]], ...]
    unannounced: bool


def compare_contents(old: Content, new: Content) -> Compared:
    """Two contents as if one followed the other."""
    before, after = old.all_blocks(), new.all_blocks()
    pair = Pair(before, after, align_versions(before, after))
    differences = pair.differences()
    history = tell([Version(n, _ANY, _ANY, "", content) for n, content in enumerate((old, new))], 0, 1)
    edits = zip(differences, history.edits, strict=True)
    return Compared(pair, tuple((each, edit, pair.pieces(each)) for each, edit in edits), history.unannounced)


def tell_step(old: Content, new: Content) -> Step:
    """The step from one content to another."""
    found = compare_contents(old, new)
    edits = tuple(edit for _, edit, _ in found.told)
    segments = [[segment for piece in pieces for segment in piece] for _, _, pieces in found.told]
    counts = [changed_words(pieces) for _, _, pieces in found.told]
    return Step(
        edits=edits,
        excerpt=excerpt(edits, segments),
        words_inserted=sum(inserted for inserted, _ in counts),
        words_deleted=sum(deleted for _, deleted in counts),
        deleted=_changed(segments, DELETE),
        inserted=_changed(segments, INSERT),
        before=_around(segments, DELETE),
        after=_around(segments, INSERT),
        is_unannounced=found.unannounced,
    )


def _changed(edits: Sequence[Sequence[Segment]], op: int) -> str:
    found = "\n".join(segment.text for segments in edits for segment in segments if segment.op == op)
    return found[:MAX_KEPT_CHARACTERS]


def _around(edits: Sequence[Sequence[Segment]], op: int) -> str:
    """One side of each edit: its changed words, and the first and last words of what stands between them."""
    found = "\n".join(
        "".join(_shortened(segment.text) if segment.op == EQUAL else segment.text for segment in segments)
        for segments in ([segment for segment in all_ if segment.op in (EQUAL, op)] for all_ in edits)
        if any(segment.op == op for segment in segments)
    )
    return found[:MAX_KEPT_CHARACTERS]


def _shortened(text: str) -> str:
    if len(text) <= 2 * CONTEXT_CHARACTERS:
        return text
    first, last = text[:CONTEXT_CHARACTERS], text[-CONTEXT_CHARACTERS:]
    return f"{first.rpartition(' ')[0] or first}\n{last.partition(' ')[2] or last}"
