"""Addresses that turn out to be one, by new rules or by what was learned of a site: what is stored of them is brought
together where the texts are alike, and stays apart as it is where they are not. The old keys keep leading where they led.
Runs inside write transactions.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import regex

from rowback.errors import BadURL
from rowback.store.leads import OLD_KEYS, has_old_keys, leading_key, page_of
from rowback.store.merging import merge_articles
from rowback.store.parting import are_parted
from rowback.store.putting import insert
from rowback.store.versions import read_content, read_spans
from rowback.text.doubts import is_same_story

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from rowback.model import Content
    from rowback.store.engine import Db
    from rowback.text.urls import PageURL

# What today's rules read otherwise than those before: parameters, sessions, escapes, AMP. Other addresses keep their keys.
_CHANGED = regex.compile(r"[?;(%]|amp", regex.IGNORECASE)


def rekey(db: Db) -> None:
    """Gives all that a store knows of addresses the keys of today's rules, once: all of it or nothing."""
    if not has_old_keys(db):
        return
    known = db.execute("select key, article_id from aliases union all select url, id from articles").fetchall()
    bring_together(db, filter(_may_change, known), lambda page: page.key)
    _open_as_today(db)
    finds = db.execute("select key, url from finds").fetchall()
    rekey_finds(db, [row for row in finds if _CHANGED.search(row[1])], lambda page: page.key)
    for id_, url, key in db.execute("select id, url, key from failed_captures").fetchall():
        page = _page(url)
        found = key if page is None else leading_key(db, page)
        if found != key:
            db.execute("update failed_captures set key = ? where id = ?", [found, id_])
    db.execute("delete from settings where name = ?", [OLD_KEYS])


def _may_change(row: tuple[str, int]) -> bool:
    return _CHANGED.search(row[0]) is not None


def bring_together(db: Db, known: Iterable[tuple[str, int]], new_key: Callable[[PageURL], str]) -> None:
    """Of addresses (in full or in key form) and the articles they lead to: joins those of one new key that tell one story,
    and makes that key lead there where all do."""
    leads: dict[str, set[int]] = defaultdict(set)
    for address, article_id in known:
        page = _page(address)
        if page is not None:
            leads[new_key(page)].add(article_id)
    moved = dict[int, int]()
    for key in sorted(leads):
        ids = {moved.get(id_, id_) for id_ in leads[key]}
        there = db.execute("select article_id from aliases where key = ?", [key]).fetchone()
        ids |= {there[0]} if there is not None else set()
        for other, kept in _join_alike(db, ids).items():
            moved = {id_: kept if now == other else now for id_, now in moved.items()} | {other: kept}
        ids = {moved.get(id_, id_) for id_ in ids}
        if there is None and len(ids) == 1:
            insert(db, "aliases", {"key": key, "article_id": ids.pop()})


def rekey_finds(db: Db, rows: Collection[tuple[str, str]], new_key: Callable[[PageURL], str]) -> None:
    """Gives finds (key and address) new keys; of several with one only the first stays, so that it is not captured twice."""
    for key, url in rows:
        page = _page(url)
        found = key if page is None else new_key(page)
        if found == key:
            continue
        if db.execute("select 1 from finds where key = ?", [found]).fetchone() is None:
            db.execute("update finds set key = ? where key = ?", [found, key])
        else:
            db.execute("delete from finds where key = ?", [key])


def _join_alike(db: Db, ids: Collection[int]) -> dict[int, int]:
    """Joins those of some articles that tell one story, each into the oldest that does: which became which."""
    kept, joined = list[int](), dict[int, int]()
    for id_ in sorted(ids):
        into = next((other for other in kept if not are_parted(db, other, id_) and _are_alike(db, other, id_)), None)
        if into is None:
            kept.append(id_)
        else:
            merge_articles(db, into, id_)
            joined[id_] = into
    return joined


def _are_alike(db: Db, one: int, other: int) -> bool:
    return any(is_same_story(text, said) for text in _ends(db, one) for said in _ends(db, other))


def _ends(db: Db, article_id: int) -> list[Content]:
    """An article's first text and its latest."""
    spans = read_spans(db, article_id)
    return [read_content(db, id_) for id_ in {span.id for span in (*spans[:1], *spans[-1:])}]


def _open_as_today(db: Db) -> None:
    """Lets articles and feeds be opened at their addresses as they are now, without what a server wrote for one visit."""
    for id_, url in db.execute("select id, url from articles").fetchall():
        page = _page(url) if _CHANGED.search(url) else None
        if page is None or page.link == url:
            continue
        lead = db.execute("select article_id from aliases where key = ?", [page.key]).fetchone()
        if lead is not None and lead[0] == id_:
            db.execute("update articles set url = ?, revision = revision + 1 where id = ?", [page.link, id_])
    for id_, url in db.execute("select id, url from feeds").fetchall():
        page = _page(url) if _CHANGED.search(url) else None
        if page is not None and page.link != url:
            query = "update feeds set url = :url where id = :id and not exists (select 1 from feeds where url = :url)"
            db.execute(query, {"url": page.link, "id": id_})


def _page(address: str) -> PageURL | None:
    try:
        return page_of(address)
    except BadURL:  # an earlier release noted what is none
        return None
