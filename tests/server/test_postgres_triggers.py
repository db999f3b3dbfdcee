"""PostgreSQL keeps by itself what SQLite does: the same statements leave the same rows in every table and view."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.model import Scope
from rowback.store.audience import Audience
from rowback.store.review_acts import ReviewAct

from .new_stores import new_store
from .samples import START, at, capture, changed
from .statements_for_both import ARTICLE, ASKED, HOUR, NOTHING, REVIEW, SCRIPT, STEP, VERSION
from .test_postgres_tables import SCHEMA
from .two_engines import VIEWS, Both, Statement, ask_postgres, both

if TYPE_CHECKING:
    from collections.abc import Iterator

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
@given(st.lists(ASKED, min_size=1, max_size=12))
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
            assert engines.in_postgres(WRITTEN) == found[-1], statement
        assert engines.in_postgres() == engines.in_sqlite()
    names = engines.postgres.execute(
        "select tgname, relname from pg_trigger join pg_class on pg_class.oid = tgrelid where not tgisinternal"
    ).fetchall()
    assert [name for name, table in names if not _is_missed(engines, name, table, found)] == []


def test_a_step_that_comes_while_another_is_marked_as_seen_is_unseen(postgres: Server) -> None:
    """Neither transaction sees what the other does: whoever marks the first one waits for the step."""
    with postgres.database() as address, psycopg.connect(address) as marking, psycopg.connect(address) as adding:
        for file in sorted(SCHEMA.glob("*.sql")):
            adding.execute(file.read_bytes())
        adding.execute("insert into readers (id, name, scope) values (3, 'Ann', 'owner')")
        ask_postgres(adding, Statement(ARTICLE, (1, HOUR, HOUR, HOUR, None, "watching", 3)))
        for number in range(1, 4):
            ask_postgres(adding, Statement(VERSION, (number, 1, HOUR, HOUR)))
        ask_postgres(adding, Statement(STEP, (1, 1, 1, 2, "", 5, 5, NOTHING)))
        adding.commit()
        mark = Statement(REVIEW, (1, 3, 1, 1, 1))
        ask_postgres(adding, Statement(STEP, (2, 1, 2, 3, "", 6, 6, NOTHING)))
        with pytest.raises(psycopg.errors.LockNotAvailable), marking.transaction():
            marking.execute("set local lock_timeout = '1ms'")
            ask_postgres(marking, mark)
        adding.commit()
        ask_postgres(marking, mark)
        marking.commit()
        assert marking.execute("select reader_id, step_id from unseen").fetchall() == [(3, 2)]


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
