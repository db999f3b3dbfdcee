"""What came of a check that somebody asked for, in a sentence, on pages and terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.checks_wanted import CheckState
from rowback.store.work import Outcome
from rowback.text.reasons import told
from rowback.text.tongue import gettext, marked

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.store.checks_wanted import WantedCheck

UNATTENDED = marked("Nothing looks just now: no poller runs. `rowback serve` has one, `rowback poll` is one.")
_OVER = {
    Outcome.EDITED: marked("Looked at on %(at)s: there is a new version."),
    Outcome.UNCHANGED: marked("Looked at on %(at)s: unchanged."),
    Outcome.MISSING: marked("Looked at on %(at)s: its page is not there."),
    Outcome.GONE: marked("Looked at on %(at)s: its page is gone for good."),
    Outcome.BLOCKED: marked("Looked at on %(at)s: its site turned us away, and is left alone for a while."),
    Outcome.REFUSED: marked("Looked at on %(at)s: it may not be asked for."),
    Outcome.UNREACHABLE: marked("Looked at on %(at)s: its site cannot be asked what it allows."),
    Outcome.COSTLY: marked("Looked at on %(at)s: its page takes too much to read."),
}
_FAILED = marked("Looked at on %(at)s: nothing was read.")


def in_words(check: WantedCheck, shown: Callable[[datetime], str]) -> str:
    """The sentence; `shown` writes an instant. A reason stands behind it."""
    return " ".join(_sentences(check, shown)) + (f" ({told(check.reason).rstrip('.。')})" if check.reason else "")


def _sentences(check: WantedCheck, shown: Callable[[datetime], str]) -> list[str]:
    if check.ended_at is not None:
        over = _OVER.get(check.outcome, _FAILED) if check.outcome is not None else _FAILED
        return [gettext(over, at=shown(check.ended_at))]
    if check.state is CheckState.CHECKING:
        return [gettext("It is being looked at.")]
    nobody = [] if check.is_attended else [gettext(UNATTENDED)]
    if check.next_at is not None:
        said = gettext("A look was asked for: its site may be asked again on %(at)s.", at=shown(check.next_at))
        return [said, *nobody]
    if nobody:
        return [gettext("A look was asked for."), *nobody]
    return [gettext("A look was asked for: it comes in a moment.")]
