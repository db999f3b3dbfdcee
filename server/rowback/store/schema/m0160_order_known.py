"""Migrations: the order in which steps became known. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0160_order_known")
def _order_known(db: Database) -> None:
    """Ids of `changes` are the order in which steps became known: none is given again, and a step that is told anew keeps
    its own. `changes_before` has those of steps that are about to be told anew, `known_by` a step now and then, with the
    instant before which it and all earlier ones were recorded."""
    db.execute(
        "create table changes_before (previous_id integer not null, version_id integer not null, id integer not null, "
        "article_id integer not null, primary key (previous_id, version_id)) without rowid"
    )
    db.execute("create table known_by (step integer primary key, at text not null)")
    db.execute("insert into totals select 'last step', coalesce(max(id), 0) from changes")
    db.execute(
        "create trigger changes_id_kept before delete on changes begin "
        "update totals set value = max(value, old.id) where name = 'last step'; "
        "insert or replace into changes_before values (old.previous_id, old.version_id, old.id, old.article_id); end"
    )
    db.execute(
        "create trigger changes_ids_dropped after delete on articles begin "
        "delete from changes_before where article_id = old.id; end"
    )
    db.execute(
        "insert into known_by select max(changes.id), (select max(received_at) from captures) from changes "
        "having count(*) > 0"
    )
