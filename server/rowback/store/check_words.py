"""What came of a check that somebody asked for, in a sentence, on pages and terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.checks_wanted import CheckState
from rowback.store.work import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.store.checks_wanted import WantedCheck

UNATTENDED = "Nothing looks just now: no poller runs. `rowback serve` has one, `rowback poll` is one."
_FAILED = {
    Outcome.MISSING: "its page is not there",
    Outcome.GONE: "its page is gone for good",
    Outcome.BLOCKED: "its site turned us away, and is left alone for a while",
    Outcome.REFUSED: "it may not be asked for",
    Outcome.UNREACHABLE: "its site cannot be asked what it allows",
    Outcome.COSTLY: "its page takes too much to read",
}


def in_words(check: WantedCheck, shown: Callable[[datetime], str]) -> str:
    """The sentence; `shown` writes an instant."""
    if check.ended_at is not None:
        at = shown(check.ended_at)
        if check.state is CheckState.DONE:
            return f"Looked at on {at}: {'there is a new version' if check.outcome is Outcome.EDITED else 'unchanged'}."
        return f"Looked at on {at}, and nothing was read: {_why(check)}."
    if check.state is CheckState.CHECKING:
        return "It is being looked at."
    if check.next_at is not None:
        because = f" ({_inner(check.reason)})" if check.reason else ""
        said = f"A look was asked for: its site may be asked again on {shown(check.next_at)}{because}."
        return said if check.is_attended else f"{said} {UNATTENDED}"
    return "A look was asked for: it comes in a moment." if check.is_attended else f"A look was asked for. {UNATTENDED}"


def _why(check: WantedCheck) -> str:
    told = _FAILED.get(check.outcome) if check.outcome is not None else None
    reason = _inner(check.reason) if check.reason else ""
    return f"{told} ({reason})" if told and reason else told or reason or "it failed"


def _inner(reason: str) -> str:
    """A reason as part of a sentence."""
    return reason.removesuffix(".")
