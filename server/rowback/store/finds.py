"""Finds: what feeds named and is not captured yet. So many of them are taken in and kept waiting as real feeds need, and no
more: each one is a request to somebody's server.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from rowback.deferred import Deferred
from rowback.errors import NotFound
from rowback.model import Status
from rowback.store.articles import list_article
from rowback.store.called_elsewhere import drop_stale as drop_stale_headlines
from rowback.store.called_elsewhere import note_headline, note_waiting, place_of
from rowback.store.instants import to_text
from rowback.store.leads import led_of
from rowback.store.putting import insert, put
from rowback.text.urls import identify_asked, site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rowback.store import learning
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.feeds import Entry
else:
    learning = Deferred("rowback.store.learning")

# A feed that says "updated" makes an article due, but not more often than this: some say it at every look.
MIN_UPDATE_GAP = timedelta(hours=1)
# What could not be captured for so long is no news any more, and was edited unseen.
MAX_WAIT = timedelta(days=7)
DROPPED = "dropped"
MARK_DIGITS = 12  # of a digest: two of some thousand addresses hardly ever share one
_UNDATED = datetime.min.replace(tzinfo=UTC)
# Those that `_meant` names.
_AMONG = "(feed_id in (select cast(value as bigint) from json_each(:feeds)) or host in (select value from json_each(:hosts)))"


@dataclass(frozen=True, slots=True)
class FindBounds:
    """How many new addresses of a feed are taken in at one reading and in a day (UTC), and how many may wait."""

    reading: int
    day: int
    waiting: int


# Feeds hold up to some 200 entries; news agencies publish less than a thousand stories a day, newspapers some hundreds.
AT_HOME = FindBounds(reading=250, day=1_000, waiting=1_000)
# What is on other sites than the feed's costs people who never asked for it: the largest aggregators name about a hundred at
# a time, newspapers whose feeds lie with a service up to 300 a day.
ELSEWHERE = FindBounds(reading=100, day=300, waiting=300)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the new addresses at a reading: how many wait now, and how many were too many."""

    new: int
    left_out: int


class Finds:
    """The finds of a store. What is dropped is not taken in again from the same feed, and can be brought back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def drop(self, url: str, at: datetime) -> int:
        """Drops what waits from the feed at an address. Where no feed is, the address stands for its site: what feeds of the
        site named, and what any feed named on it. Counts them. Raises `BadURL`, `NotFound`."""
        with self._connection.write() as db:
            feeds, hosts = _meant(db, url)
            return db.execute(
                "update finds set next_check_at = null, failures = 0, outcome = :dropped, reason = 'by its owner', "
                f"dropped_at = :at where next_check_at > '' and {_AMONG}",
                {"dropped": DROPPED, "at": to_text(at), "feeds": feeds, "hosts": hosts},
            ).rowcount

    def bring_back(self, url: str, at: datetime) -> int:
        """Lets what was dropped wait again (see `drop`), the newest of it, as much as may wait. Counts them."""
        with self._connection.write() as db:
            feeds, hosts = _meant(db, url)
            return db.execute(
                "update finds set next_check_at = :at, found_at = :at, outcome = null, reason = null, dropped_at = null "
                f"where key in (select key from finds where dropped_at is not null and {_AMONG} "
                "order by found_at desc limit :most)",
                {"at": to_text(at), "feeds": feeds, "hosts": hosts, "most": AT_HOME.waiting},
            ).rowcount

    def drop_stale(self, now: datetime) -> int:
        """Drops what waits for longer than `MAX_WAIT`. Counts it."""
        bounds = {"dropped": DROPPED, "now": to_text(now), "oldest": to_text(now - MAX_WAIT)}
        stale = "next_check_at is not null and found_at < :oldest"
        with self._connection.read() as db:
            if db.execute(f"select 1 from finds where {stale} limit 1", bounds).fetchone() is None:
                return 0
        with self._connection.write() as db:
            return db.execute(
                "update finds set next_check_at = null, failures = 0, outcome = :dropped, reason = 'it waited too long', "
                f"dropped_at = :now where {stale}",
                bounds,
            ).rowcount


def take_in(db: Db, feed_id: int, entries: Iterable[Entry], at: datetime) -> TakenIn:
    """Notes what a feed names: new addresses, the newest first and as many as its bounds allow, are due at once; articles it
    says were updated too."""
    feed = db.execute("select host, kind from feeds where id = ?", [feed_id]).fetchone()
    if feed is None:
        return TakenIn(0, 0)
    is_elsewhere, place = _elsewhere_of(feed[0]), place_of(feed[1])
    drop_stale_headlines(db, at)
    today = _Today(db, feed_id, at)
    latest = sorted(entries, key=lambda each: each.updated_at or _UNDATED, reverse=True)
    named = [(entry, identify_asked(entry.url)) for entry in latest]
    learning.learn(db, feed_id, [page for _, page in named], at)
    for entry, page in named:
        led = led_of(db, page)
        if led.lead is not None:
            list_article(db, led.lead.article_id)
            _due_again(db, led.lead.article_id, entry, at)
            if entry.headline and not is_elsewhere(page.host):
                note_headline(db, led.lead.article_id, place, entry.headline, at)
        elif _is_new(db, led.key, feed_id, away=(away := is_elsewhere(page.host))) and today.has_room(
            led.key, away=away
        ):
            db.execute("delete from finds where key = ?", [led.key])  # another feed's, see `_is_new`
            row = {"key": led.key, "url": page.link, "host": page.host, "feed_id": feed_id, "elsewhere": int(away)}
            insert(db, "finds", row | {"found_at": to_text(at), "next_check_at": to_text(at)})
            if entry.headline and not away:
                note_waiting(db, led.key, place, entry.headline, at)
    return today.close()


class _Today:
    """What one feed may still bring, counted with what it brought before on this day."""

    def __init__(self, db: Db, feed_id: int, at: datetime) -> None:
        self._db, self._feed_id, self._day = db, feed_id, to_text(at)[:10]
        row = db.execute(
            "select taken, taken_elsewhere, left_out, missed from feed_days where feed_id = ? and day = ?",
            [feed_id, self._day],
        ).fetchone() or (0, 0, 0, "[]")
        self._before = {False: int(row[0]), True: int(row[1])}
        self._left_out, self._missed_before = int(row[2]), set(json.loads(row[3]))
        waiting = dict(
            db.execute(
                "select elsewhere, count(*) from finds where feed_id = ? and next_check_at > '' group by elsewhere",
                [feed_id],
            ).fetchall()
        )
        self._room = {
            away: min(bounds.reading, bounds.day - self._before[away], bounds.waiting - int(waiting.get(away, 0)))
            for away, bounds in ((False, AT_HOME), (True, ELSEWHERE))
        }
        self._taken = {False: list[str](), True: list[str]()}
        self._missed: list[str] = []

    def has_room(self, key: str, *, away: bool) -> bool:
        """Whether one more address may be taken in, which is noted either way."""
        has_room = len(self._taken[away]) < self._room[away]
        (self._taken[away] if has_room else self._missed).append(_mark(key))
        return has_room

    def close(self) -> TakenIn:
        """Writes down what came of it. What is named again and left out again counts once in a day, and not any more when it
        is taken in after all."""
        home, elsewhere = self._taken[False], self._taken[True]
        late = self._missed_before & {*home, *elsewhere}
        left_out = self._left_out + len(set(self._missed) - self._missed_before) - len(late)
        put(
            self._db,
            "feed_days",
            {
                "feed_id": self._feed_id,
                "day": self._day,
                "taken": self._before[False] + len(home),
                "taken_elsewhere": self._before[True] + len(elsewhere),
                "left_out": max(0, left_out),
                "missed": json.dumps(self._missed),
            },
            key="feed_id",
        )
        return TakenIn(len(home) + len(elsewhere), len(self._missed))


def _meant(db: Db, url: str) -> tuple[str, str]:
    """The ids of feeds and the hosts that an address stands for, as JSON lists."""
    page = identify_asked(url)
    feed = db.execute("select id from feeds where url = ?", [page.link]).fetchone()
    if feed is not None:
        return json.dumps([feed[0]]), "[]"
    site = site_of(page.host)
    feeds = [id_ for id_, host in db.execute("select id, host from feeds").fetchall() if site_of(host) == site]
    named = db.execute("select distinct host from finds where next_check_at > '' or dropped_at > ''").fetchall()
    hosts = [host for (host,) in named if site_of(host) == site]
    if not feeds and not hosts:
        raise NotFound(f"No feed at {page.link[:200]} is followed, and nothing that waits is on that site.")
    return json.dumps(feeds), json.dumps(hosts)


def _is_new(db: Db, key: str, feed_id: int, *, away: bool) -> bool:
    """Whether an address is to be taken in from a feed. What another feed named before stays that feed's, unless it was
    dropped there, or waits there as one elsewhere while it is on this feed's own site."""
    row = db.execute("select feed_id, elsewhere, next_check_at, dropped_at from finds where key = ?", [key]).fetchone()
    if row is None:
        return True
    other_id, was_away, due_at, dropped_at = row
    is_squatted = due_at is not None and was_away and not away
    return bool(other_id != feed_id and (dropped_at is not None or is_squatted))


def _elsewhere_of(home: str) -> Callable[[str], bool]:
    """Whether a host is on another site than a feed's."""
    site, known = site_of(home), dict[str, bool]()

    def is_elsewhere(host: str) -> bool:
        if host not in known:
            known[host] = site_of(host) != site
        return known[host]

    return is_elsewhere


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:MARK_DIGITS]


def _due_again(db: Db, article_id: int, entry: Entry, at: datetime) -> None:
    if entry.updated_at is None:
        return
    query = "select last_checked_at, status from articles where id = ?"
    last_checked_at, status = db.execute(query, [article_id]).fetchone()
    if status not in (Status.WATCHING, Status.SETTLED):
        return
    if to_text(entry.updated_at) > last_checked_at and to_text(at - MIN_UPDATE_GAP) > last_checked_at:
        db.execute(
            "update articles set status = ?, next_check_at = ? where id = ?",
            [Status.WATCHING.value, to_text(at), article_id],
        )
