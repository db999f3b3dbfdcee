"""PostgreSQL keeps by itself what SQLite does: the same statements leave the same rows in every table and view."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.model import Scope
from rowback.store.audience import Audience
from rowback.store.review_acts import ReviewAct

from .new_stores import new_store
from .samples import START, at, capture, changed
from .two_engines import VIEWS, Both, Statement, both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from rowback.store import Store

    from .throwaway_postgres import Server
    from .two_engines import State

# What FTS5 needs; PostgreSQL has vectors in the tables themselves, which the store writes.
OF_FULL_TEXT = {
    *("blocks_fts_added", "blocks_fts_changed", "blocks_fts_removed"),
    *("blocks_spaced_added", "blocks_spaced_changed", "blocks_spaced_removed"),
    *("changes_words_added", "changes_words_came", "changes_words_left", "changes_words_removed"),
    *("versions_ad", "versions_ai", "versions_au"),
    *("versions_spaced_added", "versions_spaced_changed", "versions_spaced_removed"),
}
WRITTEN = (  # by triggers
    *("totals", "hours", "feeds", "changes_due", "told_due", "told", "changes_before", "changes"),
    *("step_labels", "label_names", "unseen", "readers"),
)
_EVENT = re.compile(r"\b(?:before|after)\s+(insert|delete|update)(?:\s+of\s+([\w, ]+?))?\s+on\b", re.IGNORECASE)

_ARTICLE = (
    "insert into articles (id, url, source, title, first_seen_at, last_checked_at, last_changed_at, next_check_at, "
    "status, version_count, revision) values (?, 'https://a.example/', 'a.example', 'A', ?, ?, ?, ?, ?, ?, 0)"
)
_VERSION = (
    "insert into versions (id, article_id, seen_at, last_seen_at, title, origin, fingerprint) "
    "values (?, ?, ?, ?, 'Quay', 'api', 'ff')"
)
_STEP = (
    "insert into changes (id, article_id, previous_id, version_id, number, source, rules, edit_count, words_inserted, "
    "words_deleted, labels, kinds, minor, headline, unannounced, excerpt, seen_us, public_seen_us, pieces) "
    "values (?, ?, ?, ?, 1, 'a.example', 1, 1, 1, 1, ?, '', 0, 0, 0, '', ?, ?, ?)"
)
_REVIEW = (
    "insert into reviews (id, reader_id, article_id, change_id, old_print, new_print, seen_us, seen) "
    "values (?, ?, ?, ?, '', '', 0, ?)"
)
_CAPTURE = (
    "insert into captures (id, article_id, version_id, seen_at, received_at, origin) "
    "select ?, article_id, id, ?, ?, 'api' from versions where id = ?"
)
_FEED = (
    "insert into feeds (id, url, host, kind, title, include, exclude, added_at) values (?, ?, '', '', '', '', '', '')"
)
_FIND = "insert into finds (key, url, host, feed_id, found_at, next_check_at) values (?, ?, '', ?, '', ?)"
_CHECK = "insert into checks (article_id, host, checked_at) values (?, '', ?)"
_TOLD = "insert into told (article_id, versions, rules, packed) values (?, '', '', ?)"
# What an article leaves when it is forgotten: its own rows go with it, the rest has to go before.
_FORGET = (
    "delete from blocks where article_id = ?",
    "delete from captures where article_id = ?",
    "delete from versions where article_id = ?",
    "delete from checks where article_id = ?",
    "delete from aliases where article_id = ?",
    "delete from passing_texts where article_id = ?",
    "delete from articles where id = ?",
)

_HOURS = st.sampled_from([f"2026-01-10T{hour}:{minute}:00.000000Z" for hour in ("08", "09") for minute in (10, 20)])
_MAYBE = st.none() | _HOURS
_ARTICLES, _VERSIONS, _STEPS, _READERS = st.integers(1, 5), st.integers(1, 11), st.integers(1, 8), st.integers(1, 3)
_FLAG, _FEEDS = st.integers(0, 1), st.integers(1, 2)
_KEYS = st.sampled_from([f"https://a.example/{number}" for number in range(4)])
_STATUS = st.sampled_from(["watching", "paused", "settled", "gone"])
_LABELS = st.sampled_from(["", " number ", " number quote ", " names  number ", " quotation ", " quote numbers "])
_US = st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999)
_PIECES = st.sampled_from(
    [
        "[[],[],[],[],0]",
        '[["a\\"b","é"],[[1,0,3],"🚢"],[[1,2,4,9,5]],[[999,0,1]],0]',
        "[[[0,4,9],[1,0,2]],[],[],[],2]",
    ]
)


def _asked(sql: str, *values: SearchStrategy[object]) -> SearchStrategy[list[Statement]]:
    return st.tuples(*values).map(lambda drawn: [Statement(sql, drawn)])


_ASKED = st.one_of(
    _asked(_ARTICLE, _ARTICLES, _HOURS, _HOURS, _HOURS, _MAYBE, _STATUS, st.integers(1, 2)),
    _asked("update articles set next_check_at = ? where id <= ?", _MAYBE, _ARTICLES),
    _asked("update articles set last_changed_at = ?, version_count = ? where id = ?", _HOURS, _ARTICLES, _ARTICLES),
    _asked("update articles set version_count = ? where id <= ?", st.integers(0, 2), _ARTICLES),
    _asked("update articles set status = ? where id <= ?", _STATUS, _ARTICLES),
    _asked("update articles set listed = ? where id <= ?", _FLAG, _ARTICLES),
    _asked("delete from articles where id = ?", _ARTICLES),
    _ARTICLES.map(lambda article: [Statement(sql, (article,)) for sql in _FORGET]),
    _asked(_VERSION, _VERSIONS, _ARTICLES, _HOURS, _HOURS),
    _asked("update versions set seen_at = ? where id <= ?", _HOURS, _VERSIONS),
    _asked("update versions set article_id = ? where article_id = ?", _ARTICLES, _ARTICLES),
    _asked("update versions set article_id = ?, seen_at = ? where id >= ?", _ARTICLES, _HOURS, _VERSIONS),
    _asked("update versions set title = 'Other' where id = ?", _VERSIONS),
    _asked("delete from captures where version_id >= ?", _VERSIONS),
    _asked("delete from versions where id >= ?", _VERSIONS),
    _asked("delete from versions where article_id = ?", _ARTICLES),
    _asked(_CAPTURE, st.integers(50, 52), _HOURS, _HOURS, _VERSIONS),
    _asked("delete from blocks where id >= ?", st.integers(1, 12)),
    _asked("update blocks set text = ? where id = ?", st.sampled_from(["", "Straße 🚢 船が着く"]), st.integers(1, 12)),
    _asked("update bodies set blocks = ? where version_id = ?", st.sampled_from(["[]", "[1]", "[3,-1,2]"]), _VERSIONS),
    _asked(_STEP, _STEPS, _ARTICLES, _VERSIONS, _VERSIONS, _LABELS, _US, _US, _PIECES),
    _asked("update changes set labels = ? where id <= ?", _LABELS, _STEPS),
    _asked("update changes set id = ? where id = ?", _STEPS, _STEPS),
    _asked("update changes set seen_us = ?, pieces = ? where id >= ?", _US, _PIECES, _STEPS),
    _asked("delete from changes where id >= ?", _STEPS),
    _asked(_REVIEW, st.integers(50, 53), _READERS, _ARTICLES, _STEPS, _FLAG),
    _asked("update reviews set seen = ? where reader_id = ?", _FLAG, _READERS),
    _asked("update reviews set change_id = ? where change_id = ?", _STEPS, _STEPS),
    _asked("delete from reviews where change_id >= ?", _STEPS),
    _asked("delete from readers where id = ?", _READERS),
    _asked(_FEED, _FEEDS, _KEYS),
    _asked("delete from feeds where id = ?", _FEEDS),
    _asked(_FIND, _KEYS, _KEYS, _FEEDS, _MAYBE),
    _asked("update finds set next_check_at = ? where key >= ?", _MAYBE, _KEYS),
    _asked("delete from finds where key >= ?", _KEYS),
    _asked(_CHECK, _ARTICLES, _MAYBE),
    _asked("update checks set checked_at = ? where article_id >= ?", _MAYBE, _ARTICLES),
    _asked("delete from checks where article_id >= ?", _ARTICLES),
    _asked(_TOLD, _ARTICLES, st.binary(max_size=3)),
    _asked("delete from told_due where article_id >= ?", _ARTICLES),
    _asked("delete from changes_due where article_id >= ?", _ARTICLES),
)


# Each trigger makes a difference to what is here after one of them.
_HOUR, _LATER = "2026-01-10T08:10:00.000000Z", "2026-01-11T09:20:00.000000Z"
SCRIPT = (
    Statement("delete from told_due"),
    Statement("delete from changes_due"),
    Statement(_ARTICLE, (7, _HOUR, _HOUR, _HOUR, _HOUR, "watching", 2)),
    Statement("update articles set next_check_at = ? where id = 7", (_LATER,)),
    Statement("update articles set last_changed_at = ? where id = 7", (_LATER,)),
    Statement("update articles set status = 'paused' where id = 7"),
    Statement(_CHECK, (7, _HOUR)),
    Statement("update checks set checked_at = ? where article_id = 7", (_LATER,)),
    Statement("delete from checks where article_id = 7"),
    Statement(_FEED, (1, "https://a.example/feed")),
    Statement(_FIND, ("https://a.example/1", "https://a.example/1", 1, _HOUR)),
    Statement("update finds set next_check_at = ?", (_LATER,)),
    Statement("delete from finds"),
    Statement(_VERSION, (20, 7, _HOUR, _HOUR)),
    Statement(_VERSION, (21, 7, _LATER, _LATER)),
    Statement(_CAPTURE, (50, _HOUR, _HOUR, 20)),
    Statement("delete from captures where id = 50"),
    Statement("delete from told_due"),
    Statement("delete from changes_due"),
    Statement("update versions set seen_at = ? where id = 21", (_HOUR,)),
    Statement(_TOLD, (7, b"")),
    Statement("update versions set title = 'Other' where id = 21"),
    Statement(_TOLD, (7, b"")),
    Statement("delete from told_due"),
    Statement("delete from changes_due"),
    Statement("update versions set article_id = 1 where article_id = 7"),
    Statement("update versions set article_id = 7 where id in (20, 21)"),
    Statement(_STEP, (60, 7, 20, 21, " number quote ", 5, 5, "[[],[],[],[],0]")),
    Statement("update changes set labels = ' number other ' where id = 60"),
    Statement("update changes set seen_us = 6 where id = 60"),
    Statement(_REVIEW, (50, 3, 7, 60, 1)),
    Statement("update reviews set seen = 0 where id = 50"),
    Statement("update reviews set seen = 1 where id = 50"),
    Statement("delete from reviews where id = 50"),
    Statement("update articles set listed = 1 - listed where id = 7"),
    Statement("delete from changes where id = 60"),
    Statement(_STEP, (61, 7, 20, 21, "", 7, 7, "[[],[],[],[],0]")),
    Statement("delete from changes_due"),
    Statement("delete from blocks where article_id = 1"),
    Statement("delete from told_due"),
    Statement("delete from changes_due"),
    Statement(_TOLD, (7, b"")),
    Statement("delete from versions where id = 21"),
    Statement("delete from versions where id = 20"),
    Statement("delete from articles where id = 7"),
)


@pytest.fixture(scope="module")
def engines(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Both engines with the rows of one store."""
    path = tmp_path_factory.mktemp("recorded") / "rowback.db"
    store = new_store(path)
    _fill(store)
    store.end()
    with postgres.database() as address, both(path, address) as filled:
        yield filled


def _fill(store: Store) -> None:
    """Three articles, six steps with labels, of which one of three readers has seen two."""
    for number in range(3):
        store.record(capture(changed("400", f"{500 + number}"), minutes=60 * number), at(60 * number))
    for number in range(4):
        lines = [
            f"“Große Nähe”, said {number}.",
            f"The quay is {number + 7} m long.",
            "船が着く 🚢.",
            f"Line {number}.",
        ]
        told = capture(lines[: 2 + number % 3], minutes=60 * number + 5, url="https://quay.example/long")
        store.record(told, at(60 * number + 5))
    store.record(capture(["A short note."], minutes=9, url="https://quay.example/once"), at(9))
    for name in ("Ann", "Bo"):
        store.readers.invite(name, Scope.CAPTURE, START)
    view = store.view(Audience(store.readers.named("Ann").id))
    view.review_acts.do(ReviewAct("see", (1, 3), "", ""), START)


def test_what_was_copied_is_the_same_in_tables_and_views(engines: Both) -> None:
    found = engines.in_sqlite()
    assert engines.in_postgres() == found
    empty = [name for name in (*VIEWS, "changes", "step_labels", "unseen", "hours", "told_due") if not found[name]]
    assert not empty, "nothing to compare"


def test_every_trigger_is_there(engines: Both) -> None:
    there = {
        (name, table, *_event(sql))
        for name, table, sql in engines.lite.execute(
            "select name, tbl_name, sql from sqlite_schema where type = 'trigger'"
        )
    }
    assert {name for name, *_ in there} >= OF_FULL_TEXT, "a trigger that is left out by name is no more"
    found = engines.postgres.execute(
        "select tgname, relname, pg_get_triggerdef(pg_trigger.oid) from pg_trigger "
        "join pg_class on pg_class.oid = tgrelid where not tgisinternal"
    )
    assert {(name, table, *_event(sql)) for name, table, sql in found} == {
        one for one in there if one[0] not in OF_FULL_TEXT
    }


@settings(max_examples=150, deadline=None)
@given(st.lists(_ASKED, min_size=1, max_size=12))
def test_the_same_statements_leave_the_same_rows(engines: Both, asked: list[list[Statement]]) -> None:
    with engines.undone():
        for statement in (one for several in asked for one in several):
            engines.do(statement)
        assert engines.in_postgres() == engines.in_sqlite()


def test_without_any_one_of_the_triggers_something_differs(engines: Both) -> None:
    with engines.undone():
        found = [engines.in_sqlite(WRITTEN)]
        for statement in SCRIPT:
            assert engines.do(statement), statement
            found.append(engines.in_sqlite(WRITTEN))
        assert engines.in_postgres() == engines.in_sqlite()
    names = engines.postgres.execute(
        "select tgname, relname from pg_trigger join pg_class on pg_class.oid = tgrelid where not tgisinternal"
    ).fetchall()
    assert [name for name, table in names if not _is_missed(engines, name, table, found)] == []


def _is_missed(engines: Both, name: str, table: str, found: list[State]) -> bool:
    """Whether PostgreSQL without this trigger comes to something else than `found`, which SQLite came to."""
    with engines.postgres.transaction(force_rollback=True):
        engines.postgres.execute(f"alter table {table} disable trigger {name}".encode())
        return any(
            not engines.by_postgres(statement) or engines.in_postgres(WRITTEN) != after
            for statement, after in zip(SCRIPT, found[1:], strict=True)
        )


def _event(sql: str) -> tuple[str, frozenset[str]]:
    """`update` and the columns that it is about."""
    found = _EVENT.search(sql)
    assert found, sql
    return found[1].lower(), frozenset((found[2] or "").replace(" ", "").split(",")) - {""}
