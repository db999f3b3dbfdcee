"""The `rowback` command as people run it: a process of its own, with its own folder for data and settings."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import forked
from .backend import Client

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COMMAND = str(Path(sys.executable).with_name("rowback"))
ENDS_WITHIN_S = 60
_NUMBERS = count()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Done:
    """A command that ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, decoded."""
        return json.loads(self.out)


@dataclass
class Serving:
    """A running `rowback serve`. Its log goes to a file: in a pipe that nobody reads it would soon stand still."""

    process: forked.Process
    client: Client
    log: Path

    def end(self, how: signal.Signals) -> Done:
        """Sends a signal and waits for the end."""
        self.process.send_signal(how)
        out, _ = self.process.communicate(timeout=ENDS_WITHIN_S)
        return Done(self.process.wait(), out, self.log.read_text(encoding="utf-8"))


@dataclass
class Program:
    """Runs commands on the database `folder/rowback.db`, as copies of a process that has them loaded; but the backend, with
    `serves_anew`."""

    folder: Path
    serves_anew: bool = False

    @property
    def db(self) -> Path:
        """The database file."""
        return self.folder / "rowback.db"

    @property
    def log(self) -> Path:
        """What its backends log."""
        return self.folder / "serve.log"

    def environment(self) -> dict[str, str]:
        """The process's own, with data and settings in `folder` and no colours."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ROWBACK_")}
        folders = {"HOME": "home", "XDG_DATA_HOME": "home/data", "XDG_CONFIG_HOME": "home/config"}
        own = {name: str(self.folder / path) for name, path in folders.items()}
        return kept | own | {"ROWBACK_DB": str(self.db), "PYTHONUTF8": "1"}

    def __call__(
        self, *arguments: str | Path, stdin: str = "", within_s: float = ENDS_WITHIN_S, **environment: str
    ) -> Done:
        """Runs a command to its end."""
        full = self.environment() | environment
        if _may_be_a_copy(environment):
            ran = forked.run(forked.MAIN, arguments, full, name=COMMAND, stdin=stdin, within_s=within_s)
        else:
            ran = subprocess.run(
                [COMMAND, *map(str, arguments)], capture_output=True, text=True, input=stdin, timeout=within_s, env=full
            )
        assert "Traceback" not in ran.stderr, ran.stderr
        return Done(ran.returncode, ran.stdout, ran.stderr)

    def ok(self, *arguments: str | Path, stdin: str = "", within_s: float = ENDS_WITHIN_S, **environment: str) -> Done:
        """Runs a command that must succeed."""
        done = self(*arguments, stdin=stdin, within_s=within_s, **environment)
        assert done.code == 0, done
        return done

    def new_token(self) -> str:
        """A fresh token."""
        return self.ok("tokens", "new", f"serving {next(_NUMBERS)}").out.strip()

    def start(self, *arguments: str | Path, **environment: str) -> forked.Process:
        """Starts `rowback serve` on a free port; what it logs is added to `serve.log`."""
        command, full = ["serve", "--port", "0", *map(str, arguments)], self.environment() | environment
        with self.log.open("a", encoding="utf-8") as log:
            if _may_be_a_copy(environment) and not self.serves_anew:
                return forked.start(forked.MAIN, command, full, name=COMMAND, err=log)
            return subprocess.Popen(
                [COMMAND, *command],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={"PYTHONUNBUFFERED": "1"} | full,
            )

    @contextmanager
    def serving(self, *arguments: str | Path, **environment: str) -> Iterator[Serving]:
        """`rowback serve` on a free port while the block runs, with a token of its own."""
        token = self.new_token()
        process = self.start(*arguments, **environment)
        try:
            yield Serving(process, Client(self.port_of(process), token), self.log)
        finally:
            if process.poll() is None:
                process.kill()
            process.communicate(timeout=ENDS_WITHIN_S)

    def port_of(self, process: forked.Process) -> int:
        """The port that a started backend says it listens on; waits until it says so, and fails where it ends instead."""
        assert process.stdout is not None
        said = process.stdout.readline()
        assert "http://127.0.0.1:" in said, (said, process.wait(ENDS_WITHIN_S), self.log.read_text(encoding="utf-8"))
        return int(said.split("http://127.0.0.1:")[1].split()[0])


def _may_be_a_copy(environment: Mapping[str, str]) -> bool:
    """Whether a command with this in its environment need not be started anew."""
    return forked.IS_POSSIBLE and not any(name.startswith(forked.SETTLED_AT_START) for name in environment)
