"""What is exported is all there is, and makes an equal store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rowback.archive.bulk import BadLine, read
from rowback.archive.export import BATCH, all_articles, lines
from rowback.model import Capture, Origin
from rowback.store import Store

from .samples import PARAGRAPHS, URL, at, capture, changed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .program import Program

HOSTILE = "<b>bold</b> & \u202ereversed\u202c \ufffe\u2028 東京 \U0001f6a2 " + "x" * 4_000


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "other.db")
    yield made
    made.close()


def _told(store: Store) -> list[Any]:
    return [
        (article.url, article.source, article.title, article.first_seen_at, article.last_changed_at, version)
        for article in all_articles(store, with_hidden=True)
        for version in store.versions.of_article(article.id)
    ]


def _fill(store: Store) -> None:
    """A revert, two articles merged, hostile texts, no headline, versions a microsecond apart."""
    for minutes, texts in enumerate((PARAGRAPHS, changed("400", "900"), PARAGRAPHS, PARAGRAPHS, changed("400", "5"))):
        store.record(capture(texts, minutes=minutes), at(minutes))
    store.record(capture(changed("Friday", "Monday"), minutes=1.5, url=f"{URL}-copy"), at(2))
    store.merge(1, 2)
    store.record(capture([HOSTILE, "b", "b"], title="", url="https://h.example/a?b=1&c=%22", minutes=1), at(1))
    store.record(capture(["東京都は金曜日に発表した。"], title="東京", url="https://shinbun.example/記事"), at(1))
    first = capture(["One."], url="https://echo.example/close")
    for n in range(3):
        moment = at(0).replace(microsecond=n)
        store.record(replace(capture([f"{n}."], url=first.url), seen_at=moment, origin=Origin.POLL), at(1))


def _copy(store: Store, other: Store) -> None:
    for found in read(lines(store, all_articles(store, with_hidden=True))):
        assert isinstance(found, Capture), found
        other.record(found, at(10_000))


def test_an_export_makes_an_equal_store(store: Store, other: Store) -> None:
    _fill(store)
    store.owner.hide(1, "A court forbids it.")
    _copy(store, other)
    assert _told(other) == _told(store)
    exported = list(lines(store, all_articles(store, with_hidden=True)))
    assert list(lines(other, all_articles(other))) == exported


def test_an_article_that_changes_meanwhile_is_not_missed(store: Store) -> None:
    for n in range(BATCH + 20):
        store.record(capture([f"The bell rang {n} times."], url=f"https://bells.example/{n}"), at(1))
    reading = all_articles(store)
    seen = [next(reading).url]
    for n in range(BATCH + 20):  # each of them becomes the newest
        store.record(capture(["The bell is silent."], url=f"https://bells.example/{n}", minutes=5), at(5))
    seen += [article.url for article in reading]
    assert sorted(seen) == sorted(f"https://bells.example/{n}" for n in range(BATCH + 20))


def test_hidden_articles_are_left_out_and_it_is_said(rowback: Program) -> None:
    store = Store(rowback.db)
    store.record(capture(), at(1))
    store.record(capture(url="https://lantern-post.example/lamp"), at(1))
    store.owner.hide(1, "A court forbids it.")
    store.close()
    without = rowback("export")
    assert URL not in without.out
    assert "Left out: 1 hidden article." in without.err
    assert rowback.ok("export", "--hidden").out.count("\n") == 2
    assert URL in rowback.ok("export", URL).out


@pytest.mark.parametrize("line", [f'{{"url": {"1" * 5_000}}}', "[" * 100_000, '{"url": "https://a.example/\\ud800"}'])
def test_a_line_that_cannot_be_read_costs_no_other(line: str) -> None:
    good = f'{{"url": "{URL}", "seen_at": "2026-01-31T09:30:00Z", "paragraphs": ["{PARAGRAPHS[0]}"]}}'
    first, second = read([line, good])
    assert isinstance(first, BadLine)
    assert isinstance(second, Capture)


@pytest.mark.parametrize("seen_at", ["9999-12-31T23:59:59Z", "9000-01-01T00:00:00Z", "1989-12-31T23:59:59Z"])
def test_an_instant_of_no_news_page_is_not_taken_in(seen_at: str) -> None:
    (told,) = read([f'{{"url": "{URL}", "seen_at": "{seen_at}", "paragraphs": ["{PARAGRAPHS[0]}"]}}'])
    assert isinstance(told, BadLine)
    assert "seen_at" in told.reason
