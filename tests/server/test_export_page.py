"""The owner's page of exports: what it sends is what the command writes, one export at a time, and nobody waits for it."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from rowback.archive.row_texts import csv_texts
from rowback.archive.rows import TABLES
from rowback.archive.tabulated import rows
from rowback.model import Scope
from rowback.store import whole_articles
from rowback.store.audience import Audience
from rowback.store.latest import Filters
from rowback.web.export_runs import ExportBroke, ExportRuns

from .samples import PARAGRAPHS, at, capture, changed
from .visitor import at_home, by_link, owner_at_home

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.store import Store

    from .backend import Backend
    from .visitor import Visitor

OTHER = "https://courier.example/bridge"


@pytest.fixture
def owner(backend: Backend) -> Visitor:
    """The owner, over two sources with three steps, and an article that is hidden."""
    for n in range(3):
        backend.store.record(capture(changed("400", f"{500 + n}"), minutes=60 * n), at(60 * n))
    for n, text in enumerate(("=1+1 is what it costs.", "=1+2 is what it costs.")):
        backend.store.record(capture([text, *PARAGRAPHS], minutes=60 * n, url=OTHER), at(60 * n))
    hidden = "https://courier.example/hidden"
    backend.store.record(capture(PARAGRAPHS, url=hidden), at(0))
    found = backend.store.articles.find(hidden)
    assert found is not None
    backend.store.owner.hide(found.id, "asked for")
    return owner_at_home(backend)


def _rows(visitor: Visitor, **query: str) -> list[dict[str, str]]:
    asked = {"table": "edits", "format": "csv"} | query
    answer = visitor.get("/export/table?" + "&".join(f"{name}={value}" for name, value in asked.items()))
    assert answer.status == 200, answer
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", TABLES)
def test_a_download_is_what_the_command_writes(owner: Visitor, backend: Backend, name: str) -> None:
    answer = owner.get(f"/export/table?table={name}&format=csv")
    whole = backend.store.view(Audience.TRUSTED).whole.each(Filters())
    written = "".join(csv_texts(TABLES[name], rows(TABLES[name], whole, Filters())))
    assert answer.body.decode() == f"\ufeff{written}"
    assert answer.headers["content-disposition"] == f'attachment; filename="rowback-{name}.csv"'
    assert answer.headers["cache-control"] == "private, no-store"
    lines = owner.get(f"/export/table?table={name}&format=jsonl").body.decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [row["id"] for row in _rows(owner, table=name)]


def test_source_label_and_days_choose_rows(owner: Visitor) -> None:
    assert {row["source"] for row in _rows(owner)} == {"harbour-echo.example", "courier.example"}
    assert {row["source"] for row in _rows(owner, source="Courier.example")} == {"courier.example"}
    day = at(0).date().isoformat()
    assert len(_rows(owner, **{"from": day, "to": day})) == 3
    assert _rows(owner, to="2020-01-01") == []
    assert _rows(owner, label="headline") == []
    assert {row["before"] for row in _rows(owner, source="courier.example")} == {"'=1+1 is what it costs."}


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("table=articles&format=csv", 400, "choose one of edits, versions, blocks"),
        ("format=csv", 400, "choose one of edits"),
        ("table=edits&format=sqlite", 400, "choose one of csv, jsonl"),
        ("table=edits&format=csv&source=nowhere.example", 404, "No article of this source"),
        ("table=edits&format=csv&source=--db=/etc/passwd", 404, "No article of this source"),
        ("table=edits&format=csv&label=%00", 400, "There is no such label"),
        ("table=edits&format=csv&label=--output=x", 400, "There is no such label"),
        ("table=edits&format=csv&from=tomorrow", 400, "is no day"),
        ("table=edits&format=csv&from=2026-02-01&to=2026-01-01", 400, "ends before it begins"),
    ],
)
def test_what_cannot_be_exported_is_answered_with_what_to_do(
    owner: Visitor, query: str, status: int, said: str
) -> None:
    answer = owner.get(f"/export/table?{query}")
    assert (answer.status, said in answer.body.decode()) == (status, True), answer


def test_only_the_owner_is_let_in(owner: Visitor, backend: Backend) -> None:
    reads = by_link(backend, at_home(backend), Scope.READ)
    for visitor in (at_home(backend), reads):
        for path in ("/export", "/export/table?table=edits&format=csv"):
            assert visitor.get(path).status in (303, 302, 401, 403)
        assert "/export" not in visitor.get("/sources").body.decode()
    assert 'href="/export"' in owner.get("/sources").body.decode()


def test_every_choice_of_the_form_is_taken(owner: Visitor) -> None:
    page = owner.get("/export").body.decode()
    form = page.partition('action="/export/table"')[2].partition("</form>")[0]
    chosen = re.findall(r'<option value="([^"]*)"', form)
    assert set(chosen) >= {*TABLES, "csv", "jsonl", "harbour-echo.example", "courier.example", "figure", ""}
    for label in set(chosen) - {*TABLES, "csv", "jsonl", "harbour-echo.example", "courier.example"}:
        assert owner.get(f"/export/table?table=nothing&format=csv&label={label}").status == 400
    assert _rows(owner, source="", label="", **{"from": "", "to": ""}) == _rows(owner)


def test_nothing_is_told_where_pages_are_answered(owner: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(*_: object) -> None:
        raise AssertionError("an export is told in a process of its own")

    monkeypatch.setattr(whole_articles, "told_step", told)
    assert len(_rows(owner)) == 3


def test_while_an_export_is_under_way_pages_are_answered_and_the_next_one_is_told_to_wait(
    store: Store, tmp_path: Path
) -> None:
    for n in range(2):
        store.record(capture(changed("400", f"{500 + n}"), minutes=60 * n), at(60 * n))
    runs = ExportRuns(store.path)
    run = runs.begin("edits", "csv", Filters())
    with pytest.raises(Exception, match="Another export is under way"):
        runs.begin("edits", "csv", Filters())
    assert len(store.articles.by_id(10)) == 1
    run.close()
    run.close()
    runs.begin("edits", "csv", Filters()).close()


def test_an_export_that_breaks_does_not_end_as_if_it_were_whole(tmp_path: Path) -> None:
    runs = ExportRuns(tmp_path / "nowhere.db")
    run = runs.begin("edits", "csv", Filters())
    with pytest.raises(ExportBroke, match=r"nowhere\.db"):
        list(run)
    run.close()
    runs.begin("edits", "csv", Filters()).close()
