"""Writes the segments of a block as HTML: block elements, `ins`, `del` and escaped text, nothing else.

Without `ins` the text is the old block exactly, without `del` the new one. In a split the break between two new blocks
was a space in the old text (or nothing): it is written as a deleted space, so that both sides stay exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment, compare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.model import Block

_TAGS = {DELETE: ("<del>", "</del>"), EQUAL: ("", ""), INSERT: ("<ins>", "</ins>")}
_ELEMENTS = {"tr": "div"}  # a table row cannot stand outside its table
# An HTML parser would turn a carriage return into a line feed.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
BREAK = " "


def write(kind: str, segments: Sequence[Segment]) -> str:
    """One block element holding the segments."""
    element = _ELEMENTS.get(kind, kind)
    if kind == "pre" and segments and segments[0].op == EQUAL and segments[0].text.startswith("\n"):
        element = "div"  # an HTML parser drops a line break that a `pre` begins with
    return f"<{element}>{''.join(map(_written, segments))}</{element}>"


def _written(segment: Segment) -> str:
    opening, closing = _TAGS[segment.op]
    return f"{opening}{segment.text.translate(_ESCAPES)}{closing}"


def segments_of(old: Sequence[Block], new: Sequence[Block]) -> list[list[Segment]]:
    """The segments of each block to be written: one list per new block (or per old one, where there is no new one).

    One old block and several new ones are a split; several old and one new a merge.
    """
    if len(new) > 1:
        joined = compare(_joined(old), BREAK.join(block.text for block in new))
        return _cut(joined, [block.text for block in new], newer=True)
    if len(old) > 1:
        joined = compare(BREAK.join(block.text for block in old), _joined(new))
        pieces = _cut(joined, [block.text for block in old], newer=False)
        return [_neighbours_joined([segment for piece in pieces for segment in piece])]
    return [compare(_joined(old), _joined(new))]


def _joined(blocks: Sequence[Block]) -> str:
    return BREAK.join(block.text for block in blocks)


def _cut(segments: Sequence[Segment], texts: Sequence[str], *, newer: bool) -> list[list[Segment]]:
    """Cuts segments at the breaks that joined `texts` on one side. A break that the other side has as a character stays
    there, deleted or inserted; one that it lacks goes."""
    other, mine = (DELETE, INSERT) if newer else (INSERT, DELETE)
    pieces: list[list[Segment]] = [[]]
    left = len(texts[0])
    for segment in segments:
        text = segment.text
        if segment.op == other:
            pieces[-1].append(segment)
            continue
        while len(text) > left and len(pieces) < len(texts):
            pieces[-1].append(Segment(segment.op, text[:left]))
            if segment.op != mine:
                pieces[-1].append(Segment(other, BREAK))
            text = text[left + len(BREAK) :]
            left = len(texts[len(pieces)])
            pieces.append([])
        pieces[-1].append(Segment(segment.op, text))
        left -= len(text)
    return [_neighbours_joined(piece) for piece in pieces]


def _neighbours_joined(segments: Sequence[Segment]) -> list[Segment]:
    """The same without empty segments, neighbours of one kind joined. A word that was torn by a break says the same on both
    sides once that is gone."""
    joined: list[Segment] = []
    for segment in _alike_joined(segments):
        before = joined[-1] if joined else None
        if before and {before.op, segment.op} == {DELETE, INSERT} and before.text == segment.text:
            joined[-1] = Segment(EQUAL, segment.text)
        else:
            joined.append(segment)
    return _alike_joined(joined)


def _alike_joined(segments: Sequence[Segment]) -> list[Segment]:
    joined: list[Segment] = []
    for segment in segments:
        if not segment.text:
            continue
        if joined and joined[-1].op == segment.op:
            joined[-1] = Segment(segment.op, joined[-1].text + segment.text)
        else:
            joined.append(segment)
    return joined
