"""The words that begin like one that is looked for (`bake*`), so that an index is asked for each of them.

FTS5 puts the rows of all these words in order before it tells the first (https://sqlite.org/fts5.html, section 4.2); of
words by name it reads the newest rows alone. Runs inside the transactions of others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rowback.store.marking import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rowback.store.engine import Db
    from rowback.text.query import Term

MOST = 500  # words, some 0.1 ms each to look up: beyond, nearly each text has one of them, and FTS5 is left to it
_AFTER = "\x01"  # sorts behind a word, and before all that go on from it: no word has such a character


def spelled_out(db: Db, table: str, term: Term) -> Term:
    """A term with the words that it is the beginning of; as it is where that is a phrase, or too many, or none."""
    if not term.is_prefix:
        return term
    cut = words_of(term.text)
    if len(cut) != 1 or len(term.forms()) != 1:
        return term
    found: set[str] = set()
    for index in (f"{table}_fts", f"{table}_spaced"):
        for word in _words(db, index, cut[0]):
            found.add(word)
            if len(found) > MOST:
                return term
    return replace(term, words_meant=tuple(sorted(found)))


def _words(db: Db, index: str, beginning: str) -> Iterator[str]:
    """The words of an index with a beginning, in order, hopping from each to the next."""
    words = f"{index}_words"
    db.execute(f"create virtual table if not exists temp.{words} using fts5vocab(main, {index}, instance)")
    at = beginning
    while True:
        row = db.execute(f"select term from temp.{words} where term >= ? limit 1", [at]).fetchone()
        if row is None or not row[0].startswith(beginning):
            return
        yield row[0]
        at = row[0] + _AFTER
