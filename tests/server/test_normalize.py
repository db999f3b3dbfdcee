"""When two texts count as the same, and what of a text can be stored. Pairs are in `cases/folding.json`."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.model import Block, Content
from rowback.text.normalize import comparable, count_words, fingerprint, storable

from .cases import cases

PAIRS: dict[str, list[list[str]]] = cases("folding")
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))


@pytest.mark.parametrize(("one", "other"), PAIRS["same"], ids=ascii)
def test_the_same_text(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(("one", "other"), PAIRS["different"], ids=ascii)
def test_different_texts(one: str, other: str) -> None:
    assert comparable(one) != comparable(other)


def test_a_space_is_not_nothing() -> None:
    assert comparable("any one") != comparable("anyone")


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = comparable(text)
    assert comparable(folded) == folded


@given(ANY_TEXT)
def test_what_is_storable_is_stored_as_it_is(text: str) -> None:
    kept = storable(text)
    stored = sqlite3.connect(":memory:").execute("select ?", [kept]).fetchone()[0]
    assert stored == kept
    assert storable(kept) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\x1b[31mb", "a[31mb"),
        ("a\ud800b", "ab"),
        ("a\tb\r\nc", "a\tb\r\nc"),
        ("a\u0085b", "a\u0085b"),
        ("👩\u200d🚒", "👩\u200d🚒"),
    ],
    ids=ascii,
)
def test_text_is_kept_but_for_what_no_page_can_hold(text: str, kept: str) -> None:
    assert storable(text) == kept


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (Content("T", (Block("p", "a"),)), Content("T", (Block("p", "a"),)), True),
        (Content("T", (Block("p", "a"),)), Content("T", (Block("h2", "a"),)), True),
        (Content("“T”", (Block("p", "a b"),)), Content('"T"', (Block("p", "a\u00a0 b"),)), True),
        (Content("T", (Block("p", "a"),)), Content("U", (Block("p", "a"),)), False),
        (Content("T", (Block("p", "a"),)), Content("", (Block("p", "T"), Block("p", "a"))), False),
        (Content("T", (Block("p", "a b"),)), Content("T", (Block("p", "a"), Block("p", "b"))), False),
        (Content("T", (Block("p", "a"), Block("p", "b"))), Content("T", (Block("p", "b"), Block("p", "a"))), False),
    ],
)
def test_a_fingerprint_is_of_what_is_compared(one: Content, other: Content, is_same: bool) -> None:
    assert (fingerprint(one) == fingerprint(other)) is is_same


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" — … ", 0),
        ("The ferry left.", 3),
        ("It cost 1,250.75 crowns", 4),
        ("well-known", 1),
        ("नाव जाएगी।", 2),
    ],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert count_words(text) == count
