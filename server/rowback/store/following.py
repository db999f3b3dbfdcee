"""What following a feed found, in a sentence for its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.work import Outcome
from rowback.text.tongue import gettext

if TYPE_CHECKING:
    from rowback.store.feeds import Feed

_FINE = {Outcome.READ.value, Outcome.CAPTURED.value}


def is_reached(feed: Feed) -> bool | None:
    """Whether the last reading went well; None before the first."""
    return None if feed.checked_at is None else feed.outcome in _FINE


def found(feed: Feed) -> str:
    """What the last reading that brought something found, or why there was none."""
    reached = is_reached(feed)
    if reached is None:
        return gettext("It is being read.")
    if not reached:
        return gettext("It cannot be read: %(reason)s", reason=feed.reason or feed.outcome)
    if feed.brought is None:
        return f"{(feed.reason or 'read')[:1].upper()}{(feed.reason or 'read')[1:]}."
    said = feed.brought.in_words()
    return f"Found: {said}" + ("" if feed.brought.named else ". Follow its feed, or the page of a section, instead")
