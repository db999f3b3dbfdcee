"""Peers' SQLite files give their versions; what a hostile one says of itself is not run, damage costs only what it hit."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from rowback.archive.detect import kind_of
from rowback.archive.diffengine import blocks_of
from rowback.archive.held import EVERYTHING, Cause, HeldPage, HeldText, Unread, Wanted, capture_of
from rowback.archive.site_names import tails, without
from rowback.archive.told_times import instant_of, zone_named
from rowback.errors import BadInput
from rowback.store import foreign
from rowback.store.foreign import MAX_VALUE, BrokenRow, ForeignRow, ForeignTable, rows, table_names
from rowback.store.peer_queries import QUERIES

from .peers import made
from .samples import PARAGRAPHS, TITLE, URL, page

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.archive.held import Held

DIFFENGINE = """
    create table entryversion
        (id integer primary key, title text, url text, summary text, created text, entry_id integer);
"""
SNIFFER = """
    create table news_articles (id integer primary key, url text, source text, hidden boolean);
    create table news_article_versions
        (id integer primary key, news_article_id integer, title text, url text, created_at text);
    create table news_article_version_texts (news_article_version_id integer primary key, text text);
"""
URLWATCH = """
    create table CacheEntry
        (id integer primary key, guid text, timestamp integer, data text, tries integer, etag text);
"""
TABLE = ForeignTable("entryversion", "id", ("title", "summary"))


def _read(path: Path, wanted: Wanted = EVERYTHING) -> list[Held]:
    kind = kind_of(path)
    assert kind is not None
    return list(kind.read(path, wanted))


def _entry(
    id_: int, title: str = TITLE, created: object = "2026-01-10 08:00:00.000001", url: str = URL
) -> tuple[object, ...]:
    return (id_, title, url, "".join(f"<p>{text}</p> " for text in PARAGRAPHS), created, 1)


def test_diffengine_gives_its_versions_in_utc(tmp_path: Path) -> None:
    path = made(tmp_path / "d.db", DIFFENGINE, entryversion=[_entry(1), _entry(2, created="2026-01-10T09:00:00+02:00")])
    first, second = _read(path)
    assert isinstance(first, HeldText)
    assert isinstance(second, HeldText)
    assert first.seen_at == datetime(2026, 1, 10, 8, 0, 0, 1, tzinfo=UTC)
    assert second.seen_at == datetime(2026, 1, 10, 7, tzinfo=UTC)
    assert [block.text for block in capture_of(first).content.blocks] == list(PARAGRAPHS)
    (late, _) = _read(path, Wanted(zone=ZoneInfo("America/New_York")))
    assert isinstance(late, HeldText)
    assert late.seen_at.hour == 13


def test_the_name_of_the_site_is_cut_from_titles(tmp_path: Path) -> None:
    other = "https://www.harbour-echo.example/news/lamp"
    named = [_entry(1, f"{TITLE} - The Echo"), _entry(2, "A lamp - The Echo", url=other), _entry(3, "A - b", url=other)]
    found = _read(made(tmp_path / "d.db", DIFFENGINE, entryversion=named))
    assert [each.title for each in found if isinstance(each, HeldText)] == [TITLE, "A lamp", "A - b"]


def test_blocks_within_blocks_are_told_once() -> None:
    expected = (("p", "One."), ("p", "Two b."), ("p", "Three."))
    assert blocks_of("<blockquote><p>One.</p><p>Two <b>b</b>.</p></blockquote><p>\0Three.</p>") == expected
    assert blocks_of("One.\nTwo.") == (("p", "One."), ("p", "Two."))
    assert blocks_of(" ") == blocks_of("<!-- -->") == ()


@pytest.mark.parametrize(
    ("titles", "names", "expected"),
    [
        (["A lamp goes out | Echo"], [], "A lamp goes out"),
        (["A lamp goes out – ferries wait"], [], "A lamp goes out – ferries wait"),
        (["A lamp goes out – Harbour Echo"], [], "A lamp goes out"),
        (["A lamp goes out – The Post"], ["Post"], "A lamp goes out"),
        (["One - Echo", "Two - Echo", "Three"], [], "One"),
        (["One - b", "Two - b", "Three", "Four", "Five"], [], "One - b"),
    ],
)
def test_only_what_is_the_site_is_cut(titles: list[str], names: list[str], expected: str) -> None:
    host = "www.harbour-echo.example"
    assert without(titles[0], tails(((host, title) for title in titles), names).get(host, ())) == expected


def test_news_sniffer_gives_what_it_does_not_hide(tmp_path: Path) -> None:
    path = made(
        tmp_path / "n.db",
        SNIFFER,
        news_articles=[(1, URL, "echo", 0), (2, f"{URL}-2", "echo", 1), (3, f"{URL}-3", "echo", None)],
        news_article_versions=[(n, n, TITLE, None, f"2026-01-10 0{n}:00:00") for n in (1, 2, 3)],
        news_article_version_texts=[(1, "\n".join(PARAGRAPHS)), (2, "Hidden."), (3, " ")],
    )
    shown, empty = _read(path)
    assert isinstance(shown, HeldText)
    assert (shown.url, shown.seen_at, shown.title) == (URL, datetime(2026, 1, 10, 1, tzinfo=UTC), TITLE)
    assert [text for _, text in shown.blocks] == list(PARAGRAPHS)
    assert isinstance(empty, Unread)
    assert empty.cause is Cause.NO_BODY


def test_urlwatch_gives_what_went_well_under_the_addresses_of_its_jobs(tmp_path: Path) -> None:
    guid = hashlib.sha1(URL.encode(), usedforsecurity=False).hexdigest()
    entries = [
        (1, guid, 1768032000, page(), 0, None),
        (2, guid, 1768032060, "One.\nTwo.", None, ""),
        (3, guid, 1, "?", 2, ""),
    ]
    path = made(
        tmp_path / "cache.db", URLWATCH, CacheEntry=[*entries, (4, "0" * 40, 1768032000, "Of no job.", 0, None)]
    )
    (tmp_path / "urls.yaml").write_text(f'name: x\nurl: "{URL}",\n--- !!python/object/apply:os.system ["exit"]\n')
    html, text, unknown = _read(path)
    assert isinstance(html, HeldPage)
    assert capture_of(html).content.title == TITLE
    assert isinstance(text, HeldText)
    assert [line for _, line in text.blocks] == ["One.", "Two."]
    assert text.seen_at == datetime(2026, 1, 10, 8, 1, tzinfo=UTC)
    assert isinstance(unknown, Unread)
    assert unknown.cause is Cause.NO_ADDRESS


ENDLESS = (
    "with recursive n(x) as (select 1 union all select x + 1 from n) select x as id, x as title, x as summary from n"
)


@pytest.mark.parametrize(
    "script",
    [
        f"create view entryversion as {ENDLESS};",
        "create virtual table entryversion using fts5(id, title, summary);",
        "create table entryversion (id integer primary key, title text, summary text as (hex(zeroblob(100000000))));",
        "create table entryversion (id integer primary key, title text);",
        "create table another (id integer primary key);",
    ],
)
def test_what_is_computed_is_as_if_it_were_not_there(tmp_path: Path, script: str) -> None:
    path = made(tmp_path / "d.db", script)
    with pytest.raises(BadInput, match="no column"):
        list(rows(path, TABLE))


def test_a_table_under_the_name_of_one_that_is_hidden_is_not_read(tmp_path: Path) -> None:
    """`rowid` may be a column of its own: the number of a row is not what somebody wrote."""
    path = made(tmp_path / "d.db", "create table t (id text, v text)", t=[("a", "b")])
    with pytest.raises(BadInput, match="no number"):
        list(rows(path, ForeignTable("t", "id", ("v",))))


@pytest.mark.parametrize(
    "query", ["select hex(title) from entryversion", "select url from entryversion", "select name from sqlite_master"]
)
def test_no_more_is_let_through_than_what_is_named(tmp_path: Path, query: str) -> None:
    path = made(tmp_path / "d.db", DIFFENGINE, entryversion=[_entry(1)])
    with foreign._opened(path) as db:
        foreign._allow_only(db, TABLE)
        assert db.execute("select title, summary from entryversion").fetchone()[0] == TITLE
        with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|prohibited"):
            db.execute(query)


def test_what_was_only_logged_is_read_too(tmp_path: Path) -> None:
    path = made(tmp_path / "d.db", f"pragma journal_mode = wal; {DIFFENGINE}", entryversion=[_entry(1)])
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "insert into entryversion (id, title, url, created) values (2, 'Late', ?, '2026-01-10 08:00:00')", (URL,)
        )
        db.commit()
        assert len(_read(path)) == 2


def test_nothing_is_written_beside_or_into_a_file(tmp_path: Path) -> None:
    path = made(tmp_path / "d.db", f"pragma journal_mode = wal; {DIFFENGINE}", entryversion=[_entry(1)])
    before = path.read_bytes()
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert len(_read(path)) == 1
        assert sorted(tmp_path.iterdir()) == [path]
    finally:
        tmp_path.chmod(0o755)
    assert path.read_bytes() == before


def test_a_damaged_page_costs_the_rows_in_it(tmp_path: Path) -> None:
    count, text = 400, "x" * 1_500
    path = made(tmp_path / "d.db", DIFFENGINE, entryversion=[(n, text, URL, text, "", 1) for n in range(1, count + 1)])
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 2 // 4096 * 4096
    whole[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(whole)
    found = list(rows(path, TABLE))
    keys = [each.key for each in found if isinstance(each, ForeignRow)]
    assert any(isinstance(each, BrokenRow) for each in found)
    assert count - 8 <= len(set(keys)) < count
    assert keys == sorted(keys)


def test_a_value_that_is_far_too_large_costs_its_row(tmp_path: Path) -> None:
    large = "x" * (MAX_VALUE + 10)
    path = made(tmp_path / "d.db", DIFFENGINE, entryversion=[_entry(1), (2, large, URL, large, "", 1), _entry(3)])
    assert [type(each) for each in rows(path, TABLE)] == [ForeignRow, BrokenRow, ForeignRow]


def test_bytes_that_are_no_text_cost_nothing(tmp_path: Path) -> None:
    path = made(tmp_path / "d.db", DIFFENGINE, entryversion=[_entry(1)])
    with closing(sqlite3.connect(path)) as db:
        db.execute("update entryversion set title = cast(x'41ff42' as text), created = x'00'")
        db.commit()
    (told,) = _read(path)
    assert isinstance(told, Unread)
    assert told.cause is Cause.NO_TIME


@pytest.mark.parametrize("whole", [b"", b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 5_000])
def test_what_is_no_database_has_no_tables(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "d.db"
    path.write_bytes(whole)
    assert table_names(path) == frozenset()
    with pytest.raises(BadInput):
        list(rows(path, TABLE))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-01-10 08:00:00", "2026-01-10T08:00:00+00:00"),
        ("2026-01-10T08:00:00.5Z", "2026-01-10T08:00:00.500000+00:00"),
        ("20260110080000", "2026-01-10T08:00:00+00:00"),
        (1768032000, "2026-01-10T08:00:00+00:00"),
        ("1768032000", "2026-01-10T08:00:00+00:00"),
        (1768032000000, "2026-01-10T08:00:00+00:00"),
    ],
)
def test_instants_are_read_as_peers_write_them(value: object, expected: str) -> None:
    assert instant_of(value).isoformat() == expected


@pytest.mark.parametrize(
    "value", ["", "a", "20261399000000", None, True, float("nan"), 1e300, b"2026", "9" * 30, [], "²026"]
)
def test_what_is_no_instant_is_said_to_be_none(value: object) -> None:
    with pytest.raises(BadInput, match="no instant"):
        instant_of(value)


def test_a_zone_is_known_by_its_name() -> None:
    assert instant_of("2026-07-10 08:00:00", zone_named("America/New_York")).hour == 12
    for name in ("Mars/Olympus", "../etc/passwd", "", "\0"):
        with pytest.raises(BadInput, match="no time zone"):
            zone_named(name)


def test_the_query_for_news_sniffer_prints_what_an_import_reads(tmp_path: Path) -> None:
    """SQLite stands in for MySQL, with the one function that it calls by another name."""
    path = made(
        tmp_path / "n.db",
        SNIFFER + "alter table news_article_versions add column version integer;",
        news_articles=[(1, URL, "echo", 0), (2, f"{URL}-2", "echo", 1)],
        news_article_versions=[(n, n, TITLE, None, "2026-01-10 08:00:00", 0) for n in (1, 2)],
        news_article_version_texts=[(1, "\n".join(PARAGRAPHS)), (2, "Hidden.")],
    )
    with closing(sqlite3.connect(path)) as db:
        db.create_function("date_format", 2, lambda at, _: f"{at.replace(' ', 'T')}Z")
        lines = [line for (line,) in db.execute(QUERIES["newssniffer"])]
    assert [json.loads(line)["url"] for line in lines] == [URL]
    printed = tmp_path / "printed.jsonl"
    printed.write_text("\n".join(lines))
    (found,) = _read(printed)
    assert not isinstance(found, (Unread, HeldText, HeldPage))
