"""Two articles that turn out to be one."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowback.errors import UnknownArticle
from rowback.store.merging import _FOLLOWING

from .samples import PARAGRAPHS, at, capture

if TYPE_CHECKING:
    from sqlite_utils import Database

    from rowback.model import Capture, Version
    from rowback.store import Store

ONE, OTHER = "https://echo.example/one", "https://echo.example/other"
SIGHTS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(0, 30), st.booleans()),
    min_size=2,
    max_size=9,
    unique_by=lambda sight: sight[1],
)
_numbers = count()


def _told(versions: list[Version]) -> list[tuple[str, object, object]]:
    return [(version.content.blocks[0].text, version.seen_at, version.last_seen_at) for version in versions]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SIGHTS)
def test_merged_articles_are_as_if_recorded_into_one(store: Store, sights: list[tuple[str, int, bool]]) -> None:
    number = next(_numbers)
    ids = [
        {
            store.record(capture([f"Text {text}."], minutes=minute, url=f"https://echo.example/{name}/{number}"), at(60))
            .article.id
            for text, minute, is_other in sights
            for name in [("other" if is_other else "one") if split else "whole"]
        }
        for split in (True, False)
    ]  # fmt: skip
    (whole,) = ids[1]
    kept, *others = sorted(ids[0])
    for other in others:
        assert store.merge(kept, other).id == kept
        assert _told(store.versions.of_article(other)) == _told(store.versions.of_article(kept))
    assert _told(store.versions.of_article(kept)) == _told(store.versions.of_article(whole))
    merged, wanted = store.articles.get(kept), store.articles.get(whole)
    assert merged is not None
    assert wanted is not None
    assert (merged.first_seen_at, merged.last_changed_at, merged.last_checked_at, merged.version_count) == (
        (wanted.first_seen_at, wanted.last_changed_at, wanted.last_checked_at, wanted.version_count)
    )


def test_all_addresses_and_both_ids_lead_to_the_merged_article(store: Store) -> None:
    kept = store.record(capture(url=ONE), at(60)).article
    other = store.record(capture(url=OTHER, minutes=5), at(60)).article
    store.set_followed(other.id, at(70))
    merged = store.merge(kept.id, other.id)
    assert {found.id for url in (ONE, OTHER) if (found := store.articles.find(url))} == {kept.id}
    assert store.articles.get(other.id) == merged
    assert merged.status == "watching"
    assert merged.next_check_at == at(70)
    assert store.damage() is None


def test_an_id_that_was_merged_away_is_never_given_again(store: Store) -> None:
    kept = store.record(capture(url=ONE), at(60)).article
    other = store.record(capture(url=OTHER), at(60)).article
    store.merge(kept.id, other.id)
    third = store.record(capture(url="https://echo.example/third"), at(60)).article
    assert third.id not in (kept.id, other.id)


def test_merging_an_article_with_itself_or_twice_changes_nothing(store: Store) -> None:
    kept = store.record(capture(url=ONE), at(60)).article
    other = store.record(capture(url=OTHER), at(60)).article
    merged = store.merge(kept.id, other.id)
    assert store.merge(other.id, kept.id) == merged
    with pytest.raises(UnknownArticle):
        store.merge(kept.id, 999)


def _joining(paragraphs: tuple[str, ...]) -> Capture:
    return replace(capture(paragraphs, url=ONE, minutes=20), canonical_url=OTHER)


def test_a_canonical_link_joins_two_articles_that_tell_one_story(store: Store) -> None:
    store.record(capture(url=ONE), at(60))
    store.record(capture([*PARAGRAPHS, "One more."], url=OTHER, minutes=10), at(60))
    article = store.record(_joining(PARAGRAPHS), at(60)).article
    assert article.version_count == 3
    assert len(store.articles.newest(10)) == 1


def test_a_wrong_canonical_link_merges_no_strangers(store: Store) -> None:
    store.record(capture(url=ONE), at(60))
    store.record(capture(["Another story altogether."], url=OTHER, title="Market opens"), at(60))
    store.record(_joining(PARAGRAPHS), at(60))
    assert len(store.articles.newest(10)) == 2


def _keys(db: Database, table: str, column: str) -> set[tuple[str, ...]]:
    """What else is in the keys that a column is part of."""
    own = tuple(db.table(table).pks)
    unique = {tuple(index.columns) for index in db.table(table).indexes if index.unique}
    return {tuple(name for name in key if name != column) for key in {own, *unique} if column in key}


def test_rows_of_every_table_that_names_an_article_follow(store: Store) -> None:
    with store._connection.read() as db:
        naming = {
            (table.name, str(key.column)): _keys(db, table.name, str(key.column))
            for table in db.tables
            for key in table.foreign_keys
            if key.other_table == "articles" and table.name not in {"versions", "blocks", "captures"}
        }
    assert {(table, column): set() if rest is None else {rest} for table, column, rest in _FOLLOWING} == naming
