"""Whose turn it is when the requests of a day are counted: half of them are for articles, half for feeds, each feed alike.
Pure.

A purse is what requests are counted to: the checks of articles, or one feed with its readings and what it named. Each has its
share of the day for sure. What a purse does not use lapses evenly as the day goes by, and is then for whoever asks. So one
that asks for much gets all that others leave, spread over the day, and one that asks steadily never finds its share taken.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ARTICLES = "articles"  # checks of articles
ARCHIVES = "archives"  # pasts of articles: counted, and bounded by a number of their own
SAVES = "saves"  # copies that an archive is to make: the same, beside it
OWNER = "owner"  # what the owner had fetched by hand: counted, and never refused
OF_ARTICLES = 0.5  # of a day's requests: to see edits is what all of it is for
_ROUNDING = 1e-9


def of_feed(feed_id: int) -> str:
    """The purse of a feed."""
    return f"feed {feed_id}"


def shares(limit: int, feeds: Iterable[int]) -> dict[str, float]:
    """How many of a day's `limit` requests each purse may ask for whatever the others do."""
    purses = [of_feed(feed_id) for feed_id in feeds]
    each = limit * (1 - OF_ARTICLES) / max(1, len(purses))
    return {ARTICLES: limit * (OF_ARTICLES if purses else 1.0), **dict.fromkeys(purses, each)}


def shut(limit: int, asked: Mapping[str, int], feeds: Iterable[int], passed: float) -> set[str]:
    """The purses out of which nothing may be asked for now, when `asked` is what each asked for today, of which `passed`
    (from 0 to 1) is over. Never are more than `limit` requests let through in all. Kept for others are whole requests only:
    else the last ones of a day were nobody's."""
    kept = {
        purse: max(0.0, min(share - asked.get(purse, 0), (1 - passed) * share))
        for purse, share in shares(limit, feeds).items()
    }
    left, for_all = limit - sum(asked.values()), sum(kept.values())
    return {purse for purse, own in kept.items() if left - floor(for_all - own + _ROUNDING) < 1}
