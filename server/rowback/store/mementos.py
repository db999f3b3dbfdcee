"""From which archive's copy a capture was read: noted with the capture, and told of the version that it shows first.

A row stands for an article and an instant, so that it stays true whatever version its capture is counted with later. Runs
inside the transactions of others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.model import Attribution
from rowback.store.instants import from_text, maybe_from_text, to_text
from rowback.store.origins import as_origin
from rowback.store.putting import put
from rowback.store.sayings import Fact, has_said, say
from rowback.text.web_links import is_web_link

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rowback.model import Origin
    from rowback.store.engine import Db

_OF_VERSIONS = """
    select versions.id, archive, href from mementos
    join versions on versions.article_id = mementos.article_id and versions.seen_at = mementos.seen_at
    where mementos.article_id = ?
"""

_OF_ROWS = """
    select versions.id, versions.seen_at, origin, archive, href from versions
    join mementos on mementos.article_id = versions.article_id and mementos.seen_at = versions.seen_at
    where versions.id in (select cast(value as bigint) from json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Credit:
    """That a copy showed a version first, and when it was made; the rest as in `Version`."""

    seen_at: datetime
    origin: Origin
    memento: Attribution
    is_day: bool = False


def note_memento(db: Db, article_id: int, seen_at: datetime, memento: Attribution, by: int | None = None) -> None:
    """Notes from which copy an article was captured at an instant; `by` is the import that says so, if one does."""
    if by is not None or has_said(db, article_id):
        told = json.dumps([memento.archive, memento.href], ensure_ascii=False)
        say(db, article_id, by, Fact.MEMENTO, to_text(seen_at), told)
    row = {"article_id": article_id, "seen_at": to_text(seen_at), "archive": memento.archive, "href": memento.href}
    put(db, "mementos", row, key="article_id, seen_at")


def newest_memento(db: Db, article_id: int, archive: str) -> datetime | None:
    """The instant of the newest copy of an archive that an article was captured from."""
    (found,) = db.execute(
        "select max(seen_at) from mementos where article_id = ? and archive = ?", [article_id, archive]
    ).fetchone()
    return maybe_from_text(found)


def mementos_of(db: Db, article_id: int) -> dict[int, Attribution]:
    """The copies that showed versions first, by the rows of these."""
    rows = db.execute(_OF_VERSIONS, [article_id]).fetchall()
    return {id_: Attribution(archive, href) for id_, archive, href in rows if is_web_link(href)}


def credits_of(db: Db, version_ids: Iterable[int]) -> dict[int, Credit]:
    """The same of versions by their rows, whatever their articles, with the instants of the copies."""
    rows = db.execute(_OF_ROWS, [json.dumps(list(version_ids))]).fetchall()
    return {
        id_: Credit(from_text(at), as_origin(origin), Attribution(archive, href))
        for id_, at, origin, archive, href in rows
        if is_web_link(href)
    }


def share_mementos(db: Db, article_id: int, other_id: int) -> None:
    """Gives an article that was parted from another what is noted of the other's captures: those that are its own are found
    by their instants."""
    db.execute(
        "insert into mementos select ?, seen_at, archive, href from mementos where article_id = ? on conflict do nothing",
        [other_id, article_id],
    )
