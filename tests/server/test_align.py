"""Which block became which. Rows of `cases/alignments.json`: blocks count from 1, the title being 0; `h2|…` is a heading."""

from __future__ import annotations

from typing import Any

import pytest

from rowback.diff.blocks.comparison import compare_blocks
from rowback.model import Block

from .cases import cases

ROWS: list[dict[str, Any]] = cases("alignments")
TITLE = Block("h1", "Ferry timetable")


def _blocks(texts: list[str]) -> tuple[Block, ...]:
    parted = [text.rpartition("|") for text in texts]
    return (TITLE, *(Block(kind or "p", text) for kind, _, text in parted))


def _edits(old: tuple[Block, ...], new: tuple[Block, ...]) -> list[tuple[str, list[int], list[int]]]:
    differences = compare_blocks(old, new).differences
    return sorted((found.kind.value, list(found.old), list(found.new)) for found in differences)


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_blocks_are_paired_as_a_person_would(row: dict[str, Any]) -> None:
    expected = sorted((edit["kind"], edit["old"], edit["new"]) for edit in row["edits"])
    assert _edits(_blocks(row["old"]), _blocks(row["new"])) == expected


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("Ferry leaves at six", "Nobody knows yet", ["change"]),
        ("", "Ferry leaves at six", ["insert"]),
        ("Ferry leaves at six", "", ["delete"]),
        ("", "", []),
    ],
)
def test_a_headline_is_always_the_headline(old: str, new: str, kinds: list[str]) -> None:
    body = Block("p", "The first boat leaves at six.")
    found = _edits((Block("h1", old), body), (Block("h1", new), body))
    assert [kind for kind, _, _ in found] == kinds


def test_a_headline_is_never_a_paragraph() -> None:
    text = "The first ferry will leave at six in the morning from Monday on, the harbour office said."
    old, new = (Block("h1", text), Block("p", "A word.")), (Block("h1", "Other"), Block("p", text))
    assert {kind for kind, _, _ in _edits(old, new)} == {"change", "delete", "insert"}
