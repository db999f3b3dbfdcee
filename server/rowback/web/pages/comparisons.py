"""A cache of comparisons that pages and feeds show, each computed once: a step between two versions never changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

from rowback.diff.blocks.carry import follow
from rowback.diff.telling.history import tell
from rowback.diff.telling.step import tell_step

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from rowback.diff.blocks.carry import Lineage
    from rowback.model import Article, Edit, History
    from rowback.store import Store
    from rowback.store.steps import KeptStep

KEPT_STEPS = 2_000  # some 5 KB each
KEPT_ARTICLES = 64  # some 500 KB each at most

V = TypeVar("V")


class Kept(Generic[V]):
    """The values asked for last, by key. Safe for threads; two that ask at once may both compute."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, compute: Callable[[], V]) -> V:
        """The value of a key."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = compute()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return value


class Comparisons:
    """Comparisons, and whole articles, compared."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._edits: Kept[tuple[Edit, ...]] = Kept(KEPT_STEPS)
        self._articles: Kept[tuple[Lineage, History]] = Kept(KEPT_ARTICLES)

    def edits(self, change: KeptStep) -> tuple[Edit, ...]:
        """The edits of a step."""
        pair = change.previous_id, change.version_id
        # Not by row ids alone: SQLite gives those of what was forgotten to what comes next.
        return self._edits.get(change, lambda: tell_step(*self._store.steps.contents(*pair)).edits)

    def of_article(self, article: Article) -> tuple[Lineage, History]:
        """An article's blocks through all versions, and its history from the first to the latest."""
        return self._articles.get(article, lambda: _told(self._store, article))


def _told(store: Store, article: Article) -> tuple[Lineage, History]:
    versions = store.versions(article.id)
    lineage = follow(versions)
    return lineage, tell(versions, 0, len(versions) - 1, lineage)
