"""A plugin of pytest: keeps which statements the store asks its database, and writes them down at the end.

`pytest -p tests.server.statements_kept` with `STATEMENTS` naming the file to write: a JSON list of `[module, SQL]`. What
migrations ask is left out: they are of SQLite alone.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import sqlite_utils

import rowback.store
from rowback.store.database import Connection

KEPT_IN = "STATEMENTS"
_STORE = Path(rowback.store.__file__).parent
_kept: set[tuple[str, str]] = set()
_execute, _row = sqlite_utils.Database.execute, Connection.row


def _keep(sql: str) -> None:
    """Notes a statement as of the module that asks it."""
    asks = Path(sys._getframe(2).f_code.co_filename)
    if asks.parent == _STORE:
        _kept.add((asks.stem, sql))


def _kept_execute(self: sqlite_utils.Database, sql: str, *values: Any) -> Any:
    _keep(sql)
    return _execute(self, sql, *values)


def _kept_row(self: Connection, query: str, values: Any) -> Any:
    _keep(query)
    return _row(self, query, values)


def pytest_configure() -> None:
    """Stands between the store and its database from now on."""
    sqlite_utils.Database.execute = _kept_execute  # type: ignore[method-assign, assignment]
    Connection.row = _kept_row  # type: ignore[method-assign]


def pytest_unconfigure() -> None:
    """Writes down what was asked."""
    Path(os.environ[KEPT_IN]).write_text(json.dumps(sorted(_kept)), encoding="utf-8")
