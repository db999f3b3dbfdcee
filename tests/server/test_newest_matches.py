"""Edits are found newest first without sorting all that match, and are exactly those that sorting would give."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.store import Store, stretches
from rowback.store.latest import Filters
from rowback.store.matching import matching
from rowback.store.search import filters_of
from rowback.text.query import parse

from .copies import fill
from .samples import AUDIENCES
from .scattered import WITHOUT_SHRINKING, Scattered, record, scattered

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.store.latest import Cursor, Latest, Listed

WORDS = ("storm", "ferry", "strike of 400", "港の船")
QUERIES = (
    "removed:storm",
    "added:ferry",
    "added:400 label:figure",
    "removed:strike source:paper1.example",
    "storm before:2026-01-12",
    "added:船 after:2026-01-11",
    "removed:ferry title:harbour",
    "added:nowhere",
)
ALL = 1_000  # more than there are


@settings(max_examples=30, phases=WITHOUT_SHRINKING)  # each makes a database
@given(
    captures=scattered((0, 1, 2, 3, 30, 31, 50), WORDS, 8, 36),
    few=st.integers(0, 2),
    first=st.integers(1, 4),
    hides=st.booleans(),
    merges=st.booleans(),
)
def test_what_is_found_is_what_sorting_all_would_give(
    captures: list[Scattered],
    few: int,
    first: int,
    hides: bool,
    merges: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Also where ids do not rise with time, as after imports and merges."""
    store = Store(tmp_path_factory.mktemp("newest") / "rowback.db")
    record(store, captures, WORDS, 2, hides=hides, merges=merges)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "FEW", few)
        patch.setattr(stretches, "FIRST", first)
        patch.setattr(stretches, "LONGER", 2)
        for audience in AUDIENCES:
            latest = store.view(audience).latest
            for query in QUERIES:
                _check_pages(latest, filters_of(parse(query)), _sorted(store, latest, query))
    store.close()


def _sorted(store: Store, latest: Latest, query: str) -> list[int]:
    """The ids of the steps that fit a query, of all steps in their order."""
    filters = filters_of(parse(query))
    with store._connection.read() as db:
        rows = db.execute(matching("changes"), 2 * [filters.words]).fetchall()
    fitting = {row[0] for row in rows}
    return [each for each in _ids(latest.page(replace(filters, words=None), ALL).items) if each in fitting]


def _check_pages(latest: Latest, filters: Filters, wanted: list[int]) -> None:
    """Page by page, there and back."""
    assert _ids(latest.page(filters, ALL).items) == wanted
    found: list[int] = []
    older: Cursor | None = None
    while True:
        page = latest.page(filters, 2, older_than=older)
        found += _ids(page.items)
        if page.older is None:
            break
        older = page.older
    assert found == wanted
    while page.newer is not None:
        page = latest.page(filters, 2, newer_than=page.newer)
        at_first = wanted.index(page.items[0].step.id) if page.items else 0
        assert _ids(page.items) == wanted[at_first : at_first + 2]
    assert _ids(page.items) == wanted[:2]


def _ids(items: tuple[Listed, ...]) -> list[int]:
    return [item.step.id for item in items]


def test_a_page_reads_as_much_however_many_steps_match(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the work of SQLite's machine, not by a clock."""
    monkeypatch.setattr(stretches, "FEW", 20)
    monkeypatch.setattr(stretches, "FIRST", 100)
    work: list[int] = []
    for copies in (8, 64):
        path = tmp_path / f"{copies}.db"
        fill(path, copies, articles=16)
        store = Store(path)
        with store._connection.read() as db:
            assert len(db.execute(matching("changes"), 2 * ["allegedly"]).fetchall()) > 8 * copies
        work.append(_work(store, "added:allegedly"))
        store.end()
    assert work[1] < 1.5 * work[0]


def _work(store: Store, query: str) -> int:
    """Hundreds of steps of SQLite's machine to find a page."""
    done: list[None] = []
    db = store._connection._database().conn
    assert db is not None
    db.set_progress_handler(lambda: done.append(None), 100)
    assert len(store.latest.page(filters_of(parse(query)), 20).items) == 20
    db.set_progress_handler(None, 0)
    return len(done)
