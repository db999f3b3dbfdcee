"""No page is read otherwise without `READING`: stored texts are read again by it (see `read`)."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rowback.model import Block, Content
from rowback.text import extract as extract_module
from rowback.text import pieces, reading

from . import read
from .samples import page

if TYPE_CHECKING:
    from pathlib import Path

MEANT = f"Is it meant? Make READING in text/reading.py one more, then run: {read.COMMAND}"


def test_what_is_read_changes_with_the_number_of_the_rules() -> None:
    now, noted = read.now(), read.noted()
    if now["reading"] == noted["reading"]:
        assert read.read_otherwise(noted, now) == [], (
            f"What is read of a page has changed, and READING has not. {MEANT}"
        )
    assert now == noted, f"There are other pages, or READING has grown. Run: {read.COMMAND}"


def test_what_reads_a_page_is_watched() -> None:
    watched = set(read.modules())
    assert {f"rowback.text.{name}" for name in ("extract", "headline", "left_out", "pieces", "metadata")} <= watched
    assert any(name.startswith("rowback.text.choice") for name in watched)
    assert any(name.startswith("rowback.text.lines") for name in watched)


def test_a_page_that_is_read_otherwise_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    before = read.read(page())
    monkeypatch.setattr(extract_module, "read_pieces", lambda tree: pieces.read_pieces(tree)[:-1])
    assert read.read(page()) != before


@pytest.mark.parametrize(("module", "name", "value"), [("headline", "MIN_TITLE_LIKENESS", 51.0)])
def test_a_threshold_of_reading_is_seen_though_no_page_stands_on_its_edge(
    module: str, name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.import_module(f"rowback.text.{module}"), name, value)
    assert f"the constant {name}" in read.read_otherwise(read.noted(), read.now())


def test_nothing_is_noted_of_another_reading_by_the_same_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "NOTED", tmp_path / "read.json")
    monkeypatch.setattr(read, "pages", lambda: {"plain": page()})
    read.main()
    first = read.noted()
    real: Any = extract_module.extract

    def otherwise(*given: Any) -> Any:
        return replace(real(*given), content=Content("Read otherwise", (Block("p", "So it is."),)))

    monkeypatch.setattr(read, "extract", otherwise)
    with pytest.raises(SystemExit, match="make it one more"):
        read.main()
    assert read.noted() == first
    monkeypatch.setattr(reading, "READING", reading.READING + 1)
    read.main()
    assert read.noted()["pages"] != first["pages"]
