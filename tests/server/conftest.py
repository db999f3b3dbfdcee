"""What the tests beside this file are handed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from . import backend as backends
from . import throwaway_postgres
from .kept_routes import keep_routes
from .new_stores import new_store
from .program import Program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.store import Store

    from .backend import Backend, Client
    from .throwaway_postgres import Server

# The same examples on every run and no stopwatch: a busy machine must not decide whether a property holds.
settings.register_profile(
    "rowback", deadline=None, derandomize=True, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("rowback")
keep_routes()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file."""
    made = new_store(tmp_path / "rowback.db")
    yield made
    made.close()


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    """A running backend over an empty store."""
    started = backends.start(tmp_path / "rowback.db")
    yield started
    started.server.stop()
    started.store.close()


@pytest.fixture
def client(backend: Backend) -> Client:
    """A client of `backend`, with a token."""
    return backend.client


@pytest.fixture
def rowback(tmp_path: Path) -> Program:
    """The command, with a database and settings of its own."""
    return Program(tmp_path)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL to throw away, started by the first test of a process that asks for it."""
    if (why := throwaway_postgres.missing()) is not None:
        pytest.skip(why)
    with throwaway_postgres.running() as server:
        yield server
