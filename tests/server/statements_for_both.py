"""Statements that come, change and go through every table with a trigger: drawn ones, and a script that needs each trigger.

Ids are given, not counted: what one engine refuses would leave them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from .two_engines import Statement

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

ARTICLE = (
    "insert into articles (id, url, source, title, first_seen_at, last_checked_at, last_changed_at, next_check_at, "
    "status, version_count, revision) values (?, 'https://a.example/', 'a.example', 'A', ?, ?, ?, ?, ?, ?, 0)"
)
VERSION = (
    "insert into versions (id, article_id, seen_at, last_seen_at, title, origin, fingerprint) "
    "values (?, ?, ?, ?, 'Quay', 'api', 'ff')"
)
STEP = (
    "insert into changes (id, article_id, previous_id, version_id, number, source, rules, edit_count, words_inserted, "
    "words_deleted, labels, kinds, minor, headline, unannounced, excerpt, seen_us, public_seen_us, pieces) "
    "values (?, ?, ?, ?, 1, 'a.example', 1, 1, 1, 1, ?, '', 0, 0, 0, '', ?, ?, ?)"
)
REVIEW = (
    "insert into reviews (id, reader_id, article_id, change_id, old_print, new_print, seen_us, seen) "
    "values (?, ?, ?, ?, '', '', 0, ?)"
)
_CAPTURE = (
    "insert into captures (id, article_id, version_id, seen_at, received_at, origin) "
    "select ?, article_id, id, ?, ?, 'api' from versions where id = ?"
)
_FEED = (
    "insert into feeds (id, url, host, kind, title, include, exclude, added_at) values (?, ?, '', '', '', '', '', '')"
)
_FIND = "insert into finds (key, url, host, feed_id, found_at, next_check_at) values (?, ?, '', ?, '', ?)"
_CHECK = "insert into checks (article_id, host, checked_at) values (?, '', ?)"
_TOLD = "insert into told (article_id, versions, rules, packed) values (?, '', '', ?)"
# What an article leaves when it is forgotten: its own rows go with it, the rest has to go before.
_FORGET = (
    "delete from blocks where article_id = ?",
    "delete from captures where article_id = ?",
    "delete from versions where article_id = ?",
    "delete from checks where article_id = ?",
    "delete from aliases where article_id = ?",
    "delete from passing_texts where article_id = ?",
    "delete from articles where id = ?",
)

NOTHING = "[[],[],[],[],0]"
_HOURS = st.sampled_from([f"2026-01-10T{hour}:{minute}:00.000000Z" for hour in ("08", "09") for minute in (10, 20)])
_MAYBE = st.none() | _HOURS
_ARTICLES, _VERSIONS, _STEPS, _READERS = st.integers(1, 5), st.integers(1, 11), st.integers(1, 8), st.integers(1, 3)
_FLAG, _FEEDS = st.integers(0, 1), st.integers(1, 2)
_KEYS = st.sampled_from([f"https://a.example/{number}" for number in range(4)])
_STATUS = st.sampled_from(["watching", "paused", "settled", "gone"])
_LABELS = st.sampled_from(["", " number ", " number quote ", " names  number ", " quotation ", " quote numbers "])
_US = st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999)
_PIECES = st.sampled_from(
    [
        NOTHING,
        '[["a\\"b","é"],[[1,0,3],"🚢"],[[1,2,4,9,5]],[[999,0,1]],0]',
        "[[[0,4,9],[1,0,2]],[],[],[],2]",
    ]
)


def _asked(sql: str, *values: SearchStrategy[object]) -> SearchStrategy[list[Statement]]:
    return st.tuples(*values).map(lambda drawn: [Statement(sql, drawn)])


ASKED = st.one_of(
    _asked(ARTICLE, _ARTICLES, _HOURS, _HOURS, _HOURS, _MAYBE, _STATUS, st.integers(1, 2)),
    _asked("update articles set next_check_at = ? where id <= ?", _MAYBE, _ARTICLES),
    _asked("update articles set last_changed_at = ?, version_count = ? where id = ?", _HOURS, _ARTICLES, _ARTICLES),
    _asked("update articles set version_count = ? where id <= ?", st.integers(0, 2), _ARTICLES),
    _asked("update articles set status = ? where id <= ?", _STATUS, _ARTICLES),
    _asked("update articles set listed = ? where id <= ?", _FLAG, _ARTICLES),
    _asked("delete from articles where id = ?", _ARTICLES),
    _ARTICLES.map(lambda article: [Statement(sql, (article,)) for sql in _FORGET]),
    _ARTICLES.map(lambda article: [Statement(sql, (article,)) for sql in _FORGET[1:3]]),
    _asked(VERSION, _VERSIONS, _ARTICLES, _HOURS, _HOURS),
    _asked("update versions set seen_at = ? where id <= ?", _HOURS, _VERSIONS),
    _asked("update versions set article_id = ? where article_id = ?", _ARTICLES, _ARTICLES),
    _asked("update versions set article_id = ?, seen_at = ? where id >= ?", _ARTICLES, _HOURS, _VERSIONS),
    _asked("update versions set title = 'Other' where id = ?", _VERSIONS),
    _asked("delete from captures where version_id >= ?", _VERSIONS),
    _asked("delete from versions where id >= ?", _VERSIONS),
    _asked("delete from versions where article_id = ?", _ARTICLES),
    _asked(_CAPTURE, st.integers(50, 52), _HOURS, _HOURS, _VERSIONS),
    _asked("delete from blocks where id >= ?", st.integers(1, 12)),
    _asked("update blocks set text = ? where id = ?", st.sampled_from(["", "Straße 🚢 船が着く"]), st.integers(1, 12)),
    _asked("update bodies set blocks = ? where version_id = ?", st.sampled_from(["[]", "[1]", "[3,-1,2]"]), _VERSIONS),
    _asked(STEP, _STEPS, _ARTICLES, _VERSIONS, _VERSIONS, _LABELS, _US, _US, _PIECES),
    _asked("update changes set labels = ? where id <= ?", _LABELS, _STEPS),
    _asked("update changes set id = ? where id = ?", _STEPS, _STEPS),
    _asked("update changes set seen_us = ?, pieces = ? where id >= ?", _US, _PIECES, _STEPS),
    _asked("delete from changes where id >= ?", _STEPS),
    _asked(REVIEW, st.integers(50, 53), _READERS, _ARTICLES, _STEPS, _FLAG),
    _asked("update reviews set seen = ? where reader_id = ?", _FLAG, _READERS),
    _asked("update reviews set change_id = ? where change_id = ?", _STEPS, _STEPS),
    _asked("delete from reviews where change_id >= ?", _STEPS),
    _asked("update readers set keeps_unseen = ? where id = ?", _FLAG, _READERS),
    _asked("delete from readers where id = ?", _READERS),
    _asked(_FEED, _FEEDS, _KEYS),
    _asked("delete from feeds where id = ?", _FEEDS),
    _asked(_FIND, _KEYS, _KEYS, _FEEDS, _MAYBE),
    _asked("update finds set next_check_at = ? where key >= ?", _MAYBE, _KEYS),
    _asked("delete from finds where key >= ?", _KEYS),
    _asked(_CHECK, _ARTICLES, _MAYBE),
    _asked("update checks set checked_at = ? where article_id >= ?", _MAYBE, _ARTICLES),
    _asked("delete from checks where article_id >= ?", _ARTICLES),
    _asked(_TOLD, _ARTICLES, st.binary(max_size=3)),
    _asked("delete from told_due where article_id >= ?", _ARTICLES),
    _asked("delete from changes_due where article_id >= ?", _ARTICLES),
)


# Each trigger makes a difference to what is here after one of them.
HOUR, _LATER = "2026-01-10T08:10:00.000000Z", "2026-01-11T09:20:00.000000Z"
SCRIPT = (
    Statement("delete from told_due"),
    Statement("delete from changes_due"),
    Statement(ARTICLE, (7, HOUR, HOUR, HOUR, HOUR, "watching", 2)),
    Statement("update articles set next_check_at = ? where id = 7", (_LATER,)),
    Statement("update articles set last_changed_at = ? where id = 7", (_LATER,)),
    Statement("update articles set status = 'paused' where id = 7"),
    Statement(_CHECK, (7, HOUR)),
    Statement("update checks set checked_at = ? where article_id = 7", (_LATER,)),
    Statement("delete from checks where article_id = 7"),
    Statement(_FEED, (1, "https://a.example/feed")),
    Statement(_FIND, ("https://a.example/1", "https://a.example/1", 1, HOUR)),
    Statement("update finds set next_check_at = ?", (_LATER,)),
    Statement("delete from finds"),
    Statement(VERSION, (20, 7, HOUR, HOUR)),
    Statement(VERSION, (21, 7, _LATER, _LATER)),
    Statement(_CAPTURE, (50, HOUR, HOUR, 20)),
    Statement("delete from captures where id = 50"),
    Statement("delete from told_due"),
    Statement("delete from changes_due"),
    Statement("update versions set seen_at = ? where id = 21", (HOUR,)),
    Statement(_TOLD, (7, b"")),
    Statement("update versions set title = 'Other' where id = 21"),
    Statement(_TOLD, (7, b"")),
    Statement("delete from told_due"),
    Statement("delete from changes_due"),
    Statement("update versions set article_id = 1 where article_id = 7"),
    Statement("update versions set article_id = 7 where id in (20, 21)"),
    Statement(STEP, (60, 7, 20, 21, " number quote ", 5, 5, NOTHING)),
    Statement("update changes set labels = ' number other ' where id = 60"),
    Statement("update changes set seen_us = 6 where id = 60"),
    Statement(REVIEW, (50, 3, 7, 60, 1)),
    Statement("update reviews set seen = 0 where id = 50"),
    Statement("update reviews set seen = 1 where id = 50"),
    Statement("delete from reviews where id = 50"),
    Statement(REVIEW, (51, 2, 7, 60, 1)),
    Statement("update readers set keeps_unseen = 0 where id = 2"),
    Statement("delete from unseen where reader_id = 2"),
    Statement("delete from reviews where id = 51"),
    Statement("update articles set listed = 1 - listed where id = 7"),
    Statement("delete from changes where id = 60"),
    Statement(STEP, (61, 7, 20, 21, "", 7, 7, NOTHING)),
    Statement("delete from changes_due"),
    Statement("delete from blocks where article_id = 1"),
    Statement("delete from told_due"),
    Statement("delete from changes_due"),
    Statement(_TOLD, (7, b"")),
    Statement("delete from versions where article_id = 7"),
    Statement("delete from articles where id = 7"),
)
