"""Writes the segments of a block as HTML: block elements, `ins`, `del` and escaped text, nothing else.

Without `ins` the text is the old block exactly, without `del` the new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.diff.words.compare import DELETE, EQUAL, INSERT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.words.compare import Segment

_TAGS = {DELETE: ("<del>", "</del>"), EQUAL: ("", ""), INSERT: ("<ins>", "</ins>")}
_ELEMENTS = {"tr": "div"}  # a table row cannot stand outside its table
# An HTML parser would turn a carriage return into a line feed.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def write(kind: str, segments: Sequence[Segment]) -> str:
    """One block element holding the segments."""
    element = _ELEMENTS.get(kind, kind)
    if kind == "pre" and segments and segments[0].op == EQUAL and segments[0].text.startswith("\n"):
        element = "div"  # an HTML parser drops a line break that a `pre` begins with
    return f"<{element}>{''.join(map(_written, segments))}</{element}>"


def _written(segment: Segment) -> str:
    opening, closing = _TAGS[segment.op]
    text = segment.text
    for sign, escape in _ESCAPES.items():  # few in any text: in less time than `translate` takes
        text = text.replace(chr(sign), escape)
    return f"{opening}{text}{closing}"
