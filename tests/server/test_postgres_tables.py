"""PostgreSQL's tables are those of SQLite: the same names, columns in their order, kinds, keys and defaults."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

import rowback.store.postgres

from .new_stores import new_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .throwaway_postgres import Server

SCHEMA = Path(rowback.store.postgres.__file__).parent / "schema"
KINDS = {"TEXT": "text", "INTEGER": "bigint", "FLOAT": "double precision", "BLOB": "bytea", "": "text"}
OF_SQLITE = re.compile(r"sqlite_|_sqlite_|\w+_(fts|spaced)(_|$)")
OF_POSTGRES = (
    "words",
    "rowid",
)  # the vectors, which in SQLite are tables of their own; the order, which it knows itself
LONG = "https://news.example/" + "".join(f"{number:x}" for number in range(1_200))  # no B-tree keeps it

Column = tuple[str, str, bool, bool]  # name, kind, whether it may be null, whether it has a default


@pytest.fixture(scope="module")
def connection(postgres: Server) -> Iterator[psycopg.Connection]:
    with postgres.database() as address, psycopg.connect(address, autocommit=True) as connected:
        for file in sorted(SCHEMA.glob("*.sql")):
            connected.execute(file.read_bytes())
        yield connected


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The file of a new store."""
    path = tmp_path / "rowback.db"
    new_store(path).end()
    with closing(sqlite3.connect(path)) as connected:
        yield connected


def test_both_engines_have_the_same_tables(lite: sqlite3.Connection, connection: psycopg.Connection) -> None:
    names = [name for (name,) in lite.execute("select name from sqlite_master where type = 'table'")]
    there = {
        name: [
            (column, KINDS[kind.upper()], not (not_null or key), default not in (None, "NULL"))
            for _, column, kind, not_null, default, key in lite.execute(f"pragma table_info({name})")
        ]
        for name in names
        if not OF_SQLITE.match(name)
    }
    assert _tables(connection) == there


def test_both_engines_let_rows_point_at_the_same_tables(
    lite: sqlite3.Connection, connection: psycopg.Connection
) -> None:
    there = set(
        lite.execute(
            'select tables.name, keys."from", keys."table", keys.on_delete = \'CASCADE\' '
            "from sqlite_master as tables, pragma_foreign_key_list(tables.name) as keys where tables.type = 'table'"
        )
    )
    found = connection.execute(
        "select cast(conrelid as regclass)::text, attname, cast(confrelid as regclass)::text, confdeltype = 'c' "
        "from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any(conkey) where contype = 'f'"
    )
    assert {(table, column, other, int(goes)) for table, column, other, goes in found} == there


def test_addresses_of_any_length_are_kept_once(connection: psycopg.Connection) -> None:
    with connection.transaction(force_rollback=True):
        feed = (
            "insert into feeds (url, host, kind, title, include, exclude, added_at) values (%s, '', '', '', '', '', '')"
        )
        connection.execute(feed, [LONG])
        with pytest.raises(psycopg.errors.UniqueViolation), connection.transaction():
            connection.execute(feed, [LONG])
        find = (
            "insert into finds (key, url, host, feed_id, found_at) "
            "select %s, %s, '', id, '' from feeds on conflict do nothing"
        )
        assert [connection.execute(find, [LONG, LONG]).rowcount for _ in range(2)] == [1, 0]
        assert connection.execute("select url from finds where key = %s", [LONG]).fetchall() == [(LONG,)]


def _tables(connection: psycopg.Connection) -> dict[str, list[Column]]:
    tables: dict[str, list[Column]] = {}
    for table, column, kind, may_be_null, has_default in connection.execute(
        "select columns.table_name, column_name, data_type, is_nullable = 'YES', column_default is not null "
        "from information_schema.columns join information_schema.tables using (table_schema, table_name) "
        "where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name, ordinal_position"
    ):
        if column not in OF_POSTGRES:
            tables.setdefault(table, []).append((column, kind, may_be_null, has_default))
    return tables
