"""Secret addresses: each opens one feed to a feed reader that can send no token, until it is revoked.

An address is a number and a secret. The number finds the row, the secret's digest is compared in constant time: how long a
wrong one takes says nothing of the right one. Only the digest is stored.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.errors import NotFound
from rowback.store.access import USE_NOTED_EVERY_S, digest, new_secret
from rowback.store.instants import from_text, maybe_from_text, to_text
from rowback.store.putting import inserted

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.database import Connection

MAX_NUMBER_DIGITS = 18  # fewer than SQLite's largest integer has


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A secret address as listed; the secret is shown once, when it is made. `feed` is what it opens, as in the table."""

    id: int
    feed: str
    created_at: datetime
    last_used_at: datetime | None


class FeedAddresses:
    """The secret addresses of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def new(self, feed: str, at: datetime, article_id: int | None = None) -> str:
        """Makes an address of a feed, of an article's with its id, and returns its secret part, which is not kept."""
        secret = new_secret()
        with self._connection.write() as db:
            row = {"hash": digest(secret), "feed": feed, "article_id": article_id, "created_at": to_text(at)}
            number = inserted(db, "feed_addresses", row)
        return f"{number}-{secret}"

    def feed(self, address: str, at: datetime) -> str | None:
        """The feed that an address opens, noting that it was read; None where there is none, or no more."""
        number, _, secret = address.partition("-")
        is_number = number.isascii() and number.isdigit() and len(number) <= MAX_NUMBER_DIGITS
        given = int(number) if is_number else 0
        row = self._connection.row("select hash, feed, last_used_at from feed_addresses where id = ?", [given])
        kept, feed, used = row or (digest(new_secret()), None, None)
        if not hmac.compare_digest(kept, digest(secret)) or feed is None:
            return None
        last_used_at = maybe_from_text(used)
        if last_used_at is None or abs((at - last_used_at).total_seconds()) >= USE_NOTED_EVERY_S:
            with self._connection.write() as db:
                db.execute("update feed_addresses set last_used_at = ? where id = ?", [to_text(at), given])
        return str(feed)

    def all(self) -> list[FeedAddress]:
        """All addresses, oldest first."""
        with self._connection.read() as db:
            rows = db.execute("select id, feed, created_at, last_used_at from feed_addresses order by id").fetchall()
        return [FeedAddress(id_, feed, from_text(made), maybe_from_text(used)) for id_, feed, made, used in rows]

    def revoke(self, number: int) -> None:
        """Closes an address at once. Raises `NotFound`."""
        with self._connection.write() as db:
            if not db.execute("delete from feed_addresses where id = ?", [number]).rowcount:
                raise NotFound(f"There is no feed address {number}. `rowback feed-keys` lists them.")
