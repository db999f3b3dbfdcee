"""The code that ratios are told to: the project as it was at one commit, in a folder of its own."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
COMMIT = "9f1d7bf"  # the last before speed was worked on
FOLDERS = ("server", "tests/benchmark")
MISSING = f"no commit {COMMIT} here: a clone with its whole history has it"


@contextmanager
def reference_tree(commit: str = COMMIT, folders: Sequence[str] = FOLDERS) -> Iterator[Path | None]:
    """A folder with these folders as they were, gone afterwards; None where the commit is not there."""
    asked = ["git", "-C", str(ROOT), "archive", commit, *folders]
    done = subprocess.run(asked, capture_output=True, check=False)
    if done.returncode:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
        yield Path(folder)
