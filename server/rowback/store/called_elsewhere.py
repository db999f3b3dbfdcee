"""Headlines of an article elsewhere: on its site's front pages, and in its site's feeds, which are read anyway. Runs in
others' transactions.

Only what differs from all headlines that the article has, or had, is kept, and a few of an article. What another site calls
an article says nothing of it and is not kept. An article that is only named yet is compared once it is captured.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.store.asides import Aside
from rowback.store.instants import from_text, to_text
from rowback.store.leads import led_of
from rowback.store.putting import insert
from rowback.text.normalize import comparable
from rowback.text.other_headlines import is_another
from rowback.text.urls import identify_asked
from rowback.told import SeenAside

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.engine import Db

MAX_KEPT = 10  # of an article, from all places; the one that was seen last longest ago goes
FRONT, FEED = Aside.FRONT.value, Aside.FEED.value
MIN_GAP = timedelta(hours=1)  # between two sights that are noted: a feed is read every few minutes
MAX_WAIT = timedelta(days=7)  # as finds wait


def place_of(kind: str) -> str:
    """Where a headline stands that something of a kind names."""
    return FRONT if kind == "front" else FEED


def note_headline(db: Db, article_id: int, place: str, headline: str, at: datetime) -> None:
    """Notes what an article was called in a place, if that is another headline than its own."""
    row = _kept(db, article_id, place, headline)
    if row is not None:
        if to_text(at - MIN_GAP) > row[1]:
            db.execute(
                "update other_headlines set last_seen_at = ?, times = times + 1 where id = ?", [to_text(at), row[0]]
            )
            _revise(db, article_id)
        return
    if is_another(headline, _own(db, article_id)):
        _keep(db, article_id, place, headline, to_text(at), to_text(at), 1)


def note_waiting(db: Db, key: str, place: str, headline: str, at: datetime) -> None:
    """Notes what an article was called that is not captured yet, once a place."""
    row = db.execute(
        "select id from other_headlines where article_id is null and key = ? and place = ?", [key, place]
    ).fetchone()
    if row is None:
        insert(
            db,
            "other_headlines",
            {
                "key": key,
                "place": place,
                "headline": headline,
                "first_seen_at": to_text(at),
                "last_seen_at": to_text(at),
            },
        )


def settle_named(db: Db, url: str) -> None:
    """What was named is captured now, or will not be: what it was called is compared, and kept or not."""
    keys = [key for (key,) in db.execute("select key from finds where url = ?", [url]).fetchall()]
    marks = ", ".join("?" * len(keys))
    waiting = f"other_headlines where article_id is null and key in ({marks})"
    columns = "place, headline, first_seen_at, last_seen_at, times"
    rows = db.execute(f"select {columns} from {waiting} order by id", keys).fetchall()
    if not rows:
        return
    db.execute(f"delete from {waiting}", keys)
    lead = led_of(db, identify_asked(url)).lead
    if lead is None:
        return
    own = _own(db, lead.article_id)
    for place, headline, first, last, times in rows:
        if _kept(db, lead.article_id, place, headline) is None and is_another(headline, own):
            _keep(db, lead.article_id, place, headline, first, last, times)


def drop_stale(db: Db, at: datetime) -> None:
    """Forgets what waits for longer than any find does."""
    db.execute("delete from other_headlines where article_id is null and last_seen_at < ?", [to_text(at - MAX_WAIT)])


def take_over(db: Db, kept_id: int, other_id: int) -> None:
    """Two articles are one now."""
    db.execute("update other_headlines set article_id = ? where article_id = ?", [kept_id, other_id])


def headlines_aside(db: Db, article_id: int) -> list[SeenAside]:
    """What an article was called elsewhere, by the version at that time, without what it was called itself since."""
    rows = db.execute(
        "select place, headline, first_seen_at, last_seen_at, times from other_headlines where article_id = ? "
        "order by last_seen_at, id",
        [article_id],
    ).fetchall()
    own = _own(db, article_id) if rows else []
    version = "select coalesce(max(number), 0) from version_list where article_id = ? and seen_at <= ?"
    return [
        SeenAside(
            int(db.execute(version, [article_id, last]).fetchone()[0]),
            place,
            times,
            from_text(last),
            (headline,),
            from_text(first),
        )
        for place, headline, first, last, times in rows
        if is_another(headline, own)
    ]


def _kept(db: Db, article_id: int, place: str, headline: str) -> tuple[int, str] | None:
    rows = db.execute(
        "select id, last_seen_at, headline from other_headlines where article_id = ? and place = ?", [article_id, place]
    ).fetchall()
    return next(((id_, last) for id_, last, kept in rows if comparable(kept) == comparable(headline)), None)


def _keep(db: Db, article_id: int, place: str, headline: str, first: str, last: str, times: int) -> None:
    insert(
        db,
        "other_headlines",
        {
            "article_id": article_id,
            "place": place,
            "headline": headline,
            "first_seen_at": first,
            "last_seen_at": last,
            "times": times,
        },
    )
    db.execute(
        "delete from other_headlines where article_id = :id and id not in (select id from other_headlines "
        "where article_id = :id order by last_seen_at desc, id desc limit :most)",
        {"id": article_id, "most": MAX_KEPT},
    )
    _revise(db, article_id)


def _own(db: Db, article_id: int) -> list[str]:
    rows = db.execute("select distinct title from versions where article_id = ?", [article_id]).fetchall()
    return [title for (title,) in rows]


def _revise(db: Db, article_id: int) -> None:
    """What is told of the article is another answer now."""
    db.execute("update articles set revision = revision + 1 where id = ?", [article_id])
