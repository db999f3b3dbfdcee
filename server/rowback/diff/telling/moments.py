"""In which version a block came to read, stand or be missing as it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rowback.diff.blocks.carry import Lineage


def changed_in(lineage: Lineage, threads: Iterable[int], from_version: int, to_version: int) -> int | None:
    """The last version after `from_version`, up to `to_version`, that brought any of the threads to its present state.

    None backwards, and where the steps in between do not show it.
    """
    if from_version >= to_version:
        return None
    found = [
        max(_text_since(lineage, thread, to_version), _moved_in(lineage, thread, to_version)) for thread in threads
    ]
    last = max(found, default=0)
    return last if last > from_version else None


def _text_since(lineage: Lineage, thread: int, until: int) -> int:
    """The first of the versions that lead up to `until` with the text that the thread has there (or with none)."""
    states = [state or None for state in lineage.states(thread, until)]
    since = until
    while since and states[since - 1] == states[until]:
        since -= 1
    return since


def _moved_in(lineage: Lineage, thread: int, until: int) -> int:
    """The last version up to `until` in which the thread's block changed its place; 0 for none."""
    places = {standing.version: standing.index for standing in lineage.standings[thread]}
    for version in range(until, 0, -1):
        place = places.get(version)
        if place is not None and any(link.moved and place in link.new for link in lineage.steps[version - 1]):
            return version
    return 0
