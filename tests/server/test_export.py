"""What is exported is all there is, and makes an equal store."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from rowback.archive.bulk import BadLine, read
from rowback.archive.export import BATCH, all_articles, lines
from rowback.model import Attribution, Capture, Origin
from rowback.store import Store

from .pasts import tell_pasts
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


COPY = Attribution("Wayback Machine", "https://web.archive.org/web/20260131093000/https://echo.example/a b?c=%22")
OTHERS = Attribution("“Arquivo.pt” <b>", "http://arquivo.example/wayback/2026/https://echo.example/")


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
    copied = replace(capture(["Two."], minutes=-60, url=first.url), origin=Origin.ARCHIVE, memento=COPY)
    store.record(copied, at(1))
    store.record(replace(copied, seen_at=at(-50), memento=None), at(1))
    store.record(replace(capture(["Six."], minutes=-70, url=first.url), origin=Origin.ARCHIVE, memento=OTHERS), at(1))


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


def test_the_copy_that_showed_a_version_comes_with_the_line_of_its_first_sight(store: Store, other: Store) -> None:
    _fill(store)
    told = [json.loads(line) for line in lines(store, all_articles(store))]
    named = [(item["blocks"][0]["text"], item["memento"]) for item in told if "memento" in item]
    assert named == [("Six.", asdict(OTHERS)), ("Two.", asdict(COPY))]
    _copy(store, other)
    (article,) = [each for each in all_articles(other) if each.url.endswith("/close")]
    versions = other.versions.of_article(article.id)
    assert [version.memento for version in versions] == [OTHERS, COPY, None, None, None]
    assert [version.origin for version in versions[:2]] == [Origin.ARCHIVE] * 2


def test_what_a_backfill_brought_comes_back_with_its_copies(store: Store, other: Store) -> None:
    tell_pasts(store, at(0))
    _copy(store, other)
    assert _told(other) == _told(store)
    copied = [version.memento for each in all_articles(other) for version in other.versions.of_article(each.id)]
    assert len(copied) == 2
    assert all(memento is not None and memento.archive == "Wayback Machine" for memento in copied)


def test_an_imported_copy_stays_with_its_version_through_merging_and_parting(store: Store, other: Store) -> None:
    _fill(store)
    _copy(store, other)
    kept = next(each for each in all_articles(other) if each.url.endswith("/close"))
    live = replace(capture(["Zero."], minutes=9, url=f"{kept.url}/live"), origin=Origin.POLL)
    beside = other.record(live, at(9)).article
    merged = other.merge(beside.id, kept.id)
    assert [each.memento for each in other.versions.spans(merged.id)] == [OTHERS, COPY, None, None, None, None]
    stayed, parted = other.part(live.url, at(10))
    assert [each.memento for each in other.versions.spans(parted.id)] == [None]
    assert [each.memento for each in other.versions.spans(stayed.id)] == [OTHERS, COPY, None, None, None]


def test_a_copy_of_a_text_that_was_seen_before_it_is_not_told(store: Store) -> None:
    (line,) = _lines(memento=asdict(COPY))
    (found,) = read([line])
    assert isinstance(found, Capture)
    store.record(replace(found, seen_at=found.seen_at - timedelta(days=1), memento=None, origin=Origin.POLL), at(1))
    store.record(found, at(1))
    (version,) = store.versions.of_article(1)
    assert (version.memento, version.last_seen_at) == (None, found.seen_at)


def _lines(**more: object) -> list[str]:
    told = {"url": URL, "seen_at": "2026-01-31T09:30:00Z", "paragraphs": list(PARAGRAPHS), "origin": "archive"}
    return [json.dumps(told | more)]


@pytest.mark.parametrize(
    "memento",
    [
        *(
            {"archive": "A", "href": href}
            for href in ("javascript:alert(1)", "", "https://", "//a.example/", "/a", " https://a/")
        ),
        *(
            {"archive": "A", "href": href}
            for href in ("https://a.example/\n", "https://a.example/\ud800", "HTTPS://a.example/")
        ),
        {"archive": "A", "href": "https://a.example/" + "a" * 8_192},
        {"archive": " \u202e", "href": "https://a.example/"},
        {"archive": 7, "href": "https://a.example/"},
        {"archive": "A", "href": ["https://a.example/"]},
        {"href": "https://a.example/"},
        {"archive": "A"},
        {},
        [],
        False,
        "https://a.example/",
    ],
)
def test_a_copy_that_lies_nowhere_on_the_web_is_refused_with_its_line(memento: object) -> None:
    (told,) = read(_lines(memento=memento))
    assert isinstance(told, BadLine)
    assert "memento" in told.reason


def test_the_name_of_an_archive_is_one_short_line(store: Store) -> None:
    (found,) = read(_lines(memento={"archive": "\u202eA\n\x1b[2J" + "b" * 900, "href": "https://a.example/"}))
    assert isinstance(found, Capture)
    store.record(found, at(1))
    (version,) = store.versions.of_article(1)
    assert version.memento is not None
    assert len(version.memento.archive) == 200
    assert version.memento.archive.startswith("A [2Jb")


def test_a_link_that_stands_in_the_file_and_leads_nowhere_on_the_web_is_not_told(store: Store) -> None:
    (found,) = read(_lines(memento=asdict(COPY)))
    assert isinstance(found, Capture)
    store.record(found, at(1))
    store.close()
    with closing(sqlite3.connect(store.path)) as db, db:
        db.execute("update mementos set href = 'javascript:alert(1)'")
    (version,) = Store(store.path).versions.of_article(1)
    assert version.memento is None


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
