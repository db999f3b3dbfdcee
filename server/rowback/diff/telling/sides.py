"""Reads markup back: its segments, and what the older and the newer version say where an edit is. Nothing that is told
depends on it."""

from __future__ import annotations

from html import unescape

import regex

from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment

_OPS = {"del": DELETE, "ins": INSERT}
_TAG = regex.compile(r"<(/?)([a-z0-9]+)>")  # `<` begins nothing else here
BETWEEN_BLOCKS = Segment(EQUAL, "\n")


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


def old_text(markup: str) -> str:
    """What the older version says, exactly; of several blocks one after the other."""
    return _side(markup, INSERT)


def new_text(markup: str) -> str:
    """What the newer version says, exactly; of several blocks one after the other."""
    return _side(markup, DELETE)


def _side(markup: str, dropped: int) -> str:
    return "".join(each.text for each in read(markup) if each is not BETWEEN_BLOCKS and each.op != dropped)
