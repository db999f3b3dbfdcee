"""Migrations: what readers have not seen yet. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

_SEEN = (
    "select 1 from reviews where reviews.reader_id = readers.id and reviews.change_id = {step}.id and reviews.seen = 1"
)
_KEPT = "select id from readers where keeps_unseen = 1"
# A step that counts as not seen again, of a reader for whom that is kept; and one that was seen.
_BACK = (
    "insert or ignore into unseen select old.reader_id, seen_us, id from changes "
    f"where id = old.change_id and old.seen = 1 and old.reader_id in ({_KEPT}); "
)
_GONE = (
    "delete from unseen where reader_id = new.reader_id and step_id = new.change_id and new.seen = 1 "
    "and at_us = (select seen_us from changes where id = new.change_id); "
)
# What a reader marks as seen for the first time: from then on all else is kept.
_BEGIN = (
    "insert or ignore into unseen select readers.id, changes.seen_us, changes.id from readers cross join changes "
    "where readers.id = new.reader_id and new.seen = 1 and keeps_unseen = 0 "
    f"and not exists ({_SEEN.format(step='changes')}); "
    "update readers set keeps_unseen = 1 where id = new.reader_id and new.seen = 1 and keeps_unseen = 0; "
)


@migrations(name="0220_unseen")
def _unseen(db: Database) -> None:
    """`unseen`: the steps that a reader has not seen, by their instants, so that a list of them reads no others. Kept by
    triggers, for readers who marked anything as seen (`readers.keeps_unseen`); to all others everything is new."""
    db.execute("alter table readers add column keeps_unseen integer not null default 0")
    db.execute(
        "create table unseen (reader_id integer not null references readers(id) on delete cascade, "
        "at_us integer not null, step_id integer not null, primary key (reader_id, at_us, step_id)) without rowid"
    )
    db.execute("update readers set keeps_unseen = 1 where id in (select reader_id from reviews where seen = 1)")
    db.execute(
        "insert into unseen select readers.id, changes.seen_us, changes.id from readers cross join changes "
        f"where keeps_unseen = 1 and not exists ({_SEEN.format(step='changes')})"
    )
    its_row = f"reader_id in ({_KEPT}) and at_us = old.seen_us and step_id = old.id"
    db.execute(
        "create trigger unseen_step_came after insert on changes begin "
        "insert or ignore into unseen select readers.id, new.seen_us, new.id from readers "
        f"where keeps_unseen = 1 and not exists ({_SEEN.format(step='new')}); end"
    )
    db.execute(
        "create trigger unseen_step_moved after update of seen_us on changes when old.seen_us <> new.seen_us begin "
        f"update unseen set at_us = new.seen_us where {its_row}; end"
    )
    db.execute(f"create trigger unseen_step_went after delete on changes begin delete from unseen where {its_row}; end")
    db.execute(
        f"create trigger unseen_review_came after insert on reviews when new.seen = 1 begin {_BEGIN} {_GONE} end"
    )
    db.execute(
        "create trigger unseen_review_changed after update of seen, change_id on reviews "
        "when old.seen <> new.seen or old.change_id <> new.change_id begin "
        f"{_BACK} {_BEGIN} {_GONE} end"
    )
    db.execute(f"create trigger unseen_review_went after delete on reviews when old.seen = 1 begin {_BACK} end")
