"""What the API says of sources, in the shapes of the OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from rowback.clock import format_maybe
from rowback.store.source_scope import WEEK_HOURS
from rowback.web.api import shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.store.by_source import SourcePortrait, SourceTally
    from rowback.store.source_scope import Period

DIGITS = 4  # of a ratio, behind its point
DAY_HOURS = 24


def sources(tallies: Sequence[SourceTally], period: Period, following: str | None, base: str) -> shapes.Json:
    """The answer of `GET /api/v1/sources`."""
    return {**_period(period), "sources": [_tally(each, base) for each in tallies], "next": following}


def source(portrait: SourcePortrait, period: Period, base: str) -> shapes.Json:
    """The answer of `GET /api/v1/sources/{source}`."""
    starts = range(0, WEEK_HOURS, DAY_HOURS)
    return {
        **_period(period),
        **_tally(portrait.tally, base),
        "labels": dict(portrait.labels),
        "steps_by_weekday_and_hour": [list(portrait.hours[start : start + DAY_HOURS]) for start in starts],
        "steps_without_hour": portrait.without_hour,
        "days": [{"day": f"{each.day}", "steps": each.steps, "checks": each.checks} for each in portrait.days],
        "most_edited": [
            {"article": shapes.article(each.article, base), "steps": each.steps, "edits": each.edits}
            for each in portrait.most_edited
        ],
    }


def _period(period: Period) -> shapes.Json:
    return {"since": format_maybe(period.since), "until": format_maybe(period.until)}


def _tally(tally: SourceTally, base: str) -> shapes.Json:
    median, watch = tally.to_first_edit, tally.watch
    return {
        "source": tally.source,
        "articles": {
            "all": tally.articles,
            "seen_again": tally.seen_again,
            "followed": tally.followed,
            "edited": tally.edited,
            "first_edited": tally.first_edited,
            "headline_turns": tally.headline_turns,
        },
        "steps": {
            "all": tally.steps,
            "substance": tally.substance,
            "unannounced": tally.unannounced,
            "headline": tally.headline,
        },
        "edits": tally.edits,
        "share_edited": _rounded(tally.share_edited),
        "share_unannounced": _rounded(tally.share_unannounced),
        "edits_per_article": _rounded(tally.edits_per_article),
        "median_to_first_edit_s": None if median is None else round(median.total_seconds()),
        "watch": {
            "checks": watch.checks,
            "checks_per_day": _rounded(watch.checks_per_day),
            "checks_per_article": _rounded(tally.checks_per_article),
            "days": watch.days,
            "days_unchecked": watch.days_unchecked,
            "longest_gap_days": watch.longest_gap_days,
        },
        "links": {"html": f"{base}/sources/{quote(tally.source, safe='')}"},
    }


def _rounded(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, DIGITS)
