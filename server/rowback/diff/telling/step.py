"""One step from a version to the next, told in short: what lists, searches and feeds say of it.

The edits are those of `rowback.diff.telling.history.tell` between two neighbouring versions, without their earlier wordings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.diff.blocks.comparison import compare_contents
from rowback.diff.telling.announced import is_unannounced
from rowback.diff.telling.edits import tell_alone
from rowback.diff.telling.excerpt import excerpt
from rowback.diff.words.compare import DELETE, EQUAL, INSERT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.words.compare import Segment
    from rowback.model import Content
    from rowback.told import Edit

# Grows whenever what is kept of a step (labels, excerpts, words) would come out differently: it is then told anew. A test
# (tests/server/told.py) says when.
RULES = 10
CONTEXT_CHARACTERS = 60  # beside a change: enough for a phrase that only one changed word belongs to
MAX_KEPT_CHARACTERS = 20_000  # of each of the four texts below: an article rewritten from end to end


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did. `deleted` and `inserted` are the changed words; `before` and `after` the same with a few words
    around them, as the older and the newer version read; what only changed pages is in none."""

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


def tell_step(old: Content, new: Content, earlier: Sequence[Content] = ()) -> Step:
    """The step from one content to another. `earlier` are versions before them, oldest first: of a page that goes on on
    others they tell what only came back from there."""
    comparison = compare_contents(old, new, earlier)
    told = tell_alone(comparison)
    edits = tuple(each.edit for each in told)
    segments = [each.difference.segments for each in told if not comparison.is_paged(each.difference)]
    inserted, deleted = comparison.words_changed
    return Step(
        edits=edits,
        excerpt=excerpt(told),
        words_inserted=inserted,
        words_deleted=deleted,
        deleted=_changed(segments, DELETE),
        inserted=_changed(segments, INSERT),
        before=_around(segments, DELETE),
        after=_around(segments, INSERT),
        is_unannounced=is_unannounced(edits, comparison),
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
