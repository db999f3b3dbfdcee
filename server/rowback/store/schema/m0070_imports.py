"""Migrations: what came by which import or backfill. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0070_imports")
def _imports(db: Database) -> None:
    """`imports`: imports of files and backfills from archives, by number. `brought`: who said which fact of an article, of
    those that an import had a part in; `import` 0 stands for all that no import brought. `brought_by`: the number of the
    import by which a capture came; of copies a JSON list of numbers, with 0 where one came otherwise."""
    db.execute(
        "create table imports (number integer primary key, kind text not null, what text not null, source text, "
        "began_at text not null, ended_at text, captures integer not null default 0, "
        "versions integer not null default 0, undo_began_at text, undone_at text)"
    )
    db.execute(
        "create table brought (id integer primary key, import integer not null, "
        "article_id integer not null references articles(id) on delete cascade, "
        "what text not null, name text not null, value text, unique (article_id, import, what, name))"
    )
    db.execute("create index brought_import on brought (import, article_id)")
    db.execute("alter table captures add column brought_by integer")
    db.execute("alter table failed_captures add column brought_by integer")
    db.execute("alter table copies add column brought_by text not null default '[0]'")
    db.execute("alter table backfills add column import integer")
