"""Canonical addresses that two stories claim. Who comes second with another text keeps its own address, and so does who came
first, unless it was read at the claimed one itself. Runs inside the write transactions of others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.leads import keys_of, page_of
from rowback.store.versions import read_content, read_spans
from rowback.text.canonicals import believable_canonical
from rowback.text.doubts import is_other_story
from rowback.text.urls import identify

if TYPE_CHECKING:
    from rowback.model import Content
    from rowback.store.engine import Db
    from rowback.text.urls import PageURL

COMPARED = 8  # versions of an article that a text is held against: the newest, and the first


def tells_another(db: Db, article_id: int, said: Content) -> bool:
    """Whether a text is of another story than all that an article says."""
    spans = read_spans(db, article_id)
    known = {span.id: span for span in (*spans[:1], *spans[-COMPARED:])}
    return bool(known) and all(is_other_story(read_content(db, id_), said) for id_ in known)


def give_back(db: Db, article_id: int, claimed: PageURL) -> None:
    """Gives an article that only claimed its own address the one at which it was read. The claimed one still leads to it."""
    (url,) = db.execute("select url from articles where id = ?", [article_id]).fetchone()
    if identify(url).key != claimed.key or _was_read_at(db, article_id, claimed):
        return
    link = read_link(db, article_id, claimed)
    if link is not None and (_is_remembered(db, article_id) or believable_canonical(link, url) is None):
        set_address(db, article_id, link)


def set_address(db: Db, article_id: int, url: str) -> None:
    """Gives an article another address of its own: what the server said of the one before is not for it."""
    page = identify(url)
    db.execute("update articles set url = ?, revision = revision + 1 where id = ?", [page.link, article_id])
    db.execute(
        "update checks set host = ?, etag = null, last_modified = null where article_id = ?", [page.host, article_id]
    )


def read_link(db: Db, article_id: int, other: PageURL) -> str | None:
    """The address at which an article was read last, or one that leads to it where nobody remembers, as a person opens it;
    None where that is `other` alone."""
    rows = db.execute(
        "select aliases.key, link from aliases left join ("
        "select key, max(seen_at) as seen_at from captures where article_id = :id group by key"
        ") as seen on seen.key = aliases.key where article_id = :id order by seen.seen_at is null, seen.seen_at desc, "
        "aliases.rowid",
        {"id": article_id},
    ).fetchall()
    keys = set(keys_of(db, other))
    return next((link or page_of(key).link for key, link in rows if key not in keys), None)


def _is_remembered(db: Db, article_id: int) -> bool:
    query = "select 1 from captures where article_id = ? and key is not null limit 1"
    return db.execute(query, [article_id]).fetchone() is not None


def _was_read_at(db: Db, article_id: int, page: PageURL) -> bool:
    keys = keys_of(db, page)
    marks = ", ".join("?" * len(keys))
    query = f"select 1 from captures where article_id = ? and key in ({marks}) limit 1"
    return db.execute(query, [article_id, *keys]).fetchone() is not None
