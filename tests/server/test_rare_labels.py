"""Steps of a rare label are found without reading all others, and are exactly those that reading all would find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from rowback.model import Origin
from rowback.store import Store, rare_labels
from rowback.store.latest import Filters
from rowback.store.search import filters_of
from rowback.text.query import parse

from .copies import fill
from .samples import AUDIENCES
from .scattered import WITHOUT_SHRINKING, Scattered, record, scattered

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.store.latest import Cursor, Latest

WORDS = ("storms on Monday", "storms on 3 May", "a strike of 400", "strikes of 4,000", "what is alleged")
QUERIES = ("label:figure", "label:figure label:date", "label:figure source:paper1.example", "label:date added:storms")
_TABLES = ("table step_labels", "table label_names")
ALL = 1_000  # more than there are


@settings(max_examples=25, phases=WITHOUT_SHRINKING)  # each makes a database
@given(
    captures=scattered((0, 1, 2, 3, 30, 31, 50), WORDS, 8, 30),
    few=st.sampled_from((0, 2, ALL)),
    hides=st.booleans(),
    merges=st.booleans(),
    forgets=st.booleans(),
)
def test_what_is_found_is_what_reading_all_steps_would_find(
    captures: list[Scattered],
    few: int,
    hides: bool,
    merges: bool,
    forgets: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    store = Store(tmp_path_factory.mktemp("labels") / "rowback.db")
    record(store, captures, WORDS, 2, hides=hides, merges=merges)
    if forgets:
        store.owner.forget(store.articles.by_id(1)[0].id)
    assert _noted(store) == _plainly(store)
    with pytest.MonkeyPatch.context() as patch:
        for audience in AUDIENCES:
            latest = store.view(audience).latest
            for filters in (filters_of(parse(query)) for query in QUERIES):
                patch.setattr(rare_labels, "FEW", -1)  # no label is rare: all steps are walked
                wanted = [item.step.id for item in latest.page(filters, ALL).items]
                patch.setattr(rare_labels, "FEW", few)
                assert _by_pages(latest, filters) == wanted
    store.close()


def _by_pages(latest: Latest, filters: Filters) -> list[int]:
    found: list[int] = []
    older: Cursor | None = None
    while True:
        page = latest.page(filters, 2, older_than=older)
        found += [item.step.id for item in page.items]
        if page.older is None:
            return found
        older = page.older


def _noted(store: Store) -> set[tuple[str, int]]:
    with store._connection.read() as db:
        rows = db.execute("select name, change_id from step_labels join label_names on id = label_id").fetchall()
    assert len(rows) == len(set(rows))
    return set(rows)


def _plainly(store: Store) -> set[tuple[str, int]]:
    with store._connection.read() as db:
        return {
            (label, id_) for id_, labels in db.execute("select id, labels from changes") for label in labels.split()
        }


def test_labels_that_are_told_otherwise_are_noted_so(store: Store) -> None:
    record(
        store,
        [(0, 0, 0, Origin.POLL), (0, 1, 2, Origin.POLL), (0, 2, 3, Origin.POLL)],
        WORDS,
        2,
        hides=False,
        merges=False,
    )
    before = _noted(store)
    assert ("figure", min(id_ for _, id_ in before)) in before
    with store._connection.write() as db:
        db.execute("update changes set labels = ' hedge quotation ' where id = (select min(id) from changes)")
        db.execute("update changes set labels = '  ' where id = (select max(id) from changes)")
    assert _noted(store) == _plainly(store) != before


def test_a_store_from_before_has_its_labels_noted(tmp_path: Path) -> None:
    path = tmp_path / "rowback.db"
    fill(path, 3, articles=16)
    wanted = _reopened(path)
    assert {label for label, _ in wanted} >= {"figure"}
    db = Database(path)
    for what in (*(f"trigger step_labels_{name}" for name in ("came", "went", "moved")), *_TABLES):
        db.execute(f"drop {what}")
    db.execute("delete from _sqlite_migrations where name = '0240_step_labels'")
    db.conn.commit()
    db.close()
    assert _reopened(path) == wanted


def _reopened(path: Path) -> set[tuple[str, int]]:
    store = Store(path)
    noted = _noted(store)
    assert noted == _plainly(store)
    store.end()
    return noted


def test_a_rare_label_is_found_without_reading_the_other_steps(tmp_path: Path) -> None:
    """By the work of SQLite's machine, not by a clock."""
    work: list[int] = []
    for copies in (8, 64):
        path = tmp_path / f"{copies}.db"
        fill(path, copies, articles=16)
        store = Store(path)
        with store._connection.write() as db:
            db.execute("update changes set labels = ' correction ' where id in (3, 5)")
        work.append(_work(store))
        store.end()
    assert work[1] < 1.5 * work[0] + 2


def _work(store: Store) -> int:
    """Hundreds of steps of SQLite's machine to find a page."""
    done: list[None] = []
    db = store._connection._database().conn
    assert db is not None
    db.set_progress_handler(lambda: done.append(None), 100)
    assert len(store.latest.page(Filters(labels=("correction",)), 20).items) == 2
    db.set_progress_handler(None, 0)
    return len(done)
