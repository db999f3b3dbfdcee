"""Articles that may go where room is short: never edited, followed by nobody, settled or gone, and not seen for long.

Nothing goes by itself. What an owner decided about (hidden, listed or unlisted by hand), what an archive was asked about, and
what was seen to read otherwise without being an edit, stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.instants import to_text
from rowback.store.owner import forget_rows, note_forgetting, purge_search

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.database import Connection

A_TURN = 200  # articles that are deleted in one transaction: others wait for a tenth of a second
_RIPE = """
    from articles
    where version_count = 1 and status != 'watching' and is_followed = 0 and hidden_reason is null
      and listing_is_chosen = 0 and max(first_seen_at, last_checked_at, last_changed_at) < ?
      and not exists (select 1 from captures where captures.article_id = articles.id and aside is not null)
      and not exists (select 1 from backfills where backfills.article_id = articles.id)
"""


class Retention:
    """What may go, and its going."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ripe(self, before: datetime, most: int) -> tuple[int, list[str]]:
        """How many articles nobody has seen since an instant and may go, and the addresses of the oldest of them."""
        at = to_text(before)
        with self._connection.read() as db:
            (count,) = db.execute(f"select count(*) {_RIPE}", [at]).fetchone()
            rows = db.execute(f"select url {_RIPE} order by id limit ?", [at, most]).fetchall()
        return count, [url for (url,) in rows]

    def prune(self, before: datetime, most: int = A_TURN) -> int:
        """Deletes the oldest of them, up to `most`, each as `Owner.forget` does. How many: call it until there is none, then
        `finish`. What is stored meanwhile is looked at anew, so that nothing goes that has been edited since."""
        with self._connection.write() as db:
            rows = db.execute(f"select id {_RIPE} order by id limit ?", [to_text(before), most]).fetchall()
            for (article_id,) in rows:
                forget_rows(db, article_id)
            if rows:
                note_forgetting(db)
        return len(rows)

    def finish(self) -> None:
        """Takes the words of what went out of the search's index, once for all of them."""
        with self._connection.write() as db:
            purge_search(db)
