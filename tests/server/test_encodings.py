"""Pages that do not say how they are encoded: told by their language, or else by their text.

Rows of `cases/encodings.json`; `known_by_text` is false where the letters could be a Western page's, too.
"""

from __future__ import annotations

from typing import Any

import pytest

from rowback.text.page import parse

from .cases import cases

ROWS: list[dict[str, Any]] = cases("encodings")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['lang']}-{row['encoding']}")
def test_an_undeclared_encoding_is_told_by_the_language(row: dict[str, Any]) -> None:
    assert _read(f"<html lang='{row['lang']}'>", row) == row["text"]


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["known_by_text"]], ids=lambda row: f"{row['lang']}-{row['encoding']}"
)
def test_an_undeclared_encoding_is_told_by_the_text(row: dict[str, Any]) -> None:
    assert _read("<html>", row) == row["text"]


def _read(opening: str, row: dict[str, Any]) -> str:
    page = f"{opening}<head><title>Bridge</title></head><body><p class=text>{row['text']}</p></body></html>"
    return str(parse(page.encode(row["encoding"])).findtext(".//p"))
