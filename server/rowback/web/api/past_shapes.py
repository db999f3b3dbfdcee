"""What the API says of archives: copies that showed or keep a version, and how far the fetching of a past is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rowback.clock import format_instant, format_maybe
from rowback.store.pasts_wanted import BackfillState
from rowback.text import reasons

if TYPE_CHECKING:
    from rowback.model import Attribution
    from rowback.store.pasts_wanted import Backfill
    from rowback.store.saves import SavedCopy


def memento(found: Attribution | None) -> dict[str, Any] | None:
    """The archive's copy that showed a version first."""
    return None if found is None else {"archive": found.archive, "href": found.href}


def saved(found: SavedCopy | None) -> dict[str, Any] | None:
    """A copy that web.archive.org made on request."""
    if found is None:
        return None
    return {"archive": found.archive, "href": found.href, "saved_at": format_instant(found.saved_at)}


def backfill(found: Backfill) -> dict[str, Any]:
    """How far the fetching of an article's past from an archive is."""
    is_stopped = found.state is BackfillState.STOPPED
    return {
        "state": (BackfillState.DONE if is_stopped else found.state).value,
        "stopped": is_stopped,
        "source": {"name": found.name, "title": found.title},
        "listed": found.listed,
        "earliest_at": format_maybe(found.earliest_at),
        "latest_at": format_maybe(found.latest_at),
        "planned": found.planned,
        "read": found.read,
        "versions": found.versions,
        "next_at": format_maybe(found.next_at),
        "reason": found.reason,
        "reason_told": found.reason and reasons.told(found.reason),
    }
