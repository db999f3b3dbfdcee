"""A table of an export has every row that is wanted, once, as the API and the lists tell it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import fields, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given

from rowback.archive.rows import BLOCKS, EDITS, VERSIONS, ExportedBlock, ExportedEdit, ExportedVersion, RowTable, cells
from rowback.archive.tabulated import rows
from rowback.diff.telling.sides import new_text, old_text
from rowback.diff.telling.step import RULES, tell_step
from rowback.model import Capture, Origin
from rowback.store import Store
from rowback.store.audience import Audience
from rowback.store.latest import Filters
from rowback.told import EditKind

from . import stories
from .markup_sides import read
from .new_stores import new_store
from .samples import PARAGRAPHS, URL, at, capture, changed, content
from .strangers import tell_listed, tell_secret
from .strategies import histories

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.archive.rows import Row
    from rowback.model import Content

    from .backend import Backend

ALL = Filters()
TABLES = pytest.mark.parametrize("table", [EDITS, VERSIONS, BLOCKS], ids=lambda table: table.name)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of stories, to be read only."""
    made = new_store(tmp_path_factory.mktemp("told") / "rowback.db")
    stories.tell(made)
    made.steps.catch_up()
    yield made
    made.close()


def _rows(
    store: Store, table: RowTable, filters: Filters = ALL, *, public: bool = False, with_hidden: bool = False
) -> list[Row]:
    view = store.view(Audience.STRANGERS if public else Audience.TRUSTED)
    return list(rows(table, view.whole.each(filters, with_hidden=with_hidden), filters))


def _edits(store: Store, filters: Filters = ALL) -> list[ExportedEdit]:
    return [row for row in _rows(store, EDITS, filters) if isinstance(row, ExportedEdit)]


def _versions(store: Store, filters: Filters = ALL) -> list[ExportedVersion]:
    return [row for row in _rows(store, VERSIONS, filters) if isinstance(row, ExportedVersion)]


def _blocks(store: Store) -> list[ExportedBlock]:
    return [row for row in _rows(store, BLOCKS) if isinstance(row, ExportedBlock)]


def _counted(store: Store, query: str) -> int:
    with closing(sqlite3.connect(store.path)) as db:
        return int(db.execute(query).fetchone()[0])


SHOWN = "article_id in (select id from articles where hidden_reason is null)"


def test_there_are_as_many_rows_as_a_direct_count_says(told: Store) -> None:
    assert len(_edits(told)) == _counted(told, f"select sum(edit_count) from changes where {SHOWN}") > 50  # noqa: S608 (our own)
    assert len(_versions(told)) == _counted(told, f"select count(*) from versions where {SHOWN}") > 50  # noqa: S608 (our own)
    assert len(_blocks(told)) > 200
    assert len(_rows(told, VERSIONS, with_hidden=True)) == _counted(told, "select count(*) from versions")


@TABLES
def test_every_row_has_an_id_of_its_own_that_says_where_it_is_from(told: Store, table: RowTable) -> None:
    found = _rows(told, table)
    assert max(Counter(row.id for row in found).values()) == 1
    assert all(row.id.startswith(f"a{row.article_id}-v{row.version}") for row in found)


def test_edits_are_those_of_the_api_with_its_ids(backend: Backend) -> None:
    stories.tell(backend.store)
    told: dict[tuple[str, int], list[ExportedEdit]] = {}
    for row in _edits(backend.store):
        told.setdefault((row.url, row.version), []).append(row)
    asked = 0
    for version in _versions(backend.store):
        if version.version == 0:
            continue
        path = f"/api/v1/edits?url={quote(version.url, safe='')}&from={version.version - 1}&to={version.version}"
        expected = [
            (edit["id"], edit["kind"], edit["block"]["index"], edit["markup"], edit["minor"], edit["moved_from"])
            for edit in backend.client.get(path).json["edits"]
        ]
        assert expected == [
            (row.edit_id, row.kind, row.block_index, row.markup, row.minor, row.moved_from)
            for row in told.get((version.url, version.version), [])
        ]
        asked += 1
    assert asked > 20


def test_the_edits_of_a_step_say_together_what_lists_say_of_it(told: Store) -> None:
    of_step: dict[tuple[int, int], list[ExportedEdit]] = {}
    for row in _edits(told):
        of_step.setdefault((row.article_id, row.version), []).append(row)
    for version in _versions(told):
        own = of_step.get((version.article_id, version.version), [])
        if version.version == 0:
            assert (own, version.edit_count, version.labels, version.minor) == ([], None, None, None)
            continue
        assert version.edit_count == len(own)
        assert version.labels == tuple(dict.fromkeys(label for row in own for label in row.labels))
        assert {row.unannounced for row in own} <= {version.unannounced}
        assert version.minor == all(row.minor for row in own)


def test_before_and_after_are_what_the_two_versions_say(told: Store) -> None:
    texts = {(row.article_id, row.version, row.block_index): row.text for row in _blocks(told)}
    seen = set()
    for row in _edits(told):
        here = texts.get((row.article_id, row.version, row.block_index), "")
        seen.add(row.kind)
        if row.kind == EditKind.DELETE:
            assert (row.before, row.after) == (texts[row.article_id, row.version - 1, row.block_index], None)
        elif row.kind == EditKind.SPLIT:
            assert row.after is not None
            assert row.after.startswith(here)
        else:
            assert row.after == here
            assert (row.before is None) == (row.kind == EditKind.INSERT)
    assert seen == {kind.value for kind in EditKind}


@given(histories(max_versions=2))
def test_markup_is_read_back_into_both_sides(versions: list[Content]) -> None:
    for edit in tell_step(versions[0], versions[-1]).edits:
        sides = read(edit.markup)
        assert old_text(edit.markup) == "".join(side.old for side in sides)
        assert new_text(edit.markup) == "".join(side.new for side in sides)


def test_text_that_looks_like_markup_is_text() -> None:
    old = content("A", ["He wrote <ins>5 & 6</ins> <del>there</del>."])
    new = content("A", ["He wrote <ins>5 & 7</ins> <del>there</del>."])
    (edit,) = tell_step(old, new).edits
    assert (old_text(edit.markup), new_text(edit.markup)) == (old.blocks[0].text, new.blocks[0].text)


def _fill(store: Store) -> None:
    """Two sources; of the first, versions an hour apart, with a figure, then another word, changed."""
    for n, text in enumerate((PARAGRAPHS, changed("400", "900"), changed("six in the morning", "noon"))):
        store.record(capture(text, minutes=60 * n), at(60 * n))
    for n, title in enumerate(("Bell rings", "Bell rings twice")):
        store.record(capture(["The bell."], minutes=500 + n, url="https://bell.example/1", title=title), at(500 + n))


def test_a_source_a_label_and_a_period_choose_rows(store: Store) -> None:
    _fill(store)
    assert {row.source for row in _edits(store)} == {"harbour-echo.example", "bell.example"}
    assert {row.source for row in _edits(store, Filters(sources=("bell.example",)))} == {"bell.example"}
    figures = _edits(store, Filters(labels=("figure",)))
    assert figures
    assert all("figure" in row.labels for row in figures)
    assert len(figures) < len(_edits(store))
    assert [row.version for row in _versions(store, Filters(labels=("headline",)))] == [1]
    # What is seen when a period begins is in it, what is seen when it ends is not.
    period = Filters(after=at(60), before=at(120))
    assert [(row.article_id, row.version) for row in _versions(store, period)] == [(1, 1)]
    assert {row.version for row in _edits(store, period)} == {1}
    assert not _versions(store, Filters(after=at(502)))
    assert not _versions(store, Filters(before=at(0)))
    assert {row.article_id for row in _edits(store, Filters(article_id=2))} == {2}
    assert not _edits(store, Filters(sources=("bell.example",), labels=("figure",)))


def test_edits_have_all_the_labels_that_are_wanted_themselves(store: Store) -> None:
    texts = ("About 400 people came on Friday.", "The quay stays."), ("About 900 people came on Friday.", "It stays.")
    for n, (text, title) in enumerate(zip(texts, ("Ferry", "Ferry again"), strict=True)):
        store.record(capture(text, minutes=n, title=title), at(n))
    both = Filters(labels=("figure", "headline"))
    assert [row.version for row in _versions(store, both)] == [1]
    assert _edits(store, both) == []


def test_steps_that_nobody_told_yet_are_told_for_an_export(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Store, "_tell", lambda *_: None)
        _fill(store)
    assert store.steps.due() == 2
    expected = _edits(store)
    assert expected
    assert store.steps.due() == 0
    with closing(sqlite3.connect(store.path)) as db, db:  # as an earlier release left them
        db.execute("update changes set rules = ?, labels = ' old '", [RULES - 1])
        db.execute("delete from settings where name = 'changes_rules'")
    assert [row.labels for row in _versions(store) if row.version] != [("old",)] * 3
    assert _edits(store) == expected


def test_an_article_that_is_gone_meanwhile_is_left_out(store: Store) -> None:
    for n in range(3):
        store.record(capture(url=f"{URL}-{n}", minutes=n), at(n))
    found = store.view(Audience.TRUSTED).whole.each(ALL)
    assert next(found).article.id == 1
    store.owner.forget(2)
    assert [whole.article.id for whole in found] == [3]


@TABLES
def test_strangers_rows_are_the_same_with_and_without_what_a_browser_brought(tmp_path: Path, table: RowTable) -> None:
    told = []
    for name in ("with", "without"):
        store = new_store(tmp_path / name)
        tell_listed(store)
        if name == "with":
            tell_secret(store)
        told.append(_rows(store, table, public=True))
        assert not any("night" in str(cells(row)) for row in told[-1])
        store.close()
    assert told[0] == told[1]
    assert told[0]


def test_strangers_are_told_no_instant_of_reading_and_no_browser(store: Store) -> None:
    store.record(replace(capture(), origin=Origin.FEED), at(0))
    read_at = at(67.25)
    store.record(Capture(URL, content("Ferry", changed("400", "900")), read_at, Origin.BROWSER), read_at)
    store.record(replace(capture(changed("six", "seven"), minutes=3000), origin=Origin.POLL), at(3000))
    for table in (EDITS, VERSIONS, BLOCKS):
        told = _rows(store, table, public=True)
        assert told
        values = [value for row in told for value in cells(row).values()]
        assert read_at not in values
        assert "browser" not in values
        assert any(getattr(row, "is_day", False) for row in told)
        assert read_at in [value for row in _rows(store, table) for value in cells(row).values()]


def test_columns_are_the_fields_of_rows() -> None:
    for table, row in ((EDITS, ExportedEdit), (VERSIONS, ExportedVersion), (BLOCKS, ExportedBlock)):
        assert [column.name for column in table.columns] == [field.name for field in fields(row)]
        assert {*table.searched} <= {column.name for column in table.columns}
