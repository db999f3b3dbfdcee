"""What changed inside a block, word by word. Rows of `cases/words.json` mark deleted words [-so-] and inserted {+so+}."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment, compare
from rowback.diff.words.tokens import tokenize, tokenize_any
from rowback.text.normalize import storable

from .cases import cases
from .strategies import PROSE

ROWS: list[dict[str, Any]] = cases("words")
STORABLE = st.text(alphabet=st.characters(exclude_categories=())).map(storable)
# Few different characters, some of them awkward: long common runs, repeats and control characters.
KNOTTY = st.text(alphabet="ab. \r\n\t-'1,$%😀\u200d\u0301\u00ad<&國", max_size=60)
PLAIN = st.text(alphabet="aB1½éЖω_.,-'’&/:@#%$€°()“ \n\u00a0−–", max_size=40)
TEXTS = st.one_of(STORABLE, KNOTTY, PROSE)
_MARKS = {EQUAL: "{}", DELETE: "[-{}-]", INSERT: "{{+{}+}}"}


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_marked_as_a_person_would(row: dict[str, Any]) -> None:
    segments = compare(row["old"], row["new"])
    assert "".join(_MARKS[segment.op].format(segment.text) for segment in segments) == row["marked"]


@given(TEXTS, TEXTS)
def test_segments_join_to_both_texts(old: str, new: str) -> None:
    _check(old, new, compare(old, new))


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_segments_join_to_both_texts_that_share_much(before: str, old: str, new: str, after: str) -> None:
    _check(before + old + after, before + new + after, compare(before + old + after, before + new + after))


@given(TEXTS)
def test_equal_texts_have_one_segment(text: str) -> None:
    assert compare(text, text) == ([Segment(EQUAL, text)] if text else [])


@given(TEXTS)
def test_tokens_join_to_the_text(text: str) -> None:
    assert "".join(tokenize(text)) == text


@given(st.one_of(PLAIN, TEXTS))
def test_plain_texts_have_the_same_tokens_by_the_fast_way(text: str) -> None:
    assert tokenize(text) == tokenize_any(text)


@pytest.mark.parametrize("words", [2_000, 60_000])
def test_long_texts_are_told_apart_too(words: int) -> None:
    old = " ".join(f"word{n % 997}" for n in range(words)) + "."
    new = old.replace("word5 ", "other ").replace("word990 ", "")
    _check(old, new, compare(old, new))


def _check(old: str, new: str, segments: list[Segment]) -> None:
    assert "".join(segment.text for segment in segments if segment.op != INSERT) == old
    assert "".join(segment.text for segment in segments if segment.op != DELETE) == new
    assert all(segment.text for segment in segments)
    ops = [segment.op for segment in segments]
    assert all(one != next_one for one, next_one in pairwise(ops))
