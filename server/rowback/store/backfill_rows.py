"""Rows of `backfills`: how one is found, and what it is known by. Runs inside the transactions of others."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from rowback.store.instants import from_text, maybe_from_text, to_text
from rowback.store.leads import keys_of, led_of
from rowback.store.pasts_wanted import AskedBy, Backfill, BackfillState
from rowback.store.stopped_pasts import go_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from rowback.store.engine import Db
    from rowback.store.pasts_wanted import Wish
    from rowback.text.urls import PageURL

_SECRET = "backfill_key"  # noqa: S105 (in `settings`: what addresses are hashed with)
SITE = "\x1esite"  # behind a site's name in a hash, where it stands for all of it
COLUMNS = (
    "id, source, name, title, host, article_id, url, asked_by, state, reason, to_list, lists, most, listed, read, versions, "
    "looks, failures, began_at, next_at, expires_at, "
    "(select min(seen_at) from backfill_copies where backfill_id = backfills.id), "
    "(select max(seen_at) from backfill_copies where backfill_id = backfills.id)"
)


def standing(db: Db, page: PageURL, source: str, now: datetime) -> Backfill | None:
    """The one of an address and an archive, as its owner names it."""
    return telling(each for each in all_of(db, page) if each.source == source and each.holds(now))


def done_before(db: Db, page: PageURL, source: str, now: datetime) -> Backfill | None:
    """The one that was read to its end so long ago that the archive may be asked again."""
    found = (each for each in all_of(db, page) if each.source == source and not each.holds(now))
    return telling(each for each in found if each.state is BackfillState.DONE)


def all_of(db: Db, page: PageURL) -> list[Backfill]:
    """Those of an address, of its article, and of its whole site."""
    lead = led_of(db, page).lead
    hashes = [hash_of(db, key) for key in (*keys_of(db, page), page.site + SITE)]
    marks = ", ".join("?" * len(hashes))
    rows = db.execute(
        f"select {COLUMNS} from backfills where key_hash in ({marks}) or article_id = ?",
        [*hashes, None if lead is None else lead.article_id],
    ).fetchall()
    return [as_backfill(row) for row in rows]


_ORDER = (BackfillState.STOPPED, BackfillState.DONE, BackfillState.NONE, BackfillState.EXCLUDED, BackfillState.FAILED)


def telling(found: Iterable[Backfill]) -> Backfill | None:
    """What goes on comes before what is over; of that, what brought most."""
    return min(
        found,
        key=lambda each: (each.is_over, _ORDER.index(each.state) if each.is_over else 0, -each.versions, each.id),
        default=None,
    )


def get_backfill(db: Db, backfill_id: int) -> Backfill:
    """One by its id."""
    return as_backfill(db.execute(f"select {COLUMNS} from backfills where id = ?", [backfill_id]).fetchone())


def want_more(db: Db, found: Backfill, wish: Wish, now: datetime) -> Backfill:
    """One that there is already, which is to read more copies where more are wanted than it was to read."""
    if wish.by is AskedBy.READER:
        db.execute("update backfills set asked_by = ? where id = ?", [wish.by.value, found.id])
    if found.state is BackfillState.STOPPED:
        go_on(db, found, now)
        found = get_backfill(db, found.id)
    if wish.most <= found.most or found.state in (BackfillState.NONE, BackfillState.EXCLUDED):
        return found
    db.execute("update backfills set most = ?, looks = ? where id = ?", [wish.most, wish.looks, found.id])
    if found.state is BackfillState.DONE and found.url is not None and found.listed > found.read:
        db.execute(
            "update backfills set state = ?, next_at = ?, expires_at = null where id = ?",
            [BackfillState.READING.value, to_text(now), found.id],
        )
    return get_backfill(db, found.id)


def drop_expired(db: Db, now: datetime) -> None:
    """Forgets what need not be known any longer. That a stored article's past was read stays, without what was listed."""
    gone = "select id from backfills where expires_at <= ?"
    db.execute(f"delete from backfill_copies where backfill_id in ({gone})", [to_text(now)])
    db.execute(
        f"delete from backfills where id in ({gone} and (state <> 'done' or article_id is null))", [to_text(now)]
    )


def hash_of(db: Db, key: str) -> str:
    """A name of an address that nobody can tell without the store's own secret, nor by trying addresses elsewhere."""
    (secret,) = db.execute("select value from settings where name = ?", [_SECRET]).fetchone()
    return hashlib.blake2b(
        key.encode("utf-8", "backslashreplace"), key=bytes.fromhex(secret), digest_size=16
    ).hexdigest()


def as_backfill(row: Sequence[Any]) -> Backfill:
    """The backfill that a row of `COLUMNS` tells."""
    id_, source, name, title, host, article_id, url, by, state, reason, to_list, *rest = row
    lists, most, listed, read, versions, looks, failures, began, next_at, expires, earliest, latest = rest
    return Backfill(
        id=id_,
        source=source,
        name=name,
        title=title,
        host=host,
        article_id=article_id,
        url=url,
        asked_by=AskedBy(by),
        state=BackfillState(state),
        reason=reason,
        to_list=tuple(json.loads(to_list)),
        lists=lists,
        most=most,
        listed=listed,
        read=read,
        versions=versions,
        looks=looks,
        failures=failures,
        began_at=from_text(began),
        next_at=maybe_from_text(next_at),
        expires_at=maybe_from_text(expires),
        earliest_at=maybe_from_text(earliest),
        latest_at=maybe_from_text(latest),
    )
