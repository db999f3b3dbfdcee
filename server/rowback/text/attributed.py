"""Says who showed a text first, where that was an archive's copy or another backend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.model import Origin

if TYPE_CHECKING:
    from rowback.model import Attribution

_WITH_ARTICLE = frozenset({"Wayback Machine"})  # of those that archives are called by


def keeper(memento: Attribution) -> str:
    """Who has the copy, as it stands in a sentence: `the Wayback Machine`."""
    return f"the {memento.archive}" if memento.archive in _WITH_ARTICLE else memento.archive


def attributed(memento: Attribution, origin: Origin | None) -> str:
    """`as archived by the Wayback Machine`, `as stored by reader.example`."""
    return f"{kept_by(origin)} {keeper(memento)}"


def kept_by(origin: Origin | None) -> str:
    """The same up to the name, where that is a link."""
    return "as stored by" if origin is Origin.ROWBACK else "as archived by"
