"""Which readers brought an article that is not listed: they and the owner see it, nobody else. One without rows is the
owner's.

Runs inside the write transactions of others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.audience import OWNER

if TYPE_CHECKING:
    from rowback.store.engine import Db

_INSERT = "insert into reader_articles (article_id, reader_id) values (?, ?) on conflict do nothing"


def note_reader(db: Db, article_id: int, reader: int | None, *, is_new: bool = False) -> None:
    """Notes that a reader brought, or follows, an article; `is_new` where nobody did before. Of what is listed nothing is
    noted, nor of the owner's own: only where another reader has it, too, so that it is not taken for that reader's alone."""
    if reader is None or (reader == OWNER and not readers_of(db, article_id)):
        return
    row = db.execute("select 1 from articles where id = ? and listed = 0", [article_id]).fetchone()
    if row is None:
        return
    if not is_new and not readers_of(db, article_id):
        db.execute(_INSERT, [article_id, OWNER])
    db.execute(_INSERT, [article_id, reader])


def readers_of(db: Db, article_id: int) -> frozenset[int]:
    """The readers that are noted of an article."""
    rows = db.execute("select reader_id from reader_articles where article_id = ?", [article_id]).fetchall()
    return frozenset(row[0] for row in rows)


def may_see(db: Db, article_id: int, reader: int | None) -> bool:
    """Whether a reader sees an article; None is the backend itself, which sees all."""
    if reader is None or reader == OWNER:
        return True
    row = db.execute("select listed from articles where id = ?", [article_id]).fetchone()
    return row is not None and (bool(row[0]) or reader in readers_of(db, article_id))


def are_seen_alike(db: Db, one: int, other: int) -> bool:
    """Whether two articles may become one unasked: not where a reader would see by it what only others brought. On a backend
    without other readers always."""
    listed = [db.execute("select listed from articles where id = ?", [each]).fetchone()[0] for each in (one, other)]
    readers = [readers_of(db, each) for each in (one, other)]
    return all(listed) or (readers[0] == readers[1] and (listed[0] == listed[1] or not readers[0]))


def share_readers(db: Db, article_id: int, other_id: int) -> None:
    """Gives an article that was parted from another the other's readers."""
    db.execute(
        "insert into reader_articles select ?, reader_id from reader_articles where article_id = ? on conflict do nothing",
        [other_id, article_id],
    )


def alone_of(db: Db, reader: int) -> list[int]:
    """The articles that no one but a reader has: neither listed, nor the owner's or another reader's, too."""
    rows = db.execute(
        "select article_id from reader_articles join articles on articles.id = article_id where reader_id = :reader "
        "and listed = 0 and not exists (select 1 from reader_articles as others where others.article_id = articles.id "
        "and others.reader_id <> :reader)",
        {"reader": reader},
    ).fetchall()
    return [row[0] for row in rows]
