"""Titles of pages without the site's name behind them, told from the titles that a collection has of the site."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import regex

from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TAIL = regex.compile(r"(?<!\s)(\s++[|–—·»:-]\s+)([^|–—·»]{2,60})$")
_NO_LETTERS = regex.compile(r"\W++")
_BAR = "|"  # hardly in a headline; dashes are
_MAX_TITLE = 1_000  # characters that are looked at


def tails(titles: Iterable[tuple[str, str]], names: Iterable[str] = ()) -> Mapping[str, frozenset[str]]:
    """What to cut from the titles of each host: from (host, title), one for each article.

    A tail is the site's name where at least two articles and half of the host's have it, where it is one of `names`, where
    the host is called so, or where a bar stands before it in the only title there is.
    """
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    totals: dict[str, int] = defaultdict(int)
    told = {_plain(name) for name in names}
    for host, title in titles:
        totals[host] += 1
        found = _TAIL.search(title[:_MAX_TITLE])
        if found:
            counts[host][found[0]] += 1
    return {
        host: frozenset(
            tail
            for tail, count in found.items()
            if (count >= 2 and 2 * count >= totals[host])
            or _is_named(tail, host, told)
            or (count == totals[host] and _BAR in tail)
        )
        for host, found in counts.items()
    }


def without(title: str, found: Iterable[str]) -> str:
    """A title without one of the tails."""
    return next((title.removesuffix(tail) for tail in found if title.endswith(tail)), title)


def _is_named(tail: str, host: str, names: set[str]) -> bool:
    name = _plain(tail)
    return bool(name) and (name in names or (len(name) >= 4 and name in host.replace("-", "").replace(".", "")))


def _plain(name: str) -> str:
    return _NO_LETTERS.sub("", comparable(name)).lower().removeprefix("the")
