"""A text with the furniture in it as it stood before, so that what an editor changed stands alone. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rowback.model import Block


def settled(
    said: Sequence[Block], found: Sequence[Block], *, gone: Collection[int], kept: Collection[int]
) -> tuple[Block, ...]:
    """`found` without the blocks at the places `gone`, and with those of `said` at the places `kept`: each right after the
    block that it followed, or before the one that it preceded, or as far down as it stood."""
    rest = [block for n, block in enumerate(found) if n not in gone]
    places: dict[str, int] = {}
    for n, block in enumerate(rest):
        places.setdefault(comparable(block.text), n)
    at = [None if n in kept else places.get(comparable(block.text)) for n, block in enumerate(said)]
    before: dict[int, list[Block]] = {}
    for n in sorted(kept):
        before.setdefault(_place(at, n, len(rest)), []).append(said[n])
    parts = ((*before.get(n, ()), *rest[n : n + 1]) for n in range(len(rest) + 1))
    return tuple(block for part in parts for block in part)


def _place(at: Sequence[int | None], n: int, end: int) -> int:
    """Before which of the blocks that are left the one at `n` stands."""
    if n > 0 and (previous := at[n - 1]) is not None:
        return previous + 1
    following = next((place for place in at[n + 1 : n + 2] if place is not None), None)
    if following is not None:
        return following
    earlier = next((place for place in reversed(at[:n]) if place is not None), None)
    return min(n, end) if earlier is None else min(earlier + 1, end)
