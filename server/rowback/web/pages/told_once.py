"""A cache of what pages and feeds tell of articles, each told once: a step between two versions never changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from rowback.apart.lanes import ASKED, weight_of
from rowback.diff.blocks.carry import follow
from rowback.diff.telling.coarse import coarse_step
from rowback.diff.telling.history import tell
from rowback.diff.telling.step import tell_step
from rowback.errors import PageTooCostly
from rowback.web.pages.chart import Dot, Lives, lives, time_line

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from rowback.diff.telling.step import Step
    from rowback.model import Article, Content, Version
    from rowback.store import Store
    from rowback.store.steps import KeptStep
    from rowback.store.view import View
    from rowback.told import Edit, History

KEPT_STEPS = 2_000  # some 5 KB each
KEPT_ARTICLES = 64  # some 300 KB each, with 20 versions of 40 paragraphs

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


@dataclass(frozen=True, slots=True)
class Portrait:
    """An article through all its versions: what changed from the first to the latest, when they came, and how its paragraphs
    lived. Texts and comparisons it was made of are not kept."""

    history: History
    dots: tuple[Dot, ...]
    lives: Lives


class ToldOnce:
    """What was told of the steps and articles of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._edits: Kept[tuple[Edit, ...]] = Kept(KEPT_STEPS)
        self._portraits: Kept[Portrait] = Kept(KEPT_ARTICLES)

    def edits(self, step: KeptStep) -> tuple[Edit, ...]:
        """The edits of a step."""
        pair = step.previous_id, step.version_id
        # Not by row ids alone: SQLite gives those of what was forgotten to what comes next.
        return self._edits.get(step, lambda: _step(*self._store.versions.of_step(*pair)).edits)

    def portrait(self, article: Article, view: View) -> Portrait:
        """An article through all its versions, as whoever has the view may see it."""
        return self._portraits.get((view.audience, article), lambda: _portrait(article, view))


def _portrait(article: Article, view: View) -> Portrait:
    versions = view.versions.of_article(article.id)
    weight = weight_of(*(version.content for version in versions))
    return ASKED.run_unless_refused(("portrait", article), weight, portray, versions, article)


def _step(old: Content, new: Content, *earlier: Content) -> Step:
    try:
        return ASKED.run(weight_of(old, new, *earlier), tell_step, old, new, earlier)
    except PageTooCostly:
        return coarse_step(old, new)


def portray(versions: Sequence[Version], article: Article) -> Portrait:
    """An article's portrait, of all its versions."""
    lineage = follow(versions)
    history = tell(versions, 0, len(versions) - 1, lineage)
    return Portrait(history, time_line(versions, article), lives(lineage))
