"""Says in a sentence whether and when an article is checked again: exactly what the rule does, on pages and terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.model import Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.model import Article

_TOLD = {
    Status.SETTLED: (
        "It is settled: no edit was seen for 40 days (for a year where its source is known to edit later), "
        "so it is not checked any more."
    ),
    Status.GONE: "Its site has taken it down; what is stored here stays.",
    Status.PAUSED: "It is not checked: following it was stopped.",
}


def checked_again(article: Article, shown: Callable[[datetime], str]) -> str:
    """The sentence; `shown` writes an instant."""
    if article.status is Status.WATCHING and article.next_check_at is not None:
        return f"The next check is due on {shown(article.next_check_at)}."
    return _TOLD.get(article.status, "It is not checked.")
