"""Databases and repositories such as peers keep, of our own making."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def made(path: Path, script: str, **filled: Iterable[tuple[object, ...]]) -> Path:
    """A SQLite file with the tables of a script, and rows in them."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script)
        for table, values in filled.items():
            for row in values:
                db.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)  # noqa: S608 (names of our own)
        db.commit()
    return path


def git(folder: Path, *words: str, at: str = "2026-01-10T08:00:00+0000") -> str:
    """What git prints."""
    own = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": "2026-11-11T11:11:11+0000", "GIT_CONFIG_GLOBAL": os.devnull}
    named = ["-c", "user.name=n", "-c", "user.email=n@n.example"]
    told = subprocess.run(
        ["git", *named, *words], cwd=folder, env={**os.environ, **own}, check=True, capture_output=True, text=True
    )
    return told.stdout.strip()


def commit(folder: Path, name: str, text: str, subject: str, at: str = "2026-01-10T08:00:00+0000") -> str:
    """The id of a commit that changed a file."""
    if not (folder / ".git").exists():
        folder.mkdir(parents=True)
        git(folder, "init", "-q")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", subject, at=at)
    return git(folder, "rev-parse", "HEAD")
