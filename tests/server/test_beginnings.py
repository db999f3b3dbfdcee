"""Words by their beginning (`bake*`) are found as FTS5 itself finds them, without putting all their rows in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rowback.store import Store, beginnings
from rowback.store.beginnings import spelled_out
from rowback.store.marking import Marker, words_of
from rowback.store.matching import matching
from rowback.store.sqlite.fts5_texts import match_of
from rowback.text.query import Term, all_of, parse
from rowback.text.snippet import END, HIT

from .samples import at, capture
from .scattered import WITHOUT_SHRINKING

if TYPE_CHECKING:
    from sqlite_utils import Database

WORDS = (
    "baker",
    "Bakery",
    "bakéry",
    "baked",
    "bak",
    "bakε",
    "ba-ker",
    "ＢＡＫＥ",
    "bake港",
    "港の船",
    "b",
    "9ba",
    "œuvre",
    "straße",
)
TYPED = (
    "bak* b*",
    "ba* -baker*",
    "bake*",
    "BAKÉ*",
    "ba*",
    "b*",
    "bakery*",
    "bakeries*",
    "港*",
    "ba-k*",
    "ＢＡ*",
    "9*",
    "œ*",
    "straß*",
    "bak* b*",
    "ba* -baker*",
)
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=8)


@settings(max_examples=40, phases=WITHOUT_SHRINKING)  # each makes a database
@given(texts=TEXTS, forgets=st.booleans(), most=st.sampled_from((0, 1, 2, 500)))
@example(texts=list(WORDS), forgets=False, most=500)
def test_what_is_found_is_what_the_index_finds_of_a_beginning(
    texts: list[str], forgets: bool, most: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store(tmp_path_factory.mktemp("beginnings") / "rowback.db")
    for number, text in enumerate(texts):
        words = (f"It says {text} here.", "A text of enough words stands below it as well.")
        store.record(capture(words, url=f"https://paper.example/{number}", title=text), at(number))
    if forgets:
        store.owner.forget(store.articles.by_id(1)[0].id)
    with pytest.MonkeyPatch.context() as patch, store._connection.read() as db:
        patch.setattr(beginnings, "MOST", most)
        for table in ("blocks", "versions"):
            for query in map(parse, TYPED):
                spelled = ([spelled_out(db, table, term) for term in each] for each in (query.terms, query.without))
                assert _found(db, table, match_of(all_of(*spelled))) == _found(
                    db, table, match_of(all_of(query.terms, query.without))
                )
    store.close()


def _found(db: Database, table: str, match: str) -> list[int]:
    return sorted(row[0] for row in db.execute(matching(table), [match, match]).fetchall())


def test_the_words_are_asked_for_by_name(store: Store) -> None:
    store.record(capture(("The baker baked in the bakery.", "Nothing else was done on this day.")), at(0))
    with store._connection.read() as db:
        term = spelled_out(db, "blocks", Term("Bake", is_prefix=True))
        assert match_of(term.sought()) == '("baked" OR "baker" OR "bakery")'
        assert match_of(spelled_out(db, "blocks", Term("bake")).sought()) == '"bake"'
        assert match_of(spelled_out(db, "blocks", Term("zan", is_prefix=True)).sought()) == '"zan"*'


def test_more_words_than_are_looked_up_are_left_to_the_index(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "MOST", 2)
    store.record(capture(("The baker baked in the bakery.", "Nothing else was done on this day.")), at(0))
    with store._connection.read() as db:
        assert match_of(spelled_out(db, "blocks", Term("bake", is_prefix=True)).sought()) == '"bake"*'


def test_words_of_a_beginning_are_marked_in_what_is_shown(store: Store) -> None:
    store.record(capture(("The baker, Bakéry of all, baked.", "Nothing else was done on this day.")), at(0))
    (found,) = store.search.texts(parse("bake*"), 5).items
    assert [piece for piece, is_hit in found.snippet if is_hit] == ["baker", "Bakéry", "baked"]


@settings(max_examples=60, phases=WITHOUT_SHRINKING)
@given(texts=TEXTS, query=st.sampled_from((*TYPED, '"bake ba"', "baker bakery", '"b baker"')))
def test_what_is_marked_is_what_the_index_marks(
    texts: list[str], query: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store(tmp_path_factory.mktemp("marks") / "rowback.db")
    store.record(capture((*texts, "A text of enough words stands below it as well.")), at(0))
    read = parse(query)
    match = match_of(all_of(read.terms, read.without))
    marker = Marker(match)
    with store._connection.read() as db:
        rows = db.execute(
            "select highlight(blocks_fts, 0, ?, ?), text from blocks_fts where blocks_fts match ?", [HIT, END, match]
        ).fetchall()
    assert [marker.marked(text) for _, text in rows] == [marked for marked, _ in rows]
    marker.close()
    store.close()


def test_words_are_cut_as_an_index_cuts_them() -> None:
    assert words_of("Bakéry-OF straße") == ["bakery", "of", "straße"]
    assert words_of("–") == []
