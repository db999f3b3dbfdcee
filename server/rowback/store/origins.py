"""Origins as stored: in rows from before there was a closed list of them, too."""

from __future__ import annotations

from rowback.model import Origin

# Words that were given once. Programs could say any word of their own then: that is what the API calls its programs now.
_FORMER = {"demo": Origin.POLL}
_OF_A_PROGRAM = Origin.API


def as_origin(stored: str) -> Origin:
    """The origin that a row holds. What is stored stays as it is."""
    try:
        return Origin(stored)
    except ValueError:
        return _FORMER.get(stored, _OF_A_PROGRAM)
