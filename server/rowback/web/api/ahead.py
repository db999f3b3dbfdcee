"""Tells what readers will ask for, from first version to latest, before they do: in the background, when a version was
recorded by whatever process, and of all articles when the rules are others than before.

Nobody waits for it: what is not told yet is told to whoever asks, as if this were not there.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from rowback.apart.pool import Ended
from rowback.errors import NotFound, StoreError
from rowback.web.api.edit_answers import Histories

if TYPE_CHECKING:
    import threading

    from rowback.store import Store

LOOK_S = 1.0  # between looks for what was recorded; a look takes some hundredths of a millisecond
PAUSE_S = 0.01  # after each article: readers go first
AT_ONCE = 200  # articles between two looks at the list
log = logging.getLogger("rowback.web")


class Ahead:
    """Tells the articles of a store ahead."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._histories = Histories(store)
        self._is_begun = False
        self._given_up: set[tuple[int, int]] = (
            set()
        )  # articles that our own mistake keeps from being told, each as it was

    def run(self, stopping: threading.Event) -> None:
        """Goes on until it is told to stop. What goes wrong with an article costs no reader anything: it is tried again when
        that article changes, or at the next start."""
        while True:
            with suppress(StoreError, Ended):
                self.catch_up(stopping)
            if stopping.wait(LOOK_S):
                break
        self._store.close()

    def catch_up(self, stopping: threading.Event | None = None) -> int:
        """Tells what is due. Returns how many articles were told."""
        rules = self._histories.rules
        told = 0
        tried: set[int] = set()
        while True:
            due = self._store.answers.due(AT_ONCE + len(tried), None if self._is_begun else rules)
            self._is_begun = True
            new = [article_id for article_id in due if article_id not in tried]
            if not new:
                return told
            tried.update(new)
            settled = [article_id for article_id in new if self._store.answers.is_kept(article_id, rules)]
            if settled:
                self._store.answers.settle(settled, rules)
            for article_id in sorted(set(new) - set(settled)):
                if stopping is not None and stopping.wait(PAUSE_S):
                    return told
                told += self._tell(article_id)

    def _tell(self, article_id: int) -> bool:
        """Whether an article was told; one that changed meanwhile is due still."""
        article = self._store.articles.get(article_id)
        if article is None or (article_id, article.revision) in self._given_up:
            return False
        try:
            return self._histories.prepare(article)
        except NotFound:  # merged or forgotten meanwhile
            return False
        except (StoreError, Ended):
            raise
        except Exception:
            log.exception("Article %d could not be told ahead.", article_id)
            self._given_up.add((article_id, article.revision))
            return False
