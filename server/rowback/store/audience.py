"""Who is told: the owner everything, each other reader what is listed and what they brought themselves, strangers what is
listed and nothing of who read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

OWNER = 1  # the owner's number among the readers


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom something is read: a reader by number, strangers by 0. These get columns `public_…` in the place of instants:
    see `store.public_spans`."""

    reader: int

    TRUSTED: ClassVar[Audience]
    STRANGERS: ClassVar[Audience]

    @property
    def is_strangers(self) -> bool:
        """Whether only what is public may be told."""
        return self.reader == 0

    @property
    def is_owner(self) -> bool:
        """Whether all may be told."""
        return self.reader == OWNER

    def instant(self, column: str) -> str:
        """The name of a column that holds an instant, with or without its table: `changes.seen_at`."""
        table, _, name = column.rpartition(".")
        told = f"public_{name}" if self.is_strangers else name
        return f"{table}.{told}" if table else told

    def listed(self, table: str) -> list[str]:
        """The SQL condition, if any, on `articles`, or a table of what they are made of, that says of each row whether it may
        be seen."""
        if self.is_owner:
            return []
        if self.is_strangers:
            return [f"{table}.listed = 1"]
        key = "id" if table == "articles" else "article_id"
        own = f"select article_id from reader_articles where reader_id = {int(self.reader)}"
        return [f"({table}.listed = 1 or {table}.{key} in ({own}))"]


Audience.TRUSTED = Audience(OWNER)
Audience.STRANGERS = Audience(0)
