"""What an edit touches. Rows of `cases/labels.json`; where `labels` are left out only `minor` counts."""

from __future__ import annotations

from typing import Any

import pytest

from rowback.diff.labels import is_minor, label
from rowback.diff.words import compare
from rowback.model import EditKind

from .cases import cases

ROWS: list[dict[str, Any]] = cases("labels")
A_PARAGRAPH = 3


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_labelled_as_a_person_would(row: dict[str, Any]) -> None:
    kind, old, new = EditKind(row.get("kind", "change")), row["old"], row["new"]
    labels = label(kind, row.get("index", A_PARAGRAPH), old, new, compare(old, new))
    assert list(labels) == row.get("labels", list(labels))
    assert is_minor(kind, labels) is row["minor"]


def test_figures_and_negations_are_never_minor() -> None:
    for substance in ("figure", "name", "negation"):
        for form in ("typo", "punctuation"):
            assert not is_minor(EditKind.CHANGE, (substance, form))
