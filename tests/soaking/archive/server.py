"""pywb, from PyPI and in an environment of its own: it is under the GPL, and brings some thirty packages along. It stays for
the next run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.server.program import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENVIRONMENT = Path(__file__).parents[2] / "output" / "pywb"
PACKAGES = ("pywb==2.10.0", "setuptools<81")  # it still asks for pkg_resources
COLLECTION = "paper"
CONFIG = "collections_root: collections\nframed_replay: false\nredirect_to_exact: true\n"
STARTS_WITHIN_S = 60.0


def is_installed(environment: Path = ENVIRONMENT) -> bool:
    """Whether pywb can be started without asking a package registry."""
    return (environment / "bin" / "wayback").exists()


def install(environment: Path = ENVIRONMENT) -> None:
    """Installs pywb where it is not yet."""
    if not is_installed(environment):
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *PACKAGES], check=True)


@contextmanager
def serving(folder: Path, files: Sequence[Path], environment: Path = ENVIRONMENT) -> Iterator[str]:
    """The address of a collection with these WARC files, while the block runs. `folder` is its own."""
    folder.mkdir()
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    manage = environment / "bin" / "wb-manager"
    for arguments in (["init", COLLECTION], ["add", COLLECTION, *map(str, files)]):
        subprocess.run([manage, *arguments], cwd=folder, check=True, capture_output=True)
    port = free_port()
    with (folder / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [environment / "bin" / "wayback", "-b", "127.0.0.1", "-p", str(port)],
            cwd=folder,
            stdout=log,
            stderr=log,
            env=os.environ | {"PYTHONWARNINGS": "ignore"},
        )
    try:
        url = f"http://127.0.0.1:{port}/{COLLECTION}"
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(STARTS_WITHIN_S)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    """Waits until it answers."""
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/cdx?url=nobody.example", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError("pywb does not answer.")
