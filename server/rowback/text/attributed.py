"""Says who showed a text first, where that was an archive's copy or another backend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from rowback.model import Origin

if TYPE_CHECKING:
    from rowback.model import Attribution

_WITH_ARTICLE = frozenset({"Wayback Machine"})  # of those that archives are called by

# Where a backend shows a version of its own. What it was itself given by an archive it names with the archive's address.
_BACKENDS_OWN = regex.compile(r"/memento/\d{14,20}/")


def keeper(memento: Attribution) -> str:
    """Who has the copy, as it stands in a sentence: `the Wayback Machine`."""
    return f"the {memento.archive}" if memento.archive in _WITH_ARTICLE else memento.archive


def attributed(memento: Attribution, origin: Origin | None) -> str:
    """`as archived by the Wayback Machine`, `as stored by reader.example`."""
    return f"{kept_by(memento, origin)} {keeper(memento)}"


def kept_by(memento: Attribution, origin: Origin | None) -> str:
    """The same up to the name, where that is a link."""
    is_backends = origin is Origin.ROWBACK and _BACKENDS_OWN.search(memento.href)
    return "as stored by" if is_backends else "as archived by"
