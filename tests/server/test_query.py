"""Search queries: what people type becomes what they mean, or a sentence that says why not."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.errors import BadInput
from rowback.store.sqlite.fts5_texts import match_of
from rowback.text.query import Query, all_of, of_edits, parse

from .cases import cases

CASES: Any = cases("queries")


@pytest.mark.parametrize("case", CASES["read"], ids=lambda case: case["query"])
def test_a_query_is_read_as_it_is_meant(case: dict[str, Any]) -> None:
    query = parse(case["query"])
    assert query.is_about_edits == ("edits" in case)
    if "edits" in case:
        edited = of_edits(query)
        assert (edited and match_of(edited)) == case["edits"]
    else:
        assert match_of(all_of(query.terms, query.without)) == case["texts"]


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["query"][:30] or "empty")
def test_what_cannot_be_read_is_answered_with_what_to_do(case: dict[str, str]) -> None:
    with pytest.raises(BadInput, match=case["says"]):
        parse(case["query"])


@given(
    st.lists(
        st.sampled_from(
            ["a", "title:", "removed:", '"', "＂", "*", "(", ")", ":", "-", "NEAR(", "{x}", "^", "+", "'", "\0", " "]
        )
        | st.characters(exclude_categories=["Cs"]),
        max_size=20,
    ).map("".join)
)
def test_whatever_is_typed_is_a_query_or_a_sentence(text: str) -> None:
    try:
        query = parse(text)
    except BadInput:
        return
    assert query != Query()
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table t using fts5(deleted, inserted, before, after)")
    terms = query.terms or query.title
    for sought in (of_edits(query), all_of(terms, query.without) if terms else None):
        if sought is not None:
            db.execute("select * from t where t match ?", [match_of(sought)]).fetchall()
    db.close()
