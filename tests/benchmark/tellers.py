"""Starts the processes that take turns at telling: this checkout's code, the reference's, wikidiff2."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.benchmark.histories import Told

HERE = Path(__file__).parent
NO_WIKIDIFF2 = "php with wikidiff2 is not here (on Debian: apt install php-cli php-wikidiff2)"


class Teller:
    """A process that is asked about kinds of articles."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, kind: str, work: str = "tell") -> list[float]:
        """Milliseconds of CPU of each article of a kind. Raises `RuntimeError` when the process has ended."""
        found: list[float] = self.say([kind, work])
        return found

    def markups(self, kind: str) -> list[list[str]]:
        """Those of the edits of each article of a kind."""
        found: list[list[str]] = self.say([kind, "read"])
        return found

    def digests(self, kind: str) -> list[str]:
        """Of all that can be told of each article of a kind."""
        found: list[str] = self.say([kind, "digest"])
        return found

    def readings(self, pages: Sequence[tuple[str, bytes]]) -> list[str]:
        """Digests of what is read from pages, each an address and its HTML."""
        found: list[str] = self.say(["pages", [(url, base64.b64encode(raw).decode()) for url, raw in pages]])
        return found

    def say(self, what: object) -> Any:
        """One line of JSON there, one back."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("started without pipes")
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self._process.args!r} ended with {self._process.wait()}")
        return json.loads(answer)


@contextmanager
def teller(root: Path, kinds: Sequence[Told]) -> Iterator[Teller]:
    """One that tells with the code of a checkout."""
    with _process([sys.executable, "-I", str(HERE / "tell.py"), str(root)], kinds) as found:
        yield found


@contextmanager
def wikidiff2(kinds: Sequence[Told]) -> Iterator[Teller | None]:
    """wikidiff2 in php; None where it is not installed."""
    php = shutil.which("php")
    if php is None or subprocess.run([php, "--ri", "wikidiff2"], capture_output=True, check=False).returncode:
        yield None
        return
    with _process([php, "-d", "memory_limit=-1", str(HERE / "wikidiff2.php")], kinds) as found:
        yield found


@contextmanager
def _process(command: list[str], kinds: Sequence[Told]) -> Iterator[Teller]:
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        found = Teller(process)
        found.say({kind.name: kind.articles for kind in kinds})
        yield found
        if process.stdin is not None:
            process.stdin.close()
