"""What strangers are told of an article, kept beside what is so: see `store.public_spans`. Runs inside write transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.instants import from_text, maybe_from_text, to_number, to_text
from rowback.store.public_spans import Sights, coarsened
from rowback.store.putting import put

if TYPE_CHECKING:
    from rowback.store.engine import Db
    from rowback.store.public_spans import PublicSpan

_READING = (
    "select exists (select 1 from captures where article_id = :id and origin = 'browser') "
    "or exists (select 1 from read_there where article_id = :id)"
)
# Whether a row of `captures` says when somebody read, here or at another backend.
_IS_READING = """(captures.origin = 'browser' or (captures.origin = 'rowback' and exists (
    select 1 from read_there where read_there.article_id = captures.article_id and read_there.seen_at = captures.seen_at)))"""
_AS_IT_IS = (
    "update articles set public_first_seen_at = first_seen_at, public_last_checked_at = last_checked_at, "
    "public_last_changed_at = last_changed_at where id = ?"
)
# What lies aside of a version's span does not count for it.
_SEEN = f"""
    select versions.id, versions.seen_at, min(captures.seen_at), max(captures.seen_at)
    from versions left join captures
        on captures.version_id = versions.id and captures.aside is null and not {_IS_READING}
    where versions.article_id = ? group by versions.id order by versions.seen_at, versions.id
"""
_CHECKED = f"select max(seen_at) from captures where article_id = ? and not {_IS_READING}"


def refresh_public(db: Db, article_id: int) -> None:
    """Makes what strangers are told of an article fit its captures. Most have none by a browser, and nothing to hide."""
    if not db.execute(_READING, {"id": article_id}).fetchone()[0]:
        db.execute(_AS_IT_IS, [article_id])
        return
    told = _told(db, article_id)
    kept = db.execute(
        "select version_id, public_times.seen_at, public_times.last_seen_at, is_day from public_times "
        "join versions on versions.id = version_id where article_id = ?",
        [article_id],
    ).fetchall()
    for version_id, each in told.items():
        row = {
            "version_id": version_id,
            "seen_at": to_text(each.seen_at),
            "last_seen_at": to_text(each.last_seen_at),
            "is_day": int(each.is_day),
        }
        if tuple(row.values()) not in kept:
            put(db, "public_times", row, key="version_id")
            db.execute(
                "update changes set public_seen_us = ? where version_id = ?", [to_number(each.seen_at), version_id]
            )
    _tell_article(db, article_id, list(told.values()))


def _told(db: Db, article_id: int) -> dict[int, PublicSpan]:
    """By version, in order of time."""
    rows = db.execute(_SEEN, [article_id]).fetchall()
    seen = (
        Sights(from_text(first), maybe_from_text(sure_first), maybe_from_text(sure_last))
        for _, first, sure_first, sure_last in rows
    )
    return dict(zip((row[0] for row in rows), coarsened(seen), strict=True))


def _tell_article(db: Db, article_id: int, told: list[PublicSpan]) -> None:
    (checked_at,) = db.execute(_CHECKED, [article_id]).fetchone()
    last_seen_at = to_text(max(each.last_seen_at for each in told))
    db.execute(
        "update articles set public_first_seen_at = ?, public_last_checked_at = ?, public_last_changed_at = ? where id = ?",
        [
            to_text(told[0].seen_at),
            max(last_seen_at, checked_at or last_seen_at),
            to_text(told[-1].seen_at),
            article_id,
        ],
    )
