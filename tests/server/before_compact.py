"""Makes of a database one as migration 0034 left it: from there, tests undo what came before."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_INDEXES = (
    "changes_newest on changes (seen_at, id, minor, headline, unannounced, source, labels, edit_count)",
    "changes_source on changes (source, seen_at, id)",
    (
        "changes_public on changes (public_seen_at, id, minor, headline, unannounced, source, labels, edit_count, "
        "article_id) where listed = 1"
    ),
    "changes_public_source on changes (source, public_seen_at, id) where listed = 1",
)
_SAID = ("deleted", "inserted", "before", "after")


def uncompacted(db: Database) -> None:
    """Undoes migration 0035, with all that it moved, and the younger ones that have triggers on that."""
    _younger(db)
    for name in ("fts_added", "fts_changed", "fts_removed"):
        db.execute(f"drop trigger blocks_{name}")
    for name in ("words_added", "words_left", "words_came", "words_removed", "blocks_removed"):
        db.execute(f"drop trigger changes_{name}")
    db.execute("drop table blocks_fts")
    db.execute("drop table changes_fts")
    _blocks(db)
    _version_blocks(db)
    _changes(db)
    for table, column in (("captures", "version_id"), ("captures", "article_id"), ("versions", "article_id")):
        db.execute(f"drop index {table}_{column.removesuffix('_id')}")
        db.table(table).create_index([column, "seen_at"])
    db.execute("delete from _sqlite_migrations where name = '0035_compact'")


def _younger(db: Database) -> None:
    names = db.execute("select name from sqlite_master where type = 'trigger'").fetchall()
    for (name,) in names:
        if name.startswith(("unseen_", "step_labels_")):
            db.execute(f"drop trigger {name}")
    for table in ("unseen", "step_labels", "label_names"):
        db.execute(f"drop table {table}")
    db.execute("alter table readers drop column keeps_unseen")
    db.execute("delete from _sqlite_migrations where name in ('0220_unseen', '0240_step_labels')")


def _blocks(db: Database) -> None:
    db.execute("drop index blocks_article")
    db.execute("alter table blocks add column hash text not null default ''")
    for id_, kind, text in db.execute("select id, kind, text from blocks").fetchall():
        digest = hashlib.blake2b(f"{kind}\x1e{text}".encode(), digest_size=16).hexdigest()
        db.execute("update blocks set hash = ? where id = ?", [digest, id_])
    db.table("blocks").create_index(["article_id", "hash"], unique=True)
    db.table("blocks").enable_fts(["text"], fts_version="FTS5", create_triggers=True, tokenize="unicode61")


def _version_blocks(db: Database) -> None:
    rows = db.execute("select version_id, position, block_id from version_blocks").fetchall()
    db.execute("drop view version_blocks")
    db.table("version_blocks").create(
        {"version_id": int, "position": int, "block_id": int},
        pk=("version_id", "position"),
        not_null={"block_id"},
        foreign_keys=[("version_id", "versions", "id"), ("block_id", "blocks", "id")],
    )
    db.conn.executemany("insert into version_blocks values (?, ?, ?)", rows)
    db.execute("create index version_blocks_block on version_blocks (block_id)")
    db.execute("drop table bodies")


def _changes(db: Database) -> None:
    rows = db.execute(f"select {', '.join(_SAID)}, id from change_words").fetchall()  # noqa: S608
    instants = db.execute("select seen_at, public_seen_at, id from change_words").fetchall()
    db.execute("drop view change_words")
    for name in ("newest", "source", "public", "public_source"):
        db.execute(f"drop index changes_{name}")
    for name in ("seen", "public_seen"):
        db.execute(f"alter table changes drop column {name}_us")
    db.execute("alter table changes add column seen_at text not null default ''")
    db.execute("alter table changes add column public_seen_at text")
    db.conn.executemany("update changes set seen_at = ?, public_seen_at = ? where id = ?", instants)
    for index in _INDEXES:
        db.execute(f"create index {index}")
    db.execute("alter table changes drop column pieces")
    for name in _SAID:
        db.execute(f"alter table changes add column {name} text not null default ''")
    db.conn.executemany(f"update changes set {', '.join(f'{name} = ?' for name in _SAID)} where id = ?", rows)  # noqa: S608
    db.table("changes").enable_fts(list(_SAID), fts_version="FTS5", create_triggers=True, tokenize="unicode61")
    (trigger,) = db.execute("select sql from sqlite_master where name = 'changes_au'").fetchone()
    db.execute("drop trigger changes_au")
    db.execute(trigger.replace("AFTER UPDATE ON", f"AFTER UPDATE OF {', '.join(_SAID)} ON", 1))
    _spaced(db)


def _spaced(db: Database) -> None:
    """The triggers of the second index, as migration 0013 made them; the index has its own texts and stays."""
    values = ", ".join(f"spaced(new.{name})" for name in _SAID)
    names = ", ".join(_SAID)
    add = f"insert into changes_spaced (rowid, {names}) values (new.id, {values});"  # noqa: S608
    remove = "delete from changes_spaced where rowid = old.id;"
    for name, when, what in (
        ("added", "insert", add),
        ("removed", "delete", remove),
        ("changed", "update", remove + add),
    ):
        db.execute(f"create trigger changes_spaced_{name} after {when} on changes begin {what} end")
