"""The editor's desk: which revision of every story is on the page now, and what publishing does.

It must not know how pages look or where captures go: both are callables handed in.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rowback.errors import RowbackError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from rowback.demo.stories import Story

    OnPublish = Callable[[str, str, datetime], object]  # url, html, at


class DeskOutcome(StrEnum):
    """What became of a button pressed on the desk."""

    PUBLISHED = "published"
    UNDONE = "undone"
    STARTED_OVER = "started-over"
    NOTHING_TO_DO = "nothing-to-do"
    NOT_RECORDED = "not-recorded"


@dataclass(frozen=True, slots=True)
class Notice:
    """What the desk says after a button was pressed. `story` is None when it was about all of them."""

    outcome: DeskOutcome
    story: Story | None = None
    detail: str = ""


class Desk:
    """Publishes and takes back revisions. Safe to use from several threads; publications happen one at a time.

    Undoing is a publication too: the earlier text goes back on the page, and whoever watches it sees that.
    """

    def __init__(
        self,
        stories: Iterable[Story],
        page: Callable[[Story, int], tuple[str, str]],
        on_publish: OnPublish,
        clock: Callable[[], datetime],
    ) -> None:
        """`page(story, index)` gives the address and the HTML of one revision."""
        self.stories = {story.slug: story for story in stories}
        self._page = page
        self._on_publish = on_publish
        self._clock = clock
        self._lock = threading.Lock()
        self._current = {slug: story.opening for slug, story in self.stories.items()}
        self._last_notice: Notice | None = None

    @property
    def current(self) -> Mapping[str, int]:
        """The index of the revision on the page, by slug."""
        return dict(self._current)

    @property
    def last_notice(self) -> Notice | None:
        """What became of the button pressed last."""
        return self._last_notice

    def publish(self, story: Story) -> Notice:
        """Put the next revision of a story on the page."""
        with self._lock:
            index = self._current[story.slug] + 1
            self._last_notice = self._put(story, index, DeskOutcome.PUBLISHED)
            return self._last_notice

    def undo(self, story: Story) -> Notice:
        """Put the revision before the present one back, as far as the one the demo started with."""
        with self._lock:
            index = self._current[story.slug] - 1
            self._last_notice = self._put(story, index, DeskOutcome.UNDONE)
            return self._last_notice

    def start_over(self) -> Notice:
        """Put every story back to the revision the demo started with."""
        with self._lock:
            changed = [story for slug, story in self.stories.items() if self._current[slug] != story.opening]
            notices = [self._put(story, story.opening, DeskOutcome.STARTED_OVER) for story in changed]
            failed = [notice for notice in notices if notice.outcome is DeskOutcome.NOT_RECORDED]
            done = Notice(DeskOutcome.STARTED_OVER if changed else DeskOutcome.NOTHING_TO_DO)
            self._last_notice = failed[0] if failed else done
            return self._last_notice

    def _put(self, story: Story, index: int, outcome: DeskOutcome) -> Notice:
        if not story.opening <= index < len(story.revisions):
            return Notice(DeskOutcome.NOTHING_TO_DO, story)
        self._current[story.slug] = index
        url, html = self._page(story, index)
        try:
            self._on_publish(url, html, self._clock())
        except RowbackError as error:
            return Notice(DeskOutcome.NOT_RECORDED, story, str(error))
        return Notice(outcome, story)
