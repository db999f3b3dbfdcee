"""Bare Debians in folders, each made once by debootstrap and copied for each use; nothing is mounted into a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.server.documents import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Release:
    """A Debian by its code name, with packages, and what root types once in it."""

    name: str
    packages: tuple[str, ...]
    then: str = "true"


# Its pip is the oldest that has to do. `python` by that name is what the container's steps call; the others are what README
# and hosting.md ask for.
OLDEST = Release("bookworm", ("ca-certificates", "python3", "python3-venv", "python-is-python3", "pipx", "git"))
# Every Python that it has, the newest released one among them, and a Compose that reads a file without docker.
NEWEST = Release(
    "sid",
    ("ca-certificates", "docker-compose", "python3-venv"),
    "apt-get install -qq --yes --no-install-recommends "
    r"$(apt-cache pkgnames python3. | grep -x 'python3\.[0-9]*-venv') >/dev/null",
)
# Not in the checkout: what walks through that would walk through a whole Debian.
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rowback-tests"
WITHIN_S = 1_800  # on a slow line
PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
# How this machine reaches names and package indexes, without which nobody could install anything.
OF_THE_NET = ("/etc/resolv.conf", "/etc/hosts", "/etc/ssl/certs/ca-certificates.crt")
PASSED_ON = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "PIP_INDEX_URL", "PIP_CERT", "PIP_DEFAULT_TIMEOUT",
             "UV_DEFAULT_INDEX", "UV_INDEX_URL", "SSL_CERT_FILE")  # fmt: skip
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", "output", ".hypothesis", ".*_cache")


def missing() -> str | None:
    """What keeps this machine from making one, in words."""
    if os.geteuid() != 0:
        return "only root can enter another root folder"
    if not all((_kept(each) / "made").exists() for each in (OLDEST, NEWEST)) and shutil.which("debootstrap") is None:
        return "debootstrap is not installed"
    return None


def make(release: Release) -> Path:
    """The bare Debian of a release, made where it is not yet."""
    made, root = _kept(release) / "made", _kept(release) / "root"
    if not made.exists():
        shutil.rmtree(made.parent, ignore_errors=True)
        made.parent.mkdir(parents=True)
        packages = f"--include={','.join(release.packages)}"
        command = ["debootstrap", "--variant=minbase", packages, release.name, str(root)]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=WITHIN_S)
        if ran.returncode:
            raise RuntimeError(f"debootstrap failed: {(ran.stdout + ran.stderr)[-2_000:]}")
        _reaching_the_net(root).run(release.then, Somebody(environment={"DEBIAN_FRONTEND": "noninteractive"}))
        made.touch()
    return root


def _kept(release: Release) -> Path:
    """The folder that it is made in."""
    return CACHE / f"debian-{release.name}"


@dataclass(frozen=True)
class Somebody:
    """Who types something there, where, and with what in the environment."""

    user: str = "root"
    folder: str = "/"
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Debian:
    """A copy of the bare Debian, to be changed."""

    root: Path
    passed_on: Mapping[str, str] = field(
        default_factory=lambda: {name: value for name, value in os.environ.items() if name.upper() in PASSED_ON}
    )

    def inside(self, path: str) -> Path:
        """Where a path of its own is outside."""
        return self.root / path.removeprefix("/")

    def command(self, line: str, by: Somebody) -> list[str]:
        """A shell's line as a command of this machine. It has no more environment than is said."""
        full = {**self.passed_on, "PATH": PATH, **by.environment}
        named = [f"{name}={value}" for name, value in full.items()]
        shell = ["env", "-i", *named, "sh", "-c", f'cd "$1" && {line}', "sh", by.folder]
        return ["chroot", f"--userspec={by.user}", str(self.root), *shell]

    def run(self, line: str, by: Somebody | None = None) -> str:
        """What a shell's line prints, typed by root unless said; raises `RuntimeError` with what it said when it fails."""
        ran = subprocess.run(
            self.command(line, by or Somebody()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=WITHIN_S,
        )
        if ran.returncode:
            raise RuntimeError(f"{line} ended with {ran.returncode}: {ran.stdout[-2_000:]}")
        return ran.stdout


def copy_to(root: Path, release: Release = OLDEST) -> Debian:
    """A copy of the bare Debian in a folder that is not there yet."""
    made = str(make(release))
    subprocess.run(["cp", "--archive", "--one-file-system", "--reflink=auto", made, str(root)], check=True)
    return _reaching_the_net(root)


def _reaching_the_net(root: Path) -> Debian:
    """A Debian that was given what this machine reaches others by."""
    debian = Debian(root)
    for file in OF_THE_NET:
        if Path(file).exists():
            shutil.copyfile(file, debian.inside(file))
    return debian


def copy_checkout(to: Path) -> None:
    """The files of this checkout, without what is installed or made in it."""
    shutil.copytree(ROOT, to, ignore=LEFT_OUT, symlinks=True)
