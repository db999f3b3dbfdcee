"""What the API says of steps that became known, in the shapes of the OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.clock import format_instant
from rowback.diff.telling import markup
from rowback.web.api import shapes
from rowback.web.numbering import since_text

if TYPE_CHECKING:
    from rowback.store.known_steps import KnownPage, KnownStep
    from rowback.store.latest import Listed


def changes(page: KnownPage, base: str) -> shapes.Json:
    """The answer of `GET /api/v1/changes`."""
    return {"changes": [_change(each, base) for each in page.items], "next": since_text(page.next)}


def _change(known: KnownStep, base: str) -> shapes.Json:
    return step(known.listed, base) | {"recorded_at": format_instant(known.recorded_at)}


def step(listed: Listed, base: str) -> shapes.Json:
    """A step with its article."""
    told = listed.step
    return {
        "article": shapes.article(listed.article, base),
        "version": told.number,
        "seen_at": format_instant(told.seen_at),
        "labels": list(told.labels),
        "minor": told.minor,
        "headline": told.headline,
        "unannounced": told.unannounced,
        "words_inserted": told.words_inserted,
        "words_deleted": told.words_deleted,
        "excerpt": markup.write("p", told.excerpt),
    }
