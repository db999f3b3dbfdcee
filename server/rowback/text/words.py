"""The words of a text as a full-text index has them: small letters, without accents. The same words as those that SQLite's
FTS5 makes (`unicode61`, `remove_diacritics 1`), so that an index which knows no tokenizer of ours answers as that one does.

Long words are whole here: FTS5 keeps the first 32,768 bytes of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.folds import DROPPED, FOLDED, MARKS, SEPARATORS

if TYPE_CHECKING:
    from collections.abc import Iterator

_SURROGATES = range(0xD800, 0xE000)  # FTS5 reads one as a sign that parts words
_PARTS = " "
_NOTHING = "\0"  # parts words itself: none has it


def words(text: str, marks: bool = False) -> list[str]:
    """The words of a text, in order. `marks`: accents that stand alone and vowel signs are of words, as where each
    character is one (`rowback.text.spacing.spaced`); one of which nothing is kept is a word of nothing there."""
    if not marks:
        return [word for word in text.translate(_PLAIN).split(_PARTS) if word]
    found = text.translate(_WITH_MARKS).split(_PARTS)
    return [word.replace(_NOTHING, "") for word in found if word]


def _numbers(ranges: str) -> Iterator[int]:
    for each in ranges.split():
        first, _, last = each.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def _folded() -> dict[int, str]:
    table = {}
    for each in FOLDED.split():
        run, shift = each.split(":")
        first, last = (int(number, 16) for number in run.split("-"))
        for number in range(first, last + 1, int(shift[0])):
            table[number] = chr(number + int(shift[1:], 16))
    return table


def _table(marks: bool) -> dict[int, str]:
    table = _folded() | dict.fromkeys(_numbers(SEPARATORS), _PARTS) | dict.fromkeys(_SURROGATES, _PARTS)
    if not marks:
        table |= dict.fromkeys(_numbers(MARKS), _PARTS)
    return table | dict.fromkeys(_numbers(DROPPED), _NOTHING if marks else "")


_PLAIN, _WITH_MARKS = _table(marks=False), _table(marks=True)
