"""What commands cost before they do anything: processor time of a whole run, as a ratio to Python that does nothing.

Run it with `python -m tests.benchmark.start`. Runs take turns, and the least of each is told: what else the machine does
counts little.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 5
MOST_LISTED = 8.0  # times Python alone, of what reads no store
URL = "https://echo.example/ferry"
CALL = "from rowback.cli import main; main()"
LISTED = ("--version", "--help")
COMMANDS = (*LISTED, "tokens", "status", "feeds", "search ferry", f"edits {URL}", "extension folder", "serve --help")


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        _cpu_ms(Path(folder), "import -", _history())
        best = dict.fromkeys(("", *COMMANDS), float("inf"))
        for _ in range(ROUNDS):
            for command in best:
                best[command] = min(best[command], _cpu_ms(Path(folder), command))
    for command, taken in best.items():
        limit = f" (limit {MOST_LISTED:.0f})" if command in LISTED else ""
        name = f"rowback {command}" if command else "python"
        print(f"{name:44}{taken:8.1f} ms  {taken / best['']:6.1f} × python{limit}")


def _cpu_ms(folder: Path, command: str, stdin: str = "") -> float:
    code = CALL if command else "pass"
    env = os.environ | {"ROWBACK_DB": str(folder / "rowback.db")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", code, *command.split()],
        input=stdin,
        capture_output=True,
        text=True,
        env=env,
        cwd=folder,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1_000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def _history() -> str:
    return "".join(
        json.dumps({"url": URL, "seen_at": f"2026-01-10T{hour}:00:00Z", "title": "Ferry", "paragraphs": [text]}) + "\n"
        for hour, text in (("08", "It leaves at six."), ("09", "It leaves at ten."))
    )


if __name__ == "__main__":
    main()
