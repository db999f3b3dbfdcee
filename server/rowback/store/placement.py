"""Where a capture belongs among an article's versions. Pure: decides, does not store.

Captures arrive in any order (imports lie in the past). A version is a longest run of captures with the same text, so a
capture can prolong a version at either end, begin a new one, or split one that was thought unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.store.versions import Span


@dataclass(frozen=True, slots=True)
class Place:
    """What to do with a capture: belong to version `same` (prolonging it if need be), or begin a new one, splitting
    version `split` where the capture lies inside its span."""

    same: Span | None = None
    split: Span | None = None


def place(spans: Sequence[Span], fingerprint: str, seen_at: datetime) -> Place:
    """`spans` are an article's versions in order of (`seen_at`, id)."""
    for span in spans:
        if span.fingerprint == fingerprint and span.seen_at <= seen_at <= span.last_seen_at:
            return Place(same=span)
    before = [span for span in spans if span.seen_at <= seen_at]
    after = [span for span in spans if span.seen_at > seen_at]
    previous = before[-1] if before else None
    if previous and previous.fingerprint == fingerprint:
        return Place(same=previous)
    inside = previous if previous and seen_at < previous.last_seen_at else None
    if inside is None and after and after[0].fingerprint == fingerprint:
        return Place(same=after[0])
    return Place(split=inside)
