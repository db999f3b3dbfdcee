"""Who is told: whoever holds a token or a session sees everything, strangers what is listed and nothing of who read it."""

from __future__ import annotations

from enum import Enum


class Audience(Enum):
    """For whom something is read. Strangers get columns `public_…` in the place of instants: see `store.public_spans`."""

    TRUSTED = "trusted"
    STRANGERS = "strangers"

    @property
    def is_strangers(self) -> bool:
        """Whether only what is public may be told."""
        return self is Audience.STRANGERS

    def instant(self, column: str) -> str:
        """The name of a column that holds an instant, with or without its table: `changes.seen_at`."""
        table, _, name = column.rpartition(".")
        told = f"public_{name}" if self.is_strangers else name
        return f"{table}.{told}" if table else told

    def listed(self, table: str) -> list[str]:
        """The SQL condition, if any, on a table that says of each row whether strangers may see it."""
        return [f"{table}.listed = 1"] if self.is_strangers else []
