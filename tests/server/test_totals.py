"""What pages tell of the whole store is counted as it is written: never wrong, and no page walks through all rows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from rowback.model import Status
from rowback.store import Store
from rowback.store.feeds import Entry, FeedKind
from rowback.store.instants import to_text
from rowback.store.work import Next, Outcome
from rowback.web.app import create_app

from .backend import Clock
from .samples import PARAGRAPHS, URL, at, capture, changed

# Indexes that a page may walk along: in order and up to a limit, or with rows in them for what is rare only.
WALKED = {
    "changes_newest",
    "changes_public",
    "articles_public",
    "articles_hidden",
    "idx_articles_last_changed_at",
    "checks_failing",
    "finds_failing",
}
FOR_STRANGERS = {"changes_public", "articles_public"}  # … in order and up to a limit alone
GROW = "articles|aliases|versions|bodies|blocks|captures|changes|checks|finds|passing_texts|moved_articles"
SCAN = re.compile(rf"SCAN ({GROW})(?: USING (?:COVERING )?INDEX (\w+))?$")
PAGES = (
    "/",
    "/?source=harbour-echo.example",
    "/?label=figure",
    "/?headline=1&substance=1&unannounced=1",
    "/?from=2026-01-01&to=2026-01-31",
    "/?older=2026-01-20T00:00:00Z,9",
    "/articles",
    "/articles?older=2026-01-20T00:00:00Z,9",
    "/sources",
    "/sources/harbour-echo.example",
    "/sources?from=2026-01-01&to=2026-01-31",
    "/sources/harbour-echo.example?from=2026-01-01&to=2026-01-31",
    "/sources/harbour-echo.example/articles",
    "/sources/harbour-echo.example/articles?which=edited&older=2026-01-20T00:00:00Z,9",
    "/sources/harbour-echo.example/articles?which=first",
    "/sources/harbour-echo.example/articles?which=turns",
    "/api/v1/sources",
    "/?source=harbour-echo.example&weekday=6&hour=9",
    "/articles/1",
    "/articles/1/diff/0/1",
    "/articles/1/versions/0",
    "/articles/1/feed.atom",
    "/articles/1/timemap",
    f"/timegate/{URL}",
    f"/find?url={URL}",
    "/search?q=ferry",
    "/search?q=title:ferry+harbour",
    "/search?q=removed:400",
    "/search?q=label:figure",
    "/feed.atom",
    "/sources/harbour-echo.example/feed.atom",
    "/labels/figure/feed.atom",
    "/search/feed.atom?q=ferry",
    "/status",
    "/metrics",
)


@pytest.fixture
def filled(store: Store) -> Store:
    """Two articles that were merged, two others of which one was forgotten, a feed with finds."""
    for minutes, texts in enumerate((PARAGRAPHS, changed("400", "900"), changed("400", "500"))):
        store.record(capture(texts, minutes=minutes), at(minutes))
    store.record(capture(changed("Friday", "Monday"), minutes=1.5, url=f"{URL}-copy"), at(2))
    for n in range(2):
        store.record(capture([f"The bell rang {n} times."], url=f"https://bells.example/{n}"), at(2))
    store.set_followed(1, at(3))
    store.merge(1, 2)
    store.set_followed(3, None)
    store.owner.forget(4)
    feed, _ = store.feeds.add("https://bells.example/feed", FeedKind.FEED, "Bells", at(1))
    gone, _ = store.feeds.add("https://gone.example/feed", FeedKind.FEED, "Gone", at(1))
    for each, names in ((feed, "abca"), (gone, "bde")):
        store.feeds.take_in(each.id, [Entry(f"https://bells.example/new/{name}") for name in names], at(2))
    store.feeds.remove(gone.id)
    return store


def test_totals_are_what_there_is(filled: Store) -> None:
    with filled._connection.read() as db:
        counted = {table: db.table(table).count for table in ("articles", "versions", "captures")}
        statuses = dict(db.execute("select status, count(*) from articles group by status").fetchall())
        finds = db.table("finds").count
    assert filled.counts() == counted
    assert filled.overview(at(5)).articles == {status: statuses.get(status, 0) for status in Status}
    (feed,) = filled.feeds.all()
    assert (feed.found, feed.waiting) == (finds, finds) == (3, 3)
    assert filled.overview(at(5)).finds_waiting == 3


HOURS = {
    "articles due": "select substr(next_check_at, 1, 13), count(*) from articles where next_check_at is not null group by 1",
    "finds due": "select substr(next_check_at, 1, 13), count(*) from finds where next_check_at is not null group by 1",
    "articles checked": "select substr(checked_at, 1, 13), count(*) from checks where checked_at is not null group by 1",
    "articles edited": (
        "select substr(last_changed_at, 1, 13), count(*) from articles where version_count > 1 group by 1"
    ),
}
OLD_COUNTS = {
    "due": (
        "select (select count(*) from articles where next_check_at <= :now) + (select count(*) from feeds where "
        "next_check_at <= :now) + (select count(*) from finds where next_check_at <= :now)"
    ),
    "checked_last_day": "select count(*) from checks where checked_at > :ago",
    "edited_last_day": "select count(*) from articles where version_count > 1 and last_changed_at > :ago",
    "finds_waiting": "select count(*) from finds where next_check_at is not null",
}
DAY = 24 * 60


def _check_hours(store: Store) -> None:
    with store._connection.read() as db:
        for name, query in HOURS.items():
            kept = db.execute("select hour, value from hours where name = ?", [name]).fetchall()
            assert dict(kept) == dict(db.execute(query).fetchall()), name
        for minutes in (0, 2, 59, 60, 61, DAY, DAY + 1, DAY + 30, DAY + 59, DAY + 60, 2 * DAY, 9 * DAY):
            found = store.overview(at(minutes))
            bounds = {"now": to_text(at(minutes)), "ago": to_text(at(minutes - DAY))}
            for name, query in OLD_COUNTS.items():
                assert getattr(found, name) == db.execute(query, bounds).fetchone()[0], (name, minutes)


def _check_article(store: Store, article_id: int, minutes: float) -> None:
    found = Next(at(minutes + 45), Outcome.UNCHANGED, "")
    store.queue.finish_article(article_id, at(minutes), found)


def test_hours_are_what_there_is(filled: Store) -> None:
    """Whatever articles, checks and finds go through."""
    _check_hours(filled)
    ids = [filled.record(capture(minutes=n, url=f"{URL}/{n}"), at(n)).article.id for n in range(5)]
    for n, article_id in enumerate(ids):
        filled.record(capture(changed("400", "900"), minutes=40 + 30 * n, url=f"{URL}/{n}"), at(200))
        filled.set_followed(article_id, at(n))
        _check_article(filled, article_id, 17 * n)
        _check_hours(filled)
    filled.merge(ids[0], ids[1])
    filled.owner.forget(ids[2])
    filled.set_followed(ids[3], None)
    _check_article(filled, ids[4], 90)
    _check_hours(filled)
    (feed,) = filled.feeds.all()
    filled.feeds.remove(feed.id)
    _check_hours(filled)


def test_hours_of_a_store_from_before_are_counted(filled: Store) -> None:
    for n in (1, 3):
        _check_article(filled, n, 30)
    with filled._connection.write() as db:
        for (name,) in db.execute("select name from sqlite_master where name like 'hours_%'").fetchall():
            db.execute(f"drop trigger {name}")
        db.execute("drop table hours")
        db.execute("delete from _sqlite_migrations where name = '0040_hours'")
    filled.end()
    upgraded = Store(filled.path)
    _check_hours(upgraded)
    upgraded.record(capture(url=f"{URL}/later", minutes=5), at(5))
    _check_hours(upgraded)
    upgraded.end()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_walks_through_all_rows(filled: Store, page: str) -> None:
    _check_plans(filled, page, {"Authorization": f"Bearer {filled.access.new_token('owner', at(0))}"})


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("/status", "/metrics")])
def test_no_page_walks_through_all_rows_for_strangers(filled: Store, page: str) -> None:
    _check_plans(filled, page, {})


def _check_plans(filled: Store, page: str, headers: dict[str, str]) -> None:
    for statement, step in _plans(filled, page, headers):
        scanned = SCAN.match(step)
        assert scanned is None or scanned[2] in WALKED, f"{step}: {statement}"
        assert scanned is None or scanned[2] not in FOR_STRANGERS or "limit" in statement, f"{step}: {statement}"


def _plans(filled: Store, page: str, headers: dict[str, str]) -> list[tuple[str, str]]:
    """Each statement that a page reads with, and each step of how SQLite does that."""
    visitor = create_app(filled, is_public=True, now=Clock(at(0) + timedelta(days=1))).test_client()
    statements: list[str] = []
    db = filled._connection._database().conn
    assert db is not None
    db.set_trace_callback(statements.append)
    answer = visitor.get(page, headers=headers)
    db.set_trace_callback(None)
    assert answer.status_code in (200, 302), answer.text
    asked = {each for each in statements if re.match(r"\s*(select|with)", each)}
    return [(each, row[3]) for each in asked for row in db.execute(f"explain query plan {each}").fetchall()]


def test_no_index_is_the_beginning_of_another(store: Store) -> None:
    with store._connection.read() as db:
        found = {
            (table, name): tuple(row[2] for row in db.execute(f"pragma index_xinfo('{name}')") if row[5])
            for table, name in db.execute(
                "select tbl_name, name from sqlite_master where type = 'index' and coalesce(sql, '') not like '% where %'"
            ).fetchall()
        }
    twice = [
        (name, other)
        for (table, name), columns in found.items()
        for (same, other), longer in found.items()
        if name != other and table == same and longer[: len(columns)] == columns
    ]
    assert twice == [], "the longer one finds what the shorter one does"


BY_SOURCE = {"changes_source", "changes_public_source"}
OF_SOURCES = (
    "/?source=harbour-echo.example",
    "/?source=harbour-echo.example&label=figure&substance=1",
    "/?source=harbour-echo.example&older=2026-01-20T00:00:00Z,9",
    "/sources/harbour-echo.example/feed.atom",
    "/search?q=source:harbour-echo.example+source:bells.example",
)


@pytest.mark.parametrize("page", OF_SOURCES)
def test_steps_of_sources_are_found_without_reading_those_of_others(filled: Store, page: str) -> None:
    for headers in ({"Authorization": f"Bearer {filled.access.new_token('owner', at(0))}"}, {}):
        steps = [step for _, step in _plans(filled, page, headers)]
        found = {
            name for step in steps for name in re.findall(r"changes USING (?:COVERING )?INDEX (changes_\w+)", step)
        }
        assert found & BY_SOURCE, "steps are listed"
        assert found <= BY_SOURCE, steps
