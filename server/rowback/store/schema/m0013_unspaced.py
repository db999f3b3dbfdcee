"""Migrations: the second full-text index, for scripts written without spaces. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations
from rowback.text.spacing import UNSPACED_GLOB

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0013_unspaced")
def _unspaced(db: Database) -> None:
    """Rows with text in scripts without spaces are indexed once more, a character a word. They alone: others cost nothing.

    The triggers call `spaced`, which `database.py` gives every connection.
    """
    for table, columns in (
        ("blocks", ("text",)),
        ("versions", ("title",)),
        ("changes", ("deleted", "inserted", "before", "after")),
    ):
        index, names = f"{table}_spaced", ", ".join(columns)
        db.execute(f"create virtual table {index} using fts5({names}, tokenize=\"unicode61 categories 'L* N* Co M*'\")")
        texts = {row: " || ".join(f"{row}.{column}" for column in columns) for row in ("old", "new", table)}
        applies = {row: f"{text} glob '{UNSPACED_GLOB}'" for row, text in texts.items()}
        values = {row: ", ".join(f"spaced({row}.{column})" for column in columns) for row in ("new", table)}
        add = f"insert into {index} (rowid, {names}) select new.id, {values['new']} where {applies['new']};"
        remove = f"delete from {index} where rowid = old.id;"
        triggers = (
            (f"after insert on {table} when {applies['new']}", add),
            (f"after delete on {table} when {applies['old']}", remove),
            (f"after update of {names} on {table}", remove + add),
        )
        for (when, what), name in zip(triggers, ("added", "removed", "changed"), strict=True):
            db.execute(f"create trigger {index}_{name} {when} begin {what} end")
        db.execute(
            f"insert into {index} (rowid, {names}) select id, {values[table]} from {table} where {applies[table]}"
        )
