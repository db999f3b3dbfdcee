"""Everything that is kept, in one SQLite file. All SQL is in this package."""

from rowback.store.store import Store

__all__ = ["Store"]
