"""A large store in little time: some hundred articles that are recorded, then copied by SQL with other ids, at later times.

Nothing is asked of the store's classes for the copies, so that they are of any schema: what is an id, an instant or an
address is read from the tables. Texts are the same in each copy; words of every frequency are in them.
"""

# ruff: noqa: S608
# The names of tables are read from the database itself.

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from rowback.model import Block, Capture, Content, Origin
from rowback.store import Store
from rowback.store.instants import from_text, to_text
from rowback.text.spacing import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ARTICLES, VERSIONS, PARAGRAPHS, WORDS = 200, 4, 10, 35
SOURCES = 40
SPAN = timedelta(days=1)  # of what is recorded; each copy is later by as much
START = datetime(2020, 1, 1, tzinfo=UTC)
VOCABULARY = 4_000
SYLLABLES = "ba ke li mo nu pra ste vol dri fen gar hul".split()
COPIED = ("articles", "aliases", "versions", "blocks", "bodies", "captures", "checks", "changes")
_INDEXES = ("blocks_fts", "versions_fts")
_SAID = "deleted, inserted, before, after"  # what steps say, of the blocks of the article that was copied


def fill(path: Path, copies: int, articles: int = ARTICLES, origin: Origin = Origin.API) -> datetime:
    """Makes a store of so many copies. Returns when the last of it was seen."""
    store = Store(path)
    for capture in _captures(articles, origin):
        store.record(capture, capture.seen_at)
    for article_id in range(1, articles + 1, 2):
        store.set_followed(article_id, START + SPAN)
    store.end()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.create_function("spaced", 1, spaced, deterministic=True)
        db.create_function("later", 2, _later, deterministic=True)
        for pragma in ("journal_mode = off", "synchronous = off"):  # written once, and thrown away
            db.execute(f"PRAGMA {pragma}")
        db.execute("update checks set checked_at = (select last_checked_at from articles where id = article_id)")
        _copy(db, copies)
        db.execute("PRAGMA journal_mode = wal")
    return START + SPAN * copies


@lru_cache(100_000)
def _later(instant: str, copy: int) -> str:
    return to_text(from_text(instant) + SPAN * copy)


def _copy(db: sqlite3.Connection, copies: int) -> None:
    triggers = db.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
    db.execute("begin")
    for name, _ in triggers:
        db.execute(f"drop trigger {name}")
    most = {name: _most(db, name) for name in COPIED if _has_ids(db, name)}
    for table in COPIED:
        columns = _columns(db, table, most)
        db.execute(
            f"with recursive each(copy) as (select 1 union all select copy + 1 from each where copy < {copies - 1}) "
            f"insert into {table} ({', '.join(columns)}) select {', '.join(columns.values())} from each "
            f"cross join {table} where {copies} > 1"
        )
    db.execute(f"update totals set value = value * {copies}")
    db.execute(
        f"with recursive each(copy) as (select 1 union all select copy + 1 from each where copy < {copies - 1}) "
        f"insert into step_labels select label_id, change_id + copy * {most['changes']} from each cross join step_labels "
        f"where {copies} > 1"
    )
    for index in _INDEXES:
        db.execute(f"insert into {index} ({index}) values ('rebuild')")
    db.execute(
        f"insert into changes_fts (rowid, {_SAID}) select id, {_SAID} from change_words where id > ?", [most["changes"]]
    )
    for _, sql in triggers:
        db.execute(sql)
    db.execute("commit")


def _most(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"select max(id) from {table}").fetchone()[0])


def _has_ids(db: sqlite3.Connection, table: str) -> bool:
    return any(row[1] == "id" for row in db.execute(f"PRAGMA table_info({table})"))


def _columns(db: sqlite3.Connection, table: str, most: dict[str, int]) -> dict[str, str]:
    """The columns of a table, each with what a copy has there."""
    foreign = {row[3]: row[2] for row in db.execute(f"PRAGMA foreign_key_list({table})")}
    told: dict[str, str] = {}
    for _, name, kind, *_ in db.execute(f"PRAGMA table_info({table})").fetchall():
        if name == "id" or name in foreign:
            told[name] = f"{name} + copy * {most[foreign.get(name, table)]}"
        elif (table, name) == ("bodies", "blocks"):  # the first id, and how far each next one lies from the one before
            told[name] = f"json_set(blocks, '$[0]', json_extract(blocks, '$[0]') + copy * {most['blocks']})"
        elif name.endswith("_at"):
            told[name] = f"later({name}, copy)"
        elif name.endswith("_us"):
            told[name] = f"{name} + copy * {SPAN // timedelta(microseconds=1)}"
        elif name in ("key", "url") and kind.lower() == "text":
            told[name] = f"{name} || '-' || copy"
        else:
            told[name] = name
    return {name: f"case when {name} is null then null else {what} end" for name, what in told.items()}


def _captures(articles: int, origin: Origin) -> Iterator[Capture]:
    chance = random.Random(20)  # noqa: S311  # the same articles on every run
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(VOCABULARY)]
    weights = [1 / (n + 3) for n in range(VOCABULARY)]
    found: list[Capture] = []
    for article in range(articles):
        url = f"https://www.paper{article % SOURCES}.example/news/{article}"
        texts = [_paragraph(chance.choices(words, weights, k=WORDS)) for _ in range(PARAGRAPHS)]
        title = _paragraph(chance.choices(words, weights, k=7)).rstrip(".")
        for number in range(VERSIONS):
            seen_at = START + timedelta(minutes=6 * (article % ARTICLES)) + number * SPAN / 8
            blocks = tuple(Block("p", text) for text in texts)
            found.append(Capture(url, Content(title, blocks), seen_at, origin, is_listing=True))
            for place in chance.sample(range(PARAGRAPHS), k=2):
                texts[place] = _edited(texts[place], chance, words, weights)
    yield from sorted(found, key=lambda capture: capture.seen_at)


def _paragraph(words: list[str]) -> str:
    return " ".join(words).capitalize() + "."


def _edited(text: str, chance: random.Random, words: list[str], weights: list[float]) -> str:
    """A word or two are others; now and then a figure or a hedge comes or goes."""
    told = text.rstrip(".").lower().split()
    for new in chance.choices(words, weights, k=2):
        told[chance.randrange(len(told))] = new
    kind = chance.random()
    if "allegedly" in told:
        told.remove("allegedly")
    elif kind < 0.25:
        told.insert(chance.randrange(1, len(told)), "allegedly")
    elif kind < 0.3:
        told.insert(chance.randrange(1, len(told)), str(chance.randint(10, 900)))
    return _paragraph(told)
