"""How FTS5 cuts a text into words, and which of them a query finds, told of single texts in memory. A store's index, asked
for one row more, reads what it has of every word that begins like one looked for. Knows no store.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from rowback.text.snippet import END, HIT

_TABLE = "create virtual table texts using fts5(text, tokenize='unicode61')"  # cuts words as the stores' indexes do


class Marker:
    """Marks in one text after the other what a full-text query finds. To be closed."""

    def __init__(self, match: str) -> None:
        self._match = match
        self._db = sqlite3.connect(":memory:", isolation_level=None)
        self._db.execute(_TABLE)

    def marked(self, text: str) -> str:
        """The text, with each word found between `HIT` and `END`."""
        self._db.execute("delete from texts")
        self._db.execute("insert into texts (text) values (?)", [text])
        found = self._db.execute(
            "select highlight(texts, 0, ?, ?) from texts where texts match ?", [HIT, END, self._match]
        )
        row = found.fetchone()
        return text if row is None else str(row[0])

    def close(self) -> None:
        """Lets go of its memory."""
        self._db.close()


def words_of(text: str) -> list[str]:
    """The words of a text as an index has them: in small letters, without accents."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(_TABLE)
        db.execute("create virtual table words using fts5vocab(texts, instance)")
        db.execute("insert into texts (text) values (?)", [text])
        return [row[0] for row in db.execute('select term from words order by "offset"').fetchall()]
