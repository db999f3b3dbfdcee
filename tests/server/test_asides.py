"""Texts that go back and forth without anybody editing. Rows of `cases/asides.json`: `sA` is text A seen by the server, `rB`
text B seen by a reader, four hours apart; `aside` is why the captures beyond the versions make none."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rowback.model import Origin

from .cases import cases
from .samples import PARAGRAPHS, at, capture

if TYPE_CHECKING:
    from rowback.model import Recorded
    from rowback.store import Store

ROWS: list[dict[str, Any]] = cases("asides")
ORIGINS = {"s": Origin.POLL, "r": Origin.BROWSER}


def _record(store: Store, sights: str, *, is_page: bool = True, url: str = "https://echo.example/a") -> list[Recorded]:
    return [
        store.record(
            replace(
                capture([f"Text {sight[1]} it is.", *PARAGRAPHS], minutes=240 * n, url=url),
                origin=ORIGINS[sight[0]],
                is_page=is_page,
            ),
            at(100_000),
        )
        for n, sight in enumerate(sights.split())
    ]


def _versions(store: Store, recorded: list[Recorded]) -> str:
    return " ".join(
        version.content.blocks[0].text.split()[1] for version in store.versions.of_article(recorded[0].article.id)
    )


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_what_goes_back_and_forth_piles_up_no_versions(store: Store, row: dict[str, Any]) -> None:
    recorded = _record(store, row["sights"])
    assert _versions(store, recorded) == row["versions"]
    with sqlite3.connect(store.path) as db:
        rows = [why for (why,) in db.execute("select aside from captures")]
    assert len(rows) == len(row["sights"].split()), "a capture was not counted"
    assert {why for why in rows if why} == ({row["aside"]} if row["aside"] else set())


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_what_programs_say_in_so_many_words_is_always_a_version(store: Store, row: dict[str, Any]) -> None:
    recorded = _record(store, row["sights"], is_page=False)
    texts = [sight[1] for sight in row["sights"].split()]
    changes = [text for n, text in enumerate(texts) if n == 0 or text != texts[n - 1]]
    assert _versions(store, recorded) == " ".join(changes)


def test_a_capture_that_is_put_aside_says_which_version_it_saw(store: Store) -> None:
    recorded = _record(store, "sA rB sA")
    assert [(each.version, each.new_version) for each in recorded] == [(0, True), (1, True), (0, False)]


def test_what_was_put_aside_is_told_with_its_reason(store: Store) -> None:
    article = _record(store, "sA rB sA sA")[-1].article
    told = [(each.version, each.reason, each.times) for each in store.notes.asides(article.id)]
    assert told == [(0, "disagreement", 2)]


def _comes_and_goes(store: Store, number: int, line: str, turns: tuple[bool, ...]) -> int:
    """An article that has a line at some times and not at others; returns how many versions that made."""
    pages = [
        capture([f"Story {number}.", *PARAGRAPHS, *[line] * has], minutes=60 * n, url=f"https://echo.example/{number}")
        for n, has in enumerate(turns)
    ]
    return [store.record(replace(page, is_page=True), at(100_000)) for page in pages][-1].article.version_count


def test_a_promotion_that_rotates_through_a_source_stops_being_an_edit(store: Store) -> None:
    promotion = "The walking guide to the harbour quarter is out now at every kiosk."
    counts = [_comes_and_goes(store, n, promotion, (False, True, False)) for n in range(6)]
    assert counts == [3, 3, 3, 3, 3, 1]


def test_a_promotion_that_is_known_is_no_part_of_a_true_edit(store: Store) -> None:
    promotion = "The walking guide to the harbour quarter is out now at every kiosk."
    for n in range(6):
        _comes_and_goes(store, n, promotion, (False, True, False))
    url = "https://echo.example/9"
    texts = [
        ["Story nine.", *PARAGRAPHS],
        ["Story nine, told anew.", promotion, *PARAGRAPHS],
        ["Story nine, told again.", *PARAGRAPHS],
    ]
    pages = [replace(capture(said, minutes=60 * n, url=url), is_page=True) for n, said in enumerate(texts)]
    article = [store.record(page, at(100_000)) for page in pages][-1].article
    told = [[block.text for block in each.content.blocks] for each in store.versions.of_article(article.id)]
    assert [each[0] for each in told] == ["Story nine.", "Story nine, told anew.", "Story nine, told again."]
    assert not any(promotion in each for each in told), "its coming is told as an edit of its own"


def test_a_line_that_is_only_ever_added_stays_an_edit(store: Store) -> None:
    line = "Additional reporting by the harbour desk."
    assert {_comes_and_goes(store, n, line, (False, True)) for n in range(9)} == {2}


def test_a_correction_is_always_an_edit(store: Store) -> None:
    line = "Correction: An earlier version gave the wrong year."
    assert {_comes_and_goes(store, n, line, (False, True, False)) for n in range(7)} == {3}
