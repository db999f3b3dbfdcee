"""The rows of versions: made, given another text, parted, prolonged and shrunk, here alone. Runs inside the transactions of
others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.model import Content
from rowback.store.bodies import copy_body, keep_blocks, set_body
from rowback.store.instants import from_text, to_text
from rowback.store.putting import inserted
from rowback.store.versions import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.model import Block, Origin
    from rowback.store.engine import Db
    from rowback.store.versions import Span


def add_version(db: Db, article_id: int, text: Text, seen_at: datetime, origin: Origin) -> int:
    """A version that begins and ends at an instant, and its blocks. Returns its row's id."""
    version_id = _insert(db, article_id, (seen_at, seen_at), origin.value, text)
    write_blocks(db, article_id, version_id, text.content.blocks)
    return version_id


def write_blocks(db: Db, article_id: int, version_id: int, blocks: Sequence[Block]) -> None:
    """Gives a version its blocks, whatever it had before."""
    set_body(db, version_id, keep_blocks(db, article_id, blocks))


def rewrite_version(db: Db, article_id: int, version_id: int, text: Text) -> None:
    """Gives a version another text. The steps to and from it are told anew."""
    write_blocks(db, article_id, version_id, text.content.blocks)
    db.execute(
        "update versions set title = ?, fingerprint = ?, reading = ? where id = ?",
        [text.content.title, text.fingerprint, text.reading, version_id],
    )
    its_steps = "article_id = ? and (version_id = ? or previous_id = ?)"
    db.execute(f"update changes set rules = 0 where {its_steps}", [article_id, version_id, version_id])
    db.execute(
        f"insert into changes_due select distinct article_id from changes where {its_steps} on conflict do nothing",
        [article_id, version_id, version_id],
    )


def note_reading(db: Db, version_id: int, reading: int | None) -> None:
    """Notes that rules read a version's very text from a page."""
    db.execute(
        "update versions set reading = max(coalesce(reading, ?), ?) where id = ?", [reading, reading, version_id]
    )


def split_version(db: Db, article_id: int, span: Span, seen_at: datetime) -> None:
    """Gives the captures of a version that lie after `seen_at` a version of their own with the same text. Those that were
    put aside beyond its span stay."""
    bounds = [span.id, to_text(seen_at), to_text(span.last_seen_at)]
    first, last = db.execute(
        "select min(seen_at), max(seen_at) from captures where version_id = ? and seen_at > ? and seen_at <= ?", bounds
    ).fetchone()
    (origin,) = db.execute("select origin from versions where id = ?", [span.id]).fetchone()
    text = Text(Content(span.title, (), span.paging), span.fingerprint, span.reading)
    new_id = _insert(db, article_id, (from_text(first), from_text(last)), origin, text)
    copy_body(db, span.id, new_id)
    db.execute(
        "update captures set version_id = ? where version_id = ? and seen_at > ? and seen_at <= ?", [new_id, *bounds]
    )
    db.execute(
        "update versions set last_seen_at = (select max(seen_at) from captures "
        "where version_id = versions.id and seen_at <= ?) where id = ?",
        [to_text(seen_at), span.id],
    )


def _insert(db: Db, article_id: int, period: tuple[datetime, datetime], origin: str, text: Text) -> int:
    """The one place where a row of `versions` is made; `period` is when it was seen first and last."""
    first, last = period
    row = {
        "article_id": article_id,
        "seen_at": to_text(first),
        "last_seen_at": to_text(last),
        "title": text.content.title,
        "origin": origin,
        "paging": text.content.paging.value,
        "fingerprint": text.fingerprint,
        "reading": text.reading,
    }
    return inserted(db, "versions", row)


def shrink_version(db: Db, version_id: int) -> None:
    """Makes a version's span that of the captures it has left; one without any is deleted. Those put aside lie beyond it,
    unless there are no others."""
    first, last = db.execute(
        "select coalesce(min(case when aside is null then seen_at end), min(seen_at)), "
        "coalesce(max(case when aside is null then seen_at end), max(seen_at)) from captures where version_id = ?",
        [version_id],
    ).fetchone()
    if first is not None:
        db.execute("update versions set seen_at = ?, last_seen_at = ? where id = ?", [first, last, version_id])
        return
    db.execute("delete from versions where id = ?", [version_id])


def join_versions(db: Db, kept_id: int, other_id: int) -> None:
    """Makes one version of two neighbours that say the same."""
    db.execute("update captures set version_id = ? where version_id = ?", [kept_id, other_id])
    db.execute(
        "update versions set last_seen_at = max(versions.last_seen_at, other.last_seen_at), "
        "reading = coalesce(max(versions.reading, other.reading), versions.reading, other.reading) "
        "from (select last_seen_at, reading from versions where id = ?) as other where id = ?",
        [other_id, kept_id],
    )
    db.execute("delete from versions where id = ?", [other_id])


def prolong_version(db: Db, version_id: int, seen_at: datetime) -> None:
    """Makes a version's span reach to an instant, before or after it."""
    at = to_text(seen_at)
    db.execute(
        "update versions set seen_at = min(seen_at, ?), last_seen_at = max(last_seen_at, ?) where id = ?",
        [at, at, version_id],
    )


def stand_until(db: Db, version_id: int, seen_at: datetime) -> None:
    """The same towards the future only: a server said that its text still stands."""
    db.execute("update versions set last_seen_at = max(last_seen_at, ?) where id = ?", [to_text(seen_at), version_id])


def note_first_sight(db: Db, version_id: int, seen_at: datetime, origin: Origin) -> None:
    """Notes who brought the earliest capture of a version, where it is the one at an instant."""
    db.execute(
        "update versions set origin = ? where id = ? and seen_at = ? and origin <> ?",
        [origin.value, version_id, to_text(seen_at), origin.value],
    )
