"""Says who showed a text first, where that was an archive's copy or another backend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from rowback.model import Origin
from rowback.text.tongue import gettext, pgettext

if TYPE_CHECKING:
    from rowback.model import Attribution

# Where a backend shows a version of its own. What it was itself given by an archive it names with the archive's address.
_BACKENDS_OWN = regex.compile(r"/memento/\d{14,20}/")


def keeper(memento: Attribution) -> str:
    """Who has the copy, as it stands in a sentence: `the Wayback Machine`."""
    is_wayback = memento.archive == "Wayback Machine"
    return pgettext("archived by …", "the Wayback Machine") if is_wayback else memento.archive


def attributed(memento: Attribution, origin: Origin | None) -> str:
    """`as archived by the Wayback Machine`, `as stored by reader.example`."""
    return sentence(memento, origin) % {"name": keeper(memento)}


def sentence(memento: Attribution, origin: Origin | None, *, has_time: bool = False) -> str:
    """The same in the spoken language, with `%(name)s` where the name stands, and `%(time)s` where a time shall stand."""
    if origin is Origin.ROWBACK and _BACKENDS_OWN.search(memento.href):
        return gettext("as stored by %(name)s on %(time)s") if has_time else gettext("as stored by %(name)s")
    return gettext("as archived by %(name)s on %(time)s") if has_time else gettext("as archived by %(name)s")
