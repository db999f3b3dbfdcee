"""How far the files of an import are stored, so that one that was cut off goes on where it was."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rowback.store.putting import put

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rowback.store.database import Connection
    from rowback.store.engine import Db

_OPEN = (
    "import_files.import not in (select number from imports where undone_at is not null or undo_began_at is not null)"
)


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """How many records of a collection are stored, whether these are all, and the counts that were kept with that."""

    done: int = 0
    is_whole: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)


class ImportFiles:
    """Collections by their marks. Each method is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def number_of(self, marks: Sequence[str]) -> int | None:
        """The newest import, not taken back, that was of these collections together."""
        with self._connection.read() as db:
            row = db.execute(
                f"select max(import) from import_files where mark = ? and {_OPEN}", [_together(marks)]
            ).fetchone()
        return None if row[0] is None else int(row[0])

    def begin(self, number: int, marks: Sequence[str]) -> None:
        """Notes of what collections an import is."""
        with self._connection.write() as db:
            db.execute("insert into import_files (import, mark) values (?, ?)", [number, _together(marks)])

    def reach(self, number: int) -> tuple[int, int]:
        """How many articles have something of an import, and how many of them more than one version."""
        with self._connection.read() as db:
            row = db.execute(
                "select count(*), count(*) filter (where version_count > 1) from articles "
                "where id in (select article_id from brought where import = ?)",
                [number],
            ).fetchone()
        return int(row[0]), int(row[1])

    def get(self, number: int, mark: str) -> ImportedFile:
        """How far one is."""
        with self._connection.read() as db:
            row = db.execute(
                "select done, is_whole, counts from import_files where import = ? and mark = ?", [number, mark]
            ).fetchone()
        return ImportedFile() if row is None else ImportedFile(int(row[0]), bool(row[1]), json.loads(row[2]))

    def note(self, number: int, mark: str, file: ImportedFile) -> None:
        """Notes how far one is."""
        with self._connection.write() as db:
            _note(db, number, mark, file)


def _together(marks: Sequence[str]) -> str:
    """The mark of several collections, however many, in whatever order."""
    return "all " + hashlib.blake2b(" ".join(sorted(marks)).encode(), digest_size=16).hexdigest()


def _note(db: Db, number: int, mark: str, file: ImportedFile) -> None:
    row = {"done": file.done, "is_whole": int(file.is_whole), "counts": json.dumps(dict(file.counts))}
    put(db, "import_files", {"import": number, "mark": mark} | row, key="import, mark")
