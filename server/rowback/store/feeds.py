"""Feeds that are followed, and what they named: the finds, each of which is captured once and watched from then on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rowback.errors import NotFound
from rowback.store.brought import Brought, from_json, to_json
from rowback.store.finds import TakenIn, take_in
from rowback.store.instants import from_text, maybe_from_text, maybe_to_text, to_text
from rowback.store.putting import inserted
from rowback.store.work import MAX_REASON
from rowback.text.plain import line, visible
from rowback.text.urls import identify, identify_asked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.work import Next


class FeedKind(StrEnum):
    """How articles are named: in a feed (RSS, Atom, JSON), a sitemap, or by the links of a section's front page.

    `SITE` is an address of which it is not known yet; reading it shows.
    """

    SITE = "site"
    FEED = "feed"
    SITEMAP = "sitemap"
    FRONT = "front"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed being followed. Of the addresses it names, those that fit `include` (if any) and not `exclude` are taken.

    `left_out` counts those that were too many (see `finds.py`), on the day it was last read; `brought` all that the last
    reading came to, None before it.
    """

    id: int
    url: str
    kind: FeedKind
    title: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    added_at: datetime
    checked_at: datetime | None
    next_check_at: datetime | None
    failures: int
    wait_s: int | None
    outcome: str | None
    reason: str | None
    found: int
    waiting: int
    left_out: int
    dropped: int
    brought: Brought | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a feed names it; `updated_at` where the feed says so; `headline` as it stands there, empty where that is
    not sure to be one."""

    url: str
    updated_at: datetime | None = None
    headline: str = ""


_FEED = (
    "select id, url, kind, title, include, exclude, added_at, checked_at, next_check_at, failures, wait_s, outcome, reason, "
    "brought, found, (select count(*) from finds where feed_id = feeds.id and next_check_at > ''), "
    "coalesce((select left_out from feed_days where feed_id = feeds.id), 0), "
    "(select count(*) from finds where feed_id = feeds.id and dropped_at is not null) from feeds "
)


class Feeds:
    """Feeds in the store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Feed]:
        """All feeds, oldest first."""
        with self._connection.read() as db:
            return [_as_feed(row) for row in db.execute(_FEED + "order by id").fetchall()]

    def feed(self, feed_id: int) -> Feed | None:
        """The feed with an id."""
        with self._connection.read() as db:
            row = db.execute(_FEED + "where id = ?", [feed_id]).fetchone()
        return None if row is None else _as_feed(row)

    def find(self, url: str) -> Feed | None:
        """The feed at an address. Raises `BadURL`."""
        with self._connection.read() as db:
            row = db.execute(_FEED + "where url = ?", [feed_link(url)]).fetchone()
        return None if row is None else _as_feed(row)

    def add(
        self,
        url: str,
        kind: FeedKind,
        title: str,
        at: datetime,
        include: Iterable[str] = (),
        exclude: Iterable[str] = (),
    ) -> tuple[Feed, bool]:
        """Follows a feed; it is due at once. One followed already gets the new patterns. True when it is new."""
        link = feed_link(url)
        patterns = {"include": json.dumps(list(include)), "exclude": json.dumps(list(exclude))}
        with self._connection.write() as db:
            row = db.execute("select id from feeds where url = ?", [link]).fetchone()
            if row is None:
                row_id = inserted(
                    db,
                    "feeds",
                    {
                        "url": link,
                        "host": identify(link).host,
                        "kind": kind.value,
                        "title": line(title),
                        "added_at": to_text(at),
                        "next_check_at": to_text(at),
                        **patterns,
                    },
                )
            else:
                row_id = row[0]
                db.execute(
                    "update feeds set include = :include, exclude = :exclude, next_check_at = :at, failures = 0 "
                    "where id = :id",
                    {**patterns, "at": to_text(at), "id": row_id},
                )
            return _as_feed(db.execute(_FEED + "where id = ?", [row_id]).fetchone()), row is None

    def replace(self, feed_id: int, url: str, kind: FeedKind, title: str, at: datetime) -> bool:
        """Gives a feed another address and kind; it is due at once. Where that one is followed already, it is dropped:
        False."""
        link = feed_link(url)
        with self._connection.write() as db:
            if db.execute("select 1 from feeds where url = ? and id <> ?", [link, feed_id]).fetchone():
                db.execute("delete from feeds where id = ?", [feed_id])
                return False
            db.execute(
                "update feeds set url = ?, host = ?, kind = ?, title = ?, next_check_at = ?, etag = null, "
                "last_modified = null, failures = 0, brought = null where id = ?",
                [link, identify(link).host, kind.value, title, to_text(at), feed_id],
            )
        return True

    def remove(self, feed_id: int) -> None:
        """Stops following a feed. Articles captured from it stay, and stay watched. Raises `NotFound`."""
        with self._connection.write() as db:
            db.execute("delete from finds where feed_id = ?", [feed_id])
            if not db.execute("delete from feeds where id = ?", [feed_id]).rowcount:
                raise NotFound(f"There is no feed {feed_id}.")

    def take_in(self, feed_id: int, entries: Iterable[Entry], at: datetime) -> TakenIn:
        """Notes what a feed names: as many new addresses as its bounds allow are due at once, articles it says were updated
        too."""
        with self._connection.write() as db:
            return take_in(db, feed_id, entries, at)

    def finish(
        self,
        feed_id: int,
        at: datetime,
        found: Next,
        wait_s: int,
        title: str | None = None,
        brought: Brought | None = None,
    ) -> None:
        """Notes what reading a feed came to, and what it `brought` where it was read at all."""
        with self._connection.write() as db:
            db.execute(
                "update feeds set checked_at = ?, next_check_at = ?, outcome = ?, reason = ?, failures = ?, wait_s = ?, "
                "title = coalesce(?, title), brought = coalesce(?, brought) where id = ?",
                [
                    to_text(at),
                    maybe_to_text(found.next_check_at),
                    found.outcome.value,
                    found.reason,
                    found.failures,
                    wait_s,
                    title,
                    None if brought is None else to_json(brought),
                    feed_id,
                ],
            )
            if found.validators is not None:
                db.execute(
                    "update feeds set etag = ?, last_modified = ? where id = ?",
                    [found.validators.etag, found.validators.last_modified, feed_id],
                )


def feed_link(url: str) -> str:
    """A feed's address in normal form. Raises `BadURL`."""
    return identify_asked(url).link


def _as_feed(row: tuple[Any, ...]) -> Feed:
    (
        id_,
        url,
        kind,
        title,
        include,
        exclude,
        added,
        checked,
        due,
        failures,
        wait_s,
        outcome,
        reason,
        brought,
        *counts,
    ) = row
    found, waiting, left_out, dropped = map(int, counts)
    return Feed(
        id=int(id_),
        url=url,
        kind=FeedKind(kind),
        title=line(title),
        include=tuple(map(visible, json.loads(include))),
        exclude=tuple(map(visible, json.loads(exclude))),
        added_at=from_text(added),
        checked_at=maybe_from_text(checked),
        next_check_at=maybe_from_text(due),
        failures=int(failures),
        wait_s=None if wait_s is None else int(wait_s),
        outcome=outcome,
        reason=None if reason is None else line(reason, MAX_REASON),
        found=found,
        waiting=waiting,
        left_out=left_out,
        dropped=dropped,
        brought=from_json(brought),
    )
