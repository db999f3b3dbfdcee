"""Runs the README's first command as a newcomer would: in an empty folder, from the clone to the running demo.

The address that is cloned is turned into this checkout by git itself; everything else is as it stands in the README.
Fails, saying what was printed, when the demo does not come up, does not answer, or does not end cleanly.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.server.documents import commands  # noqa: E402  # the checkout's root comes onto the path first

UP_WITHIN_S = 600  # a first installation over a slow line
ENDS_WITHIN_S = 60


def main() -> None:
    """One run; raises `SystemExit` with what went wrong."""
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a script's background ignores it, and what it starts would
    line = next(each for each in commands() if each.startswith("git clone "))
    address = line.split()[2]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        environment = os.environ | {
            "HOME": str(home),
            "GIT_CONFIG_COUNT": "2",
            "GIT_CONFIG_KEY_0": f"url.{ROOT.as_uri()}.insteadOf",
            "GIT_CONFIG_VALUE_0": address,
            "GIT_CONFIG_KEY_1": "safe.directory",
            "GIT_CONFIG_VALUE_1": "*",
            "PYTHONUNBUFFERED": "1",
        }
        environment = {
            name: value for name, value in environment.items() if not name.startswith(("ROWBACK_", "VIRTUAL"))
        }
        print(f"$ {line}", flush=True)
        with subprocess.Popen(
            ["sh", "-c", line], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        ) as shell:
            try:
                _watch(shell)
            finally:
                if shell.poll() is None:
                    os.killpg(shell.pid, signal.SIGKILL)


def _watch(shell: subprocess.Popen[str]) -> None:
    """Waits for the demo, opens its two sites, ends it with Ctrl-C."""
    assert shell.stdout is not None
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(UP_WITHIN_S)
    said = ""
    for text in shell.stdout:
        said += text
        if "Ctrl-C" in text:
            break
    found = re.findall(r"http://127\.0\.0\.1:\d+/", said)
    if len(found) < 2:
        raise SystemExit(f"The demo did not come up. It said:\n{said}")
    for address in dict.fromkeys(found):
        with urllib.request.urlopen(address, timeout=30) as answer:
            print(f"{address} answers {answer.status}", flush=True)
    signal.alarm(ENDS_WITHIN_S)
    os.killpg(shell.pid, signal.SIGINT)
    code = shell.wait()
    signal.alarm(0)
    # The shell of the line gets the Ctrl-C too, and says so.
    if code not in (0, -signal.SIGINT, 128 + signal.SIGINT):
        raise SystemExit(f"The demo ended with code {code}.")
    print("The demo came up, answered and ended.")


def _too_long(_signal: int, _frame: object) -> None:
    raise SystemExit("The README's first command took too long.")


if __name__ == "__main__":
    main()
