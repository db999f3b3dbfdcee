"""Migrations: what lists show: hidden articles, changes. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


# Runs first: since it was released, the other one names its column in an index.
@migrations(name="0012_hidden")
def _hidden(db: Database) -> None:
    db.table("articles").add_column("hidden_reason", str)


@migrations(name="0010_changes")
def _changes(db: Database) -> None:
    """What lists say of each step between neighbouring versions: derived, rebuilt from the versions when need be.

    Triggers note in `changes_due` which articles' rows may no longer fit their versions, whoever wrote those.
    """
    db.execute(
        """
        create table changes (
            id integer primary key,
            article_id integer not null references articles(id) on delete cascade,
            previous_id integer not null references versions(id) on delete cascade,
            version_id integer not null unique references versions(id) on delete cascade,
            number integer not null, seen_at text not null, source text not null, rules integer not null,
            edit_count integer not null, words_inserted integer not null, words_deleted integer not null,
            labels text not null, kinds text not null,
            minor integer not null, headline integer not null, unannounced integer not null,
            excerpt text not null, deleted text not null, inserted text not null,
            before text not null, after text not null
        )
        """
    )
    # All that the front page filters by: whatever is asked, only this index is walked.
    db.execute(
        "create index changes_newest on changes (seen_at, id, minor, headline, unannounced, source, labels, edit_count)"
    )
    db.execute("create index changes_source on changes (source, seen_at, id)")
    db.execute("create index changes_article on changes (article_id, number)")
    db.execute("create index changes_previous on changes (previous_id)")
    db.execute("create index version_blocks_block on version_blocks (block_id)")
    db.execute("create index articles_hidden on articles (id) where hidden_reason is not null")
    db.table("changes").enable_fts(
        ["deleted", "inserted", "before", "after"], fts_version="FTS5", create_triggers=True, tokenize="unicode61"
    )
    db.execute("create table changes_due (article_id integer primary key references articles(id) on delete cascade)")
    for name, when, which in (
        ("inserted", "insert", "new"),
        ("moved", "update of seen_at, article_id", "new"),
        ("left", "update of article_id", "old"),
        ("deleted", "delete", "old"),
    ):
        db.execute(
            f"""
            create trigger changes_version_{name} after {when} on versions begin
                insert into changes_due (article_id) select {which}.article_id
                where {which}.article_id not in (select article_id from changes_due)
                and exists (select 1 from articles where id = {which}.article_id)
                and exists (select 1 from versions
                            where article_id = {which}.article_id and id <> {which}.id);
            end
            """
        )
    db.execute("insert into changes_due select article_id from versions group by article_id having count(*) > 1")
