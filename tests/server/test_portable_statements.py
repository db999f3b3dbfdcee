"""What the store asks of its database is SQL that PostgreSQL reads, too: statements that tests ran on SQLite are prepared
there. What an engine alone understands is named by its module, until it stands with the engine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from .documents import ROOT
from .statements_kept import KEPT_IN
from .test_postgres_tables import SCHEMA

if TYPE_CHECKING:
    from .throwaway_postgres import Server

RUN = (
    "test_backfills.py",
    "test_by_source.py",
    "test_checks_wanted.py",
    "test_feeds.py",
    "test_imports.py",
    "test_merging.py",
    "test_poller.py",
    "test_reviews.py",
)  # most of what is asked, in two thirds of a minute
# Their statements are about SQLite's file and transactions.
OF_THE_FILE = {"compacting", "database", "lineage", "old_log", "opening", "placement", "start"}
OF_SEARCH = re.compile(r"\b\w+_(fts|spaced)\b")  # FTS5's own tables, which `store/sqlite/` will keep
_TOKEN = re.compile(r"'(?:[^']|'')*'|\?|:(\w+)")


def test_statements_that_ran_on_sqlite_are_read_by_postgresql(postgres: Server, tmp_path: Path) -> None:
    asked = _asked(tmp_path / "statements.json")
    assert len(asked) > 200, "the statements of the store are no longer kept"
    refused = []
    with postgres.database() as address, psycopg.connect(address, autocommit=True) as connection:
        for file in sorted(SCHEMA.glob("*.sql")):
            connection.execute(file.read_bytes())
        for number, (module, sql) in enumerate(asked):
            try:
                connection.execute(f"prepare asked_{number} as {_numbered(sql)}".encode())
            except psycopg.Error as error:
                refused.append(f"{module}: {error.diag.message_primary}: {' '.join(sql.split())}")
    assert not refused, "\n".join(refused)


def test_values_are_numbered_and_texts_left_alone() -> None:
    assert _numbered("select ?, ':a?', ? where :a = :b or :a is null") == (
        "select $1, ':a?', $2 where $3 = $4 or $3 is null"
    )


def _asked(kept: Path) -> list[tuple[str, str]]:
    """The statements that the tests of `RUN` ask, each with its module, but those of SQLite alone."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.server.statements_kept"]
    tests = [str(Path("tests/server") / name) for name in RUN]
    done = subprocess.run(
        [*command, *tests], cwd=ROOT, env={**os.environ, KEPT_IN: str(kept)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [
        (module, sql)
        for module, sql in json.loads(kept.read_text(encoding="utf-8"))
        if module not in OF_THE_FILE and not OF_SEARCH.search(sql)
    ]


def _numbered(sql: str) -> str:
    """The statement with `$1`, `$2`, … for its values, as PostgreSQL numbers them."""
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        token = found[0]
        if token.startswith("'"):
            return token
        return f"${numbers.setdefault(found[1] or f'?{len(numbers)}', len(numbers) + 1)}"

    return _TOKEN.sub(number, sql)
