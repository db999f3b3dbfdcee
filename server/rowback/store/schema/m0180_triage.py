"""Migrations: what readers make of edits. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0180_triage")
def _triage(db: Database) -> None:
    """`reviews`: what a reader made of a step: seen, starred, a note. `change_id` is no foreign key: steps are derived, and
    told anew under the same id; the beginnings of the two texts' fingerprints find the step again where its versions were
    stored anew. `is_exact` is 0 where it only stands at the likeliest step meanwhile, which counts as not seen; `was_seen`
    then says what it was.

    `collections`, `collected`: lists that a reader made, and what is in them. `review_acts`: what a reader did last, with
    what was before, so that it can be undone; `reviews.seen_by`: the act that marked it as seen.
    """
    db.execute(
        "create table reviews (id integer primary key, "
        "reader_id integer not null references readers(id) on delete cascade, "
        "article_id integer not null references articles(id) on delete cascade, "
        "change_id integer not null, old_print text not null, new_print text not null, seen_us integer not null, "
        "is_exact integer not null default 1, seen integer not null default 0, was_seen integer not null default 0, "
        "starred integer not null default 0, note text not null default '', folded text not null default '', "
        "noted_at text, seen_by integer)"
    )
    db.execute("create unique index reviews_change on reviews (reader_id, change_id)")
    db.execute("create index reviews_seen on reviews (reader_id, change_id) where seen = 1")
    db.execute("create index reviews_article on reviews (article_id)")
    db.execute("create index reviews_starred on reviews (reader_id, change_id) where starred = 1")
    db.execute("create index reviews_noted on reviews (reader_id, change_id) where note <> ''")
    db.execute("create index reviews_seen_by on reviews (seen_by) where seen_by is not null")
    db.execute(
        "create table collections (id integer primary key, "
        "reader_id integer not null references readers(id) on delete cascade, name text not null, folded text not null, "
        "created_at text not null, deleted_by integer)"
    )
    db.execute("create unique index collections_name on collections (reader_id, folded) where deleted_by is null")
    db.execute("create index collections_reader on collections (reader_id)")
    db.execute(
        "create table collected (collection_id integer not null references collections(id) on delete cascade, "
        "review_id integer not null references reviews(id) on delete cascade, primary key (collection_id, review_id)) "
        "without rowid"
    )
    db.execute("create index collected_review on collected (review_id)")
    db.execute(
        "create table review_acts (id integer primary key, "
        "reader_id integer not null references readers(id) on delete cascade, at text not null, kind text not null, "
        "count integer not null, name text not null default '', before text not null)"
    )
    db.execute("create index review_acts_reader on review_acts (reader_id)")
