"""Whether what stands before or behind a time is whose text it is: a person, a paper, a section. Pure."""

from __future__ import annotations

import regex

MAX_NAMES = 5  # words
_BARS = "|·•‖¦"
_SIGNS = regex.compile(r"^[\s|·•‖¦–—―/,،、;:(-]+|[\s|·•‖¦–—―/,،、;:)-]+$")
_STOPS = regex.compile(r"\p{Ll}{3}[.]|[!?;:…。！？।\"“”«»„\d]")
_ENDS = regex.compile(r"[.!?…]")
# "Published by: Anna Lind |", "Reporter:"
_LABEL = regex.compile(
    r"\s*(?:(?:published|written|edited|reported|reviewed|curated|posted|updated|created)\s+by|by|author|reporter|editor|source|"
    r"von|autor|autorin|quelle|auteur|fuente|autore|fonte|redactie|text|автор|источник|記者|记者|기자|penulis|editor)\s*[:：]\s*",
    regex.IGNORECASE,
)
_BY = frozenset("by von par por di da door av af od przez autor автор от de text scris oleh bởi".split())
_INNER = frozenset(
    "de del della da di do dos van von der den la le du al el bin y e et und and og och ja of the ten".split()
)
_CASED = regex.compile(r"\p{Lu}|\p{Ll}")


def is_before(text: str, is_headed: bool) -> bool:
    """Whether a text before a time is. `is_headed`: what follows begins with "Updated:", which no sentence goes on with."""
    labelled = _LABEL.match(text)
    name = _SIGNS.sub("", text[labelled.end() :] if labelled else text)
    words = name.split()
    if not words or len(words) > MAX_NAMES or _STOPS.search(name):
        return not words
    sign = text.rstrip()[-1:]
    if sign in _BARS or (is_headed and len(words) <= 3):
        return True
    is_by = words[0].lower() in _BY and len(words) > 1
    if not _CASED.search(name):
        return sign in "–—―/,،、-" and len(words) <= 3
    return (sign in "–—―/,-" or text[-1:].isspace()) and _are_names(words[1:] if is_by else words)


def is_behind(text: str, is_ago: bool) -> bool:
    """Whether a text behind a time is: parted by a sign, glued to it as two elements are, or names alone, where the
    time is so long ago."""
    name = _SIGNS.sub("", text)
    words = name.split()
    if not words:
        return True
    if text[:1].isupper():
        return not _ENDS.search(name)
    if len(words) > MAX_NAMES or _STOPS.search(name):
        return False
    sign = text.lstrip()[:1]
    if sign in _BARS:
        return True
    is_by = words[0].lower() in _BY and len(words) > 1
    if not _CASED.search(name):
        return sign in "–—―/,،、-" and len(words) <= 3
    return _are_names(words[1:] if is_by else words) and (is_by or sign in "–—―/,-" or (is_ago and len(words) > 1))


def _are_names(words: list[str]) -> bool:
    """Whether words are written as names are: each in a capital but for what stands between."""
    return bool(words) and all(word[0].isupper() or (word in _INNER and n) for n, word in enumerate(words))
