"""Every command of the README, run as it stands there.

The first one (clone, install, demo) is run by `tests/first_command.py`, and `tests/run` is what is running this.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from rowback.cli import main

from .documents import ROOT, commands, named
from .program import free_port
from .samples import PARAGRAPHS, page

if TYPE_CHECKING:
    from pathlib import Path

    from .program import Program

RUN_ELSEWHERE = ("git clone ", "tests/run")
STAYS = "server/run serve"
HERE = [line for line in commands() if not line.startswith(RUN_ELSEWHERE)]
URL = "https://example.com/story"
ENDS_WITHIN_S = 120


@pytest.fixture
def newcomer(rowback: Program, tmp_path: Path) -> dict[str, str]:
    """The surroundings of someone who has saved a page and been handed a history, with the checkout as current folder."""
    (tmp_path / "saved-page.html").write_text(page(), encoding="utf-8")
    line = {"url": URL, "seen_at": "2026-01-30T08:00:00Z", "title": "The harbour bridge", "paragraphs": [PARAGRAPHS[1]]}
    (tmp_path / "history.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    return rowback.environment() | {"PYTHONUNBUFFERED": "1", "ROWBACK_PORT": str(free_port())}


def _shell(line: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs a line of the README in `folder`, where `server/run` is the checkout's, on a port that is free here."""
    line = line.replace("server/run", str(ROOT / "server" / "run")).replace(":8484", f":{environment['ROWBACK_PORT']}")
    return subprocess.run(
        ["sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, timeout=ENDS_WITHIN_S
    )


def test_commands_named_in_passing_exist() -> None:
    assert {"follow", "merge", "hide"} <= named() <= main.commands.keys()


def test_the_readme_has_commands() -> None:
    assert STAYS in HERE
    assert len(HERE) > 8


def test_a_readers_commands_work_one_after_the_other(
    rowback: Program, newcomer: dict[str, str], tmp_path: Path
) -> None:
    with rowback.serving("--no-poll", "--port", newcomer["ROWBACK_PORT"]) as serving:
        for line in HERE:
            if line == STAYS:
                continue
            done = _shell(line, tmp_path, newcomer | {"TOKEN": serving.client.token or ""})
            assert done.returncode == 0, (line, done)
            assert done.stdout.strip() or "--output" in line, (line, done)
    assert (tmp_path / "all.jsonl").read_text(encoding="utf-8").count("\n") == 2
    assert (tmp_path / "rowback-copy.db").stat().st_size > 0


def test_the_backend_is_started_and_stopped_as_the_readme_says(newcomer: dict[str, str]) -> None:
    command = [str(ROOT / STAYS.split()[0]), *STAYS.split()[1:]]
    with subprocess.Popen(
        command, cwd=ROOT, env=newcomer, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as serving:
        assert serving.stdout is not None
        assert f"running at http://127.0.0.1:{newcomer['ROWBACK_PORT']}" in serving.stdout.readline()
        os.killpg(serving.pid, signal.SIGINT)  # as Ctrl-C in a terminal reaches all of a command
        assert serving.wait(ENDS_WITHIN_S) == 0
