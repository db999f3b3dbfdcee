"""Migrations: what was kept twice is kept once. A released one is never edited.

The file shrinks when it is packed afterwards: see `store/compacting.py`, which runs this on a copy.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from rowback.store.bodies import set_body
from rowback.store.cut_lines import Blocks, packed
from rowback.store.instants import from_text, to_number
from rowback.store.progress import told
from rowback.store.schema.registry import migrations
from rowback.text.spacing import UNSPACED_GLOB

if TYPE_CHECKING:
    from sqlite_utils import Database

_SAID = ("deleted", "inserted", "before", "after")
_INSTANTS = ("seen", "public_seen")  # `…_at` was text; `…_us` are microseconds since 1970
_INDEXES = (
    "changes_newest on changes (seen_us, id, minor, headline, unannounced, source, labels, edit_count)",
    "changes_source on changes (source, seen_us)",
    (
        "changes_public on changes (public_seen_us, id, minor, headline, unannounced, source, labels, edit_count, "
        "article_id) where listed = 1"
    ),
    "changes_public_source on changes (source, public_seen_us) where listed = 1",
)
_INSTANT = """
    strftime('%Y-%m-%dT%H:%M:%S', (changes.{name}_us + 62135596800000000) / 1000000 - 62135596800, 'unixepoch')
    || printf('.%06dZ', (changes.{name}_us + 62135596800000000) % 1000000) as {name}_at"""
_VERSION_BLOCKS = """
    create view version_blocks as
    select bodies.version_id, step.key as position,
           sum(step.value) over (partition by bodies.version_id order by step.key) as block_id
    from bodies, json_each(bodies.blocks) as step
"""
# A text is a JSON list of lines: a string, or [block, first, length, first, length …] for lines cut
# out of a block's text. The block's id is counted from the fifth value.
_LINES = """
    coalesce((
        select group_concat(case line.type when 'array' then (
            select group_concat(
                substr(blocks.text, cut.value + 1, json_extract(line.value, '$[' || (cut.key + 1) || ']')), char(10))
            from blocks, json_each(line.value) as cut
            where blocks.id = json_extract(line.value, '$[0]') + json_extract(changes.pieces, '$[4]') and cut.key % 2 = 1
        ) else line.value end, char(10))
        from json_each(changes.pieces, '$[{number}]') as line
    ), '') as {name}"""


@migrations(name="0035_compact")
def _compact(db: Database) -> None:
    """`bodies`: a version's block ids as one value; the view `version_blocks` spells them out. `blocks.hash`: a short number.
    `changes.pieces`: the changed words as places in blocks; `changes.seen_us`: an instant as a number. The view
    `change_words` spells them out."""
    for table in ("blocks", "changes"):
        for name in ("ai", "ad", "au"):
            db.execute(f"drop trigger if exists {table}_{name}")
        db.execute(f"drop table {table}_fts")
    for name in ("added", "removed", "changed"):
        db.execute(f"drop trigger changes_spaced_{name}")
    _bodies(db)
    _blocks(db)
    _changes(db)
    _settle(db)
    _index_texts(db, "blocks", "text")
    _index_texts(db, "versions", "title")
    _index_blocks(db)
    _index_changes(db)


def _bodies(db: Database) -> None:
    db.execute(
        "create table bodies (version_id integer primary key references versions(id) on delete cascade, "
        "blocks text not null)"
    )
    rows = db.execute("select version_id, block_id from version_blocks order by version_id, position")
    for version_id, its in groupby(rows, itemgetter(0)):
        set_body(db, version_id, [block_id for _, block_id in its])
    db.execute("drop table version_blocks")
    db.execute(_VERSION_BLOCKS)


def _blocks(db: Database) -> None:
    """Which blocks an article has is told by their texts: there are few."""
    db.execute("drop index idx_blocks_article_id_hash")
    db.execute("alter table blocks drop column hash")
    db.execute("create index blocks_article on blocks (article_id)")


def _changes(db: Database) -> None:
    db.execute("alter table changes add column pieces text not null default '[[],[],[],[],0]'")
    words = [_LINES.format(number=number, name=name) for number, name in enumerate(_SAID)]
    _instants(db)
    instants = [_INSTANT.format(name=name) for name in _INSTANTS]
    db.execute(f"create view change_words as select changes.id, {', '.join((*instants, *words))} from changes")
    rows = db.execute("select id from changes order by id").fetchall()
    for (id_,) in told("What steps say is kept once", rows):
        old_id, new_id, *texts = db.execute(
            f"select previous_id, version_id, {', '.join(_SAID)} from changes where id = ?", [id_]
        ).fetchone()
        old, new = (_texts(db, version_id) for version_id in (old_id, new_id))
        lines = [side.lines_of(text) for side, text in zip((old, new, old, new), texts, strict=True)]
        db.execute("update changes set pieces = ? where id = ?", [packed(lines), id_])
        if db.execute(f"select {', '.join(_SAID)} from change_words where id = ?", [id_]).fetchone() != tuple(texts):
            plain = packed([text.split("\n") for text in texts])
            db.execute("update changes set pieces = ? where id = ?", [plain, id_])
    for name in _SAID:
        db.execute(f"alter table changes drop column {name}")


def _instants(db: Database) -> None:
    """Two numbers in the place of texts; an id stands at the end of each index anyway."""
    db.conn.create_function("number_of", 1, lambda text: text and to_number(from_text(text)), deterministic=True)
    for name in ("newest", "source", "public", "public_source"):
        db.execute(f"drop index changes_{name}")
    for name in _INSTANTS:
        db.execute(f"alter table changes add column {name}_us integer not null default 0")
        db.execute(f"update changes set {name}_us = coalesce(number_of({name}_at), number_of(seen_at))")
    for name in _INSTANTS:
        db.execute(f"alter table changes drop column {name}_at")
    for index in _INDEXES:
        db.execute(f"create index {index}")


def _texts(db: Database, version_id: int) -> Blocks:
    rows = db.execute(
        "select id, text from version_blocks join blocks on blocks.id = block_id where version_id = ? order by position",
        [version_id],
    )
    return Blocks(rows.fetchall())


def _settle(db: Database) -> None:
    """Looks by instants among the captures of a version or an article, and among its versions, go through few rows. What was
    told is told anew, in a shorter form."""
    for table, column in (("captures", "version_id"), ("captures", "article_id"), ("versions", "article_id")):
        db.execute(f"drop index idx_{table}_{column}_seen_at")
        db.execute(f"create index {table}_{column.removesuffix('_id')} on {table} ({column})")
    db.execute("delete from told")
    db.execute("insert or ignore into told_due select article_id from versions group by article_id having count(*) > 1")


def _index_texts(db: Database, table: str, column: str) -> None:
    db.execute(f"drop table if exists {table}_fts")
    db.execute(
        f"create virtual table {table}_fts using fts5("
        f"{column}, tokenize='unicode61', content='{table}', content_rowid='id', columnsize=0)"
    )
    for command in ("rebuild", "optimize"):
        db.execute(f"insert into {table}_fts ({table}_fts) values ('{command}')")
    _merge_soon(db, table)


def _merge_soon(db: Database, table: str) -> None:
    """Lets `merge` of `store/merged_words.py` merge two segments of an index; the default is four."""
    db.execute(f"insert into {table}_fts ({table}_fts, rank) values ('usermerge', 2)")


def _index_blocks(db: Database) -> None:
    add = "insert into blocks_fts (rowid, text) values (new.id, new.text);"
    remove = "insert into blocks_fts (blocks_fts, rowid, text) values ('delete', old.id, old.text);"
    db.execute(f"create trigger blocks_fts_added after insert on blocks begin {add} end")
    db.execute(f"create trigger blocks_fts_changed after update of text on blocks begin {remove} {add} end")
    db.execute(f"create trigger blocks_fts_removed after delete on blocks begin {remove} end")


def _index_changes(db: Database) -> None:
    """Without texts of its own: FTS5 reads none from a view with a table-valued function. What a step says is read while its
    row and its blocks are there: so before they go, and a step goes before its blocks."""
    names = ", ".join(_SAID)
    db.execute(f"create virtual table changes_fts using fts5({names}, tokenize='unicode61', content='', columnsize=0)")
    db.execute(f"insert into changes_fts (rowid, {names}) select id, {names} from change_words order by id")
    for index in ("changes_fts", "changes_spaced"):
        db.execute(f"insert into {index} ({index}) values ('optimize')")
    _merge_soon(db, "changes")
    text = " || ".join(_SAID)
    spaced = ", ".join(f"spaced({name})" for name in _SAID)
    add = (
        f"insert into changes_fts (rowid, {names}) select id, {names} from change_words where id = new.id; "
        f"insert into changes_spaced (rowid, {names}) select id, {spaced} from change_words "
        f"where id = new.id and {text} glob '{UNSPACED_GLOB}';"
    )
    remove = (
        f"insert into changes_fts (changes_fts, rowid, {names}) "
        f"select 'delete', id, {names} from change_words where id = old.id; "
        "delete from changes_spaced where rowid = old.id;"
    )
    db.execute(f"create trigger changes_words_added after insert on changes begin {add} end")
    db.execute(f"create trigger changes_words_left before update of pieces on changes begin {remove} end")
    db.execute(f"create trigger changes_words_came after update of pieces on changes begin {add} end")
    db.execute(f"create trigger changes_words_removed before delete on changes begin {remove} end")
    db.execute(
        "create trigger changes_blocks_removed before delete on blocks begin "
        "insert or ignore into changes_due select distinct article_id from changes where article_id = old.article_id; "
        "delete from changes where article_id = old.article_id; end"
    )
