"""Other programs' SQLite files, read and nothing else: what a hostile one says of itself is not run.

Read-only, and where no log lies beside without a lock or a helper file; `trusted_schema` off; an authorizer that lets
through the named columns of ordinary tables and no function (https://sqlite.org/security.html). Views, virtual tables and
computed columns are as if they were not there. Rows that are damaged or too large are told and passed over.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from rowback.errors import BadInput
from rowback.store.family import JOURNAL, WAL, beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MAX_VALUE = 8 * 1024 * 1024  # bytes of one value; an article's page has at most six million
MAX_SKIPPED = 64  # times that rows are looked for behind others that cannot even be counted, twice as far each time
MAX_BROKEN = 1_000  # rows that are told before the rest is given up
_FIRST, _MAX_KEY = -(2**63), 2**62
_BUSY_S = 2.0
_STORED = 0  # `hidden` of PRAGMA table_xinfo: neither computed nor a virtual table's own

ROW = "rowid"  # the key of tables whose own is no number
Value: TypeAlias = int | float | str | bytes | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A table of which one row belongs to each row of the first: where its column `own` is the first's column `of`."""

    table: str
    own: str
    of: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """What is read of a foreign file: a table's columns in the order of its `key`, and those of tables beside it. Columns of
    `optional` names are None in a file that lacks them."""

    table: str
    key: str
    columns: tuple[str, ...]
    beside: tuple[Beside, ...] = ()
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """A row: its key, and values by `column` of the first table and `table.column` of those beside."""

    key: int
    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """A column's text, empty where it holds none."""
        found = self.values[name]
        return found if isinstance(found, str) else ""


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be read; `key` is the one of the last before it."""

    key: int
    detail: str


def table_names(path: Path) -> frozenset[str]:
    """The ordinary tables of a file; none where it is no SQLite file or cannot be read."""
    try:
        with _opened(path) as db:
            return frozenset(_tables(db))
    except BadInput:
        return frozenset()


def rows(path: Path, wanted: ForeignTable) -> Iterator[ForeignRow | BrokenRow]:
    """The rows of a table, one at a time. Raises `BadInput` for a file that has no such table or cannot be read."""
    with _opened(path) as db:
        names, query = _query(db, wanted)
        _allow_only(db, wanted)
        walk = _Walk(db, wanted, query)
        for key, *values in walk.rows():
            if isinstance(values[0], BrokenRow):
                yield values[0]
            elif not isinstance(key, int):
                raise BadInput(f"{path.name}: {wanted.key} of {wanted.table} is no number.")
            else:
                yield ForeignRow(key, dict(zip(names, values, strict=True)))


class _Walk:
    """Goes through a table in one query, and over what is broken one row at a time."""

    def __init__(self, db: sqlite3.Connection, wanted: ForeignTable, query: str) -> None:
        self._db, self._wanted, self._query = db, wanted, query
        self._last = _FIRST

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Rows with their key first; for one that is broken, that and nothing else."""
        for _ in range(MAX_BROKEN):
            with suppress(sqlite3.Error):
                yield from self._stream("")
                return
            try:
                yield from self._one_by_one()
            except sqlite3.Error as error:
                told = f"A row of {self._wanted.table} cannot be read: {error}."
                yield 0, BrokenRow(max(self._last, 0), told)
            else:
                return
            if not self._is_behind():
                break
        yield 0, BrokenRow(max(self._last, 0), f"The rest of {self._wanted.table} cannot be read.")

    def _one_by_one(self) -> Iterator[tuple[Any, ...]]:
        """Rows up to one that is broken: asked for together, the last whole one before it would be lost."""
        before: int | None = None
        while before != self._last:
            before = self._last
            yield from self._stream(" limit 1")

    def _stream(self, more: str) -> Iterator[tuple[Any, ...]]:
        for row in self._db.execute(self._query + more, {"last": self._last}):
            self._last = row[0] if isinstance(row[0], int) else self._last
            yield row

    def _is_behind(self) -> bool:
        """Goes behind the row that cannot be read, or behind those of which even the keys cannot; False where nothing is."""
        name, key = _quoted(self._wanted.table), _quoted(self._wanted.key)
        query = f"select {key} from {name} where {key} > :last order by {key} limit 1"
        step = 1
        for _ in range(MAX_SKIPPED):
            try:
                found = self._db.execute(query, {"last": self._last}).fetchone()
            except sqlite3.Error:
                self._last = min(max(self._last, 0) + step, _MAX_KEY)
                step *= 2
                continue
            if found is None or not isinstance(found[0], int):
                return False
            self._last = found[0] if step == 1 else found[0] - 1
            return True
        return False


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    file = path.resolve()
    has_log = any(_is_filled(beside(file, name)) for name in (WAL, JOURNAL))
    try:
        connection = sqlite3.connect(
            f"{file.as_uri()}?mode=ro{'' if has_log else '&immutable=1'}",
            uri=True,
            timeout=_BUSY_S,
            isolation_level=None,
        )
        with closing(connection) as db:
            db.text_factory = _text
            db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
            db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            for setting in ("trusted_schema = off", "query_only = on", "cell_size_check = on", "mmap_size = 0"):
                db.execute(f"pragma {setting}")
            yield db
    except sqlite3.Error as error:
        raise BadInput(f"{path.name} cannot be read as a SQLite file: {error}.") from error


def _is_filled(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _tables(db: sqlite3.Connection) -> Iterator[str]:
    for name, sql in db.execute("select name, sql from sqlite_master where type = 'table'"):
        words = sql.split(None, 2) if isinstance(sql, str) else []
        if isinstance(name, str) and [word.lower() for word in words[:2]] == ["create", "table"]:
            yield name


def _stored_columns(db: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in db.execute(f"pragma table_xinfo({_quoted(table)})") if row[6] == _STORED}


def _query(db: sqlite3.Connection, wanted: ForeignTable) -> tuple[list[str], str]:
    """The names of what a query gives behind the key, and the query."""
    parts = [(wanted.table, (wanted.key, *wanted.columns)), *((each.table, each.columns) for each in wanted.beside)]
    known, names, told = set(_tables(db)), list[str](), list[str]()
    for number, (table, columns) in enumerate(parts):
        stored = {ROW, *_stored_columns(db, table)} if table in known else set[str]()
        for column in columns:
            name = column if number == 0 else f"{table}.{column}"
            if column in stored:
                told.append(f"t{number}.{_quoted(column)}")
            elif name in wanted.optional:
                told.append("null")
            else:
                raise BadInput(f"The file has no column {column} in a table {table}.")
            names.append(name)
    joins = [
        f"left join {_quoted(each.table)} t{number} on t{number}.{_quoted(each.own)} = t0.{_quoted(each.of)}"
        for number, each in enumerate(wanted.beside, start=1)
        if each.table in known
    ]
    key = f"t0.{_quoted(wanted.key)}"
    where = f"where {key} > :last order by {key}"
    return names[1:], f"select {', '.join(told)} from {_quoted(wanted.table)} t0 {' '.join(joins)} {where}"


def _allow_only(db: sqlite3.Connection, wanted: ForeignTable) -> None:
    allowed = {(wanted.table, column) for column in (wanted.key, *wanted.columns)}
    for each in wanted.beside:
        allowed |= {(wanted.table, each.of), *((each.table, column) for column in (each.own, *each.columns))}

    def authorized(action: int, one: str | None, other: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        is_named = action == sqlite3.SQLITE_READ and ((one or "", other or "") in allowed or not other)
        return sqlite3.SQLITE_OK if is_named else sqlite3.SQLITE_DENY

    db.set_authorizer(authorized)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
