"""The PostgreSQL that tests are given: sorts as SQLite does, keeps tests apart, and outlives nobody."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from ..browser.deadline import until
from .documents import ROOT
from .throwaway_postgres import Server, missing

_STARTS_AND_WAITS = """
import sys
from tests.server.throwaway_postgres import running
with running() as server:
    print(server.folder, flush=True)
    sys.stdin.read()
"""


def test_text_stands_in_the_order_of_its_bytes(postgres: Server) -> None:
    words = ["Zürich", "abc", "ABC", "é", "e", "\U0001f600", "\ufffd", "_", "a b"]
    with postgres.database() as address, psycopg.connect(address) as connection:
        rows = connection.execute("select word from unnest(%s::text[]) as given (word) order by word", [words])
        assert [word for (word,) in rows] == sorted(words, key=str.encode)


def test_each_test_has_a_database_of_its_own_and_can_begin_with_a_copy(postgres: Server) -> None:
    with postgres.database() as first:
        with psycopg.connect(first) as connection:
            connection.execute("create table kept (word text)")
        name = first.rpartition("/")[2].partition("?")[0]
        with postgres.database() as second, postgres.database(like=name) as copied:
            for address, there in ((second, None), (copied, "kept")):
                with psycopg.connect(address) as connection:
                    found = connection.execute("select cast(to_regclass('kept') as text)").fetchone()
                    assert found == (there,)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(second)


@pytest.mark.parametrize("is_killed", [False, True], ids=["ended", "killed"])
def test_it_ends_with_the_process_that_started_it(is_killed: bool) -> None:
    if (why := missing()) is not None:
        pytest.skip(why)
    command = [sys.executable, "-c", _STARTS_AND_WAITS]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdin is not None
        assert started.stdout is not None
        folder = Path(started.stdout.readline().strip())
        socket = folder / ".s.PGSQL.5432"
        assert socket.exists()
        if is_killed:
            started.kill()
        started.stdin.close()
        started.wait()
    until(lambda: not socket.exists(), "the socket is gone")
    assert folder.exists() == is_killed
    shutil.rmtree(folder, ignore_errors=True)
