"""Search over all versions: what stands and what stood, when, and what edits took out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rowback.store import Store
from rowback.store.search import filters_of
from rowback.text.query import parse

from .growing import MOST, growth
from .new_stores import new_store
from .samples import PARAGRAPHS, TITLE, at, capture, changed

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "https://www.lantern-post.example/news/lighthouse"
LAMP = ("The lamp was lit again on Friday.", "State television reported it, the keeper said.")


@pytest.fixture
def told(store: Store) -> Store:
    """Two articles: one lost a figure and got a new headline, the other lost a word inside a phrase."""
    store.record(capture(), at(0))
    store.record(capture(changed("400", "900"), minutes=60), at(60))
    store.record(capture(changed("400", "900"), minutes=120, title="Earlier ferry from Monday"), at(120))
    store.record(capture(LAMP, url=OTHER, title="Lamp lit"), at(0))
    store.record(
        capture((LAMP[0], "Television reported it, the keeper said."), url=OTHER, minutes=60, title="Lamp lit"), at(60)
    )
    return store


def _spans(store: Store, query: str) -> list[tuple[str, int, int]]:
    found = store.search.texts(parse(query), 20).items
    return [(item.text[:20], item.first_version, item.last_version) for item in found]


def test_a_text_is_found_with_the_versions_in_which_it_stood(told: Store) -> None:
    assert _spans(told, "400 commuters") == [(PARAGRAPHS[1][:20], 0, 0)]
    assert _spans(told, "900") == [(changed("400", "900")[1][:20], 1, 2)]
    (item,) = told.search.texts(parse("900"), 20).items
    assert item.still_stands
    assert (item.seen_at, item.last_seen_at) == (at(60), at(120))
    assert [text for text, is_hit in item.snippet if is_hit] == ["900"]
    assert "".join(text for text, _ in item.snippet) == item.text


def test_headlines_old_and_new_are_found(told: Store) -> None:
    assert _spans(told, "title:ferry") == [("Earlier ferry from M", 2, 2), (TITLE[:20], 0, 1)]
    assert _spans(told, "title:lamp friday") == [(LAMP[0][:20], 0, 1)]
    assert _spans(told, "timetable") == [(TITLE[:20], 0, 1)]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("friday", 2),
        ("friday source:lantern-post.example", 1),
        ("friday -lamp", 1),
        ("frid*", 2),
        ('"lit again"', 1),
        ('"again lit"', 0),
        ("400 after:2026-01-11", 0),
        ("400 before:2026-01-11", 1),
        ("nothinglikethis", 0),
        ("NEAR( OR", 0),
    ],
)
def test_a_query_finds_what_it_says(told: Store, query: str, count: int) -> None:
    assert len(_spans(told, query)) == count


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("removed:400", [1]),
        ("removed:900", []),
        ("added:900", [1]),
        ("removed:state", [1]),
        ('removed:"state television"', [1]),
        ('removed:"television reported"', [1]),
        ('removed:"keeper said"', []),
        ("removed:keeper", []),
        ("label:figure", [1]),
        ("label:headline title:ferry", [2]),
        ("label:figure source:lantern-post.example", []),
        ("source:harbour-echo.example", [2, 1]),
        ("label:figure before:2026-01-01", []),
    ],
)
def test_edits_are_found_by_what_they_did(told: Store, query: str, numbers: list[int]) -> None:
    found = told.latest.page(filters_of(parse(query)), 10).items
    assert [item.step.number for item in found] == numbers


def test_all_pages_together_hold_everything_once(store: Store) -> None:
    for n in range(9):
        texts = [f"The harbour bell rang {n} times and then {k} times." for k in range(3)]
        store.record(capture(texts, url=f"https://paper{n}.example/bells", title="Bells"), at(n))
    found, older = [], None
    while True:
        page = store.search.texts(parse("harbour bell"), 5, older)
        found += [item.text for item in page.items]
        older = page.next
        if older is None:
            break
    assert len(found) == len(set(found)) == 27


def test_hidden_articles_are_not_found(told: Store) -> None:
    told.owner.hide(1, "A court forbids it.")
    assert _spans(told, "commuters") == []
    assert told.search.find("label:figure", 10) == []
    assert told.search.find("label:figure", 10) == []


def test_the_plain_search_tells_edits_as_texts(told: Store) -> None:
    (gone,) = told.search.find("removed:400", 10)
    (come,) = told.search.find("added:900", 10)
    assert ("400" in gone.text, gone.first_version, gone.last_version) == (True, 0, 0)
    assert ("900" in come.text, come.first_version, come.last_version) == (True, 1, 1)


@pytest.mark.parametrize("query", ["ferry", "ferry* " * 8])
def test_a_long_text_of_the_words_looked_for_takes_time_in_proportion(query: str, tmp_path: Path) -> None:
    def told_in(words: int) -> Store:
        store = new_store(tmp_path / f"{words}.db")
        store.record(capture([*PARAGRAPHS, "ferry " * words]), at(0))
        return store

    assert growth(told_in, lambda store: store.search.texts(parse(query), 20), (400, 3_200)) <= MOST


def test_the_piece_shown_is_where_most_of_the_words_are(store: Store) -> None:
    around = "It says nothing of the kind, and that at some length. " * 10
    text = f"The ferry left. {around}A ferry with many commuters sank near the old lighthouse on Friday. {around}"
    store.record(capture([*PARAGRAPHS, text]), at(0))
    (item,) = (each for each in store.search.texts(parse("ferry lighthouse commuters"), 20).items if each.text == text)
    shown = "".join(piece for piece, _ in item.snippet)
    assert [piece for piece, is_hit in item.snippet if is_hit] == ["ferry", "commuters", "lighthouse"]
    assert len(shown) < 200
    assert shown.strip("…") in text
    assert set(shown.strip("…").split()) <= set(text.split())  # no half words


def test_a_piece_of_a_very_long_text_is_shown_too(store: Store) -> None:
    store.record(capture([*PARAGRAPHS, f"A lighthouse. {'The ferry left. ' * 3_000}"]), at(0))
    (item,) = store.search.texts(parse("lighthouse"), 20).items
    assert ("lighthouse", True) in item.snippet
