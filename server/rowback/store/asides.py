"""When a page's text that differs from the newest version is no edit. Pure: decides, does not store.

Two things put texts back and forth without anybody editing: a site that alternates between two (headlines on trial, terms
that flicker), and two that are shown different copies (a reader who is logged in, and the server). In both cases the capture
is counted with the version it saw, and makes no new one. What is said here is only asked of pages, newest first in time:
texts that other programs hand over as blocks, and imports, always make versions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.store.versions import Span

TURNS = 3  # versions that each of two texts must have, in turns, before they count as alternating
# A text that is seen this often in a row, over this long, has come to stay after all.
STAYS_SIGHTS = 4
STAYS_FOR = timedelta(hours=12)


class Aside(StrEnum):
    """Why a capture makes no version."""

    ALTERNATING = "alternating"
    DISAGREEMENT = "disagreement"
    BOILERPLATE = "boilerplate"
    COUNTING = "counting"
    """Lines beside the text count: no capture lies outside its version's span for it."""
    FRONT = "front"
    """A front page of its site calls the article something else: no capture either."""
    FEED = "feed"
    """A feed of its site does."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A capture: whether a reader's browser made it, the text it saw, and when."""

    is_reader: bool
    fingerprint: str
    seen_at: datetime


def aside_for(spans: Sequence[Span], sights: Sequence[Sight], new: Sight) -> Aside | None:
    """Why `new`, which is the latest sight and differs from the newest version, makes no version; None when it does.

    `spans` and `sights` are the article's versions and latest captures in order of time.
    """
    if not spans or not sights or new.seen_at <= sights[-1].seen_at or new.fingerprint == spans[-1].fingerprint:
        return None
    if _stays(sights, new):
        return None
    if _alternates(spans, new):
        return Aside.ALTERNATING
    own = [sight for sight in sights if sight.is_reader == new.is_reader]
    others = [sight for sight in sights if sight.is_reader != new.is_reader]
    disagrees = own and others and own[-1].fingerprint == new.fingerprint != others[-1].fingerprint
    return Aside.DISAGREEMENT if disagrees else None


def _alternates(spans: Sequence[Span], new: Sight) -> bool:
    last = spans[-2 * TURNS :]
    if len(last) < 2 * TURNS or {span.fingerprint for span in last[1::2]} != {last[1].fingerprint}:
        return False
    turns = {span.fingerprint for span in last[::2]}
    return turns == {new.fingerprint} and last[1].fingerprint != new.fingerprint


def _stays(sights: Sequence[Sight], new: Sight) -> bool:
    """Whether nobody has seen anything else for a while."""
    run = [new]
    for sight in reversed(sights):
        if sight.fingerprint != new.fingerprint:
            break
        run.append(sight)
    return len(run) >= STAYS_SIGHTS and new.seen_at - run[-1].seen_at >= STAYS_FOR
