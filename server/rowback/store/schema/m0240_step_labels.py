"""Migrations: which steps have a label. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0240_step_labels")
def _step_labels(db: Database) -> None:
    """`step_labels`: the ids of steps by label, so that the steps of a rare one are found without reading all others. Labels
    have numbers (`label_names`), so that each takes ten bytes. Kept by triggers."""
    db.execute("create table label_names (id integer primary key, name text not null unique)")
    db.execute(
        "create table step_labels (label_id integer not null, change_id integer not null, "
        "primary key (label_id, change_id)) without rowid"
    )
    for name, when, body in (
        ("came", "insert on changes when trim(new.labels) <> ''", _came("new")),
        ("went", "delete on changes when trim(old.labels) <> ''", _went("old")),
        (
            "moved",
            "update of id, labels on changes when old.id <> new.id or old.labels <> new.labels",
            _went("old") + _came("new"),
        ),
    ):
        db.execute(f"create trigger step_labels_{name} after {when} begin {body} end")
    told = "select distinct labels from changes where trim(labels) <> ''"
    db.execute(
        f"insert into label_names (name) select distinct value from ({told}), json_each({_LIST.format('labels')})"
    )
    db.execute(
        "insert into step_labels select distinct label_names.id, changes.id from changes "
        f"cross join json_each({_LIST.format('labels')}) join label_names on name = value "
        "where trim(labels) <> '' order by 1, 2"
    )


_LIST = """'["' || replace(trim({}), ' ', '","') || '"]'"""


def _came(row: str) -> str:
    labels = f"json_each({_LIST.format(f'{row}.labels')})"
    return (
        f"insert into label_names (name) select distinct value from {labels} where value <> '' "
        "and value not in (select name from label_names); "
        f"insert into step_labels select distinct label_names.id, {row}.id from {labels} join label_names on name = value; "
    )


def _went(row: str) -> str:
    return (
        f"delete from step_labels where change_id = {row}.id and label_id in "
        f"(select id from label_names where instr({row}.labels, ' ' || name || ' ')); "
    )
