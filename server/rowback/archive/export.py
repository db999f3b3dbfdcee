"""Histories in the bulk format: a line for each version's first capture, and one for its last where that is another. The
first names the archive's copy that it was read from. What only another backend brought is left out: it comes from there.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from rowback.clock import format_instant
from rowback.model import Origin, Paging

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from rowback.model import Article, Version
    from rowback.store import Store

BATCH = 200


def lines(store: Store, articles: Iterable[Article]) -> Iterator[str]:
    """JSON lines of some articles, each with its line break."""
    for article in articles:
        for version in store.versions.own(article.id):
            yield _line(article, version, version.seen_at)
            if version.last_seen_at != version.seen_at:
                yield _line(article, replace(version, memento=None), version.last_seen_at)


def all_articles(store: Store, *, with_hidden: bool = False) -> Iterator[Article]:
    """Every article by its id, read in batches: what changes meanwhile keeps its place and is not missed."""
    batch = store.articles.by_id(BATCH)
    while batch:
        yield from (article for article in batch if with_hidden or article.hidden_reason is None)
        batch = store.articles.by_id(BATCH, batch[-1].id)


def _line(article: Article, version: Version, seen_at: datetime) -> str:
    item: dict[str, object] = {
        "url": article.url,
        "seen_at": format_instant(seen_at),
        "title": version.content.title,
        "blocks": [{"kind": block.kind, "text": block.text} for block in version.content.blocks],
        "origin": (version.origin or Origin.BROWSER).value,
    }
    if version.content.paging is not Paging.NONE:
        item["paging"] = version.content.paging.value
    if version.reading is not None:
        item["reading"] = version.reading
    if version.memento is not None:
        item["memento"] = asdict(version.memento)
    if not article.is_listed:
        item["listed"] = False
    return json.dumps(item, ensure_ascii=False) + "\n"
