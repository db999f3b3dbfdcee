"""The past of the newspaper: hands every revision published before the demo started to whoever keeps versions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.demo.newspaper_pages import Pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rowback.demo.stories import Story


def stock(
    record: Callable[[str, str, datetime], object], base_url: str, stories: Sequence[Story], started_at: datetime
) -> int:
    """Call `record(url, html, seen_at)` for every past revision of every followed story, oldest first.

    The HTML is the page as the newspaper at `base_url` would have served it, so that versions come from the same door
    as any other page's. Answers how many there were.
    """
    pages = Pages(base_url, stories, started_at)
    current = {story.slug: story.opening for story in stories}
    past = [
        (started_at - timedelta(minutes=revision.minutes_ago), story, index)
        for story in stories
        if story.followed
        for index, revision in enumerate(story.revisions)
        if revision.minutes_ago is not None
    ]
    past.sort(key=lambda moment: moment[0])
    for seen_at, story, index in past:
        record(pages.address(story), pages.story(story, index, current), seen_at)
    return len(past)
