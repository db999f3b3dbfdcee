"""What the API says of steps that became known, in the shapes of the OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.clock import format_instant
from rowback.diff.telling import markup
from rowback.web.api import shapes
from rowback.web.numbering import since_text

if TYPE_CHECKING:
    from rowback.store.known_steps import KnownPage, KnownStep


def changes(page: KnownPage, base: str) -> shapes.Json:
    """The answer of `GET /api/v1/changes`."""
    return {"changes": [_change(each, base) for each in page.items], "next": since_text(page.next)}


def _change(known: KnownStep, base: str) -> shapes.Json:
    step = known.listed.step
    return {
        "article": shapes.article(known.listed.article, base),
        "version": step.number,
        "seen_at": format_instant(step.seen_at),
        "recorded_at": format_instant(known.recorded_at),
        "labels": list(step.labels),
        "minor": step.minor,
        "headline": step.headline,
        "unannounced": step.unannounced,
        "words_inserted": step.words_inserted,
        "words_deleted": step.words_deleted,
        "excerpt": markup.write("p", step.excerpt),
    }
