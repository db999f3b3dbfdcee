"""Tries each way to install Rowback in a fresh environment, to a running backend that stores a page:

    python -m tests.installing           each way with each Python that is here
    python -m tests.installing --here    each way with this Python
    python -m tests.installing NAME…     these ways only

It asks a package index, as people do: what the locks hide (an extra that an old pip misses) shows here. What this machine
has in its caches is not fetched again. Ends with 1 when a way fails; one that a Python is too new for is named as left out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.server.samples import page

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
OLDEST_PIP = "23.0.1"  # Debian 12's
WITHIN_S = 900  # a slow line
ENDS_WITHIN_S = 60
PYTHONS = tuple(f"python3.{minor}" for minor in range(11, 20))
WINDOWS = os.name == "nt"
BIN = "Scripts" if WINDOWS else "bin"
CACHES = Path.home() / ".cache"


@dataclass(frozen=True)
class Made:
    """The packages of the checkout, and where the tools are that install packages."""

    wheel: Path
    sdist: Path
    tools: Path


@dataclass(frozen=True)
class Room:
    """An empty home, and what was made of the checkout. `python` is the interpreter to install into."""

    folder: Path
    python: str
    made: Made

    def environment(self) -> dict[str, str]:
        """The process's own, with a home, data and tools in the folder, and nothing of this checkout."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ROWBACK_", "VIRTUAL", "PYTHON", "XDG_", "UV_TOOL", "PIPX_"))
        }
        own = {
            "HOME": str(self.folder),
            "USERPROFILE": str(self.folder),
            "UV_TOOL_DIR": str(self.folder / "tools"),
            "UV_TOOL_BIN_DIR": str(self.folder / "bin"),
            "PIPX_HOME": str(self.folder / "pipx"),
            "PIPX_BIN_DIR": str(self.folder / "bin"),
            "PIP_CACHE_DIR": os.environ.get("PIP_CACHE_DIR", str(CACHES / "pip")),
            "UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR", str(CACHES / "uv")),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PYTHONUNBUFFERED": "1",
        }
        return kept | own

    def run(self, *command: str | Path) -> str:
        """What a command prints; raises `SystemExit` with what it said when it fails."""
        ran = subprocess.run(
            [*map(str, command)],
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=WITHIN_S,
            encoding="utf-8",
        )
        if ran.returncode:
            raise SystemExit(f"{' '.join(map(str, command))} ended with {ran.returncode}:\n{ran.stdout[-3_000:]}")
        return ran.stdout

    def venv(self, pip: str | None) -> Path:
        """A fresh environment with this pip (None: the newest there is); its Python."""
        self.run(self.python, "-m", "venv", self.folder / "venv")
        python = self.folder / "venv" / BIN / "python"
        self.run(python, "-m", "pip", "install", "-q", *(["--upgrade", "pip"] if pip is None else [f"pip=={pip}"]))
        return python


def _pip(room: Room, what: Path, pip: str | None) -> list[str]:
    python = room.venv(pip)
    room.run(python, "-m", "pip", "install", "-q", what)
    return [str(python), "-m", "rowback"]


def _uv_tool(room: Room) -> list[str]:
    room.run(room.made.tools / "uv", "tool", "install", "--quiet", "--python", room.python, room.made.wheel)
    return [str(room.folder / "bin" / "rowback")]


def _pipx(room: Room) -> list[str]:
    room.run(room.made.tools / "pipx", "install", "--python", room.python, room.made.wheel)
    return [str(room.folder / "bin" / "rowback")]


WAYS: dict[str, Callable[[Room], list[str]]] = {
    "wheel-oldest-pip": lambda room: _pip(room, room.made.wheel, OLDEST_PIP),
    "wheel-newest-pip": lambda room: _pip(room, room.made.wheel, None),
    "sdist-newest-pip": lambda room: _pip(room, room.made.sdist, None),
    "checkout-oldest-pip": lambda room: _pip(room, ROOT, OLDEST_PIP),
    "uv-tool": _uv_tool,
    "pipx": _pipx,
}
OLD_PIPS_END = (3, 12)  # from there on they fail by themselves: they use what Python took out


def main(words: list[str]) -> int:
    """Runs the ways that are asked for, and prints a line of each; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.installing")
    parser.add_argument("ways", nargs="*", metavar="NAME", help=", ".join(WAYS))
    parser.add_argument("--here", action="store_true", help="with this Python only")
    given = parser.parse_args(words)
    if unknown := set(given.ways) - WAYS.keys():
        parser.error(f"{unknown.pop()} is no way; there are {', '.join(WAYS)}")
    pythons = [sys.executable] if given.here else (_pythons() or [sys.executable])
    with tempfile.TemporaryDirectory() as scratch:
        made = _made(Path(scratch))
        failed = [name for python in pythons for name in given.ways or WAYS if not _is_good(name, python, made)]
    return 1 if failed else 0


def _is_good(name: str, python: str, made: Made) -> bool:
    """Whether a way leads to a backend, which is said."""
    version = _version(python)
    told = f"{name}, Python {'.'.join(map(str, version))}"
    if name.endswith("oldest-pip") and version[:2] >= OLD_PIPS_END:
        print(f"--  {told}: left out, no such pip runs on it", flush=True)
        return True
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder), python, made)
        try:
            _check(room, WAYS[name](room))
        except (SystemExit, OSError, ValueError, AssertionError, subprocess.TimeoutExpired) as error:
            print(f"NO  {told}: {error}", flush=True)
            return False
    print(f"ok  {told}", flush=True)
    return True


def _pythons() -> list[str]:
    """One interpreter of each version that is here."""
    found = {}
    for name in PYTHONS:
        path = shutil.which(name)
        if (
            path is not None
            and subprocess.run([path, "-c", "import ensurepip, venv"], capture_output=True).returncode == 0
        ):
            found[_version(path)[:2]] = path
    return [found[version] for version in sorted(found)]


def _version(python: str) -> tuple[int, ...]:
    said = subprocess.run([python, "-c", "import sys; print(*sys.version_info[:3])"], capture_output=True, check=True)
    return tuple(int(part) for part in said.stdout.split())


def _made(folder: Path) -> Made:
    """The wheel and the source distribution of this checkout, looked into, and the tools, in an environment of their own."""
    subprocess.run([sys.executable, "-m", "venv", folder / "tools"], check=True)
    tools = folder / "tools" / BIN
    pip = [str(tools / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "build", "uv", "pipx"], check=True)
    subprocess.run([tools / "python", "-m", "build", "-o", folder / "dist", ROOT], check=True, capture_output=True)
    (wheel,), (sdist,) = (folder / "dist").glob("*.whl"), (folder / "dist").glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    assert {"rowback/_extension/manifest.json", "rowback/__main__.py", "rowback/py.typed"} <= names
    tables = {path.relative_to(ROOT / "server").as_posix() for path in (ROOT / "server" / "rowback").rglob("*.sql")}
    assert tables, "no tables for PostgreSQL"
    assert tables <= names
    with tarfile.open(sdist) as packed_source:
        inside = {name.partition("/")[2] for name in packed_source.getnames()}
    assert {".github/open-card.png", "extension/manifest.json", "server/requirements.txt", "LICENSE"} <= inside
    return Made(wheel, sdist, tools)


def _check(room: Room, command: list[str]) -> None:
    """A saved page is stored, the extension is put in a folder, and a backend answers and ends."""
    version = room.run(*command, "--version").split()[-1]
    saved = room.folder / "saved.html"
    saved.write_text(page(), encoding="utf-8")
    stored = room.run(*command, "capture", saved, "--url", "https://quay.example/ferry", "--db", room.folder / "r.db")
    assert "Stored version 0" in stored, stored
    room.run(*command, "extension", room.folder / "unpacked")
    manifest = json.loads((room.folder / "unpacked" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == version, manifest["version"]
    serving = [*command, "serve", "--port", "0", "--no-open", "--no-poll", "--db", str(room.folder / "r.db")]
    with subprocess.Popen(
        serving, cwd=room.folder, env=room.environment(), stdout=subprocess.PIPE, encoding="utf-8"
    ) as backend:
        try:
            assert backend.stdout is not None
            address = re.search(r"http://\S+", backend.stdout.readline())
            assert address is not None
            with urllib.request.urlopen(f"{address[0]}/api/v1/health", timeout=30) as answer:
                health = json.load(answer)
            assert (health["status"], health["version"]) == ("ok", version), health
        finally:
            backend.terminate()  # whoever runs this behind a shell's & has Ctrl-C ignored in all that is started
        assert backend.wait(ENDS_WITHIN_S) == 0 or WINDOWS


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
