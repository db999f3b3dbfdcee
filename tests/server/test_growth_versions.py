"""However large or hostile two versions are, the work to compare them and to tell of it grows with their size."""

from __future__ import annotations

from typing import Any

import pytest

from rowback.diff.blocks import align
from rowback.diff.telling.step import tell_step
from rowback.diff.telling.table import lay_out
from rowback.diff.words.tidy import tidy
from rowback.text.normalize import kept_comparable

from .growing import MOST, growth
from .hostile_versions import VERSIONS, Pair, pair

PIECES = (200, 800, 3_200, 12_800, 51_200)


@pytest.mark.parametrize("name", VERSIONS)
def test_comparing_two_versions(name: str) -> None:
    assert growth(VERSIONS[name], _compared, PIECES, has_steps=True) <= MOST


def _compared(pair: Pair) -> None:
    kept_comparable.cache_clear()  # which keeps no long texts: the growth would be told where it ends
    tell_step(*pair)
    lay_out(*pair)


# Parts that cost so little for each block or word that only very many of them show a growth.
PARTS = (1_000, 4_000, 16_000)


@pytest.mark.parametrize("between", [["."], [".", " ", ","], ["the"], ["harbours"]])
def test_tidying_changes_with_little_between_them(between: list[str]) -> None:
    runs = [(-1, ["lake"] * 4), (1, ["sea"] * 4), (0, between)]
    assert growth(lambda size: runs * size, _tidied, PARTS) <= MOST
    assert (
        growth(lambda size: [(-1, ["x"]), (0, [". "] * size + ["harbours", "lakes"]), *runs * size], _tidied, PARTS)
        <= MOST
    )


def _tidied(runs: list[tuple[int, list[str]]]) -> None:
    tidy([(op, list(tokens)) for op, tokens in runs])


def test_pairing_blocks_that_all_have_a_likely_partner(monkeypatch: pytest.MonkeyPatch) -> None:
    def candidates(olds: range, news: range, _blocks: Any, _cutoff: float) -> dict[tuple[int, int], float]:
        return {(a, b): 0.9 for a in olds for b in (a, a + 1) if b in news}

    monkeypatch.setattr(align, "_candidates", candidates)
    assert growth(range, lambda places: align._best_pairing(places, places, None), PARTS) <= MOST  # type: ignore[arg-type]


@pytest.mark.parametrize("is_new", [True, False])
def test_laying_out_words_that_came_or_went(is_new: bool) -> None:
    def made(size: int) -> Pair:
        texts = [f"w{n}" for n in range(size)]
        return pair(["x"], texts) if is_new else pair(texts, ["x"])

    assert growth(made, lambda each: lay_out(*each), (PARTS[-1],)) <= MOST
