"""The units for systemd: it understands them, they shut in what they run, and their commands do what they are there for."""

from __future__ import annotations

import re
import shlex
import shutil
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from .documents import DOCS, ROOT
from .program import COMMAND, ENDS_WITHIN_S

if TYPE_CHECKING:
    from pathlib import Path

    from .program import Program

FOLDER = ROOT / "server" / "systemd"
UNITS = sorted(path.name for path in FOLDER.iterdir())
SERVICES = [name for name in UNITS if name.endswith(".service")]
INSTALLED = "/opt/rowback/bin/rowback"
MOST_EXPOSED = 40  # of 100, by systemd's own count; a service without any bounds has 96

analyze = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")


def _command(unit: str, folder: Path) -> list[str]:
    """What a service runs, with the places of a test."""
    found = re.findall(r"^ExecStart=(.*)$", (FOLDER / unit).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(found) == 1
    words = shlex.split(found[0])
    assert words[0] == INSTALLED
    here = {"/etc/rowback.toml": "rowback.toml", "/var/lib/rowback/copies": "copies"}
    return [COMMAND, *(str(folder / here[word]) if word in here else word for word in words[1:])]


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with a program that is there."""
    for name in UNITS:
        text = (FOLDER / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(INSTALLED, COMMAND), encoding="utf-8")
    return tmp_path


@pytest.fixture
def settings(rowback: Program) -> Path:
    """What stands in /etc/rowback.toml."""
    path = rowback.folder / "rowback.toml"
    path.write_text(f'db = "{rowback.db}"\nport = 0\n', encoding="utf-8")
    return rowback.folder


@analyze
@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_it(units: Path, name: str) -> None:
    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(units / name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=ENDS_WITHIN_S)
    assert (done.returncode, [line for line in done.stderr.splitlines() if str(units) in line]) == (0, []), done.stderr


@analyze
@pytest.mark.parametrize("name", SERVICES)
def test_what_it_runs_is_shut_in(units: Path, name: str) -> None:
    command = ["systemd-analyze", "security", "--offline=yes", "--no-pager", f"--threshold={MOST_EXPOSED}"]
    done = subprocess.run([*command, str(units / name)], capture_output=True, text=True, timeout=ENDS_WITHIN_S)
    assert done.returncode == 0, done.stdout[-400:] + done.stderr


@pytest.mark.parametrize(("unit", "said"), [("rowback.service", "running at"), ("rowback-poll.service", "Polling for")])
def test_a_service_runs_until_it_is_told_to_end(rowback: Program, settings: Path, unit: str, said: str) -> None:
    environment = rowback.environment() | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        _command(unit, settings), env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        assert run.stdout is not None
        assert any(said in line for line in run.stdout), "it ended"
        run.send_signal(signal.SIGTERM)
        told = run.communicate(timeout=ENDS_WITHIN_S)[0]
    assert (run.returncode, "Traceback" in told) == (0, False), told


def test_the_backup_is_made(rowback: Program, settings: Path) -> None:
    rowback.new_token()
    done = subprocess.run(
        _command("rowback-backup.service", settings),
        env=rowback.environment(),
        capture_output=True,
        timeout=ENDS_WITHIN_S,
    )
    assert done.returncode == 0, done.stderr
    assert len(list((settings / "copies").iterdir())) == 1


def test_all_services_are_shut_in_alike_and_the_paper_installs_each() -> None:
    paper = (DOCS / "hosting.md").read_text(encoding="utf-8")
    assert "server/systemd/" in paper
    lines = [
        set((FOLDER / name).read_text(encoding="utf-8").split("KillMode=mixed")[1].splitlines()) for name in SERVICES
    ]
    alike = set.intersection(*lines)
    assert len(alike) > 15
    assert all(each - alike <= {"", "[Install]", "WantedBy=multi-user.target"} for each in lines)
