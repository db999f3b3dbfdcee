"""What a search looks for in a row of texts, as a tree. Each engine of the store has a way of its own to ask for it."""

from __future__ import annotations

from dataclasses import dataclass

CHANGED = ("deleted", "inserted", "before", "after")  # what an edit says: the fields of its row


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand beside each other, as a text that is cut into words as the rows were. `is_prefix`: the last of them
    may go on."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """Something in one field of a row."""

    field: str
    what: Sought


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of some, wherever in the row each of them stands."""

    parts: tuple[Sought, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of some."""

    parts: tuple[Sought, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Something, in rows without something else."""

    wanted: Sought
    unwanted: AnyOf


Sought = Phrase | Within | AllOf | AnyOf | Without
