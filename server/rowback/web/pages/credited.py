"""Which version an edit's earlier wording was first shown in, where that is told of somebody else's copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.told import Edit, VersionNote


def credited(edit: Edit, notes: Sequence[VersionNote]) -> VersionNote | None:
    """The version that first showed what the edit's block said before, where a copy did; `notes` are all of the article's,
    and the edit is one from the first of them, or one that came and went."""
    if not edit.wordings:
        return None
    note = notes[edit.wordings[0].version if edit.wordings[0].version == 0 else edit.wordings[-1].version]
    return note if note.memento is not None else None
