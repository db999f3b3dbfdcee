"""Whether a page owns up to what was changed on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.diff.labels.lexicon import says_correction
from rowback.text.normalize import comparable
from rowback.told import EditKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rowback.diff.blocks.comparison import Comparison
    from rowback.told import Edit


def is_unannounced(edits: Iterable[Edit], comparison: Comparison) -> bool:
    """Whether some edit is one of substance, and no new note on the newer page says that anything was changed."""
    return any(map(_is_substance, edits)) and not _says_so(comparison)


def _is_substance(edit: Edit) -> bool:
    """Whether an edit changed what the article says: not only where it stands, or how it is spelled."""
    only_moved = edit.kind in (EditKind.MOVE, EditKind.SPLIT, EditKind.MERGE) and not set(edit.labels) - {"moved"}
    return not edit.minor and not only_moved


def _says_so(comparison: Comparison) -> bool:
    """Whether the newer page has a note of a correction or update that the older one has not."""
    before = {block.text for block in comparison.old}
    notes = {block.text for block in comparison.new if block.text not in before and says_correction(block.text)}
    return bool(notes) and not set(map(comparable, notes)) <= set(map(comparable, before))
