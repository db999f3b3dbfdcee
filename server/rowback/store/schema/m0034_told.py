"""Migrations: answers that are kept packed, told before they are asked for. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

_DUE = (
    "insert into told_due (article_id) select {row}.article_id "
    "where {row}.article_id not in (select article_id from told_due) "
    "and exists (select 1 from articles where id = {row}.article_id) "
    "and exists (select 1 from versions where article_id = {row}.article_id and id <> {row}.id); "
)
_DROP = "delete from told where article_id = {row}.article_id; "


@migrations(name="0034_told")
def _told(db: Database) -> None:
    """`told`: what is answered of an article from its first version to its latest, packed, null where it is not kept;
    `versions` and `rules` say of which texts and by what it was told. `told_due`: articles of which it may have to be told
    anew. Triggers note that, whoever writes versions, and drop what was told of a text that is another now, or gone."""
    db.execute(
        "create table told (article_id integer primary key references articles(id) on delete cascade, "
        "versions text not null, rules text not null, edit_count integer, packed blob)"
    )
    db.execute("create table told_due (article_id integer primary key references articles(id) on delete cascade)")
    for name, when, what in (
        ("came", "insert on versions", _DUE.format(row="new")),
        ("moved", "update of seen_at on versions when old.seen_at <> new.seen_at", _DUE.format(row="new")),
        ("rewritten", "update of title, fingerprint on versions", (_DROP + _DUE).format(row="new")),
        (
            "parted",
            "update of article_id on versions",
            (_DROP + _DUE).format(row="old") + (_DROP + _DUE).format(row="new"),
        ),
        ("went", "delete on versions", (_DROP + _DUE).format(row="old")),
    ):
        db.execute(f"create trigger told_version_{name} after {when} begin {what} end")
    db.execute("insert into told_due select article_id from versions group by article_id having count(*) > 1")
