"""Writes `server/rowback/text/folds.py`: which characters are of words, and what of them an index keeps, as the FTS5 of this
machine has it. It is asked of each character there is.

    python -m tests.server.folds
"""

from __future__ import annotations

import sqlite3
import textwrap
from contextlib import closing
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from .documents import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PLACE = ROOT / "server/rowback/text/folds.py"
TOKENIZERS = {False: "unicode61", True: "unicode61 categories 'L* N* Co M*'"}  # by whether marks are of words
SURROGATES = range(0xD800, 0xE000)  # no text in UTF-8 has one
AT_ONCE = 16_384
WIDTH = 120
HEAD = '''"""Which characters are of words, and what an index keeps of them: what SQLite's FTS5 does (`unicode61`). It follows
Unicode 6.1, and no later one: where an SQLite should differ (3.40 wrote this), `test_index_words.py` fails with it.
Written by `tests/server/folds.py`, not by hand.

All numbers are hexadecimal. `4-9` are those from 4 to 9; in FOLDED, `4-9:2+20` is each second of them, and 20 more is what
it becomes.
"""
'''


def tokens(texts: Iterable[str], marks: bool) -> dict[int, list[str]]:
    """The words that FTS5 makes of each text, by its place."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f'create virtual table texts using fts5(text, tokenize="{TOKENIZERS[marks]}")')
        db.execute("create virtual table words using fts5vocab(texts, instance)")
        db.executemany("insert into texts (rowid, text) values (?, ?)", enumerate(texts, 1))
        found: dict[int, list[str]] = {}
        for term, place in db.execute('select term, doc from words order by doc, "offset"'):
            found.setdefault(place - 1, []).append(term or "")  # a mark that is dropped leaves a word of nothing
        return found


@cache
def asked(marks: bool) -> dict[int, str | None]:
    """What becomes of each character inside a word, where that is not itself; None: it parts words."""
    points = [point for point in range(0x110000) if point not in SURROGATES]
    found: dict[int, str | None] = {}
    for start in range(0, len(points), AT_ONCE):
        chunk = points[start : start + AT_ONCE]
        words = tokens((f"q{chr(point)}q" for point in chunk), marks)
        for place, point in enumerate(chunk):
            became = words[place]
            kept = became[0][1:-1] if len(became) == 1 else None
            if kept != chr(point):
                found[point] = kept
    return found


def module() -> str:
    """The source of the module."""
    plain, marked = asked(marks=False), asked(marks=True)
    parted = {point for point, kept in plain.items() if kept is None}
    still = {point for point, kept in marked.items() if kept is None}
    folded = {point: kept for point, kept in marked.items() if kept}
    assert still <= parted, "what is of words is so with marks, too"
    assert {point for point, kept in plain.items() if kept == ""} == {p for p, kept in marked.items() if kept == ""}
    assert {p: kept for p, kept in folded.items() if p not in parted} == {p: kept for p, kept in plain.items() if kept}
    told = {
        "SEPARATORS": ("parts words", _ranges(still)),
        "MARKS": ("parts words, too, but where marks are of words", _ranges(parted - still)),
        "DROPPED": ("goes on with a word, and nothing of it is kept", _ranges(p for p, k in plain.items() if k == "")),
        "FOLDED": ("becomes another character", _shifts({point: ord(kept) for point, kept in folded.items()})),
    }
    return HEAD + "".join(f"\n# {what}\n{name} = {_lines(words)}\n" for name, (what, words) in told.items())


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        its = [number for _, number in run]
        yield its[0], its[-1]


def _ranges(numbers: Iterable[int]) -> list[str]:
    return [f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in _runs(numbers)]


def _shifts(folded: dict[int, int]) -> list[str]:
    """Runs of characters, each or each second, that are shifted alike."""
    runs: list[list[int]] = []  # first, last, step, shift
    for point, kept in sorted(folded.items()):
        shift, last = kept - point, runs[-1] if runs else None
        step = point - last[1] if last else 0
        if last and last[3] == shift and step in (1, 2) and (last[0] == last[1] or last[2] == step):
            last[1:3] = point, step
        else:
            runs.append([point, point, 1, shift])
    return [f"{first:x}-{last:x}:{step}{shift:+x}" for first, last, step, shift in runs]


def _lines(words: list[str]) -> str:
    lines = textwrap.wrap(" ".join(words), WIDTH - 7, break_long_words=False, break_on_hyphens=False)
    if len(lines) == 1:
        return f'"{lines[0]}"'
    return "(\n" + "".join(f'    "{line} "\n' for line in lines[:-1]) + f'    "{lines[-1]}"\n)'


if __name__ == "__main__":
    PLACE.write_text(module(), encoding="utf-8")
