"""Tells a slip of the pen from another word, without a dictionary: by the places where people mistype."""

from __future__ import annotations

from rapidfuzz.distance import OSA

MIN_LETTERS = 4
MAX_LETTERS = 100  # no word has more
# Shorter words have too many neighbours that are words themselves (charge, change).
MIN_LETTERS_INSIDE = 7
# The end of a word tells number, tense and person: nothing there is a slip.
ENDING_LETTERS = 2
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûãõ")


def is_slip(a: str, b: str) -> bool:
    """Whether two words (lower case only: a capital may begin a name) are one word, once mistyped."""
    if not (a.isalpha() and b.isalpha() and a.islower() and b.islower()) or min(len(a), len(b)) < MIN_LETTERS:
        return False
    if max(len(a), len(b)) > MAX_LETTERS:
        return False
    if a[0] != b[0] or a == b:
        return False
    if sorted(a) == sorted(b):
        return OSA.distance(a, b) == 1
    if _undoubled(a) == _undoubled(b):
        return a[:-1] != b and b[:-1] != a
    return min(len(a), len(b)) >= MIN_LETTERS_INSIDE and _differs_inside(a, b)


def _undoubled(word: str) -> str:
    return "".join(letter for place, letter in enumerate(word) if not place or letter != word[place - 1])


def _differs_inside(a: str, b: str) -> bool:
    """One letter too many or too few, or one vowel for another, before the ending."""
    start = next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    shorter, longer = sorted((a[start:], b[start:]), key=len)
    if len(shorter) == len(longer):
        return shorter[1:] == longer[1:] and len(shorter) > ENDING_LETTERS and {shorter[0], longer[0]} <= _VOWELS
    return shorter == longer[1:] and len(shorter) > ENDING_LETTERS
