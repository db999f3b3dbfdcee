"""What the store asks of a database, whatever engine keeps it: statements and their rows. What an engine does otherwise
stands with the engine; everything else here is written in the SQL that all of them read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Rows(Protocol):
    """What a statement gives: rows as tuples, in their order, each once."""

    @property
    def rowcount(self) -> int:
        """How many rows were added, changed or taken away."""
        ...

    def fetchone(self) -> Any:
        """The next row; None behind the last."""
        ...

    def fetchall(self) -> list[Any]:
        """All that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Db(Protocol):
    """A database within a transaction."""

    def execute(self, sql: str, values: Sequence[Any] | dict[str, Any] | None = None, /) -> Rows:
        """Runs one statement. Its values are bound to `?` in their order, or to `:name` by name."""
        ...
