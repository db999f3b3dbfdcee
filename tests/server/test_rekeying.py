"""A store that knows addresses by older rules, and what is learned of a site's parameters: one story becomes one article,
two stories stay two, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rowback.store import Store
from rowback.store.feeds import Entry, FeedKind
from rowback.store.leads import OLD_KEYS
from rowback.text.urls import identify

from .samples import PARAGRAPHS, TITLE, at, capture, changed
from .test_canonicals import MARKET

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SITE = "https://echo.example"
SESSIONS = [f"{SITE}/news/ferry;jsessionid={name}" for name in ("0A1B", "F00D", "BEEF")]
AMP = [f"{SITE}/guitar.html", f"{SITE}/guitar-amp.html"]


def _from_before(path: Path, stored: Sequence[tuple[str, tuple[str, ...], str]]) -> Store:
    """A store in which each address has an article of its own, known by what was its key, as releases from before had it."""
    store = Store(path)
    for number, (url, paragraphs, title) in enumerate(stored):
        odd = f"{SITE}/odd/{number}"
        article = store.record(capture(paragraphs, url=odd, title=title, minutes=number), at(number)).article
        with store._connection.write() as db:
            db.execute(
                "update aliases set key = ?, link = null where article_id = ?", [identify(url).former, article.id]
            )
            db.execute("update articles set url = ? where id = ?", [url, article.id])
            db.execute("update captures set key = null")
    with store._connection.write() as db:
        db.table("settings").insert({"name": OLD_KEYS, "value": "1"})
    store.end()
    return Store(path)


def _ids(store: Store, urls: list[str]) -> list[int | None]:
    return [None if (found := store.articles.find(url)) is None else found.id for url in urls]


def test_sessions_of_one_story_become_one_article(tmp_path: Path) -> None:
    texts = [PARAGRAPHS, changed("400 commuters", "500 commuters"), PARAGRAPHS]
    stored = [(url, text, TITLE) for url, text in zip(SESSIONS, texts, strict=True)]
    store = _from_before(tmp_path / "rowback.db", stored)
    plain = f"{SITE}/news/ferry"
    assert _ids(store, [*SESSIONS, plain, f"{plain};jsessionid=CAFE"]) == [1] * 5
    article = store.articles.get(1)
    assert article is not None
    assert (article.url, article.version_count, store.counts()["captures"]) == (plain, 3, 3)
    assert store.articles.get(3) == article
    kept, other = store.part(SESSIONS[1], at(90))
    assert _ids(store, [*SESSIONS, plain]) == [kept.id, other.id, kept.id, kept.id]
    assert store.join_again(SESSIONS[1]).version_count == 3


def test_two_stories_of_one_new_key_stay_two_at_their_addresses(tmp_path: Path) -> None:
    stored = [(AMP[0], PARAGRAPHS, TITLE), (AMP[1], MARKET, "Market hall opens")]
    store = _from_before(tmp_path / "rowback.db", stored)
    assert _ids(store, AMP) == [1, 2]
    for number, (url, text, title) in enumerate(stored, start=1):
        edited = (*text, "One sentence more was added to it in the evening.")
        recorded = store.record(capture(edited, url=url, title=title, minutes=60), at(60))
        assert (recorded.article.id, recorded.version, recorded.article.url) == (number, 1, url)


def test_two_stories_stay_two_also_where_neither_has_the_new_key(tmp_path: Path) -> None:
    stored = [(SESSIONS[0], PARAGRAPHS, TITLE), (SESSIONS[1], MARKET, "Market hall opens")]
    store = _from_before(tmp_path / "rowback.db", stored)
    assert _ids(store, SESSIONS) == [1, 2, None]
    assert [article.url for article in store.articles.by_id(9)] == SESSIONS[:2]


def test_composed_and_decomposed_paths_become_one(tmp_path: Path) -> None:
    urls = [f"{SITE}/caf%C3%A9", f"{SITE}/cafe%CC%81"]
    store = _from_before(tmp_path / "rowback.db", [(url, PARAGRAPHS, TITLE) for url in urls])
    assert _ids(store, urls) == [1, 1]


def test_it_is_done_once(tmp_path: Path) -> None:
    store = _from_before(tmp_path / "rowback.db", [(url, PARAGRAPHS, TITLE) for url in SESSIONS])
    kept, other = store.part(SESSIONS[1], at(90))
    store.end()
    again = Store(tmp_path / "rowback.db")
    assert _ids(again, SESSIONS) == [kept.id, other.id, kept.id]


def test_what_was_interrupted_is_done_at_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rowback.db"
    with monkeypatch.context() as broken:
        broken.setattr("rowback.store.rekeying._open_as_today", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            _from_before(path, [(url, PARAGRAPHS, TITLE) for url in SESSIONS])
    assert _ids(Store(path), SESSIONS) == [1, 1, 1]


# What is learned when a feed is read again.


def _feed(store: Store) -> int:
    return store.feeds.add(f"{SITE}/feed", FeedKind.FEED, "Echo", at(0))[0].id


def _read(store: Store, feed: int, links: list[str], minutes: int) -> int:
    return store.feeds.take_in(feed, [Entry(link) for link in links], at(minutes)).new


def _links(value: str, names: str = "abcdef", name: str = "tok") -> list[str]:
    return [f"{SITE}/story/{each}?{name}={value}{each if value else ''}" for each in names]


def test_a_parameter_that_is_new_at_each_reading_is_learned(store: Store) -> None:
    feed = _feed(store)
    assert _read(store, feed, _links("q7x2k9"), 0) == 6
    assert _read(store, feed, _links("m3v8z1"), 10) == 0
    assert _read(store, feed, _links("h5c4w6", "abcdefg"), 20) == 1
    feed_now = store.feeds.feed(feed)
    assert feed_now is not None
    assert feed_now.waiting == 7
    captured = store.record(capture(url=_links("j2p0y8")[0]), at(30)).article
    assert _ids(store, [_links("x1x2x3")[0], f"{SITE}/story/a"]) == [captured.id, captured.id]


def test_articles_that_were_made_twice_before_are_joined_and_can_be_parted(store: Store) -> None:
    feed = _feed(store)
    first, second = _links("q7x2k9"), _links("m3v8z1")
    _read(store, feed, first, 0)
    for number, url in enumerate((first[0], second[0])):
        store.record(capture(url=url, minutes=number), at(number))
    for number, (url, title) in enumerate(((first[1], "Ferry"), (second[1], "Market hall opens"))):
        store.record(capture(MARKET if number else PARAGRAPHS, url=url, title=title, minutes=number), at(number))
    assert store.counts()["articles"] == 4
    _read(store, feed, second, 10)
    assert store.counts()["articles"] == 3
    assert len(set(_ids(store, [first[0], second[0]]))) == 1
    assert len(set(_ids(store, [first[1], second[1]]))) == 2
    with pytest.raises(Exception, match="address"):
        store.part(f"{SITE}/none", at(20))
    kept, other = store.part(second[0], at(20))
    assert _ids(store, [first[0], second[0]]) == [kept.id, other.id]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([f"{SITE}/view?id=a{n}b{n}c{n}d" for n in range(6)], [f"{SITE}/view?id=x{n}y{n}z{n}w" for n in range(6)]),
        ([f"{SITE}/view?v=a{n}b{n}c{n}d" for n in range(6)], [f"{SITE}/view?v=x{n}y{n}z{n}w" for n in range(6)]),
        (_links("", name="page"), [link + "2" for link in _links("", name="page")]),
        ([f"{link}5" for link in _links("", name="no")], [f"{link}6" for link in _links("", name="no")]),
        ([f"{link}20260301" for link in _links("")], [f"{link}20260302" for link in _links("")]),
        (_links("q7x2k9", name="id"), _links("m3v8z1", name="id")),
        (_links("q7x2k9", "ab"), _links("m3v8z1", "ab")),
        (_links("q7x2k9"), [*_links("m3v8z1", "abc"), *_links("q7x2k9", "def")]),
        (_links("q7x2k9", "abc"), _links("m3v8z1", "abcdefghij")),
        (_links("q7x2k9", "abcd"), [*_links("m3v8z1", "abcd"), *_links("h5c4w6", "abcd")]),
        (_links("summer"), [link.replace("summer", "winter") for link in _links("summer")]),
    ],
    ids=[
        "ids", "tokens that are all there is", "pages", "numbers", "days", "ids below stories", "two stories only",
        "some as before", "mostly new stories", "two of one story", "words",
    ],
)  # fmt: skip
def test_what_may_tell_stories_apart_is_never_learned(store: Store, first: list[str], second: list[str]) -> None:
    feed = _feed(store)
    _read(store, feed, first, 0)
    fresh = set(second) - set(first)
    assert _read(store, feed, second, 10) == len(fresh)
