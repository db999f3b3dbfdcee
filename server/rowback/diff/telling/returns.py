"""Recognises what came back: a text restored, and a text that flaps to and fro.

Works on states, one a version: what stood there, comparable, None where nothing did. A genuine revert undoes a change
once. It flaps when the very same change is made again: A, B, A, B.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

RESTORED, FLAPPING = "restored", "flapping"


def restored_from(states: Sequence[Hashable]) -> int | None:
    """The latest place at which the last state stood before, something else having stood in between."""
    last = len(states) - 1
    place = last
    while place > 0 and states[place] == states[last]:
        place -= 1
    return next((earlier for earlier in range(place - 1, -1, -1) if states[earlier] == states[last]), None)


def may_flap(states: int) -> bool:
    """Whether so many states are enough for it: A, B, A, B."""
    return states >= len("ABAB")


def flaps(states: Sequence[Hashable]) -> bool:
    """Whether some change was made twice."""
    changes = [(a, b) for a, b in pairwise(states) if a != b]
    return len(set(changes)) < len(changes)


@dataclass(frozen=True, slots=True)
class Return:
    """What a state says again: the place at which it stood before, and whether the change to it was made before."""

    restores: int | None
    flapping: bool


def returns(states: Sequence[Hashable]) -> list[Return]:
    """One a state. Time and memory grow with the number of states."""
    found: list[Return] = []
    last_places: dict[Hashable, int] = {}
    changes: set[tuple[Hashable, Hashable]] = set()
    for place, state in enumerate(states):
        change = (states[place - 1], state) if place and states[place - 1] != state else None
        found.append(Return(last_places.get(state) if change else None, change in changes))
        last_places[state] = place
        if change:
            changes.add(change)
    return found
