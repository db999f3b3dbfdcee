"""The words for the time between two versions. Every border is a row of `cases/elapsed.json`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.text.elapsed import in_words, later

from .cases import cases
from .samples import START

ROWS: list[dict[str, Any]] = cases("elapsed")


@pytest.mark.parametrize("row", ROWS, ids=[str(row["seconds"]) for row in ROWS])
def test_duration_in_words(row: dict[str, Any]) -> None:
    assert in_words(row["seconds"]) == row["words"]


def test_later_and_earlier() -> None:
    assert later(START, START + timedelta(minutes=62)) == "about 1 hour later"
    assert later(START, START - timedelta(days=3)) == "3 days earlier"
    assert later(START, START) == "less than a minute later"


@given(st.floats(min_value=0, max_value=1e12))
def test_every_duration_has_words(seconds: float) -> None:
    words = in_words(seconds)
    assert words
    assert words[-1].isalpha()
