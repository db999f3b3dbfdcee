"""Copies of articles: a page that names an article on another host as its original is believed when that host is asked and
tells the same story. Then the original is recorded, as read from its own host, and the copy's address leads to it.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.capture.captures import from_html
from rowback.capture.fetch import MAX_SECONDS
from rowback.capture.pacing import gap
from rowback.errors import NotAnArticle, RowbackError, StoreError
from rowback.text.canonicals import foreign_canonical
from rowback.text.doubts import is_same_story
from rowback.text.urls import identify

if TYPE_CHECKING:
    from rowback.capture.context import Context
    from rowback.capture.fetch import Answer
    from rowback.model import Capture, Recorded

LEASE = timedelta(seconds=3 * MAX_SECONDS)  # of the other host: for its robots.txt and one page, with room to spare


def record_found(context: Context, capture: Capture) -> Recorded:
    """Stores a page that was found just now, or its original. Raises what `Store.record` raises."""
    found = _original(context, capture)
    if found is not None:
        try:
            recorded = context.store.record(found, context.now())
        except NotAnArticle:
            return context.store.record(capture, context.now())
        context.store.articles.lead(capture.url, recorded.article.id)
        return recorded
    return context.store.record(capture, context.now())


def _original(context: Context, capture: Capture) -> Capture | None:
    """The page on another host that a page, unknown so far, names as its original; None unless it tells the same story."""
    link = foreign_canonical(capture.url, capture.canonical_url)
    if link is None or capture.doubt is not None or context.store.articles.find(capture.url) is not None:
        return None
    try:
        answer = _asked(context, link)
        if answer is None or answer.status != 200 or identify(answer.url).site != identify(link).site:
            return None
        page = from_html(answer.url, answer.text(), context.now(), capture.origin)
        found = replace(page, is_listing=capture.is_listing, is_anyway=capture.is_anyway)
    except StoreError:
        raise
    except RowbackError:
        return None  # the copy stands for itself
    is_copy = found.doubt is None and is_same_story(found.content, capture.content)
    return found if is_copy else None


def _asked(context: Context, link: str) -> Answer | None:
    """What the other host answers, asked like any: where its robots.txt allows, one at a time, with the gap after. None where
    it is busy or forbids it."""
    host, holder, now = identify(link).host, secrets.token_hex(8), context.now()
    if not context.store.queue.claim(host, holder, now, now + LEASE):
        return None
    try:
        if context.robots.refusal(link) is not None:
            return None
        return context.fetcher.get(link)
    finally:
        context.store.queue.release(host, holder, context.now() + gap(context.robots.delay_s(link), 0.0))
