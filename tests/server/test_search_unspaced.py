"""Search in scripts that put no spaces between words: a word is found wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.store import Store
from rowback.text.query import parse
from rowback.text.spacing import has_unspaced, spaced

from .before_compact import uncompacted
from .samples import at, capture

if TYPE_CHECKING:
    from pathlib import Path

PORT = ("港の事務所は東京で、NATOの船が月曜日に出ると発表した。", "料金は四百円のままだ。")
CHINESE = "港口办公室周五表示，首班渡轮将于周一早上六点出发。"
THAI = "เรือข้ามฟากออกเวลาหกโมงเช้า"


@pytest.fixture
def told(store: Store) -> Store:
    """A Japanese article whose town changed, a Chinese, a Thai and an English one."""
    _tell(store)
    return store


def _tell(store: Store) -> None:
    japanese = "https://minato.example/ferry"
    store.record(capture(PORT, url=japanese, title="東京の渡し船"), at(0))
    moved = (PORT[0].replace("東京", "京都"), PORT[1])
    store.record(capture(moved, url=japanese, title="京都の渡し船", minutes=60), at(60))
    store.record(capture([CHINESE], url="https://gang.example/ferry", title="渡轮时刻"), at(0))
    store.record(capture([THAI], url="https://tha.example/ferry", title="เรือ"), at(0))
    store.record(capture(), at(0))


def _spans(store: Store, query: str) -> list[tuple[str, int, int]]:
    return [(found.text[:6], found.first_version, found.last_version) for found in store.search.find(query, 20)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("月曜", [("港の事務所は", 1, 1), ("港の事務所は", 0, 0)]),
        ("月曜 東京", [("港の事務所は", 0, 0)]),
        ("nato", [("港の事務所は", 1, 1), ("港の事務所は", 0, 0)]),
        ("月曜 -東京", [("港の事務所は", 1, 1)]),
        ("四百円", [("料金は四百円", 0, 1)]),
        ("ﾅﾄ", []),
        ("办公室", [("港口办公室周", 0, 0)]),
        ("室办公", []),
        ("หกโมง", [(THAI[:6], 0, 0)]),
        ("title:京都", [("京都の渡し船", 1, 1)]),
        ("title:京都 料金", [("料金は四百円", 0, 1)]),
        ("removed:東京", [("東京の渡し船", 0, 0)]),
        ("added:京都", [("京都の渡し船", 1, 1)]),
        ("removed:渡し船", []),
        ("commuters", [("About ", 0, 0)]),
    ],
)
def test_words_are_found_inside_sentences(told: Store, query: str, found: list[tuple[str, int, int]]) -> None:
    assert _spans(told, query) == found


def test_what_was_found_is_marked(told: Store) -> None:
    (item,) = told.search.texts(parse("四百円"), 5).items
    assert item.snippet == (("料金は", False), ("四百円", True), ("のままだ。", False))
    long = "序" * 60 + "灯台" + "末" * 300
    told.record(capture([long], url="https://minato.example/lamp", title="灯"), at(0))
    (item,) = told.search.texts(parse("灯台"), 5).items
    assert ("灯台", True) in item.snippet
    assert item.snippet[0] == item.snippet[-1] == ("…", False)
    assert sum(len(text) for text, _ in item.snippet) < 200


def test_a_forgotten_text_is_found_no_more(told: Store) -> None:
    article = told.articles.find("https://minato.example/ferry")
    assert article is not None
    told.owner.forget(article.id)
    assert _spans(told, "東京") == []
    assert _spans(told, "removed:東京") == []


def test_texts_of_a_store_from_before_are_found(tmp_path: Path) -> None:
    store = Store(tmp_path / "rowback.db")
    _tell(store)
    with store._connection.write() as db:
        uncompacted(db)
        for table in ("blocks", "versions", "changes"):
            db.execute(f"drop table {table}_spaced")
            for name in ("added", "removed", "changed"):
                db.execute(f"drop trigger {table}_spaced_{name}")
        db.execute("delete from _sqlite_migrations where name = '0013_unspaced'")
    store.end()
    upgraded = Store(tmp_path / "rowback.db")
    assert _spans(upgraded, "四百円") == [("料金は四百円", 0, 1)]
    assert _spans(upgraded, "removed:東京") == [("東京の渡し船", 0, 0)]
    upgraded.close()


@given(st.text(alphabet=st.sampled_from("ferry 東京カｶﾞเรื๋กຂကខ𠮷、。")))
def test_spacing_takes_no_character_away(text: str) -> None:
    assert has_unspaced(text) == has_unspaced(spaced(text))
    if not has_unspaced(text):
        assert spaced(text) == text
    assert spaced(spaced(text)).split() == spaced(text).split()
