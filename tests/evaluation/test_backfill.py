"""Reading an article's past from an archive: nearly all its texts, in few requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.evaluation.backfill import measure, pasts

if TYPE_CHECKING:
    from tests.evaluation.conftest import Score
    from tests.evaluation.corpus import Corpus


@pytest.mark.parametrize(("copies", "fetches"), [(20, 16), (100, 16), (100, 24)])
@pytest.mark.parametrize("spread", ["early", "even"])
def test_few_copies_tell_most_texts(corpus: Corpus, score: Score, copies: int, fetches: int, spread: str) -> None:
    found = measure(pasts(corpus), copies, fetches, is_early=spread == "early")
    name = f"past from {copies} copies, {spread}, at most {fetches} read"
    score(f"{name}: texts found, %", found.found)
    score(f"{name}: copies read, too many", found.requests)
