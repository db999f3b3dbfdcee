"""Stores whose ids do not rise with time, as after imports and merges: captures of few articles in any order, many of them at
the same instant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import Phase
from hypothesis import strategies as st

from rowback.model import Origin

from .samples import PARAGRAPHS, START, capture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.store import Store

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # which takes minutes where each makes a database
Scattered = tuple[int, int, int, Origin]


def scattered(hours: Sequence[int], words: Sequence[str], least: int, most: int) -> st.SearchStrategy[list[Scattered]]:
    """Captures: of which article, hours after the start, which word it says, and who saw it."""
    seen_by = st.sampled_from((Origin.POLL, Origin.BROWSER, Origin.IMPORT))
    one = st.tuples(st.integers(0, 5), st.sampled_from(hours), st.integers(0, len(words) - 1), seen_by)
    return st.lists(one, min_size=least, max_size=most)


def record(
    store: Store, captures: Sequence[Scattered], words: Sequence[str], papers: int, *, hides: bool, merges: bool
) -> None:
    """Records captures of articles in so many papers; then merges the first and the last, and hides the first."""
    for article, hours, word, origin in captures:
        texts = (*PARAGRAPHS[:2], f"The keeper spoke of {words[word]} today.")
        url, title = f"https://www.paper{article % papers}.example/news/{article}", ("Harbour", "Bridge")[article // 3]
        seen = capture(texts, url=url, minutes=60 * hours, title=title)
        store.record(replace(seen, origin=origin), START)
    ids = [article.id for article in store.articles.by_id(9)]
    if merges and len(ids) > 1:
        store.merge(ids[0], ids[-1])
    if hides:
        store.owner.hide(ids[0], "A court forbids it.")
