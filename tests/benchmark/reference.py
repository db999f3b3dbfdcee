"""The code that ratios are told to: the server as it was at one commit, in a folder of its own."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
COMMIT = "9f1d7bf"  # the last before speed was worked on
MISSING = f"no commit {COMMIT} here: a clone with its whole history has it"


@contextmanager
def reference_tree(commit: str = COMMIT) -> Iterator[Path | None]:
    """The folder with `server` and `tests/benchmark` as they were, gone afterwards; None where the commit is not there."""
    asked = ["git", "-C", str(ROOT), "archive", commit, "server", "tests/benchmark"]
    done = subprocess.run(asked, capture_output=True, check=False)
    if done.returncode:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
        yield Path(folder)
