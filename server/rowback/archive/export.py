"""Histories in the bulk format: a line for each version's first capture, and one for its last where that is another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from rowback.model import Article, Version
    from rowback.store import Store

BATCH = 200


def lines(store: Store, articles: Iterable[Article] | None = None) -> Iterator[str]:
    """JSON lines, each with its line break: of some articles, or (None) of all."""
    for article in all_articles(store) if articles is None else articles:
        for version in store.versions(article.id):
            yield _line(article, version, version.seen_at)
            if version.last_seen_at != version.seen_at:
                yield _line(article, version, version.last_seen_at)


def all_articles(store: Store) -> Iterator[Article]:
    """Every article, newest change first, read in batches."""
    batch = store.articles(BATCH)
    while batch:
        yield from batch
        batch = store.articles(BATCH, (batch[-1].last_changed_at, batch[-1].id))


def _line(article: Article, version: Version, seen_at: datetime) -> str:
    item = {
        "url": article.url,
        "seen_at": seen_at.isoformat(),
        "title": version.content.title,
        "blocks": [{"kind": block.kind, "text": block.text} for block in version.content.blocks],
        "origin": version.origin,
    }
    return json.dumps(item, ensure_ascii=False) + "\n"
