"""The matches of a full-text query newest first, in handfuls that grow, without those whose article does not fit. Runs inside
the transactions of others.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass
from operator import neg
from typing import TYPE_CHECKING

from rowback.store.instants import to_text
from rowback.store.matching import matching

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rowback.store.audience import Audience
    from rowback.store.engine import Db
    from rowback.store.stretches import Condition
    from rowback.text.query import Query

FIRST, LONGER = 200, 4  # matches of the first handful, and how many times as many the next one has
LONGEST = 100_000  # matches of any: some 0.1 s
WIDELY = 4_000  # matches looked at, some 3 ms, before the rows of a small source are looked for instead
FEW = 1_000  # rows of a source, some dozen articles: more are not looked for one by one
_BELOW, _NEWEST = "and {0}.rowid < ?", "order by {0}.rowid desc limit ?"
_STOOD = (
    "exists (select 1 from versions as stood left join public_times on version_id = stood.id "
    "where stood.article_id = articles.id and max(stood.last_seen_at, coalesce(public_times.last_seen_at, '')) >= ?)"
)


@dataclass(frozen=True, slots=True)
class Handful:
    """Of `looked_at` matches those that fit, as (id, article's id); `last` is the id of the last looked at, and `is_last`
    says that none matches behind it."""

    fitting: tuple[tuple[int, int], ...]
    looked_at: int
    last: int
    is_last: bool


def _of_articles(query: Query, audience: Audience) -> list[Condition]:
    """What the article of a text must be like for a query to find the text; of the period what is true of it at least."""
    given: list[tuple[bool, str, list[object]]] = [
        (True, "articles.hidden_reason is null", []),
        (bool(query.sources), f"articles.source in ({', '.join('?' * len(query.sources))})", list(query.sources)),
        (
            query.before is not None,
            f"{audience.instant('articles.first_seen_at')} < ?",
            [query.before and to_text(query.before)],
        ),
        (
            query.after is not None,
            _STOOD,
            [query.after and to_text(query.after)],
        ),
    ]
    given += [(True, condition, []) for condition in audience.listed("articles")]
    return [(condition, values) for applies, condition, values in given if applies]


def handfuls(
    db: Db, table: str, match: str, older_than: int | None, query: Query, audience: Audience
) -> Iterator[Handful]:
    """All matches with ids below `older_than` whose articles a query may mean."""
    conditions = _of_articles(query, audience)
    where = " and ".join(condition for condition, _ in conditions)
    given = [value for _, values in conditions for value in values]
    below, size, looked_at = older_than or 2**62, FIRST, 0
    few = _few(db, table, query)
    while few is None or (few and looked_at < WIDELY):
        rows = db.execute(
            f"with looked(id) as ({matching(table, _BELOW, _NEWEST)} order by 1 desc limit ?) "
            f"select looked.id, article_id from looked cross join {table} as wanted "
            f"cross join articles where wanted.id = looked.id and articles.id = article_id and {where} "
            "union all select min(id), -count(*) from looked",
            [*2 * [match, below, size], size, *given],
        ).fetchall()
        last, count = rows.pop()
        yield Handful(_newest_first(rows), -count, last or 0, is_last=-count < size)
        if -count < size:
            return
        below, size, looked_at = last, min(size * LONGER, LONGEST), looked_at + size
    ids = _among(db, table, match, [id_ for id_ in few if id_ < below])
    rows = db.execute(
        f"select wanted.id, article_id from json_each(?) cross join {table} as wanted cross join articles "
        f"where wanted.id = cast(value as bigint) and articles.id = article_id and {where}",
        [json.dumps(ids), *given],
    ).fetchall()
    yield Handful(_newest_first(rows), len(ids), 0, is_last=True)


def _few(db: Db, table: str, query: Query) -> list[int] | None:
    """All rows of the sources asked for, newest first, where they are few; None where they are many, or none is asked for."""
    if not query.sources:
        return None
    rows = db.execute(
        f"select id from {table} where article_id in "
        f"(select id from articles where source in ({', '.join('?' * len(query.sources))})) limit ?",
        [*query.sources, FEW + 1],
    ).fetchall()
    return sorted((row[0] for row in rows), reverse=True) if len(rows) <= FEW else None


def _among(db: Db, table: str, match: str, ids: Sequence[int]) -> list[int]:
    """Those of some rows, newest first, that match. Goes from match to row and from row to match by turns, so that not all
    matches are read, and no part of the index twice."""
    newest = f"{matching(table, _BELOW, _NEWEST)} order by 1 desc limit 1"
    found: list[int] = []
    place = 0
    while place < len(ids):
        row = db.execute(newest, 2 * [match, ids[place] + 1, 1]).fetchone()
        if row is None:
            break
        place = bisect_left(ids, -row[0], lo=place, key=neg)
        if place < len(ids) and ids[place] == row[0]:
            found.append(row[0])
            place += 1
    return found


def _newest_first(rows: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(((id_, article_id) for id_, article_id in rows), reverse=True))
