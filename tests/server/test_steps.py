"""What is kept of each step always fits the versions, whoever wrote those and in whatever order."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.diff.telling.step import tell_step
from rowback.diff.words.compare import DELETE, EQUAL, INSERT
from rowback.store import Store, merged_words
from rowback.store.latest import Filters

from .before_compact import uncompacted
from .new_stores import new_store
from .samples import PARAGRAPHS, START, URL, at, capture, changed

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.model import Content

OTHER = "https://www.lantern-post.example/news/lighthouse"
TEXTS = (PARAGRAPHS, changed("400", "900"), changed("six", "seven"), changed("Friday", "Sunday"))


def _check(store: Store, article_id: int) -> None:
    """Every row is what comparing its two versions now gives."""
    versions = store.versions.of_article(article_id)
    changes = store.steps.of_article(article_id)
    assert [change.number for change in changes] == list(range(1, len(versions)))
    for change in changes:
        old, new = versions[change.number - 1], versions[change.number]
        step = tell_step(old.content, new.content)
        assert change.seen_at == new.seen_at
        assert (change.labels, change.kinds, change.excerpt) == (step.labels, step.kinds, step.excerpt)
        assert (change.words_inserted, change.words_deleted) == (step.words_inserted, step.words_deleted)
        assert (change.minor, change.headline, change.unannounced) == (
            step.is_minor,
            step.is_headline,
            step.is_unannounced,
        )


@given(captures=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40)), min_size=1, max_size=9))
def test_rows_fit_whatever_the_order_of_captures(
    captures: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = new_store(tmp_path_factory.mktemp("changes") / "rowback.db")
    article_id = 0
    for text, minutes in captures:
        article_id = store.record(capture(TEXTS[text], minutes=minutes), START).article.id
        _check(store, article_id)
    assert store.steps.due() == 0
    store.close()


def test_a_step_keeps_its_row_when_a_later_one_comes(store: Store) -> None:
    for n, text in enumerate(TEXTS):
        store.record(capture(text, minutes=60 * n), at(60 * n))
    ids = [listed.step.id for listed in store.latest.page(Filters(), 10).items]
    store.record(capture(minutes=600), at(600))
    assert [listed.step.id for listed in store.latest.page(Filters(), 10).items][1:] == ids


def test_what_a_crash_left_is_told_later(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "_tell", lambda *_: None)  # the process ended right after the version was stored
    for n, text in enumerate(TEXTS):
        store.record(capture(text, minutes=60 * n), at(60 * n))
    assert store.steps.of_article(1) == []
    assert store.steps.due() == 1
    assert store.steps.catch_up() == 1
    _check(store, 1)


def test_an_article_that_is_merged_while_it_is_told_is_left_to_the_one_it_became(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.record(capture(url=OTHER), at(0))
    monkeypatch.setattr(Store, "_tell", lambda *_: None)
    for n, text in enumerate(TEXTS):
        store.record(capture(text, minutes=60 * n), at(60 * n))
    read = store.versions.of_step

    def merged_first(*version_ids: int) -> list[Content]:
        monkeypatch.setattr(store.versions, "of_step", read)
        store.merge(1, 2)
        return read(*version_ids)

    monkeypatch.setattr(store.versions, "of_step", merged_first)
    store.steps.refresh(2)
    assert store.steps.of_article(2) == []
    store.steps.catch_up()
    _check(store, 1)


def _segments(store: Store) -> list[int]:
    with store._connection.read() as db:
        return [
            db.execute(f"select count(distinct segid) from {index}").fetchone()[0]  # noqa: S608 - names of our own
            for index in ("blocks_fts_idx", "changes_fts_idx")
        ]


@pytest.mark.parametrize(("every", "segments"), [(1, [1, 1]), (2, [5, 2])])
def test_full_text_indexes_are_merged_when_it_is_an_article_s_turn(
    store: Store, monkeypatch: pytest.MonkeyPatch, every: int, segments: list[int]
) -> None:
    monkeypatch.setattr(merged_words, "EVERY", every)
    for n, text in enumerate(TEXTS[:3]):
        store.record(capture(text, minutes=60 * n), at(60 * n))
    assert _segments(store) == segments
    _check(store, 1)


def test_a_store_from_before_is_told_when_it_is_opened(tmp_path: Path) -> None:
    store = Store(tmp_path / "rowback.db")
    for n, text in enumerate(TEXTS):
        store.record(capture(text, minutes=60 * n), at(60 * n))
    with store._connection.write() as db:
        uncompacted(db)
        for name in ("inserted", "moved", "left", "deleted"):
            db.execute(f"drop trigger changes_version_{name}")
        for statement in (
            "drop table blocks_spaced",
            "drop table versions_spaced",
            "drop table changes_spaced",
            "drop trigger blocks_spaced_added",
            "drop trigger blocks_spaced_removed",
            "drop trigger blocks_spaced_changed",
            "drop trigger versions_spaced_added",
            "drop trigger versions_spaced_removed",
            "drop trigger versions_spaced_changed",
            "drop table changes_fts",
            "drop table changes",
            "drop table changes_due",
            "drop index version_blocks_block",
            "drop index articles_hidden",
            "drop trigger changes_article_listed",
            "delete from _sqlite_migrations where name in ('0010_changes', '0013_unspaced', '0023_listed_changes')",
        ):
            db.execute(statement)
    store.end()
    upgraded = Store(tmp_path / "rowback.db")
    assert upgraded.steps.due() == 1
    upgraded.steps.catch_up()
    _check(upgraded, 1)
    upgraded.close()


def test_other_rules_tell_everything_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.record(capture(), at(0))
    store.record(capture(TEXTS[1], minutes=60), at(60))
    store.steps.catch_up()
    monkeypatch.setattr("rowback.diff.telling.step.RULES", 1_000)
    assert store.steps.catch_up() == 1
    assert store.steps.catch_up() == 0
    _check(store, 1)


def test_pages_hold_every_step_once_in_both_directions(store: Store) -> None:
    chance = random.Random(7)  # noqa: S311  # the same order on every run
    for n in range(14):
        url = chance.choice([URL, OTHER])
        store.record(capture(TEXTS[n % 4], minutes=10 * (n // 2), url=url), at(0))
    everything = store.latest.page(Filters(), 100).items
    assert len(everything) > 7
    page = store.latest.page(Filters(), 3)
    forwards = [page]
    while page.older is not None:
        page = store.latest.page(Filters(), 3, older_than=page.older)
        forwards.append(page)
    assert [item for each in forwards for item in each.items] == list(everything)
    backwards = [page]
    while page.newer is not None:
        page = store.latest.page(Filters(), 3, newer_than=page.newer)
        backwards.append(page)
    assert backwards[-1].items[0] == everything[0]
    assert page.older is not None


def test_filters_let_through_what_they_say(store: Store) -> None:
    store.record(capture(), at(0))
    store.record(capture(changed("400", "900"), minutes=60), at(60))
    store.record(capture(changed("400", "900"), minutes=120, title="Ferry timetable changes from Tuesday"), at(120))
    store.record(capture(url=OTHER), at(0))
    store.record(capture(changed("commuters", "comuters"), url=OTHER, minutes=60), at(60))

    def found(**filters: object) -> list[tuple[str, int]]:
        items = store.latest.page(Filters(**filters), 10).items  # type: ignore[arg-type]
        return sorted((item.article.source, item.step.number) for item in items)

    echo, post = "harbour-echo.example", "lantern-post.example"
    assert found(labels=("figure",)) == [(echo, 1)]
    assert found(headline=True) == [(echo, 2)]
    assert found(substance=True) == [(echo, 1), (echo, 2)]
    assert found(unannounced=True) == [(echo, 1), (echo, 2)]
    assert found(sources=(post,)) == [(post, 1)]
    assert found(after=at(90)) == [(echo, 2)]
    assert found(before=at(90)) == [(echo, 1), (post, 1)]
    assert found(labels=("fig%",)) == []
    assert store.latest.sources() == [echo, post]
    assert store.latest.per_hour(Filters(), START, at(600)) == {"2026-01-10T09": 2, "2026-01-10T10": 1}


def test_the_excerpt_holds_the_changed_words(store: Store) -> None:
    store.record(capture(), at(0))
    store.record(capture(changed("400", "900"), minutes=60), at(60))
    (change,) = store.steps.of_article(1)
    assert {(segment.op, segment.text) for segment in change.excerpt if segment.op != EQUAL} == {
        (DELETE, "400"),
        (INSERT, "900"),
    }


def test_articles_made_one_have_one_row_for_each_step(store: Store) -> None:
    for n, text in enumerate(TEXTS):
        store.record(capture(text, minutes=60 * n), at(60 * n))
        store.record(capture(text, minutes=60 * n + 30, url=OTHER), at(60 * n + 30))
    kept = store.merge(1, 2)
    _check(store, kept.id)
    assert {listed.article.id for listed in store.latest.page(Filters(), 20).items} == {kept.id}
    assert store.steps.catch_up() == 0
