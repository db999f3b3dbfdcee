"""Migrations: by which rules a version was read, and what older ones read. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0025_readings")
def _readings(db: Database) -> None:
    """`versions.reading`: the number of the rules that read a version from a page; 0 for versions from before, null for what
    no rule read. `readings`, `reading_blocks`: a version's text as older rules read it, until it was read again.

    The default touches no row, however many there are; and headlines are indexed anew only where they change.
    """
    (trigger,) = db.execute("select sql from sqlite_master where name = 'versions_au'").fetchone()
    db.execute("drop trigger versions_au")
    db.execute(trigger.replace("AFTER UPDATE ON", "AFTER UPDATE OF title ON", 1))
    db.execute("alter table versions add column reading integer default 0")
    db.execute("update versions set reading = null where origin in ('import', 'rowback')")
    db.execute(
        "create table readings (id integer primary key, "
        "version_id integer not null references versions(id) on delete cascade, "
        "reading integer not null, read_until text not null, title text not null, fingerprint text not null)"
    )
    db.execute("create index readings_version on readings (version_id)")
    db.execute(
        "create table reading_blocks (reading_id integer not null references readings(id) on delete cascade, "
        "position integer not null, block_id integer not null references blocks(id), "
        "primary key (reading_id, position)) without rowid"
    )
    db.execute("create index reading_blocks_block on reading_blocks (block_id)")
