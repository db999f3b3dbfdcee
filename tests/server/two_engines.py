"""One store on both engines: what was recorded on SQLite, copied row by row into PostgreSQL, and the same statements asked
of both. Whether they did the same is told by what stands in tables and views afterwards."""

# ruff: noqa: S608

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg

from rowback.store.opening import opened

from .test_postgres_tables import OF_POSTGRES, OF_SQLITE, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

VIEWS = ("version_list", "version_text", "version_blocks", "change_words")
# The numbers of labels are each engine's own, where a transaction that was undone has used some up.
OWN = {
    "label_names": "select name from label_names",
    "step_labels": "select name, change_id from step_labels join label_names on label_names.id = label_id",
}

State = dict[str, list[tuple[Any, ...]]]  # the rows of each table and view, sorted


@dataclass(frozen=True)
class Statement:
    """SQL as the store has it, with `?` for its values."""

    sql: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Both:
    """The same rows on both engines. `columns` are those of each table and view."""

    lite: sqlite3.Connection
    postgres: psycopg.Connection
    columns: dict[str, tuple[str, ...]]

    def do(self, statement: Statement) -> bool:
        """Runs it on both; False when both refused it."""
        by_sqlite, by_postgres = self.by_sqlite(statement), self.by_postgres(statement)
        assert by_sqlite == by_postgres, f"{statement} was done: by SQLite {by_sqlite}, by PostgreSQL {by_postgres}"
        return by_sqlite

    def by_sqlite(self, statement: Statement) -> bool:
        """False when it refused the statement, of which nothing is done then."""
        try:
            self.lite.execute(statement.sql, statement.values)
        except sqlite3.IntegrityError:
            return False
        return True

    def by_postgres(self, statement: Statement) -> bool:
        """As `by_sqlite`."""
        try:
            with self.postgres.transaction():
                ask_postgres(self.postgres, statement)
        except psycopg.IntegrityError:
            return False
        return True

    def in_sqlite(self, names: Iterable[str] = ()) -> State:
        """What is in these tables and views; in all when none is named."""
        return {name: sorted(self.lite.execute(self._all(name)).fetchall(), key=repr) for name in names or self.columns}

    def in_postgres(self, names: Iterable[str] = ()) -> State:
        """As `in_sqlite`."""
        return {
            name: sorted(self.postgres.execute(self._all(name).encode()).fetchall(), key=repr)
            for name in names or self.columns
        }

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Nothing that the block does is kept."""
        self.lite.execute("begin")
        try:
            with self.postgres.transaction(force_rollback=True):
                yield
        finally:
            self.lite.execute("rollback")

    def _all(self, name: str) -> str:
        return OWN.get(name) or f"select {', '.join(self.columns[name])} from {name}"


@contextmanager
def both(path: Path, address: str) -> Iterator[Both]:
    """What is in a store's file, which nobody else may have open, and the same in an empty database of PostgreSQL."""
    with (
        closing(opened(path, may_create=False).conn) as lite,
        psycopg.connect(address, autocommit=True) as postgres,
    ):
        lite.isolation_level = None
        names = [
            name
            for (name,) in lite.execute("select name from sqlite_schema where type = 'table'")
            if not OF_SQLITE.match(name)
        ]
        columns = {
            name: tuple(column for _, column, *_ in lite.execute(f"pragma table_info({name})"))
            for name in (*names, *VIEWS)
        }
        engines = Both(lite, postgres, columns)
        for file in sorted(SCHEMA.glob("*.sql")):
            postgres.execute(file.read_bytes())
        postgres.execute("set session_replication_role = replica")  # neither triggers nor foreign keys
        for name in names:
            _copy(engines, name)
        postgres.execute("set session_replication_role = origin")
        yield engines


def ask_postgres(connection: psycopg.Connection, statement: Statement) -> None:
    """Runs it there."""
    connection.execute(statement.sql.replace("?", "%s").encode(), statement.values)


def _copy(engines: Both, name: str) -> None:
    columns = engines.columns[name]
    assert not set(columns) & set(OF_POSTGRES)
    engines.postgres.execute(f"delete from {name}".encode())
    into = f"insert into {name} ({', '.join(columns)}) values ({', '.join(['%s'] * len(columns))})"
    with engines.postgres.cursor() as cursor:
        cursor.executemany(into.encode(), engines.lite.execute(f"select * from {name}").fetchall())
    counted = "select column_name from information_schema.columns where table_name = %s and is_identity = 'YES'"
    for (column,) in engines.postgres.execute(counted, [name]).fetchall():
        last = f"(select coalesce(max({column}), 0) from {name})"
        set_to = f"select setval(pg_get_serial_sequence('{name}', '{column}'), {last} + 1, false)"
        engines.postgres.execute(set_to.encode())
