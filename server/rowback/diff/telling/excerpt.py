"""The one line that stands for a step in lists: its most telling edit, cut short around the changed words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.diff.words.compare import EQUAL, Segment
from rowback.told import EditKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.telling.edits import Told
    from rowback.told import Edit

CONTEXT_CHARACTERS = 48  # before the first change and after the last: some eight words
CHANGE_CHARACTERS = 110  # of one run of changed words
EXCERPT_CHARACTERS = 240  # of the whole line: two lines of a wide page
ELLIPSIS = "…"
# Most telling first. What is labelled otherwise comes after these, in reading order.
TELLING = ("headline", "figure", "negation", "name", "hedge", "quote", "date")
KINDS = (EditKind.CHANGE, EditKind.SPLIT, EditKind.MERGE, EditKind.DELETE, EditKind.INSERT, EditKind.MOVE)


def excerpt(told: Sequence[Told]) -> tuple[Segment, ...]:
    """The segments of the line. Empty when there is no edit."""
    if not told:
        return ()
    return tuple(_line(min(told, key=lambda each: _weight(each.edit)).difference.segments))


def most_telling(edits: Sequence[Edit]) -> Edit | None:
    """The edit that stands for all of them; None where there is none."""
    return min(edits, key=_weight, default=None)


def _weight(edit: Edit) -> tuple[bool, int, int]:
    telling = min((TELLING.index(name) for name in edit.labels if name in TELLING), default=len(TELLING))
    return edit.minor, telling, KINDS.index(edit.kind)


def _line(segments: Sequence[Segment]) -> list[Segment]:
    changed = [n for n, segment in enumerate(segments) if segment.op != EQUAL]
    if not changed:
        return [Segment(EQUAL, _beginning("".join(segment.text for segment in segments), EXCERPT_CHARACTERS))]
    line: list[Segment] = []
    left = EXCERPT_CHARACTERS
    for n in range(max(0, changed[0] - 1), len(segments)):
        segment = segments[n]
        text = _flat(segment.text)
        if segment.op != EQUAL:
            text = _beginning(text, CHANGE_CHARACTERS)
        elif n < changed[0]:
            text = _end(text, CONTEXT_CHARACTERS)
        elif n > changed[-1] or len(text) > left:
            text = _beginning(text, CONTEXT_CHARACTERS)
        line.append(Segment(segment.op, text))
        left -= len(text)
        if left <= 0 or (segment.op == EQUAL and text.endswith(ELLIPSIS)):
            break
    return line


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ").replace("\r", " ")


def _beginning(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    kept = text[:length]
    return (kept.rpartition(" ")[0] or kept) + ELLIPSIS


def _end(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    kept = text[-length:]
    return ELLIPSIS + (kept.partition(" ")[2] or kept)
