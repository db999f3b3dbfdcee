"""A database from before migration 0035 is written anew once: it says what it said, whoever is in the way."""

from __future__ import annotations

import logging
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlite_utils import Database

from rowback.archive.export import all_articles, lines
from rowback.errors import StoreError
from rowback.store import Store, compacting, progress
from rowback.store.cut_lines import Blocks, packed
from rowback.store.instants import from_number, to_number, to_text
from rowback.store.schema import migrations
from rowback.text.query import parse
from rowback.text.spacing import spaced
from rowback.web.api.edit_answers import Asked, Histories

from . import forked
from .before_compact import uncompacted
from .samples import PARAGRAPHS, URL, at, capture, changed

if TYPE_CHECKING:
    from pathlib import Path

OTHER, PORT = "https://www.lantern-post.example/news/lamp", "https://minato.example/ferry"
TEXTS = (
    PARAGRAPHS,
    changed("400", "900"),
    (*changed("400", "900"), "A paragraph that nobody had read before was added by the office at noon."),
    (PARAGRAPHS[2], PARAGRAPHS[0], "The ferry is late, and 900 commuters wait for it at the pier in the rain."),
    PARAGRAPHS,
)
SEARCHES = (
    "ferry",
    '"first ferry will leave"',
    "removed:400",
    "added:900",
    'removed:"About 400 commuters"',
    "added:office ferry",
    "removed:東京",
    "四百円",
    "title:timetable",
    "commuters -rain",
)
OPEN = "import sys; from pathlib import Path; from rowback.store import Store; Store(Path(sys.argv[1])).end()"
DIE = """
import os, sys
from pathlib import Path
from rowback.store import Store, compacting
from rowback.store.schema import m0035_compact
module, name = sys.argv[2].split(".")
module, times = {"compacting": compacting, "tables": m0035_compact}[module], int(sys.argv[3])
done = getattr(module, name)
def dies(*given):
    global times
    times -= 1
    if times < 0:
        os.kill(os.getpid(), 9)
    return done(*given)
setattr(module, name, dies)
Store(Path(sys.argv[1]))
"""


def _fill(path: Path) -> Store:
    store = Store(path)
    for n, text in enumerate(TEXTS):
        title = f"Ferry timetable changes from day {n // 2}"
        store.record(capture(text, minutes=60 * n, title=title), at(60 * n))
    store.record(capture(PARAGRAPHS[:2], url=OTHER, minutes=5), at(5))
    for n, town in enumerate(("東京", "京都")):
        text = (f"港の事務所は{town}で、NATOの船が月曜日に出ると発表した。", "料金は四百円のままだ。")
        store.record(capture(text, url=PORT, minutes=60 * n, title=f"{town}の渡し船"), at(60 * n))
    return store


def _said(store: Store) -> list[object]:
    """All that can be asked of the articles: texts, edits, steps, searches."""
    articles = [store.articles.find(url) for url in (URL, OTHER, PORT)]
    asked = [Asked(article, "first", "latest", "") for article in articles if article is not None]
    return [
        list(lines(store, all_articles(store))),
        [Histories(store).body(each) for each in asked],
        [store.steps.of_article(each.article.id) for each in asked],
        [store.search.find(words, 20) for words in SEARCHES],
        [store.search.texts(parse(words), 20) for words in ("ferry", "四百円", "title:ferry")],
    ]


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, list[object]]:
    """A database from before, which nobody has open, and what it says."""
    store = _fill(tmp_path / "rowback.db")
    said = _said(store)
    with store._connection.write() as db:
        uncompacted(db)
    store.end()
    return store.path, said


def _check(path: Path, said: list[object]) -> None:
    store = Store(path)
    assert _said(store) == said
    assert store.damage() is None
    store.end()
    assert sorted(each.name for each in path.parent.iterdir()) == ["rowback.db", "rowback.db-lock"]


def test_it_says_what_it_said(old: tuple[Path, list[object]], caplog: pytest.LogCaptureFixture) -> None:
    path, said = old
    _check(path, said)
    assert [
        record.getMessage().split(" is ")[1][:10] for record in caplog.records if " is " in record.getMessage()
    ] == [
        "brought up",
        "up to date",
    ]
    caplog.clear()
    _check(path, said)
    assert not caplog.records


def test_its_indexes_are_those_of_its_texts(old: tuple[Path, list[object]]) -> None:
    store = Store(old[0])
    with store._connection.write() as db:
        for table in ("blocks_fts", "versions_fts", "changes_spaced", "blocks_spaced"):
            db.execute(f"insert into {table} ({table}, rank) values ('integrity-check', 1)")  # noqa: S608
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    for url in (URL, OTHER, PORT):
        article = store.articles.find(url)
        assert article is not None
        store.owner.forget(article.id)
    with store._connection.read() as db:
        for table in ("blocks_fts", "versions_fts", "changes_fts"):
            db.execute(f"create virtual table temp.words_of_{table} using fts5vocab('main', '{table}', 'row')")
            assert db.execute(f"select count(*) from words_of_{table}").fetchone() == (0,), table  # noqa: S608
        for table in ("blocks", "bodies", "changes", "told"):
            assert db.table(table).count == 0
    store.end()


def test_its_texts_are_read_without_rowback(old: tuple[Path, list[object]]) -> None:
    Store(old[0]).end()
    with closing(sqlite3.connect(old[0])) as db:
        query = "select text from version_text where url = ? and number = 1 order by position"
        assert [row[0] for row in db.execute(query, [URL])] == list(TEXTS[1])
        words = db.execute("select deleted, inserted, before, after from change_words order by id").fetchone()
    assert words[:2] == ("400", "900")
    assert words[2:] == (PARAGRAPHS[1], TEXTS[1][1])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such death here")
@pytest.mark.parametrize(
    "point",
    [
        "tables._bodies",
        "tables._changes",
        "tables._settle",
        "compacting._check_same",
        "compacting.set_number",
        "compacting._put",
        "compacting.clear",
    ],
)
def test_killed_it_begins_anew(old: tuple[Path, list[object]], point: str) -> None:
    path, said = old
    times = "1" if point == "compacting.clear" else "0"  # the second time, the new file is in its place
    assert forked.run(DIE, [path, point, times]).returncode == -signal.SIGKILL
    _check(path, said)


def test_a_mistake_in_it_changes_nothing(old: tuple[Path, list[object]], monkeypatch: pytest.MonkeyPatch) -> None:
    path, said = old
    before = path.read_bytes()[100:]
    with monkeypatch.context() as patch:
        patch.setattr("rowback.store.schema.m0035_compact.set_body", lambda *_: None)
        with pytest.raises(StoreError, match="a text would have changed"):
            Store(path)
    assert path.read_bytes()[100:] == before
    _check(path, said)


def test_of_two_that_start_at_once_one_writes_it_anew(old: tuple[Path, list[object]]) -> None:
    path, said = old
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, path], stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    told = [each.communicate(timeout=60)[1] for each in started]
    assert "".join(told).count("is up to date") == 1
    # The second waits for the first, some seconds.
    assert all(
        each.returncode == 0 or "is brought up to date just now" in error
        for each, error in zip(started, told, strict=True)
    )
    _check(path, said)


def test_a_full_disk_is_told_before_anything_is_done(
    old: tuple[Path, list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, said = old
    before = path.read_bytes()
    usage = namedtuple("usage", "total used free")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - 10**6, 10**6))
        with pytest.raises(StoreError, match=r"3 MB have to be free .*, and 1 MB are\. Make room"):
            Store(path)
    assert path.read_bytes() == before
    _check(path, said)


def test_while_others_have_it_open_it_stays_as_it_is(old: tuple[Path, list[object]]) -> None:
    path, said = old
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("select * from articles").fetchone()
        with pytest.raises(StoreError, match="another program has it open"):
            Store(path)
    _check(path, said)


def test_an_older_rowback_at_work_is_to_be_stopped_first(tmp_path: Path) -> None:
    store = _fill(tmp_path / "rowback.db")
    said = _said(store)
    with store._connection.write() as db:
        uncompacted(db)
    with pytest.raises(StoreError, match="of an earlier release, and in use"):
        Store(store.path)
    store.end()
    _check(store.path, said)


def test_a_backup_from_before_is_brought_up_to_date_when_it_is_opened(old: tuple[Path, list[object]]) -> None:
    path, said = old
    folder = path.parent / "elsewhere"
    folder.mkdir()
    backup = shutil.copy(path, folder / "rowback.db")
    done = forked.run(forked.MAIN, ["restore", str(backup), "--db", str(path)], name="rowback")
    assert done.returncode == 0, done.stderr
    for each in path.parent.glob("rowback.db.replaced-*"):
        each.unlink()
    shutil.rmtree(folder)
    _check(path, said)


def test_blocks_that_go_take_what_steps_say_with_them(store: Store) -> None:
    for n, text in enumerate(TEXTS[:2]):
        store.record(capture(text, minutes=60 * n), at(60 * n))
    with store._connection.write() as db:
        db.execute("insert into blocks (article_id, kind, text) values (1, 'p', 'A stray block.')")
        db.execute("delete from blocks where text = 'A stray block.'")
        assert (db.table("changes").count, db.table("changes_due").count) == (0, 1)
    assert store.search.find("added:900", 5) == []
    store.steps.catch_up()
    assert len(store.search.find("added:900", 5)) == 1


WORDS = st.text(alphabet="ab \né🙂", max_size=60)


@pytest.fixture(scope="module")
def words() -> Database:
    """Tables as the migrations make them, and nothing in them."""
    db = Database(memory=True)
    db.conn.create_function("spaced", 1, spaced)
    migrations.apply(db)
    view = str(db.execute("select sql from sqlite_master where name = 'change_words'").fetchone()[0])
    alone = Database(memory=True)
    alone.execute("create table blocks (id integer primary key, text text)")
    alone.execute(
        "create table changes (id integer primary key, pieces text default '[]', seen_us int, public_seen_us int)"
    )
    alone.execute(view)
    return alone


@given(blocks=st.lists(WORDS, max_size=6), picks=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30)), max_size=6))
def test_lines_are_put_together_as_they_were(blocks: list[str], picks: list[tuple[int, int]], words: Database) -> None:
    cuts = [blocks[n % len(blocks)][start : start + 40] for n, start in picks] if blocks else ["no block at all"]
    text = "\n".join(cuts)
    for table in ("blocks", "changes"):
        words.execute(f"delete from {table}")  # noqa: S608
    words.conn.executemany("insert into blocks values (?, ?)", enumerate(blocks))
    pieces = packed([Blocks(enumerate(blocks)).lines_of(text), [], [], []])
    words.execute("insert into changes (id, pieces) values (1, ?)", [pieces])
    assert words.execute("select deleted, inserted from change_words").fetchone() == (text, "")


@given(instants=st.tuples(*2 * [st.datetimes(timezones=st.just(UTC))]))
@example(instants=(datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC), datetime(1970, 1, 1, tzinfo=UTC)))
def test_instants_are_spelled_out_as_they_are_kept_elsewhere(
    instants: tuple[datetime, datetime], words: Database
) -> None:
    words.execute("delete from changes")
    words.execute("insert into changes (seen_us, public_seen_us) values (?, ?)", list(map(to_number, instants)))
    assert words.execute("select seen_at, public_seen_at from change_words").fetchone() == (*map(to_text, instants),)
    assert tuple(from_number(to_number(each)) for each in instants) == instants


def test_block_ids_are_counted_from_the_least(words: Database) -> None:
    blocks, text = [(7, PARAGRAPHS[0]), (9, PARAGRAPHS[1])], "\n".join(PARAGRAPHS[:2])
    for statement in ("delete from blocks", "delete from changes"):
        words.execute(statement)
    words.conn.executemany("insert into blocks values (?, ?)", blocks)
    pieces = packed([Blocks(blocks).lines_of(text), [], [], []])
    words.execute("insert into changes (id, pieces) values (1, ?)", [pieces])
    assert pieces.startswith("[[[0,") and pieces.endswith(",7]")
    assert words.execute("select deleted from change_words").fetchone() == (text,)


def test_a_long_line_costs_what_its_place_takes() -> None:
    lines = Blocks([(7, PARAGRAPHS[0]), (9, PARAGRAPHS[1])]).lines_of(f"{PARAGRAPHS[0]}\n400\n{PARAGRAPHS[1][6:]}")
    assert lines == [[7, 0, len(PARAGRAPHS[0])], "400", [9, 6, len(PARAGRAPHS[1]) - 6]]


def test_how_far_it_is_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(progress, "EVERY_S", -1.0)
    with caplog.at_level(logging.WARNING, "rowback.store"):
        assert list(progress.told("Counting", [1, 2])) == [1, 2]
    assert [record.getMessage() for record in caplog.records] == ["Counting: 0 % of 2", "Counting: 50 % of 2"]


def test_what_a_killed_attempt_left_goes_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "rowback.db"
    Store(path).end()
    for ending in (compacting.COPY, compacting.PACKED):
        (tmp_path / f"rowback.db{ending}").write_bytes(b"half")
    Store(path).end()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["rowback.db", "rowback.db-lock"]
