"""Whether a line is furniture: only when all of it is, from its first word to its last. Pure."""

from __future__ import annotations

import regex

from rowback.text.lines.counters import COUNTERS
from rowback.text.lines.leads import LEADS
from rowback.text.lines.offers import OFFERS
from rowback.text.lines.sharing import SHARING
from rowback.text.lines.times import TIMES
from rowback.text.pieces import length_in_words

MAX_LINE_WORDS = 16  # a longer line is prose and is never judged by its words
MAX_LINE_CHARACTERS = 200

_LINES = tuple(regex.compile(pattern, regex.IGNORECASE) for pattern in (*TIMES, *COUNTERS, *SHARING, *OFFERS, *LEADS))
_LINKED_LINE = regex.compile(
    r"(?:read\s+(?:more|next|also)|related|see\s+also|more|watch|listen|lesen\s+sie\s+auch|(?:à\s+)?lire\s+aussi|lea\s+también|"
    r"leggi\s+anche|lees\s+ook)\s*[:|]\s*.+",
    regex.IGNORECASE,
)


def is_line(text: str, links: float = 0.0) -> bool:
    """Whether a text is furniture from its first word to its last. `links` is the share of it that is links."""
    told = text.strip()
    if len(told) > MAX_LINE_CHARACTERS or length_in_words(told) > MAX_LINE_WORDS:
        return False
    if links > 0.3 and _LINKED_LINE.fullmatch(told):
        return True
    return any(pattern.fullmatch(told) for pattern in _LINES)
