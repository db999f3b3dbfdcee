"""What only the owner of a backend does with an article: hide it from readers, list it for strangers, forget it for good."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from rowback.errors import BadInput, UnknownArticle
from rowback.store.old_log import end_of, write_over
from rowback.store.putting import put
from rowback.text.tongue import marked

if TYPE_CHECKING:
    from rowback.store.database import Connection
    from rowback.store.engine import Db

MAX_REASON_CHARACTERS = 500
LOG_HELD = marked(
    "Another program reads the database just now, and the log beside it holds the words meanwhile. The poller takes them out "
    "as soon as it can."
)
_LOG_HOLDS = "log_holds_forgotten"  # in `settings`, with the log's round once that is known
_ROUND = "round "
_FAILED = "delete from failed_captures where key in (select key from aliases where article_id = ?)"
# In this order: what points to something goes before it.
_PARTS = (
    # Else it would open the feed of the next article that gets the id.
    "delete from feed_addresses where article_id in (select id from moved_articles where article_id = ?)",
    "delete from feed_addresses where article_id = ?",
    "delete from captures where article_id = ?",
    "delete from versions where article_id = ?",
    "delete from blocks where article_id = ?",
    "delete from passing_texts where article_id = ?",
    "delete from loose_lines where article_id = ?",
    "delete from other_headlines where article_id = ?",
    "delete from inlays where article_id = ?",
    "delete from moved_articles where article_id = ?",
    "delete from aliases where article_id = ?",
    "delete from checks_wanted where article_id = ?",
    "delete from checks where article_id = ?",
)


class Owner:
    """The owner's acts in the store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hide(self, article_id: int, reason: str) -> None:
        """Shows readers the reason in place of the article; its versions are kept. Raises `UnknownArticle`, `BadInput`."""
        reason = " ".join(reason.split())
        if not reason or len(reason) > MAX_REASON_CHARACTERS:
            raise BadInput(f"Readers are told why: give a reason of 1 to {MAX_REASON_CHARACTERS} characters.")
        self._set_hidden(article_id, reason)

    def show(self, article_id: int) -> None:
        """Takes `hide` back. Raises `UnknownArticle`."""
        self._set_hidden(article_id, None)

    def set_listed(self, article_id: int, *, listed: bool) -> None:
        """Says whether strangers see an article where reading is public, whatever comes later. Raises `UnknownArticle`."""
        with self._connection.write() as db:
            changed = db.execute(
                "update articles set listed = ?, listing_is_chosen = 1, revision = revision + 1 where id = ?",
                [int(listed), article_id],
            )
            _check_known(changed.rowcount, article_id)

    def _set_hidden(self, article_id: int, reason: str | None) -> None:
        with self._connection.write() as db:
            changed = db.execute(
                "update articles set hidden_reason = ?, revision = revision + 1 where id = ?", [reason, article_id]
            )
            _check_known(changed.rowcount, article_id)

    def forget(self, article_id: int) -> bool:
        """Deletes an article with all its versions and captures, beyond recovery from the file. Raises `UnknownArticle`.

        False when another program reads the database just now: its log then holds old pages until `finish_forgetting`.
        """
        with self._connection.write() as db:
            _check_known(forget_rows(db, article_id), article_id)
            purge_search(db)
            note_forgetting(db)
        return self.finish_forgetting()

    def finish_forgetting(self) -> bool:
        """Empties the log where it may hold what was forgotten; True when nothing is left there.

        Where another program always reads (Litestream does), a log is never emptied. But it is begun anew, which shows that
        the database itself holds the words no more; what lies behind its new end is written over then.
        """
        noted = self._connection.row("select value from settings where name = ?", [_LOG_HOLDS])
        if noted is None:
            return True
        if not self._connection.checkpoint() and not self._written_over(noted[0]):
            return False
        with self._connection.write() as db:  # but not what was noted of an article that was forgotten meanwhile
            db.execute("delete from settings where name = ? and value = ?", [_LOG_HOLDS, *noted])
        return True

    def _written_over(self, noted: str) -> bool:
        """Whether a log that cannot be emptied was begun anew since its round was noted, and holds nothing older."""
        end = end_of(self._connection.log)
        if end is None:
            return False
        now = f"{_ROUND}{end.round}"
        if not noted.startswith(_ROUND):
            with self._connection.write() as db:
                db.execute("update settings set value = ? where name = ? and value = ?", [now, _LOG_HOLDS, noted])
            return False
        return noted != now and write_over(self._connection)


def delete_article(db: Db, article_id: int) -> int:
    """Deletes an article with all that hangs on it. How many there were with this id: 1 or 0."""
    for statement in _PARTS:
        db.execute(statement, [article_id])
    return db.execute("delete from articles where id = ?", [article_id]).rowcount


def forget_rows(db: Db, article_id: int) -> int:
    """Deletes an article, and what failed at its addresses, for an owner who wants it gone. How many there were: 1 or 0."""
    db.execute(_FAILED, [article_id])
    return delete_article(db, article_id)


def note_forgetting(db: Db) -> None:
    """Remembers that the log may hold what was deleted, until `finish_forgetting`."""
    put(db, "settings", {"name": _LOG_HOLDS, "value": f"new {secrets.token_hex(8)}"}, key="name")


def _check_known(rows: int, article_id: int) -> None:
    if not rows:
        raise UnknownArticle(f"There is no article {article_id}.")


def purge_search(db: Db) -> None:
    """A full-text index marks what was deleted and keeps its words until segments are merged: merge them all."""
    for table in ("blocks_fts", "versions_fts", "changes_fts", "blocks_spaced", "versions_spaced", "changes_spaced"):
        db.execute(f"insert into {table}({table}) values ('optimize')")  # names of our own
