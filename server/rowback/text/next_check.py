"""Says in a sentence whether and when an article is checked again: exactly what the rule did, on pages and terminals."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.model import Status
from rowback.pace import LONG_QUIET_DAYS, QUIET_DAYS
from rowback.text.elapsed import in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.model import Article

SETTLED = (
    "Settled: unchanged for {unchanged} when it was last checked, so it is no longer checked. An article settles at "
    f"the first check that finds it unchanged for {QUIET_DAYS} days, or for {LONG_QUIET_DAYS} where its source is known to "
    "edit later."
)
ONCE = "Not followed: it was captured and is not checked by itself."
GONE = "Gone: its page no longer answers, so it is no longer checked. Its versions stay here."
PAUSED = "Not followed: it is not checked by itself; what readers and imports bring is kept."


# By status: what lists say in a word or two.
_WORDS = {Status.WATCHING: "followed", Status.SETTLED: "settled", Status.GONE: "gone", Status.PAUSED: "not followed"}


def standing(article: Article) -> str:
    """Whether an article is followed, in the words of `checked_again`: `followed`, `settled`, `gone`, `not followed`."""
    return _WORDS[Status.PAUSED if _was_captured_only(article) else article.status]


def status_word(status: Status) -> str:
    """The same of a status."""
    return _WORDS[status]


def _was_captured_only(article: Article) -> bool:
    """Whether nobody asked for any check. The soonest that checks end by themselves is after `QUIET_DAYS`."""
    unchanged = article.last_checked_at - article.last_changed_at
    return article.status is Status.SETTLED and unchanged < timedelta(days=QUIET_DAYS)


def checked_again(article: Article, now: datetime, shown: Callable[[datetime], str]) -> str:
    """The sentence; `shown` writes an instant."""
    if _was_captured_only(article):
        return ONCE
    if article.status is Status.SETTLED:
        unchanged = article.last_checked_at - article.last_changed_at
        return SETTLED.format(unchanged=in_words(unchanged.total_seconds()))
    if article.status is Status.GONE:
        return GONE
    if article.status is Status.PAUSED:
        return PAUSED
    if article.next_check_at is None:
        return "Followed; its next check has no time yet."
    if article.next_check_at <= now:
        return "Followed; its next check is due now."
    wait = in_words((article.next_check_at - now).total_seconds())
    return f"Followed; the next check is in {wait}, on {shown(article.next_check_at)}."
