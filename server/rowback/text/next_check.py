"""Says in a sentence whether and when an article is checked again: exactly what the rule did, on pages and terminals."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.model import Status
from rowback.pace import LONG_QUIET_DAYS, QUIET_DAYS
from rowback.text.elapsed import in_words
from rowback.text.tongue import gettext, in_context, marked, ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.model import Article

SETTLED = marked(
    "Settled: unchanged for %(unchanged)s when it was last checked, so it is no longer checked. An article settles at "
    "the first check that finds it unchanged for %(days)s days, or for %(more_days)s where its source is known to "
    "edit later."
)
ONCE = marked("Not followed: it was captured and is not checked by itself.")
GONE = marked("Gone: its page no longer answers, so it is no longer checked. Its versions stay here.")
PAUSED = marked("Not followed: it is not checked by itself; what readers and imports bring is kept.")


# By status: what lists say in a word or two.
_WORDS = {
    Status.WATCHING: in_context("article", "followed"),
    Status.SETTLED: in_context("article", "settled"),
    Status.GONE: in_context("article", "gone"),
    Status.PAUSED: in_context("article", "not followed"),
}


def standing(article: Article) -> str:
    """Whether an article is followed, in the words of `checked_again`: `followed`, `settled`, `gone`, `not followed`."""
    return status_word(Status.PAUSED if _was_captured_only(article) else article.status)


def status_word(status: Status) -> str:
    """The same of a status."""
    return pgettext("article", _WORDS[status])


def _was_captured_only(article: Article) -> bool:
    """Whether nobody asked for any check. The soonest that checks end by themselves is after `QUIET_DAYS`."""
    unchanged = article.last_checked_at - article.last_changed_at
    return article.status is Status.SETTLED and unchanged < timedelta(days=QUIET_DAYS)


def checked_again(article: Article, now: datetime, shown: Callable[[datetime], str]) -> str:
    """The sentence; `shown` writes an instant."""
    if _was_captured_only(article):
        return gettext(ONCE)
    if article.status is Status.SETTLED:
        unchanged = article.last_checked_at - article.last_changed_at
        lasting = in_words(unchanged.total_seconds(), ngettext)
        return gettext(SETTLED, unchanged=lasting, days=QUIET_DAYS, more_days=LONG_QUIET_DAYS)
    if article.status is Status.GONE:
        return gettext(GONE)
    if article.status is Status.PAUSED:
        return gettext(PAUSED)
    if article.next_check_at is None:
        return gettext("Followed; its next check has no time yet.")
    if article.next_check_at <= now:
        return gettext("Followed; its next check is due now.")
    wait = in_words((article.next_check_at - now).total_seconds(), ngettext)
    return gettext("Followed; the next check is in %(time)s, on %(at)s.", time=wait, at=shown(article.next_check_at))
