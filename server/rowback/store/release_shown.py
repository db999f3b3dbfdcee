"""Of which release the owner was last shown what is new. A store that begins has nothing to tell; one from before has.

Kept among the settings, without a migration: where nothing is kept, the store is older than this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback import __version__
from rowback.store.putting import put

if TYPE_CHECKING:
    from rowback.store.database import Connection
    from rowback.store.engine import Db

_NAME = "release_shown"


class ReleaseShown:
    """The release, as it is kept in a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last(self) -> str | None:
        """The release that was shown last; None where none ever was."""
        row = self._connection.row("select value from settings where name = ?", [_NAME])
        return None if row is None else str(row[0])

    def note(self) -> None:
        """Notes that what is new in this release was shown."""
        with self._connection.write() as db:
            note_begun(db)


def note_begun(db: Db) -> None:
    """Nothing in this release is new to a store that begins with it. Runs inside a write transaction."""
    put(db, "settings", {"name": _NAME, "value": __version__}, key="name")
