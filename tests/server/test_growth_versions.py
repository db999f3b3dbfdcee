"""However large or hostile two versions are, the work to compare them and to tell of it grows with their size."""

from __future__ import annotations

import pytest

from rowback.diff.telling.step import tell_step
from rowback.diff.telling.table import lay_out
from rowback.text.normalize import kept_comparable

from .growing import MOST, growth
from .hostile_versions import VERSIONS, Pair

PIECES = (200, 800, 3_200, 12_800, 51_200)


@pytest.mark.parametrize("name", VERSIONS)
def test_comparing_two_versions(name: str) -> None:
    assert growth(VERSIONS[name], _compared, PIECES, has_steps=True) <= MOST


def _compared(pair: Pair) -> None:
    kept_comparable.cache_clear()  # which keeps no long texts: the growth would be told where it ends
    tell_step(*pair)
    lay_out(*pair)
