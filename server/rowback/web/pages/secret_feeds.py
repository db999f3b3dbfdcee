"""Feeds under a secret address, for feed readers that can send no token: each opens one feed, and nothing else.

The secret stands in the path, below one prefix, so that a proxy can leave it out of its log. Ours has routes in it, never
addresses. No answer below the prefix sends a `Referer` on (`guard.py`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, Response, g

from rowback.errors import NotFound
from rowback.store.audience import Audience
from rowback.web.guard.attempts import Attempts
from rowback.web.guard.one_time import KEYED_FEED
from rowback.web.guard.visibility import seen
from rowback.web.pages.feed_names import FeedOf, named
from rowback.web.pages.subscriptions import FORMATS, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.store import Store
    from rowback.web.pages.told_once import ToldOnce

NOTHING = "There is no feed at this address. It may have been revoked."
MAX_ATTEMPTS, ATTEMPTS_PER = 30, timedelta(minutes=5)  # a service asks for each of its readers


def create_secret_feeds(store: Store, told: ToldOnce, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint. Its route is open: the address is the key."""
    pages = Blueprint("secret_feeds", __name__)
    attempts = Attempts(MAX_ATTEMPTS, ATTEMPTS_PER)

    @pages.get(f"{KEYED_FEED}<secret>.<any({', '.join(FORMATS)}):form>")
    def feed(secret: str, form: str) -> Response:
        at = now()
        found = store.feed_addresses.feed(secret, at)
        if found is None:
            attempts.note(at)
            raise NotFound(NOTHING)
        g.audience = Audience.TRUSTED
        which = named(found)
        if which.kind is FeedOf.ARTICLE:  # it may have become another's since
            which = replace(which, value=str(seen(store).articles.kept_id(int(which.value))))
        answer = serve(store, told, which, form, f"{KEYED_FEED}{secret}")
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    @pages.get(f"{KEYED_FEED}<path:rest>")
    def nothing(rest: str) -> Response:
        """A secret with something wrong around it: the login must not be told where it was meant to lead."""
        del rest
        raise NotFound(NOTHING)

    return pages
