"""What is told of sources: every number is that of a count of all rows, is as large as the list it leads to, and says how
closely the source was watched."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.model import Capture, Origin
from rowback.store import Store
from rowback.store.audience import Audience
from rowback.store.by_source import BySource, watched
from rowback.store.instants import from_number, from_text
from rowback.store.latest import Filters
from rowback.store.source_articles import Which
from rowback.store.source_scope import CHECKS, Period

from .new_stores import new_store
from .samples import AUDIENCES, PARAGRAPHS, START, URL, at, changed, content

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sqlite_utils import Database

    from rowback.model import Article
    from rowback.store.by_source import SourcePortrait

SITES = ("harbour-echo.example", "quay.example")
TEXTS = (PARAGRAPHS, changed("400", "900"), changed("Friday", "Monday"), changed("office", "Office"))
TITLES = ("Ferry timetable changes", "Ferry leaves earlier", "Ferry row grows")
DAY_MIN = 24 * 60
_LOOKS = st.lists(
    st.tuples(
        st.integers(0, 6 * DAY_MIN),
        st.sampled_from((Origin.POLL, Origin.POLL, Origin.BROWSER, Origin.FEED, Origin.IMPORT)),
        st.sampled_from(TEXTS),
        st.sampled_from(TITLES),
    ),
    min_size=1,
    max_size=6,
)
_ARTICLES = st.lists(st.tuples(st.sampled_from(SITES), _LOOKS, st.booleans()), min_size=1, max_size=4)
_US = timedelta(microseconds=1)
_DAYS = st.one_of(st.none(), st.integers(0, 6))


@dataclass(frozen=True)
class Rows:
    """All rows that an audience may see, as they lie in the tables."""

    articles: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    versions: dict[int, dict[str, Any]]
    captures: list[dict[str, Any]]
    days: set[int]


def _rows(store: Store, audience: Audience) -> Rows:
    with store._connection.read() as db:
        own = {row["article_id"] for row in db.table("reader_articles").rows_where("reader_id = ?", [audience.reader])}
        articles = [
            each
            for each in db.table("articles").rows
            if each["hidden_reason"] is None and (audience.is_owner or each["listed"] or each["id"] in own)
        ]
        ids = {each["id"] for each in articles}
        return Rows(
            articles,
            [each for each in db.table("changes").rows if each["article_id"] in ids and each["edit_count"]],
            {each["id"]: each for each in db.table("versions").rows},
            [each for each in db.table("captures").rows if each["article_id"] in ids],
            {each["version_id"] for each in db.table("public_times").rows if each["is_day"]},
        )


def _fill(store: Store, told: Iterable[tuple[str, Any, bool]]) -> None:
    """Articles by their site, their looks, and whether every other one is hidden; what browsers saw is reader 2's."""
    if len(store.readers.all(START)) < 2:
        store.readers.invite("Ada", None, START)
    for number, (site, looks, is_hidden) in enumerate(told):
        url, article_id = f"https://{site}/story-{number}", 0
        for minutes, origin, text, title in sorted(looks, key=lambda look: look[0]):
            reader = 2 if origin is Origin.BROWSER else None
            seen = Capture(url, content(title, text), at(minutes), origin, reader=reader, is_listing=reader is None)
            article_id = store.record(seen, at(minutes)).article.id
        if is_hidden and number % 2:
            store.owner.hide(article_id, "A court asked for it.")
    store.steps.catch_up()


@settings(max_examples=25)
@given(told=_ARTICLES, first=_DAYS, length=_DAYS)
def test_numbers_are_those_of_a_count_of_all_rows(
    told: list[Any], first: int | None, length: int | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    since = None if first is None else START + timedelta(days=first)
    until = None if length is None else (since or START) + timedelta(days=length + 1)
    with closing(new_store(tmp_path_factory.mktemp("by_source") / "rowback.db")) as store:
        _fill(store, told[:1])
        for audience in AUDIENCES:  # what is remembered of this must be forgotten
            for site in SITES:
                store.view(audience).by_source.portrait(site, Period(since, until), at(9 * DAY_MIN))
        _fill(store, told)
        for audience in AUDIENCES:
            rows, view = _rows(store, audience), store.view(audience)
            assert view.by_source.names(9) == sorted({each["source"] for each in rows.articles})
            for site in SITES:
                counted = Counted(rows, audience, site, since, until)
                portrait = view.by_source.portrait(site, Period(since, until), at(9 * DAY_MIN))
                assert _numbers(portrait) == counted.numbers()
                assert _lists(store, audience, site, Period(since, until)) == counted.lists()
                _check_more(portrait, counted)


@dataclass(frozen=True)
class Counted:
    """The same numbers by plain loops over everything."""

    rows: Rows
    audience: Audience
    site: str
    since: datetime | None
    until: datetime | None

    def _instant(self, row: dict[str, Any], name: str) -> datetime:
        found = row[f"public_{name}" if self.audience.is_strangers else name]
        return from_number(found) if isinstance(found, int) else from_text(found)

    def _is_in(self, instant: datetime) -> bool:
        return (self.since is None or instant >= self.since) and (self.until is None or instant < self.until)

    def articles(self) -> list[dict[str, Any]]:
        return [
            each
            for each in self.rows.articles
            if each["source"] == self.site
            and (self.since is None or self._instant(each, "last_checked_at") >= self.since)
            and (self.until is None or self._instant(each, "first_seen_at") < self.until)
        ]

    def again(self) -> list[int]:
        return [
            each["id"]
            for each in self.articles()
            if self._instant(each, "last_checked_at") > self._instant(each, "first_seen_at")
        ]

    def steps(self, **wanted: int) -> list[dict[str, Any]]:
        return [
            each
            for each in self.rows.steps
            if each["source"] == self.site
            and self._is_in(self._instant(each, "seen_us"))
            and all(each[name] == value for name, value in wanted.items())
        ]

    def first_edits(self) -> dict[int, timedelta]:
        found = {}
        for article in self.rows.articles:
            own = [each for each in self.rows.steps if each["article_id"] == article["id"]]
            is_day = any(
                each["article_id"] == article["id"] and id_ in self.rows.days for id_, each in self._versions()
            )
            if article["source"] != self.site or not own or (is_day and self.audience.is_strangers):
                continue
            first = min(self._instant(each, "seen_us") for each in own)
            if self._is_in(first):
                found[article["id"]] = first - self._instant(article, "first_seen_at")
        return found

    def turns(self) -> set[int]:
        versions, found = self.rows.versions, set()
        for each in self.steps(headline=1):
            old, new = versions[each["previous_id"]], versions[each["version_id"]]
            if any(
                v["article_id"] == each["article_id"] and v["seen_at"] < old["seen_at"] and v["title"] == new["title"]
                for v in versions.values()
            ):
                found.add(each["article_id"])
        return found

    def checks(self) -> Counter[str]:
        ids = {each["id"] for each in self.articles()}
        return Counter(
            each["seen_at"][:10]
            for each in self.rows.captures
            if each["article_id"] in ids and each["origin"] in CHECKS and self._is_in(from_text(each["seen_at"]))
        )

    def _versions(self) -> list[tuple[int, dict[str, Any]]]:
        return list(self.rows.versions.items())

    def numbers(self) -> dict[str, Any]:
        delays = self.first_edits().values()
        return {
            "followed": sum(each["status"] == "watching" for each in self.articles()),
            "edits": sum(each["edit_count"] for each in self.steps()),
            "to_first_edit": timedelta(microseconds=round(median(each / _US for each in delays))) if delays else None,
            "checks": self.checks().total(),
            **{name: len(found) for name, found in self.lists().items()},
        }

    def lists(self) -> dict[str, list[int]]:
        """Ids of what the numbers count."""
        told = {
            "articles": [each["id"] for each in self.articles()],
            "seen_again": self.again(),
            "edited": {each["article_id"] for each in self.steps()},
            "first_edited": self.first_edits().keys(),
            "headline_turns": self.turns(),
            "steps": [each["id"] for each in self.steps()],
            "substance": [each["id"] for each in self.steps(minor=0)],
            "unannounced": [each["id"] for each in self.steps(minor=0, unannounced=1)],
            "headline": [each["id"] for each in self.steps(headline=1)],
        }
        return {name: sorted(ids) for name, ids in told.items()}


def _numbers(portrait: SourcePortrait) -> dict[str, Any]:
    tally = portrait.tally
    names = "followed edits to_first_edit articles seen_again edited first_edited headline_turns steps substance "
    found = {name: getattr(tally, name) for name in f"{names} unannounced headline".split()}
    return found | {"checks": tally.watch.checks}


def _lists(store: Store, audience: Audience, site: str, period: Period) -> dict[str, list[int]]:
    """Ids of what the numbers lead to."""
    view = store.view(audience)
    every = Filters(sources=(site,), after=period.since, before=period.until)
    which = {
        "articles": Which.ALL,
        "seen_again": Which.AGAIN,
        "edited": Which.EDITED,
        "first_edited": Which.FIRST,
        "headline_turns": Which.TURNS,
    }
    filters = {
        "steps": every,
        "substance": replace(every, substance=True),
        "unannounced": replace(every, substance=True, unannounced=True),
        "headline": replace(every, headline=True),
    }
    found = {
        name: [each.id for each in view.source_articles.page(site, period, chosen, 99).articles]
        for name, chosen in which.items()
    }
    found |= {name: [each.step.id for each in view.latest.page(chosen, 99).items] for name, chosen in filters.items()}
    return {name: sorted(ids) for name, ids in found.items()}


def _check_more(portrait: SourcePortrait, counted: Counted) -> None:
    """What is told of the steps by label, by hour and by day, and of single articles."""
    steps, checks = counted.steps(), counted.checks()
    labels = Counter(label for each in steps for label in set(each["labels"].split()))
    assert portrait.labels == labels
    instants = [
        (each["version_id"], from_number(each["public_seen_us" if counted.audience.is_strangers else "seen_us"]))
        for each in steps
    ]
    by_day = Counter(f"{instant:%Y-%m-%d}" for _, instant in instants)
    assert {f"{each.day}": (each.steps, each.checks) for each in portrait.days} == {
        day: (by_day[day], checks[day]) for day in by_day.keys() | checks.keys()
    }
    with_hour = [
        instant
        for version_id, instant in instants
        if not (counted.audience.is_strangers and version_id in counted.rows.days)
    ]
    hours = Counter(24 * instant.weekday() + instant.hour for instant in with_hour)
    assert {slot: count for slot, count in enumerate(portrait.hours) if count} == hours
    assert portrait.without_hour == len(instants) - len(with_hour)
    by_article = Counter(each["article_id"] for each in steps)
    assert {each.article.id: each.steps for each in portrait.most_edited} == by_article


@pytest.fixture
def filled(store: Store) -> Store:
    """A site whose articles were edited or not, checked on three of six days; and one that only a browser brought."""
    looks = (
        (0, Origin.FEED, PARAGRAPHS, TITLES[0]),
        (60, Origin.POLL, changed("400", "900"), TITLES[1]),
        (180, Origin.POLL, changed("400", "900"), TITLES[0]),
        (5 * DAY_MIN, Origin.POLL, changed("400", "900"), TITLES[0]),
    )
    again = ((0, Origin.FEED, PARAGRAPHS, TITLES[0]), (DAY_MIN, Origin.POLL, PARAGRAPHS, TITLES[0]))
    once = ((0, Origin.FEED, PARAGRAPHS, TITLES[0]),)
    _fill(store, [(SITES[0], looks, False), (SITES[0], again, False), (SITES[0], once, False)])
    _fill(store, [("night.example", ((0, Origin.BROWSER, PARAGRAPHS, TITLES[0]),), False)])
    return store


def test_what_was_seen_once_is_in_no_denominator(filled: Store) -> None:
    tally = filled.by_source.tally(SITES[0], Period(), at(6 * DAY_MIN))
    assert (tally.articles, tally.seen_again, tally.edited, tally.share_edited) == (3, 2, 1, 0.5)
    assert (tally.steps, tally.headline, tally.headline_turns) == (2, 2, 1)
    assert tally.to_first_edit == timedelta(hours=1)
    assert tally.edits_per_article == tally.edits / 2


def test_how_closely_a_source_was_watched_is_told(filled: Store) -> None:
    watch = filled.by_source.tally(SITES[0], Period(), at(6 * DAY_MIN)).watch
    assert (watch.checks, watch.days, watch.days_unchecked, watch.longest_gap_days) == (7, 7, 4, 3)
    assert watch.checks_per_day == 1.0


def test_of_a_source_without_articles_there_are_no_ratios(store: Store) -> None:
    tally = store.by_source.tally("nowhere.example", Period(), START)
    assert (tally.share_edited, tally.share_unannounced, tally.edits_per_article) == (None, None, None)
    assert (tally.watch.checks_per_day, tally.checks_per_article, tally.to_first_edit) == (None, None, None)


def test_what_was_counted_is_remembered_until_the_next_write(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []

    def checks(_by_source: BySource, _db: Database, source: str, _period: Period) -> dict[date, int]:
        counted.append(source)
        return {}

    monkeypatch.setattr(BySource, "_checks", checks)
    tally = partial(filled.by_source.tally, SITES[0], Period())
    assert tally(at(DAY_MIN)) == tally(at(DAY_MIN + 60)) != tally(at(2 * DAY_MIN)), "the days go on"
    assert len(counted) == 2
    filled.owner.hide(1, "A court asked for it.")
    assert tally(at(DAY_MIN)).articles == 2
    with closing(Store(filled.path)) as other:  # as another process would
        other.owner.hide(2, "A court asked for it.")
    assert tally(at(DAY_MIN)).articles == 1
    assert len(counted) == 4


_JAN = {day: date(2026, 1, day) for day in range(1, 32)}


@pytest.mark.parametrize(
    ("checked", "since", "until", "expected"),
    [
        ((10,), None, None, (1, 11, 10, 10)),
        ((10, 12, 20), None, None, (3, 11, 8, 7)),
        ((), None, None, (0, 11, 11, 11)),
        (range(10, 21), None, None, (11, 11, 0, 0)),
        ((12,), 11, 14, (1, 3, 2, 1)),
        ((12,), 11, 13, (1, 2, 1, 1)),
        ((), 15, 12, (0, 1, 1, 1)),
        ((22,), None, None, (1, 13, 12, 12)),
    ],
    ids="from-the-first all-gaps never daily inside ends-at-midnight nothing ahead-of-the-clock".split(),
)
def test_days_without_a_check_are_gaps(
    checked: Iterable[int], since: int | None, until: int | None, expected: tuple[int, ...]
) -> None:
    """From the first sight on the 10th to the 20th."""
    period = Period(*(None if day is None else datetime(2026, 1, day, tzinfo=UTC) for day in (since, until)))
    now = datetime(2026, 1, 20, 12, tzinfo=UTC)
    watch = watched({_JAN[day]: 1 for day in checked}, period, START, now)
    assert (watch.checks, watch.days, watch.days_unchecked, watch.longest_gap_days) == expected


@pytest.mark.parametrize("audience", [Audience.STRANGERS, Audience(3)])
def test_a_source_that_only_another_reader_knows_is_as_unknown(filled: Store, audience: Audience) -> None:
    view = filled.view(audience)
    assert view.by_source.names(9) == [SITES[0]]
    assert not view.by_source.has("night.example")
    assert filled.view(Audience(2)).by_source.names(9) == [SITES[0], "night.example"]


def test_names_go_on_behind_one(filled: Store) -> None:
    assert filled.by_source.names(1) == [SITES[0]]
    assert filled.by_source.names(9, SITES[0]) == ["night.example"]
    assert filled.by_source.names(9, "night.example") == []


def test_a_list_goes_on_where_it_ended(filled: Store) -> None:
    found: list[Article] = []
    older = None
    for _ in range(3):
        page = filled.source_articles.page(SITES[0], Period(), Which.ALL, 1, older)
        found += page.articles
        older = page.older
    assert older is None
    assert [each.id for each in found] == [1, 2, 3], "the last checked first"


def test_steps_are_found_by_the_hour_of_the_week(filled: Store) -> None:
    def found(**wanted: int) -> int:
        return len(filled.latest.page(Filters(sources=(SITES[0],), **wanted), 9).items)  # type: ignore[arg-type]

    assert START.isoweekday() == 6
    assert [found(hour=hour) for hour in (8, 9, 10, 11)] == [0, 1, 0, 1]
    assert [found(weekday=day) for day in (5, 6, 7)] == [0, 2, 0]
    assert found(weekday=6, hour=9) == 1
    assert found(weekday=7, hour=9) == 0


def test_instants_before_1970_stand_in_their_own_hour(store: Store) -> None:
    long_ago = datetime(1969, 12, 31, 23, 30, tzinfo=UTC)  # a Wednesday
    for n, text in enumerate((PARAGRAPHS, changed("400", "900"))):
        seen_at = long_ago + timedelta(minutes=n)
        store.record(Capture(URL, content("Ferry", text), seen_at, Origin.IMPORT), at(n))
    portrait = store.by_source.portrait(SITES[0], Period(), at(9))
    assert [slot for slot, count in enumerate(portrait.hours) if count] == [2 * 24 + 23]
    assert [each.day for each in portrait.days] == [long_ago.date()]


def test_a_store_from_before_counts_alike(filled: Store, tmp_path: Path) -> None:
    told = filled.by_source.portrait(SITES[0], Period(), at(9))
    with filled._connection.write() as db:
        for name in ("articles_source", "articles_public_source", "changes_source", "changes_public_source"):
            db.execute(f"drop index {name}")
        db.execute("drop index captures_article")
        db.execute("create index captures_article on captures (article_id)")
        db.execute("create index changes_source on changes (source, seen_us)")
        db.execute("create index changes_public_source on changes (source, public_seen_us) where listed = 1")
        db.execute("delete from _sqlite_migrations where name = '0190_by_source'")
    filled.end()
    with closing(Store(filled.path)) as upgraded:
        assert upgraded.by_source.portrait(SITES[0], Period(), at(9)) == told
        with upgraded._connection.read() as db:
            (kept,) = db.execute("select sql from sqlite_master where name = 'captures_article'").fetchone()
    assert "seen_at" in kept
