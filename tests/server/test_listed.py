"""Which articles strangers may see: what brings one for others, what its owner says, and stores from before."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.archive import bulk
from rowback.archive.export import all_articles, lines
from rowback.model import LISTING_ORIGINS, Capture, Origin
from rowback.store import Store
from rowback.store.audience import Audience
from rowback.store.feeds import Entry, FeedKind
from rowback.store.latest import Filters
from rowback.store.public_spans import Sights, coarsened, day_of

from .before_compact import uncompacted
from .samples import PARAGRAPHS, START, URL, at, capture, changed, content
from .visitor import owner_at_home

if TYPE_CHECKING:
    from pathlib import Path

    from .backend import Backend, Client
    from .program import Program

OTHER = f"{URL}-other"


def _record(store: Store, *origins: Origin, url: str = URL) -> None:
    for n, origin in enumerate(origins):
        seen_at = at(60 * n)
        store.record(Capture(url, content("Ferry", changed("400", f"{n}00")), seen_at, origin), seen_at)


def _listed(store: Store, url: str = URL) -> bool:
    article = store.articles.find(url)
    assert article is not None
    assert (store.view(Audience.STRANGERS).articles.find(url) is not None) is article.is_listed
    steps = store.view(Audience.STRANGERS).latest.page(Filters(article_id=article.id), 50).items
    assert len(steps) == (article.version_count - 1 if article.is_listed else 0)
    return article.is_listed


@pytest.mark.parametrize("origin", list(Origin))
@pytest.mark.parametrize("before", [(), (Origin.BROWSER,), (Origin.BROWSER, Origin.POLL)])
def test_an_article_is_listed_by_what_brings_it_for_others(
    store: Store, origin: Origin, before: tuple[Origin, ...]
) -> None:
    _record(store, *before, origin)
    assert _listed(store) is (origin in LISTING_ORIGINS)


def test_a_reader_does_not_unlist_what_is_listed(store: Store) -> None:
    _record(store, Origin.FEED, Origin.POLL, Origin.BROWSER)
    assert _listed(store)


def test_a_feed_lists_what_it_names_and_a_browser_brought(store: Store) -> None:
    _record(store, Origin.BROWSER, Origin.BROWSER)
    feed, _ = store.feeds.add("https://www.harbour-echo.example/feed", FeedKind.FEED, "", START)
    store.feeds.take_in(feed.id, [Entry(OTHER)], START)
    assert not _listed(store)
    store.feeds.take_in(feed.id, [Entry(URL)], START)
    assert _listed(store)


def test_what_the_owner_says_holds_whatever_brings_it_later(store: Store) -> None:
    _record(store, Origin.FEED, Origin.POLL)
    store.owner.set_listed(1, listed=False)
    _record(store, Origin.API, Origin.API, Origin.API)
    feed, _ = store.feeds.add("https://www.harbour-echo.example/feed", FeedKind.FEED, "", START)
    store.feeds.take_in(feed.id, [Entry(URL)], START)
    assert not _listed(store)
    store.owner.set_listed(1, listed=True)
    assert _listed(store)


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ((None, None), True),
        ((False, None), False),
        ((None, True), True),
        ((True, False), False),
        ((False, True), False),
        ((None, False), False),
    ],
)
def test_articles_made_one_are_listed_as_their_owner_said(
    store: Store, said: tuple[bool | None, bool | None], becomes: bool
) -> None:
    _record(store, Origin.BROWSER, Origin.POLL)
    _record(store, Origin.FEED, Origin.POLL, url=OTHER)
    for article_id, each in enumerate(said, start=1):
        if each is not None:
            store.owner.set_listed(article_id, listed=each)
    store.merge(1, 2)
    assert _listed(store) is becomes


def test_what_is_exported_comes_back_as_listed_as_it_was(store: Store, tmp_path: Path) -> None:
    _record(store, Origin.BROWSER, Origin.POLL)
    _record(store, Origin.POLL, Origin.BROWSER, url=OTHER)
    store.owner.set_listed(2, listed=True)
    _record(store, Origin.FEED, url=f"{URL}-kept")
    store.owner.set_listed(3, listed=False)
    copy = Store(tmp_path / "copy.db")
    for each in bulk.read(lines(store, all_articles(store))):
        assert isinstance(each, Capture)
        copy.record(each, START)
    assert [_listed(copy, url) for url in (URL, OTHER, f"{URL}-kept")] == [False, True, False]
    copy.close()


def test_an_import_lists_what_it_brings(store: Store) -> None:
    line = {"seen_at": "2026-01-10T08:00:00Z", "title": "Ferry", "paragraphs": list(PARAGRAPHS)}
    said: dict[str, tuple[dict[str, object], bool]] = {
        f"{URL}-plain": ({}, True),
        f"{URL}-checked": ({"origin": "poll"}, True),
        f"{URL}-read": ({"origin": "browser"}, False),
        f"{URL}-kept": ({"listed": False}, False),
    }
    for url, (more, is_listed) in said.items():
        (found,) = bulk.read([json.dumps({**line, "url": url, **more})])
        assert isinstance(found, Capture)
        store.record(found, START)
        assert _listed(store, url) is is_listed


BEFORE = (
    "drop trigger changes_article_listed",
    "drop index changes_public",
    "drop index changes_public_source",
    "drop index articles_public",
    "drop index articles_source",
    "drop index articles_public_source",
    "drop index captures_browser",
    "drop table public_times",
    *(f"alter table changes drop column {name}" for name in ("public_seen_at", "listed")),
    *(f"alter table articles drop column public_{name}_at" for name in ("first_seen", "last_checked", "last_changed")),
    *(f"alter table articles drop column {name}" for name in ("listed", "listing_is_chosen")),
    "delete from _sqlite_migrations where name in ('0022_listed', '0023_listed_changes', '0190_by_source')",
)


def test_a_store_from_before_is_judged_by_what_brought_its_articles(tmp_path: Path) -> None:
    histories = {
        (Origin.BROWSER,): False,
        (Origin.BROWSER, Origin.POLL, Origin.BROWSER): False,
        (Origin.BROWSER, Origin.ARCHIVE): False,
        (Origin.BROWSER, Origin.FETCH): True,
        (Origin.POLL, Origin.BROWSER): True,
        (Origin.POLL, Origin.POLL): True,
        (Origin.FEED, Origin.BROWSER, Origin.POLL): True,
        (Origin.IMPORT,): True,
    }
    store = Store(tmp_path / "rowback.db")
    for n, origins in enumerate(histories):
        _record(store, *origins, url=f"{URL}-{n}")
    _record(store, Origin.BROWSER, url=f"{URL}-named")
    feed, _ = store.feeds.add("https://www.harbour-echo.example/feed", FeedKind.FEED, "", START)
    with store._connection.write() as db:
        db.execute(
            "insert into finds (key, url, host, feed_id, found_at) select key, '', '', ?, '' from aliases where key like ?",
            [feed.id, "%-named"],
        )
    told = _public_rows(store)
    with store._connection.write() as db:
        uncompacted(db)
        for statement in BEFORE:
            db.execute(statement)
    store.end()
    store = Store(tmp_path / "rowback.db")
    assert [_listed(store, f"{URL}-{n}") for n in range(len(histories))] == list(histories.values())
    assert _listed(store, f"{URL}-named")
    assert _public_rows(store) == told
    assert store.search.find("removed:000", 5)
    store.close()


def _public_rows(store: Store) -> list[list[tuple[object, ...]]]:
    queries = (
        "select id, public_first_seen_at, public_last_checked_at, public_last_changed_at from articles order by id",
        "select * from public_times order by 1",
        "select version_id, public_seen_at from changes join change_words using (id) order by 1",
    )
    with store._connection.read() as db:
        return [db.execute(query).fetchall() for query in queries]


@settings(max_examples=40)  # each makes a database
@given(
    captures=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 60), st.sampled_from([Origin.BROWSER, Origin.POLL, Origin.IMPORT])),
        min_size=1,
        max_size=8,
    ),
    merged=st.booleans(),
)
def test_what_strangers_are_told_is_in_order_and_of_no_reader(
    captures: list[tuple[int, int, Origin]], merged: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the order in which captures come, and also where two articles turn out to be one."""
    texts = (PARAGRAPHS, changed("400", "900"), changed("six", "seven"))
    store = Store(tmp_path_factory.mktemp("listed") / "rowback.db")
    for n, (text, hours, origin) in enumerate(captures):
        seen = replace(capture(texts[text], minutes=60 * hours + n / 60), origin=origin)
        store.record(replace(seen, url=OTHER) if merged and n % 2 else seen, START)
    if merged and len(captures) > 1:
        store.merge(1, 2)
    store.owner.set_listed(1, listed=True)
    spans, told = store.versions.spans(1), store.view(Audience.STRANGERS).versions.spans(1)
    sure = {at(60 * hours + n / 60) for n, (_, hours, origin) in enumerate(captures) if origin is not Origin.BROWSER}
    read = {at(60 * hours + n / 60) for n, (_, hours, origin) in enumerate(captures)} - sure
    assert [(each.id, each.number) for each in told] == [(each.id, each.number) for each in spans]
    instants = [each for span in told for each in (span.seen_at, span.last_seen_at)]
    assert instants == sorted(instants)
    assert len({span.seen_at for span in told}) == len(told)
    assert not read - {day_of(each) for each in read} & set(instants)
    assert Origin.BROWSER not in {span.origin for span in told}
    assert all(public.seen_at == span.seen_at for public, span in zip(told, spans, strict=True) if span.seen_at in sure)
    article = store.view(Audience.STRANGERS).articles.get(1)
    assert article is not None
    assert (article.first_seen_at, article.last_changed_at) == (told[0].seen_at, told[-1].seen_at)
    assert article.last_checked_at >= told[-1].last_seen_at
    assert article.last_checked_at not in read - {day_of(each) for each in read}
    steps = store.view(Audience.STRANGERS).latest.page(Filters(), 50).items
    assert [item.step.seen_at for item in steps] == [span.seen_at for span in told[:0:-1]]
    assert [step.seen_at for step in store.view(Audience.STRANGERS).steps.of_article(1)] == [
        span.seen_at for span in told[1:]
    ]
    store.close()


def test_a_step_follows_what_strangers_are_told_of_its_version(store: Store) -> None:
    """A check that is known late moves what is told of the version after it, and of when that came."""
    store.record(capture(), at(0))
    store.record(replace(capture(changed("400", "900"), minutes=300), origin=Origin.BROWSER), at(300))
    store.record(capture(minutes=180), at(400))
    (step,) = store.view(Audience.STRANGERS).latest.page(Filters(), 5).items
    assert step.step.seen_at == at(180) + timedelta(seconds=1)


def test_versions_of_a_day_that_readers_saw_follow_each_other() -> None:
    noon = datetime(2026, 1, 10, 12, tzinfo=UTC)
    read = [Sights(noon + timedelta(hours=n), None, None) for n in range(3)]
    late = Sights(noon + timedelta(hours=3), noon + timedelta(hours=3), noon + timedelta(hours=4))
    close = Sights(late.sure_last + timedelta(microseconds=5), None, None) if late.sure_last else late
    told = coarsened([*read, late, close])
    assert [each.seen_at - day_of(noon) for each in told] == [
        *(timedelta(seconds=n) for n in range(3)),
        timedelta(hours=15),
        timedelta(hours=16, microseconds=1),
    ]
    assert [each.is_day for each in told] == [True, True, True, False, True]


def test_the_owner_lists_and_unlists_through_the_api(backend: Backend) -> None:
    client = backend.client
    client.capture(origin="browser")
    assert client.get("/api/v1/articles/1").json["article"]["listed"] is False
    assert client.put("/api/v1/articles/1/listed").json["article"]["listed"] is True
    assert _listed(backend.store)
    assert client.send("DELETE", "/api/v1/articles/1/listed").json["article"]["listed"] is False
    assert not _listed(backend.store)
    assert client.put("/api/v1/articles/9/listed").code == "unknown-article"


def test_following_in_a_browser_lists_nothing(client: Client, backend: Backend) -> None:
    client.capture(origin="browser")
    client.put("/api/v1/articles/1/follow")
    assert not _listed(backend.store)


def test_the_owner_lists_and_unlists_on_the_articles_page(backend: Backend) -> None:
    backend.client.capture(origin="browser")
    owner = owner_at_home(backend)
    for act, is_listed in (("list", True), ("unlist", False)):
        assert owner.press("/articles/1", "/articles/1/act", do=act).status == 303
        assert _listed(backend.store) is is_listed


def test_the_command_line_lists_and_unlists(rowback: Program) -> None:
    store = Store(rowback.db)
    _record(store, Origin.BROWSER)
    for command, is_listed in (("list", True), ("unlist", False)):
        assert "Ferry" in rowback.ok(command, URL).out
        assert _listed(store) is is_listed
    store.close()
