"""What commands cost before they do anything: processor time of a whole run, as a ratio to Python that does nothing.

Run it with `python -m tests.benchmark.start`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmark.interleaved import Line, children_cpu_ms, show, take_named_turns

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 5
MOST_LISTED = 8.0  # times Python alone, of what reads no store
URL = "https://echo.example/ferry"
CALL = "from rowback.cli import main; main()"
LISTED = ("--version", "--help")
COMMANDS = (*LISTED, "tokens", "status", "feeds", "search ferry", f"edits {URL}", "extension folder", "serve --help")


def lines() -> Iterator[Line]:
    """One for each command."""
    with tempfile.TemporaryDirectory() as folder:
        _run(Path(folder), "import -", _history())
        sides = {command: partial(_cpu_ms, Path(folder), command) for command in ("", *COMMANDS)}
        taken = take_named_turns(sides, ROUNDS)
    for command in COMMANDS:
        goal = MOST_LISTED if command in LISTED else None
        yield Line(f"start: rowback {command}", taken[command], "python that does nothing", taken[""], goal)


def _cpu_ms(folder: Path, command: str) -> float:
    return children_cpu_ms(lambda: _run(folder, command))


def _run(folder: Path, command: str, stdin: str = "") -> None:
    env = os.environ | {"ROWBACK_DB": str(folder / "rowback.db")}
    subprocess.run(
        [sys.executable, "-c", CALL if command else "pass", *command.split()],
        input=stdin,
        capture_output=True,
        text=True,
        env=env,
        cwd=folder,
        check=True,
    )


def _history() -> str:
    return "".join(
        json.dumps({"url": URL, "seen_at": f"2026-01-10T{hour}:00:00Z", "title": "Ferry", "paragraphs": [text]}) + "\n"
        for hour, text in (("08", "It leaves at six."), ("09", "It leaves at ten."))
    )


if __name__ == "__main__":
    show(lines())
