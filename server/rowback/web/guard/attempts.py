"""A rate limit by address, for what may be tried without being known: wrong tokens, links and codes, and pairings begun."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import request

from rowback.errors import TooManyAttempts
from rowback.web.guard.proxies import visitor

if TYPE_CHECKING:
    from datetime import datetime

MAX_ADDRESSES = 1_000  # whose attempts are remembered


class Attempts:
    """At most `most` attempts in `per`, each address for itself: whoever guesses must not keep the owner out.

    The secrets have 256 random bits and cannot be guessed: this only keeps a guesser from keeping the backend busy, so it
    need not be told to other processes. Behind a proxy that says nothing all visitors have one address: so whoever brings
    what holds is let in, and only what failed is counted and held against an address. Safe for threads: each step is one.
    """

    def __init__(self, most: int, per: timedelta) -> None:
        self._most = most
        self._per = per
        self._noted: OrderedDict[str, deque[datetime]] = OrderedDict()

    def check(self, at: datetime) -> None:
        """Raises `TooManyAttempts` where this request's address made too many."""
        noted = self._noted.get(visitor(request.environ))
        # A clock that was set back has left attempts that were not made yet.
        if noted is not None and len(noted) == self._most and timedelta(0) <= at - noted[0] < self._per:
            wait_s = int((noted[0] + self._per - at).total_seconds()) + 1
            raise TooManyAttempts(f"Wait {-(-wait_s // 60)} minutes, then try again.", wait_s)

    def note(self, at: datetime) -> None:
        """Counts an attempt of this request's address. Raises `TooManyAttempts` as `check`, and then counts none."""
        self.check(at)
        self._noted.setdefault(visitor(request.environ), deque(maxlen=self._most)).append(at)
        if len(self._noted) > MAX_ADDRESSES:
            self._noted.popitem(last=False)
