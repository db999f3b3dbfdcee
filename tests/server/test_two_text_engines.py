"""SQLite's FTS5 and PostgreSQL's vectors of our own words find the same rows, whatever is written and whatever is typed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowback.errors import BadInput
from rowback.store.matching import matching
from rowback.store.postgres.tsquery_texts import MAX_PLACE, MAX_PLACES, MAX_WORD_BYTES, query, vector
from rowback.store.sqlite.fts5_texts import match_of
from rowback.text.query import Term, all_of, of_edits, parse
from rowback.text.sought import CHANGED
from rowback.text.spacing import has_unspaced, spaced

from .folds import TOKENIZERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rowback.text.sought import Sought

    from .throwaway_postgres import Server

FIELDS = {"blocks": ("text",), "changes": CHANGED}
# Words of many scripts; some are the beginnings of others, some differ by marks alone.
PIECES = (
    "ferry Ferry ferries FERRY fér fe the The café cafe\u0301 CAFÉ’s well-known 10:30 3,5 a_b İzmir straße ǅ Ⅷ ª ²\u0301 "
    "船 船が 渡し船 ﾌｪﾘｰ フェリー ＡＢＣ ＡＢＣ社 เรือ เรือข้ามฟาก ກັ မြန်မာ ភាសា 페리 \u3005 \u3007 𠀀 "
    "हिन्दी हिन्द العَرَبِيّة العربية "
    "שָׁלוֹם שלום ქართული \U00010400 \U0001e900 \ue000x x\ue000 \u0301 \u0316 \u0e31 \u0345 . — ( ' \\ : * & | ! <-> %"
).split(" ")
PIECE = st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=3)
TEXT = st.lists(PIECE, max_size=7).map(" ".join) | st.lists(PIECE, max_size=4).map("".join)
TYPED_WORD = st.tuples(st.sampled_from(("", "", "", "-")), PIECE, st.sampled_from(("", "", "*"))).map("".join)
PHRASED = st.lists(PIECE, min_size=1, max_size=3).map(lambda pieces: '"' + " ".join(pieces).replace('"', "") + '"')
FIELDED = st.tuples(st.sampled_from(("removed:", "added:")), PHRASED | TYPED_WORD).map("".join)


class Engines:
    """Rows in both engines, in tables like those of a store; both are asked by their index."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._lite, self._postgres = sqlite3.connect(":memory:"), connection
        for table, fields in FIELDS.items():
            for index, marks in (("fts", False), ("spaced", True)):
                columns = ", ".join(fields)
                self._lite.execute(
                    f'create virtual table {table}_{index} using fts5({columns}, tokenize="{TOKENIZERS[marks]}")'
                )
            connection.execute(f"create temp table {table} (id bigint primary key, words tsvector)".encode())
            connection.execute(f"create index on {table} using gin (words) with (fastupdate = off)".encode())
        connection.execute("set enable_seqscan = off")

    def fill(self, table: str, rows: Sequence[tuple[str, ...]]) -> None:
        """Puts these rows into a table, and no others."""
        for index in (f"{table}_fts", f"{table}_spaced"):
            self._lite.execute(f"delete from {index}")  # noqa: S608
        self._postgres.execute(f"truncate {table}".encode())
        for id_, row in enumerate(rows, 1):
            put = f"(rowid, {', '.join(FIELDS[table])}) values (?{', ?' * len(row)})"
            self._lite.execute(f"insert into {table}_fts {put}", (id_, *row))
            if has_unspaced("".join(row)):
                self._lite.execute(f"insert into {table}_spaced {put}", (id_, *map(spaced, row)))
            told = f"insert into {table} values (%s, cast(%s as tsvector))".encode()  # noqa: S608
            self._postgres.execute(told, (id_, vector(*row)))

    def found(self, table: str, sought: Sought) -> tuple[list[int], list[int]]:
        """What SQLite finds, and what PostgreSQL does."""
        lite = self._lite.execute(matching(table), 2 * [match_of(sought)]).fetchall()
        sql = f"select id from {table} where words @@ cast(%s as tsquery) order by id".encode()  # noqa: S608
        return sorted(row[0] for row in lite), [row[0] for row in self._postgres.execute(sql, [query(sought)])]


@pytest.fixture(scope="module")
def engines(postgres: Server) -> Iterator[Engines]:
    with postgres.database() as address, psycopg.connect(address, autocommit=True) as connection:
        yield Engines(connection)


def _same(engines: Engines, table: str, typed: str) -> list[int]:
    try:
        read = parse(typed)
    except BadInput:
        return []
    sought = of_edits(read) if table == "changes" else all_of(read.terms or read.title, read.without)
    if sought is None or not (table == "changes" or read.terms or read.title):
        return []
    lite, other = engines.found(table, sought)
    assert other == lite, (typed, match_of(sought), query(sought))
    return lite


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(TEXT, min_size=1, max_size=6), typed=st.lists(st.lists(TYPED_WORD | PHRASED, max_size=3), max_size=6)
)
def test_both_find_the_same_texts(engines: Engines, rows: list[str], typed: list[list[str]]) -> None:
    engines.fill("blocks", [(row,) for row in rows])
    for words in typed:
        _same(engines, "blocks", " ".join(words))
    for row in rows:
        _same(engines, "blocks", row[:60])


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), min_size=1, max_size=4),
    typed=st.lists(st.lists(FIELDED | TYPED_WORD, max_size=3), max_size=6),
)
def test_both_find_the_same_edits(engines: Engines, rows: list[tuple[str, ...]], typed: list[list[str]]) -> None:
    engines.fill("changes", rows)
    for words in typed:
        _same(engines, "changes", " ".join(words))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ferry", [1, 2]), ("ferr*", [1, 2]), ('"the ferry"', [1]), ('"ferry the"', []), ("ferry -late", [2]), ("船", [3]),
        ("渡し船", [3]), ("अंग्रेजी", [4, 5]), ('"ferry sails"', [2]), ("nowhere", []), ("ABC", [3]),
    ],
)  # fmt: skip
def test_words_phrases_beginnings_and_exclusions(engines: Engines, typed: str, found: list[int]) -> None:
    rows = ["The férry is late.", "A FERRY sails", "ＡＢＣ 渡し船", "अंग्रेजी", "अंग्रेजी 船長"]
    rows[4] = "अंग्रेजी 長"
    engines.fill("blocks", [(row,) for row in rows])
    assert _same(engines, "blocks", typed) == found


def test_no_phrase_goes_from_one_field_into_the_next(engines: Engines) -> None:
    engines.fill("changes", [("state", "television", "the state", "television of"), ("", "", "state television", "")])
    assert _same(engines, "changes", '"state television"') == [2]


def test_what_does_not_fit_is_cut(engines: Engines) -> None:
    """The first words of it are found all the same."""
    long = "y" * 5_000
    many = " ".join(f"w{number}" for number in range(200_000))
    often = "the ferry " * 100_000
    engines.fill("blocks", [(f"ferry {long}",), (many,), (often,), ("é" * 3_000,)])
    for typed, found in ((long, [1]), ("w1", [2]), ('"w7 w8"', [2]), ("ferry", [1, 3]), ("é" * 3_000, [4])):
        assert engines.found("blocks", all_of([Term(typed.strip('"'))])) == (found, found)
    assert engines.found("blocks", all_of([Term("w199999")]))[0] == [2]


def test_the_bounds_are_those_of_postgres(engines: Engines) -> None:
    told = vector("a " * 400 + "b " * MAX_PLACE + "c")
    assert told.count(",") == 2 * (MAX_PLACES - 1)
    assert told.endswith(f"'c':{MAX_PLACE}")
    assert vector("x" * 5_000) == f"'{'x' * MAX_WORD_BYTES}':1"
