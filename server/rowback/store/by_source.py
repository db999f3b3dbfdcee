"""What is known of sources in a period: numbers that say what they are of, and how closely the source was watched, since
whoever is looked at more often is seen to edit more. Reads indexes of the source, never all rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from rowback.store import source_scope
from rowback.store.articles import article_columns, as_article
from rowback.store.audience import Audience
from rowback.store.instants import from_number, from_text
from rowback.store.remembered import Remembered
from rowback.store.source_scope import HOUR_US, WEEK_HOURS, hour_of_week, values_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rowback.model import Article
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.source_scope import Period

MOST_EDITED = 10
DAY = timedelta(days=1)
DAY_US = 24 * HOUR_US


@dataclass(frozen=True, slots=True)
class Watch:
    """How closely a source was watched. `checks` are looks of this backend that found an article's text; `days` are those
    from the first sight of the source to the end of the period, or to today."""

    checks: int
    days: int
    days_unchecked: int
    longest_gap_days: int

    @property
    def checks_per_day(self) -> float | None:
        """Of all articles together; None where there was no day."""
        return _ratio(self.checks, self.days)


@dataclass(frozen=True, slots=True)
class SourceTally:
    """The numbers of a source in a period. Articles: all that were looked at, of these those seen more than once (no other
    can show an edit), those followed now, those with a step. `first_edited` had their first edit in the period,
    `to_first_edit` after their first version (the median). `headline_turns` took an earlier headline again. Steps and
    edits: all, and steps of substance, without a note to the reader (of substance, too), of the headline."""

    source: str
    articles: int
    seen_again: int
    followed: int
    edited: int
    first_edited: int
    to_first_edit: timedelta | None
    headline_turns: int
    steps: int
    edits: int
    substance: int
    unannounced: int
    headline: int
    watch: Watch

    @property
    def share_edited(self) -> float | None:
        """Of the articles that were seen more than once."""
        return _ratio(self.edited, self.seen_again)

    @property
    def edits_per_article(self) -> float | None:
        """The same."""
        return _ratio(self.edits, self.seen_again)

    @property
    def share_unannounced(self) -> float | None:
        """Of the steps of substance."""
        return _ratio(self.unannounced, self.substance)

    @property
    def checks_per_article(self) -> float | None:
        """Of all articles that were looked at."""
        return _ratio(self.watch.checks, self.articles)


@dataclass(frozen=True, slots=True)
class Day:
    """A day in UTC: steps that were seen, and checks."""

    day: date
    steps: int
    checks: int


@dataclass(frozen=True, slots=True)
class OftenEdited:
    """An article, and its steps and edits in a period."""

    article: Article
    steps: int
    edits: int


@dataclass(frozen=True, slots=True)
class SourcePortrait:
    """A source in a period: its numbers; steps by label, the most first; by hour of the week in UTC, from Monday at 00:00;
    days with a step or a check; the articles with most steps. `without_hour` counts steps of which only the day is told."""

    tally: SourceTally
    labels: Mapping[str, int]
    hours: tuple[int, ...]
    without_hour: int
    days: tuple[Day, ...]
    most_edited: tuple[OftenEdited, ...]


class BySource:
    """The sources of a store, as an audience sees them."""

    def __init__(self, connection: Connection, audience: Audience = Audience.TRUSTED) -> None:
        self._connection = connection
        self._audience = audience
        self._tallies: Remembered[SourceTally] = Remembered()
        self._portraits: Remembered[SourcePortrait] = Remembered()

    def names(self, limit: int, after: str = "") -> list[str]:
        """Sources that have an article to be seen, by name, behind `after`. Hops through the index from one to the next."""
        shown = source_scope.shown(self._audience)
        next_one = f"select min(source) from articles where source > {{}} and {shown}"
        with self._connection.read() as db:
            rows = db.execute(
                f"with recursive each(source) as ({next_one.format(':after')} union all "
                f"select ({next_one.format('each.source')}) from each where each.source is not null) "
                "select source from each where source is not null limit :limit",
                {"after": after, "limit": limit},
            ).fetchall()
        return [row[0] for row in rows]

    def has(self, source: str) -> bool:
        """Whether an article of it may be seen."""
        query = f"select 1 from articles where source = ? and {source_scope.shown(self._audience)} limit 1"
        with self._connection.read() as db:
            return db.execute(query, [source]).fetchone() is not None

    def tally(self, source: str, period: Period, now: datetime) -> SourceTally:
        """The numbers of one source; zeros for one that is unknown."""
        with self._connection.read() as db:
            return self._tallies.get(
                db,
                (source, period, _last_day(now)),
                lambda: self._tally(db, source, period, now, self._checks(db, source, period)),
            )

    def portrait(self, source: str, period: Period, now: datetime) -> SourcePortrait:
        """All that is told of one source."""
        with self._connection.read() as db:
            return self._portraits.get(
                db, (source, period, _last_day(now)), lambda: self._portrait(db, source, period, now)
            )

    def _portrait(self, db: Db, source: str, period: Period, now: datetime) -> SourcePortrait:
        checks = self._checks(db, source, period)
        values = values_of(source, period)
        hours, without_hour = self._hours(db, values)
        return SourcePortrait(
            self._tally(db, source, period, now, checks),
            self._labels(db, values),
            hours,
            without_hour,
            self._days(db, values, checks),
            self._most_edited(db, values),
        )

    def _checks(self, db: Db, source: str, period: Period) -> dict[date, int]:
        rows = db.execute(source_scope.checks(self._audience), values_of(source, period)).fetchall()
        return {date.fromisoformat(day): count for day, count in rows}

    def _tally(self, db: Db, source: str, period: Period, now: datetime, checks: dict[date, int]) -> SourceTally:
        values, told = values_of(source, period), self._audience
        articles, seen_again, followed, first_seen_at = db.execute(
            f"select count(*), count(*) filter (where {source_scope.seen_again(told)}), "
            f"count(*) filter (where status = 'watching'), min({told.instant('first_seen_at')}) "
            f"from articles where {source_scope.of_articles(told)}",
            values,
        ).fetchone()
        edited, steps, edits, substance, unannounced, headline = db.execute(
            "select count(distinct article_id), count(*), coalesce(sum(edit_count), 0), count(*) filter (where minor = 0), "
            "count(*) filter (where unannounced = 1 and minor = 0), coalesce(sum(headline), 0) "
            f"from changes where {source_scope.of_steps(told)}",
            values,
        ).fetchone()
        first_edited, median = self._first_edits(db, values)
        (turns,) = db.execute(
            f"select count(*) from ({source_scope.headline_turns(told)}) as turned", values
        ).fetchone()
        watch = watched(checks, period, from_text(first_seen_at) if first_seen_at else None, now)
        return SourceTally(
            source=source,
            articles=articles,
            seen_again=seen_again,
            followed=followed,
            edited=edited,
            first_edited=first_edited,
            to_first_edit=median,
            headline_turns=turns,
            steps=steps,
            edits=edits,
            substance=substance,
            unannounced=unannounced,
            headline=headline,
            watch=watch,
        )

    def _first_edits(self, db: Db, values: dict[str, str | int]) -> tuple[int, timedelta | None]:
        """How many articles had their first edit, and after how long: the median, the mean of the two in the middle where
        they are even."""
        count, middle = db.execute(
            "select max(count), avg(after_us) from (select after_us, count(*) over () as count, "
            f"row_number() over (order by after_us) as place from ({source_scope.first_edits(self._audience)}) as first"
            ") as placed where place in ((count + 1) / 2, (count + 2) / 2)",
            values,
        ).fetchone()
        return (0, None) if count is None else (count, timedelta(microseconds=round(middle)))

    def _labels(self, db: Db, values: dict[str, str | int]) -> dict[str, int]:
        found: Counter[str] = Counter()
        query = f"select labels, count(*) from changes where {source_scope.of_steps(self._audience)} group by labels"
        for labels, count in db.execute(query, values).fetchall():
            found.update(dict.fromkeys(labels.split(), count))
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def _hours(self, db: Db, values: dict[str, str | int]) -> tuple[tuple[int, ...], int]:
        hour, steps = hour_of_week(self._audience), source_scope.of_steps(self._audience)
        rows = db.execute(
            f"select case when {source_scope.has_hour(self._audience)} then {hour} end, count(*) from changes "
            f"where {steps} group by 1",
            values,
        ).fetchall()
        found = dict(rows)
        return tuple(found.get(hour, 0) for hour in range(WEEK_HOURS)), found.get(None, 0)

    def _days(self, db: Db, values: dict[str, str | int], checks: dict[date, int]) -> tuple[Day, ...]:
        seen = self._audience.instant("seen_us")
        rows = db.execute(
            f"select {seen} / {DAY_US} - case when {seen} % {DAY_US} < 0 then 1 else 0 end, count(*) from changes "
            f"where {source_scope.of_steps(self._audience)} group by 1",
            values,
        ).fetchall()
        steps = {from_number(number * DAY_US).date(): count for number, count in rows}
        return tuple(Day(day, steps.get(day, 0), checks.get(day, 0)) for day in sorted(steps.keys() | checks.keys()))

    def _most_edited(self, db: Db, values: dict[str, str | int]) -> tuple[OftenEdited, ...]:
        rows = db.execute(
            f"select steps, edits, {article_columns(self._audience)} from (select article_id, count(*) as steps, "
            f"sum(edit_count) as edits from changes where {source_scope.of_steps(self._audience)} group by article_id "
            "order by steps desc, edits desc, article_id limit :most) as most cross join articles "
            "where articles.id = article_id order by steps desc, edits desc, articles.id",
            values | {"most": MOST_EDITED},
        ).fetchall()
        return tuple(OftenEdited(as_article(row[2:]), row[0], row[1]) for row in rows)


def watched(checks: Mapping[date, int], period: Period, first_seen_at: datetime | None, now: datetime) -> Watch:
    """How closely, by the checks of each day that had any."""
    if first_seen_at is None:
        return Watch(0, 0, 0, 0)
    end = min(period.until, now) if period.until else now
    first = max(first_seen_at, period.since) if period.since else first_seen_at
    begin = min(first.astimezone(UTC).date(), min(checks, default=date.max))
    # The day of an end that is a midnight is no more in the period.
    last = max(begin, _last_day(end), max(checks, default=date.min))
    days = (last - begin).days + 1
    marks = [begin - DAY, *sorted(checks), last + DAY]
    longest = max((later - earlier).days - 1 for earlier, later in pairwise(marks))
    return Watch(sum(checks.values()), days, days - len(checks), longest)


def _last_day(end: datetime) -> date:
    """The last day of a time that has an end. All that is told of a source depends on no more of an instant."""
    return (end - timedelta(microseconds=1)).astimezone(UTC).date()


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
