"""Puts blocks that stand in a text no more, or elsewhere, where they stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.model import Block

Placed = tuple["Block", tuple[int, ...]]


def put_back(blocks: Sequence[Placed], back: Sequence[tuple[int, Block]]) -> list[Placed]:
    """`blocks` with their places in the old text, and those put `back`, each behind what stood before it there; `back` is in
    order of the old text."""
    following: dict[int, list[Placed]] = {}
    last: dict[int, int] = {}
    for at, (_, places) in enumerate(blocks):
        for place in places:
            last[place] = at
    anchors = sorted(last)
    at_anchor, anchor = 0, -1
    for place, block in back:
        while at_anchor < len(anchors) and anchors[at_anchor] < place:
            anchor = last[anchors[at_anchor]]
            at_anchor += 1
        following.setdefault(anchor, []).append((block, (place,)))
    placed = list(following.get(-1, ()))
    for at, each in enumerate(blocks):
        placed += [each, *following.get(at, ())]
    return placed
