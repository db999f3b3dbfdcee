"""Our own words are those that the FTS5 of this machine makes, of every script there is."""

from __future__ import annotations

import sqlite3
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rowback.text.spacing import spaced
from rowback.text.words import words

from .folds import PLACE, TOKENIZERS, asked, module, tokens

NEWER = st.sampled_from("\U0001e900\u1c90\U00016e40\u0870\U0001f9ff\ua7c5")  # came into Unicode after 6.1
MARKS = st.sampled_from("\u0300\u0301\u0316\u0331\u0345\u0e31\u0e48\u0ccd\u064e\u05b0\u20dd\ufe0f\u200d")
PRIVATE = st.characters(categories=["Co"])
ODD = st.sampled_from(
    " \0\n\u3000\u00a0'\"-_.*:\u0130\u0131\u00df\u1e9e\u017f\uff21\u2160\u212a\u01c5\u1fb3\ufeff\ufffd\U0010ffff"
)
TEXTS = st.lists(
    st.characters(exclude_categories=["Cs"]) | st.characters(categories=["Lu", "Ll", "Lo", "Nd", "No"]) | MARKS
    | PRIVATE | ODD | NEWER | st.sampled_from("aéÖ漢กكא"),
    max_size=40,
).map("".join)  # fmt: skip


@cache
def _index(marks: bool) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute(f'create virtual table texts using fts5(text, tokenize="{TOKENIZERS[marks]}")')
    db.execute("create virtual table words using fts5vocab(texts, instance)")
    return db


def _of_fts5(text: str | bytes, marks: bool) -> list[str]:
    """Its words by their places: a word of nothing has one, too."""
    db = _index(marks)
    db.execute("delete from texts")
    db.execute("insert into texts (text) values (cast(? as text))", [text])
    rows = db.execute('select "offset", term from words order by "offset"').fetchall()
    db.rollback()
    assert [place for place, _ in rows] == list(range(len(rows)))
    return [term or "" for _, term in rows]


def test_the_folds_are_as_written_from_this_fts5() -> None:
    assert PLACE.read_text(encoding="utf-8") == module(), "run python -m tests.server.folds"


@pytest.mark.parametrize("marks", [False, True])
def test_every_character_parts_or_joins_words_as_in_fts5(marks: bool) -> None:
    parting = {point for point, kept in asked(marks).items() if kept is None}
    assert {point for point in range(0x110000) if words(f"q{chr(point)}q", marks) == ["q", "q"]} == parting | set(
        range(0xD800, 0xE000)
    )


@pytest.mark.parametrize("marks", [False, True])
@settings(max_examples=600)
@given(text=TEXTS)
def test_the_words_of_a_text_are_those_of_fts5(text: str, marks: bool) -> None:
    assert words(text, marks) == _of_fts5(text, marks)


@given(text=TEXTS)
def test_so_are_those_of_a_text_with_each_character_of_some_scripts_a_word(text: str) -> None:
    assert words(spaced(text), marks=True) == _of_fts5(spaced(text), marks=True)


@given(text=st.text(st.characters() | st.characters(categories=["Cs"]), max_size=20))
@pytest.mark.parametrize("marks", [False, True])
def test_halves_of_characters_part_words(text: str, marks: bool) -> None:
    """FTS5 can be given them as bytes alone."""
    assert words(text, marks) == _of_fts5(text.encode("utf-8", "surrogatepass"), marks)


def test_many_texts_at_once_are_told_apart() -> None:
    assert tokens(["a b", "", "c"], marks=False) == {0: ["a", "b"], 2: ["c"]}
