"""A real PostgreSQL to throw away: made in a folder of its own, reached through a socket there, gone with the tests.

It keeps nothing safe (`fsync` is off): what is killed on purpose is tested with another one.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg

from ..browser.deadline import until

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNER = "rowback"
NOBODY_SPECIAL = "postgres"  # PostgreSQL refuses to run as root: Debian's package makes this user
UP_WITHIN_S = 60.0
_DEBIAN = Path("/usr/lib/postgresql")
# Bytes in their order, whatever the machine's language: as SQLite sorts.
_INITDB = ("--auth=trust", f"--username={OWNER}", "--encoding=UTF8", "--locale=C", "--no-sync")
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "max_locks_per_transaction": "256",  # a database of ours has some hundred tables and indexes
    "shared_buffers": "32MB",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "jit": "off",
}
_NUMBERS = count(1)


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL. `folder` holds its socket."""

    folder: Path

    def address(self, name: str = "postgres") -> str:
        """Where one of its databases is."""
        return f"postgresql://{OWNER}@/{name}?host={quote(str(self.folder), safe='')}"

    @contextmanager
    def database(self, like: str = "template0") -> Iterator[str]:
        """The address of a new database, empty or a copy of another one, while the block runs."""
        name = f"db{next(_NUMBERS)}"
        self._run(f"create database {name} template {like}")
        try:
            yield self.address(name)
        finally:
            self._run(f"drop database {name} with (force)")

    def _run(self, sql: str) -> None:
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(sql.encode())


def binaries() -> Path | None:
    """The folder of the newest `initdb` and `postgres` that are installed; Debian puts them where no PATH looks."""
    found = shutil.which("initdb")
    if found and (beside := Path(found).resolve().parent).joinpath("postgres").exists():
        return beside
    folders = [each.parent for each in _DEBIAN.glob("*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


def runs_as() -> str | None:
    """The user to become, as root; None to stay who we are."""
    return NOBODY_SPECIAL if os.geteuid() == 0 else None


def missing() -> str | None:
    """What keeps a PostgreSQL from being started here, for whoever reads why tests were left out."""
    if binaries() is None:
        return "PostgreSQL is not installed"
    user = runs_as()
    if user is not None and subprocess.run(["id", "-u", user], capture_output=True).returncode:
        return f"PostgreSQL does not run as root, and there is no user {NOBODY_SPECIAL}"
    return None


@contextmanager
def running() -> Iterator[Server]:
    """A new PostgreSQL while the block runs. Whoever starts it, ends it: it ends too when that process is killed."""
    bin_folder = binaries()
    assert bin_folder is not None, missing()
    folder = Path(tempfile.mkdtemp(prefix="rowback-postgres."))  # short: a socket's path has 107 bytes
    user = runs_as()
    try:
        if user is not None:
            shutil.chown(folder, user, user)
        _as(user, [str(bin_folder / "initdb"), "-D", str(folder / "data"), *_INITDB], folder)
        with _started(bin_folder, folder, user) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as(user: str | None, command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command, user=user, group=user, extra_groups=_groups(user), cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _groups(user: str | None) -> list[int] | None:
    return None if user is None else []


@contextmanager
def _started(bin_folder: Path, folder: Path, user: str | None) -> Iterator[Server]:
    options = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
    command = [
        str(bin_folder / "postgres"),
        "-D",
        str(folder / "data"),
        f"-cunix_socket_directories={folder}",
        *options,
    ]
    if shutil.which("setpriv"):
        command = ["setpriv", "--pdeathsig", "INT", "--", *command]
    server, log = Server(folder), folder / "log"
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            command, user=user, group=user, extra_groups=_groups(user), cwd=folder, stdout=said, stderr=said
        )
    try:
        until(
            lambda: process.poll() is not None or _answers(server),
            lambda: f"PostgreSQL answers: {log.read_text(encoding='utf-8')}",
            UP_WITHIN_S,
        )
        assert process.poll() is None, log.read_text(encoding="utf-8")
        yield server
    finally:
        process.send_signal(signal.SIGINT)  # whoever is still connected is cut off
        process.wait(UP_WITHIN_S)


def _answers(server: Server) -> bool:
    with suppress(psycopg.OperationalError), psycopg.connect(server.address()):
        return True
    return False
