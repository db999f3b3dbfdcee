"""Migrations: what strangers see where reading is public. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.instants import from_text, maybe_from_text, to_text
from rowback.store.public_spans import Sights, coarsened
from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

_SEEN = """
    select versions.id, versions.seen_at, min(sure.seen_at), max(sure.seen_at)
    from versions left join captures as sure
        on sure.version_id = versions.id and sure.origin <> 'browser' and sure.aside is null
    where versions.article_id = ? group by versions.id order by versions.seen_at, versions.id
"""


@migrations(name="0022_listed")
def _listed(db: Database) -> None:
    """`articles.listed`: whether strangers see it; `listing_is_chosen`: by the owner's word. `public_…`: the instants that
    they are told, of versions in `public_times` where a reader's browser saw one.

    Of articles from before, those are listed that a browser did not bring, or that something else brought as well.
    """
    db.execute("alter table articles add column listed integer not null default 0")
    db.execute("alter table articles add column listing_is_chosen integer not null default 0")
    for name in ("first_seen_at", "last_checked_at", "last_changed_at"):
        db.execute(f"alter table articles add column public_{name} text")
        db.execute(f"update articles set public_{name} = {name}")
    db.execute(
        "create table public_times (version_id integer primary key references versions(id) on delete cascade, "
        "seen_at text not null, last_seen_at text not null, is_day integer not null)"
    )
    db.execute("create index captures_browser on captures (article_id) where origin = 'browser'")
    db.execute(
        """
        update articles set listed = 1 where
            coalesce((select origin from captures where article_id = articles.id order by id limit 1), '') <> 'browser'
            or exists (select 1 from captures where article_id = articles.id
                       and origin not in ('browser', 'poll', 'archive', 'rowback'))
            or exists (select 1 from aliases join finds on finds.key = aliases.key where article_id = articles.id)
        """
    )
    for (article_id,) in db.execute("select distinct article_id from captures where origin = 'browser'").fetchall():
        _coarsen(db, article_id)
    db.execute("create index articles_public on articles (public_last_changed_at, id) where listed = 1")


def _coarsen(db: Database, article_id: int) -> None:
    rows = db.execute(_SEEN, [article_id]).fetchall()
    told = coarsened(
        Sights(from_text(first), maybe_from_text(sure_first), maybe_from_text(sure_last))
        for _, first, sure_first, sure_last in rows
    )
    for (version_id, *_), each in zip(rows, told, strict=True):
        db.execute(
            "insert into public_times values (?, ?, ?, ?)",
            [version_id, to_text(each.seen_at), to_text(each.last_seen_at), int(each.is_day)],
        )
    last_seen_at = to_text(max(each.last_seen_at for each in told))
    db.execute(
        "update articles set public_first_seen_at = ?, public_last_changed_at = ?, public_last_checked_at = max(?, "
        "coalesce((select max(seen_at) from captures where article_id = articles.id and origin <> 'browser'), '')) "
        "where id = ?",
        [to_text(told[0].seen_at), to_text(told[-1].seen_at), last_seen_at, article_id],
    )


@migrations(name="0023_listed_changes")
def _listed_changes(db: Database) -> None:
    """The same of what lists say of steps. Their full-text index is written anew only where a text changes."""
    (trigger,) = db.execute("select sql from sqlite_master where name = 'changes_au'").fetchone()
    db.execute("drop trigger changes_au")
    db.execute(trigger.replace("AFTER UPDATE ON", "AFTER UPDATE OF deleted, inserted, before, after ON", 1))
    db.execute("alter table changes add column public_seen_at text")
    db.execute("alter table changes add column listed integer not null default 0")
    db.execute(
        "update changes set listed = (select listed from articles where articles.id = article_id), public_seen_at = "
        "coalesce((select seen_at from public_times where public_times.version_id = changes.version_id), seen_at)"
    )
    db.execute(
        "create index changes_public on changes (public_seen_at, id, minor, headline, unannounced, source, labels, "
        "edit_count, article_id) where listed = 1"
    )
    db.execute("create index changes_public_source on changes (source, public_seen_at, id) where listed = 1")
    db.execute(
        "create trigger changes_article_listed after update of listed on articles when old.listed <> new.listed begin "
        "update changes set listed = new.listed where article_id = new.id; end"
    )
