"""When versions were seen by anything but another backend: what only another backend told is not told on. Runs inside the
transactions of others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rowback.model import Attribution, Origin, Version
from rowback.store.instants import from_text
from rowback.store.origins import as_origin
from rowback.text.web_links import is_web_link

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.store.engine import Db

_HAS = "select 1 from captures where article_id = ? and origin = ? limit 1"
_SIGHTS = """
    select number, captures.seen_at, captures.origin, archive, href from captures join version_list using (version_id)
    left join mementos on mementos.article_id = captures.article_id and mementos.seen_at = captures.seen_at
    where captures.article_id = ? and captures.origin <> ? and aside is null order by captures.seen_at, captures.id
"""


@dataclass(frozen=True, slots=True)
class _Own:
    first: datetime
    last: datetime
    origin: Origin
    memento: Attribution | None


def without_peers(db: Db, article_id: int, versions: Sequence[Version]) -> list[Version]:
    """An article's versions without those that only another backend brought; the others from when to when they were seen
    otherwise."""
    if db.execute(_HAS, [article_id, Origin.ROWBACK.value]).fetchone() is None:
        return list(versions)
    found = dict[int, _Own]()
    for number, seen_at, origin, archive, href in db.execute(_SIGHTS, [article_id, Origin.ROWBACK.value]).fetchall():
        at, before = from_text(seen_at), found.get(number)
        memento = Attribution(archive, href) if archive is not None and is_web_link(href) else None
        found[number] = _Own(at, at, as_origin(origin), memento) if before is None else replace(before, last=at)
    return [
        replace(each, seen_at=own.first, last_seen_at=own.last, origin=own.origin, memento=own.memento)
        for each in versions
        if (own := found.get(each.number)) is not None
    ]
