"""What readers made of edits stays with them when versions come between, are taken away, merged or parted."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowback.diff.telling import step as telling
from rowback.errors import BadInput
from rowback.store.audience import Audience
from rowback.store.imports import ImportKind
from rowback.store.latest import Filters
from rowback.store.review_acts import ReviewAct
from rowback.store.search import filters_of
from rowback.text.query import parse

from .samples import START, at, capture

if TYPE_CHECKING:
    from rowback.store import Store
    from rowback.store.latest import Listed
    from rowback.store.view import View

ONE, OTHER = "https://echo.example/one", "https://echo.example/other"
TEXTS = {
    name: [f"The harbour office said on Friday that {n} ferries will leave from pier {name}."]
    for n, name in enumerate("ABCDE", 400)
}
_numbers = count()


@pytest.fixture
def owner(store: Store) -> View:
    return store.view(Audience.TRUSTED)


def _record(store: Store, texts: str, url: str = ONE, begin: int = 0) -> int:
    """Records texts by their names, one an hour. The article's id."""
    article_id = 0
    for n, name in enumerate(texts):
        article_id = store.record(capture(TEXTS[name], minutes=begin + 60 * n, url=url), at(begin + 60 * n)).article.id
    return article_id


def _import(store: Store) -> int:
    """The number of an import."""
    return store.imports.begin(ImportKind.FILE, "a folder", START)


def _steps(view: View, words: str = "") -> list[Listed]:
    return list(view.latest.page(filters_of(parse(words), 1) if words else Filters(), 100).items)


def _told(view: View, words: str) -> list[str]:
    """The steps that a query lists, newest first, as the names of the two texts: `AB`."""
    found = []
    for item in _steps(view, words):
        pair = view.versions.of_step(item.step.previous_id, item.step.version_id)
        found.append("".join(each.blocks[0].text[-2] for each in pair[:2]))
    return found


def _mark(view: View, told: str) -> None:
    """Marks a step in every way; its note says which it was."""
    (item,) = [each for each in _steps(view) if _pair(view, each) == told]
    for kind, text in (("see", ""), ("star", ""), ("note", f"About {told}."), ("collect", "")):
        view.review_acts.do(ReviewAct(kind, (item.step.id,), "list", text), START)


def _pair(view: View, item: Listed) -> str:
    pair = view.versions.of_step(item.step.previous_id, item.step.version_id)
    return "".join(each.blocks[0].text[-2] for each in pair[:2])


def test_a_step_that_is_told_anew_keeps_all(store: Store, owner: View, monkeypatch: pytest.MonkeyPatch) -> None:
    _record(store, "ABC")
    _mark(owner, "AB")
    monkeypatch.setattr(telling, "RULES", telling.RULES + 1)
    store.steps.catch_up()
    assert _told(owner, "is:seen is:starred is:noted in:list") == ["AB"]


def test_of_a_step_that_is_cut_in_two_the_later_half_keeps_all_and_none_was_seen(store: Store, owner: View) -> None:
    _record(store, "AC")
    _mark(owner, "AC")
    _record(store, "B", begin=30)
    assert _told(owner, "is:unseen") == ["BC", "AB"]
    assert _told(owner, "is:starred in:list note:AC") == ["BC"]


def test_when_the_step_comes_back_it_was_seen_again(store: Store, owner: View) -> None:
    _record(store, "AC")
    _mark(owner, "AC")
    told = replace(capture(TEXTS["B"], minutes=30, url=ONE), brought_by=_import(store))
    store.record(told, at(30))
    assert _told(owner, "is:seen") == []
    store.imports.undo(told.brought_by or 0, START)
    assert _told(owner, "is:seen is:starred in:list note:AC") == ["AC"]


def test_merged_and_parted_articles_keep_all(store: Store, owner: View) -> None:
    kept, other = _record(store, "AB"), _record(store, "CD", OTHER, 600)
    for told in ("AB", "CD"):
        _mark(owner, told)
    store.merge(kept, other)
    assert _told(owner, "") == ["CD", "BC", "AB"]
    assert _told(owner, "is:seen is:starred in:list is:noted") == ["CD", "AB"]
    store.part(OTHER, at(2_000))
    assert _told(owner, "is:seen is:starred in:list is:noted") == ["CD", "AB"]
    (of_other,) = _steps(owner, "note:CD")
    assert of_other.article.url == OTHER
    store.join_again(OTHER)
    assert _told(owner, "is:seen is:starred in:list is:noted") == ["CD", "AB"]


def test_where_one_step_was_marked_twice_both_notes_stay(store: Store, owner: View) -> None:
    kept, other = _record(store, "AB"), _record(store, "AB", OTHER, 1)
    for n, item in enumerate(_steps(owner)):
        owner.review_acts.do(ReviewAct("note", (item.step.id,), text=f"Note {n}."), START)
        owner.review_acts.do(ReviewAct("collect", (item.step.id,), f"list {n}"), START)
    store.merge(kept, other)
    (note,) = owner.reviews.notes()
    assert sorted(note.review.note.split("\n\n")) == ["Note 0.", "Note 1."]
    assert note.review.collections == ("list 0", "list 1")
    assert owner.review_acts.undo() is None  # it would take from the one what the other brought
    assert _told(owner, 'note:"note 0." note:"note 1."') == ["AB"]


def test_a_note_without_a_step_waits_for_it(store: Store, owner: View) -> None:
    _record(store, "A")
    told = replace(capture(TEXTS["B"], minutes=60, url=ONE), brought_by=_import(store))
    store.record(told, at(60))
    _mark(owner, "AB")
    store.imports.undo(told.brought_by or 0, START)
    assert _told(owner, "is:noted") == []
    (kept,) = owner.reviews.homeless()
    assert (kept.review.note, kept.version) == ("About AB.", None)
    assert kept.article is not None
    _record(store, "B", begin=90)
    assert owner.reviews.homeless() == []
    assert _told(owner, "is:seen is:starred in:list is:noted") == ["AB"]


_MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.sampled_from("ABCDE"), st.integers(0, 40), st.booleans()),
        st.tuples(st.sampled_from(["mark", "merge", "part"]), st.just(""), st.integers(0, 9), st.booleans()),
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_MOVES)
def test_no_note_is_ever_lost_nor_told_of_another_article(
    store: Store, owner: View, moves: list[tuple[str, str, int, bool]]
) -> None:
    number = next(_numbers)
    urls = [f"https://echo.example/{number}/{name}" for name in ("one", "other")]
    written: set[str] = set()
    for n, (kind, name, where, is_other) in enumerate(moves):
        url = urls[is_other]
        if kind == "record":
            store.record(capture(TEXTS[name], minutes=where, url=url), at(where))
            continue
        found = [store.articles.find(each) for each in urls]
        if kind == "mark":
            mine = [item for item in _steps(owner) if item.article.url in urls]
            if mine:
                step = mine[where % len(mine)].step
                written.add(f"note {number} {n}")
                owner.review_acts.do(ReviewAct("add-note", (step.id,), text=f"note {number} {n}"), START)
        elif found[0] is None or found[1] is None:
            continue
        elif kind == "merge":
            store.merge(found[0].id, found[1].id)
        elif found[0].id == found[1].id:
            try:
                store.part(urls[1], at(100))
            except BadInput:  # nothing, or all, was read there
                continue
    told = [each for each in owner.reviews.notes() if f"note {number} " in each.review.note]
    assert {line for each in told for line in each.review.note.split("\n\n")} == written
    assert all(each.article is not None and each.article.url in urls for each in told)
