"""What an owner does with an article: hide, pause, forget. Kept or gone as promised, everywhere."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from rowback.errors import BadInput, UnknownArticle
from rowback.text.urls import identify

from .samples import PARAGRAPHS, URL, at, capture

if TYPE_CHECKING:
    from rowback.store import Store

RARE = "zyxomma"  # a word that stands in one article only
OTHER_URL = "https://www.harbour-echo.example/news/lighthouse"


@pytest.fixture
def article_id(store: Store) -> int:
    store.record(capture(["The lamp was lit again.", *PARAGRAPHS], url=OTHER_URL), at(1))
    store.record(capture(), at(1))
    return store.record(capture([f"The {RARE} was late.", *PARAGRAPHS], minutes=60), at(60)).article.id


def test_a_hidden_article_is_kept_and_left_out_of_lists(store: Store, article_id: int) -> None:
    store.owner.hide(article_id, "  A court\n forbids it. ")
    article = store.articles.get(article_id)
    assert article is not None
    assert article.hidden_reason == "A court forbids it."
    assert [found.url for found in store.articles.newest(10)] == [OTHER_URL]
    assert store.search.find(RARE, 10) == []
    assert store.articles.known({URL: identify(URL)}) == {}
    assert len(store.versions.of_article(article_id)) == 2
    store.owner.show(article_id)
    assert len(store.articles.newest(10)) == 2
    assert len(store.search.find(RARE, 10)) == 1


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 501])
def test_hiding_needs_a_reason_that_can_be_read(store: Store, article_id: int, reason: str) -> None:
    with pytest.raises(BadInput):
        store.owner.hide(article_id, reason)


def test_what_is_forgotten_is_in_the_file_no_more(store: Store, article_id: int) -> None:
    files = [store.path, store.path.with_name(f"{store.path.name}-wal")]
    assert any(RARE.encode() in path.read_bytes() for path in files)
    store.owner.forget(article_id)
    assert not any(RARE.encode() in path.read_bytes() for path in files)
    assert store.articles.find(URL) is None
    assert store.search.find(RARE, 10) == []
    assert store.damage() is None
    assert store.counts() == {"articles": 1, "versions": 1, "captures": 1}
    assert store.search.find("lamp", 10), "other articles are found as before"


def test_what_is_forgotten_leaves_the_log_when_other_readers_have_gone(store: Store, article_id: int) -> None:
    files = [store.path, store.path.with_name(f"{store.path.name}-wal")]
    reader = sqlite3.connect(store.path)
    reader.execute("begin")
    reader.execute("select count(*) from articles").fetchone()
    # How long a write waits for others is the connection's own setting: here nobody will let go meanwhile.
    store._connection._database().execute("PRAGMA busy_timeout = 1")
    assert not store.owner.forget(article_id)
    assert any(RARE.encode() in path.read_bytes() for path in files)
    store.presence.note("test", at(90))
    assert not store.owner.finish_forgetting()
    reader.close()
    assert store.owner.finish_forgetting()
    assert not any(RARE.encode() in path.read_bytes() for path in files)


def test_what_was_merged_before_is_forgotten_too(store: Store, article_id: int) -> None:
    files = [store.path, store.path.with_name(f"{store.path.name}-wal")]
    texts = [f"The {RARE} was late.", *PARAGRAPHS, f"{RARE}ed again."]
    other = store.record(capture(texts, url=f"{URL}-copy", minutes=90), at(90)).article.id
    store.owner.forget(store.merge(article_id, other).id)
    assert not any(RARE.encode() in path.read_bytes() for path in files)
    assert [store.articles.get(each) for each in (article_id, other)] == [None, None]


def test_a_forgotten_article_can_be_captured_anew(store: Store, article_id: int) -> None:
    store.owner.forget(article_id)
    recorded = store.record(capture(), at(90))
    assert (recorded.version, recorded.new_version) == (0, True)


def test_acts_on_an_article_that_is_not_there_are_refused(store: Store) -> None:
    for act in (store.owner.show, store.owner.forget, lambda number: store.owner.hide(number, "Why not")):
        with pytest.raises(UnknownArticle):
            act(99)
