"""Writes the segments of a block as HTML: block elements, `ins`, `del` and escaped text, nothing else; and reads them back.

Without `ins` the text is the old block exactly, without `del` the new one.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import regex

from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAGS = {DELETE: ("<del>", "</del>"), EQUAL: ("", ""), INSERT: ("<ins>", "</ins>")}
_ELEMENTS = {"tr": "div"}  # a table row cannot stand outside its table
_OPS = {"del": DELETE, "ins": INSERT}
_TAG = regex.compile(r"<(/?)([a-z0-9]+)>")  # `<` begins nothing else here
BETWEEN_BLOCKS = Segment(EQUAL, "\n")
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


def read(markup: str) -> list[Segment]:
    """The segments that were written, those of all blocks, with `BETWEEN_BLOCKS` where one ends and another begins."""
    found, op, end = list[Segment](), EQUAL, 0
    for tag in _TAG.finditer(markup):
        if tag.start() > end:
            found.append(Segment(op, unescape(markup[end : tag.start()])))
        end = tag.end()
        if tag[2] in _OPS:
            op = EQUAL if tag[1] else _OPS[tag[2]]
        elif not tag[1] and found:
            found.append(BETWEEN_BLOCKS)
    return found
