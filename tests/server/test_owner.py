"""What an owner does with an article: hide, pause, forget. Kept or gone as promised, everywhere."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from rowback.errors import BadInput, UnknownArticle
from rowback.store import old_log
from rowback.store.database import Connection
from rowback.store.owner import forget_rows, note_forgetting
from rowback.text.urls import identify

from .samples import PARAGRAPHS, URL, at, capture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


class _Replica:
    """Does to a store what Litestream does, in its order: it always reads, and lets go only while it brings the log into the
    database; then it writes a line of its own."""

    def __init__(self, store: Store) -> None:
        self._reading, self._writing = (sqlite3.connect(store.path, isolation_level=None) for _ in range(2))
        self._writing.execute("create table _litestream_seq (id integer primary key, seq integer)")
        self._writing.execute("insert into _litestream_seq values (1, 1)")
        self._hold()

    def _hold(self) -> None:
        self._reading.execute("begin")
        self._reading.execute("select count(*) from _litestream_seq").fetchone()

    def begin_log_anew(self) -> None:
        self._reading.execute("rollback")
        self._writing.execute("PRAGMA wal_checkpoint(PASSIVE)")
        self._hold()
        self._writing.execute("update _litestream_seq set seq = seq + 1")

    def close(self) -> None:
        self._reading.close()
        self._writing.close()


@pytest.fixture
def replica(store: Store, article_id: int) -> Iterator[_Replica]:
    store._connection._database().execute("PRAGMA busy_timeout = 1")  # nobody will let go meanwhile
    replica = _Replica(store)
    store.record(capture([f"The {RARE} was late, {RARE} or not.", *PARAGRAPHS], minutes=70), at(70))
    yield replica
    replica.close()


def test_forgetting_ends_beside_a_program_that_always_reads(store: Store, article_id: int, replica: _Replica) -> None:
    files = [store.path, store.path.with_name(f"{store.path.name}-wal")]
    assert not store.owner.forget(article_id)
    store.presence.note("test", at(90))
    assert not store.owner.finish_forgetting(), "the database may still hold the words, and the log does"
    replica.begin_log_anew()
    assert any(RARE.encode() in path.read_bytes() for path in files), "what is behind the log's new end stays"
    assert store.owner.finish_forgetting()
    assert not any(RARE.encode() in path.read_bytes() for path in files)
    assert store.damage() is None
    assert [article.url for article in store.articles.newest(10)] == [OTHER_URL]


def test_what_is_forgotten_later_is_waited_for_anew(store: Store, article_id: int, replica: _Replica) -> None:
    log = store.path.with_name(f"{store.path.name}-wal")
    other = store.articles.find(OTHER_URL)
    assert other is not None
    assert not store.owner.forget(other.id)
    replica.begin_log_anew()
    assert not store.owner.forget(article_id)
    assert not store.owner.finish_forgetting()
    assert RARE.encode() in log.read_bytes()
    replica.begin_log_anew()
    assert store.owner.finish_forgetting()
    assert RARE.encode() not in store.path.read_bytes() + log.read_bytes()


def test_too_long_a_log_is_not_written_over(
    store: Store, article_id: int, replica: _Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_log, "MOST_WRITTEN", 4_096)
    assert not store.owner.forget(article_id)
    replica.begin_log_anew()
    size = store.path.stat().st_size
    assert not store.owner.finish_forgetting()
    assert store.path.stat().st_size == size
    replica.close()
    assert store.owner.finish_forgetting(), "it is emptied as soon as nobody reads"


def test_what_is_forgotten_while_another_forgetting_ends_is_not_taken_for_done(
    store: Store, article_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = store.articles.find(OTHER_URL)
    assert other is not None
    emptied = Connection.checkpoint
    log = store.path.with_name(f"{store.path.name}-wal")

    def and_meanwhile(connection: Connection) -> bool:
        is_done = emptied(connection)
        with connection.write() as db:  # as another process does, which ends before its log is empty
            forget_rows(db, article_id)
            note_forgetting(db)
        return is_done

    with monkeypatch.context() as patch:
        patch.setattr(Connection, "checkpoint", and_meanwhile)
        store.owner.forget(other.id)
    assert log.stat().st_size > 0
    assert store.owner.finish_forgetting()
    assert log.read_bytes().count(RARE.encode()) == 0
    assert _log_pages(log) <= 3, "it was emptied, and holds what was noted since alone"


def _log_pages(log: Path) -> int:
    return log.stat().st_size // 4_096
