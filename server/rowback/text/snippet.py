"""A piece of a text around the words that a search found in it, where the index cannot show one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from rowback.text.query import Query

MAX_READ_CHARACTERS = 50_000  # of a text: longer blocks are hardly any, and each result has one
BEFORE, AFTER = 30, 120  # characters around the first word found: two or three lines of a page
Pieces = tuple[tuple[str, bool], ...]


def around(text: str, query: Query) -> Pieces:
    """The piece as (text, is a word looked for) pairs; the beginning of the text where no word stands as it was typed."""
    words = [regex.escape(term.text) for term in (*query.terms, *query.title)]
    found = list(regex.finditer("|".join(words), text[:MAX_READ_CHARACTERS], regex.IGNORECASE)) if words else []
    start = max(0, found[0].start() - BEFORE) if found else 0
    end = max(start + BEFORE + AFTER, found[0].end() if found else 0)
    pieces = [("…", False)] if start else []
    at = start
    for match in found:
        if match.start() < at or match.end() > end:
            continue
        pieces += [(text[at : match.start()], False), (match[0], True)]
        at = match.end()
    pieces.append((text[at:end], False))
    if end < len(text):
        pieces.append(("…", False))
    return tuple((piece, is_hit) for piece, is_hit in pieces if piece)
