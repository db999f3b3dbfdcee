"""Looks at what is to be followed with the manners of the poller: its host is held meanwhile, and left alone afterwards."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.capture.pacing import gap
from rowback.capture.sampled import Nothing, Why
from rowback.capture.sampling import Reach, sample
from rowback.errors import BadURL
from rowback.text.urls import identify_asked

if TYPE_CHECKING:
    from rowback.capture.context import Context
    from rowback.capture.sampled import Candidate, Sample

LEASE = timedelta(minutes=1)  # more than a sample takes
WAIT_S = 0.5  # until a host that is being asked is tried again …
TRIES = 12  # … so often: a gap is over by then, and an answer comes before the extension gives it up


def look_first(context: Context, wish: Candidate) -> Sample | Nothing:
    """What is to be had at an address, for one who waits for it. Nothing is followed, and nothing stored of it."""
    try:
        host = identify_asked(wish.url).host
    except BadURL as error:
        return Nothing(wish.url, Why.BAD_ADDRESS, str(error))
    queue, holder = context.store.queue, f"ask-{secrets.token_hex(8)}"
    reach = Reach.within(context.fetcher, context.robots, context.now)
    for _ in range(TRIES):
        now = context.now()
        if queue.claim(host, holder, now, now + LEASE):
            break
        context.pause(WAIT_S)
    else:
        return Nothing(wish.url, Why.BUSY, "the host is being asked just now")
    try:
        return sample(reach, wish)
    finally:
        queue.release(host, holder, context.now() + gap(0.0, 0.0))
