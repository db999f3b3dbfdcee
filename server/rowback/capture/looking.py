"""Reads what a person asks to follow while they wait, for some seconds, with the manners of the poller: its host is held, its
robots.txt asked. What takes longer, or is on a host that is being asked just now, is the poller's."""

from __future__ import annotations

import secrets
import threading
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from rowback.capture.feed_reading import read_feed
from rowback.capture.pacing import gap, pause
from rowback.store.feeds import FeedKind
from rowback.store.work import Job, JobKind, Outcome
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Callable

    from rowback.capture.context import Context
    from rowback.capture.visit import Done
    from rowback.store.feeds import Feed

LOOK_S = 10.0  # a person waits so long; the extension gives up an answer after fifteen
LEASE = timedelta(minutes=2)  # more than reading takes


def look(context: Context, feed: Feed, *, is_site: bool = False, wait_s: float = LOOK_S) -> Feed:
    """A feed after it was read just now. As it is where that takes longer. Where nothing of it is followed in its place, for
    one that is an article or led to what is followed already, as it was, with the reason."""
    told: list[Done] = []
    reading = threading.Thread(
        target=_held,
        args=[context, feed, partial(_read, context, feed, is_site=is_site), told],
        name="look",
        daemon=True,
    )
    reading.start()
    reading.join(wait_s)
    found = context.store.feeds.feed(feed.id)
    if found is None and told:
        return replace(feed, outcome=told[-1].outcome.value, reason=told[-1].reason, checked_at=context.now())
    return found or feed


def _held(context: Context, feed: Feed, read: Callable[[], Done], told: list[Done]) -> None:
    """Reads with the feed's host held, and gives it back as the poller does."""
    queue, holder, host = context.store.queue, f"look-{secrets.token_hex(8)}", identify(feed.url).host
    try:
        now = context.now()
        if not queue.claim(host, holder, now, now + LEASE):
            return
        free_at, blocked = now, None
        try:
            done = read()
            told.append(done)
            free_at = context.now() + gap(0.0, 0.0)
            if done.outcome is Outcome.BLOCKED:
                free_at = context.now() + pause(queue.blocks(host), done.retry_after_s, 0.0)
                blocked = done.reason
        finally:
            queue.release(host, holder, free_at, blocked)
    finally:
        context.store.close()


def _read(context: Context, feed: Feed, *, is_site: bool) -> Done:
    """Reads what is to be followed, and the feed that it leads to."""
    began = context.now()

    def read(it: Feed) -> Done:
        return read_feed(context, Job(JobKind.FEED, it.id, it.url, identify(it.url).host, began), is_site=is_site)

    done = read(feed)
    led_to = context.store.feeds.feed(feed.id)
    if led_to is not None and led_to.kind is not FeedKind.SITE and led_to.checked_at is None:
        return read(led_to)
    return done
