"""What counts for a source in a period, as an audience sees it: the SQL conditions that its numbers and its lists share, so
that a number is always as large as the list that it leads to. Reads nothing.

All of them take the same named values: see `values_of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.model import Origin
from rowback.store.instants import to_number, to_text

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.audience import Audience

HOUR_US = 3_600_000_000
WEEK_HOURS = 168
_MONDAY = 72  # hours of a week that lie before 1970-01-01, a Thursday
_FIRST, _LAST = -(2**63), 2**63 - 1  # microseconds: before and after all instants
_BEFORE_ALL, _AFTER_ALL = "", "~"  # the same of instants as text
# Looks that this backend took by itself, each of which found the article's text. What browsers, imports and archives brought
# says nothing of how closely it watches, and when somebody read is nobody's to count.
CHECKS = (Origin.POLL, Origin.FEED, Origin.FETCH)
_CHECKS = ", ".join(f"'{each.value}'" for each in CHECKS)
_SHOWN = "not in (select id from articles where hidden_reason is not null)"


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` on and before `until`; None where it is open."""

    since: datetime | None = None
    until: datetime | None = None


def values_of(source: str, period: Period) -> dict[str, str | int]:
    """What the conditions are asked with."""
    since, until = period.since, period.until
    return {
        "source": source,
        "since": to_text(since) if since else _BEFORE_ALL,
        "until": to_text(until) if until else _AFTER_ALL,
        "since_us": to_number(since) if since else _FIRST,
        "until_us": to_number(until) if until else _LAST,
    }


def shown(audience: Audience) -> str:
    """Of `articles`: may be seen, and is not hidden."""
    return " and ".join([f"articles.id {_SHOWN}", *audience.listed("articles")])


def of_articles(audience: Audience) -> str:
    """Of `articles`: the source's that were looked at between its first sight and its last check, some of which lies in the
    period."""
    checked, first = (audience.instant(f"articles.{name}") for name in ("last_checked_at", "first_seen_at"))
    return f"articles.source = :source and {checked} >= :since and {first} < :until and {shown(audience)}"


def seen_again(audience: Audience) -> str:
    """Of `articles`: was looked at more than once. No other can have shown an edit."""
    return f"{audience.instant('articles.last_checked_at')} > {audience.instant('articles.first_seen_at')}"


def of_steps(audience: Audience) -> str:
    """Of `changes`: the source's steps that were seen in the period."""
    return f"{_of_source(audience)} and {audience.instant('changes.seen_us')} >= :since_us"


def _of_source(audience: Audience) -> str:
    """The same, from the beginning to the period's end."""
    conditions = (
        "changes.source = :source",
        f"{audience.instant('changes.seen_us')} < :until_us",
        "changes.edit_count > 0",  # between texts that rules read as the same there is none
        f"changes.article_id {_SHOWN}",
        *audience.listed("changes"),
    )
    return " and ".join(conditions)


def hour_of_week(audience: Audience) -> str:
    """The hour in UTC of a row of `changes`, in its week from Monday at 00:00: SQL, from 0 to 167."""
    seen = audience.instant("changes.seen_us")
    hour = f"({seen} / {HOUR_US} - case when {seen} % {HOUR_US} < 0 then 1 else 0 end)"
    return f"((({hour} + {_MONDAY}) % {WEEK_HOURS} + {WEEK_HOURS}) % {WEEK_HOURS})"


def has_hour(audience: Audience) -> str:
    """Of `changes`: the hour of the step is told, not the day alone."""
    if not audience.is_strangers:
        return "true"
    return (
        "not exists (select 1 from public_times where public_times.version_id = changes.version_id "
        "and public_times.is_day = 1)"
    )


def first_edits(audience: Audience) -> str:
    """A query of `article_id` and `after_us`: the articles whose first edit was seen in the period, and how long after the
    first version. Where only the day of a version is told, nobody can say how long that was."""
    seen, first = audience.instant("changes.seen_us"), audience.instant("articles.first_seen_at")
    days = (
        "not exists (select 1 from versions join public_times on public_times.version_id = versions.id "
        "where versions.article_id = articles.id and public_times.is_day = 1)"
    )
    first_us = f"(cast(strftime('%s', {first}) as integer) * 1000000 + cast(substr({first}, 21, 6) as integer))"
    return (
        f"select article_id, first_at - {first_us} as after_us from (select changes.article_id, min({seen}) as first_at "
        f"from changes where {_of_source(audience)} group by changes.article_id having min({seen}) >= :since_us) "
        f"as first_edits join articles on articles.id = article_id where {days if audience.is_strangers else 'true'}"
    )


def headline_turns(audience: Audience) -> str:
    """A query of `article_id`: the articles whose headline became in the period what it had been before."""
    return (
        "select distinct changes.article_id from changes join versions as new on new.id = changes.version_id "
        f"join versions as old on old.id = changes.previous_id where {of_steps(audience)} and changes.headline = 1 "
        "and exists (select 1 from versions as earlier where earlier.article_id = changes.article_id "
        "and earlier.title = new.title and earlier.seen_at < old.seen_at)"
    )


def checks(audience: Audience) -> str:
    """A query of `day` (`2026-01-31`) and `checks`: how often this backend looked at articles of the source, by day."""
    return (
        "select substr(captures.seen_at, 1, 10) as day, count(*) as checks from articles cross join captures "
        f"where captures.article_id = articles.id and {of_articles(audience)} and captures.seen_at >= :since "
        f"and captures.seen_at < :until and captures.origin in ({_CHECKS}) group by 1 order by 1"
    )
