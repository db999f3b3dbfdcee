"""Gives an article's archive copies the versions that they make, all of them judged together (`text/copied.py`).

After each capture of such an article, whatever brought it: what is stored is compared with what follows from all that is
known now, and only what differs is written. So it does not matter in which order copies come, and judging again loses
nothing. Runs inside write transactions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from rowback.model import Content, Doubt, Origin
from rowback.store.articles import refresh_article
from rowback.store.instants import from_text
from rowback.store.kept_copies import read_copies
from rowback.store.origins import as_origin
from rowback.store.public import refresh_public
from rowback.store.readings import copy_readings
from rowback.store.recording import place_capture
from rowback.store.version_rows import join_versions, shrink_version
from rowback.store.versions import Text, read_content, read_spans
from rowback.text.copied import Glimpse, judged

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from rowback.store.engine import Db
    from rowback.store.kept_copies import KeptCopy
    from rowback.store.versions import Span


@dataclass(frozen=True, slots=True)
class SightRow:
    """A row of `captures` that lies in its version's span, with its version's text."""

    id: int
    seen_at: datetime
    version_id: int
    fingerprint: str
    origin: Origin
    brought_by: int | None = None


def arrange(db: Db, article_id: int, copies: Sequence[KeptCopy] | None = None) -> list[Text | Doubt]:
    """Makes the versions of an article what its copies and all else that was seen of it come to. What each of its copies
    tells, in order of time; `copies` are these, where they were read already."""
    copies = read_copies(db, article_id) if copies is None else copies
    rows = rows_of(db, article_id)
    at = {(copy.seen.seen_at, copy.seen.origin) for copy in copies}
    of_copies = [row for row in rows if (row.seen_at, row.origin) in at]
    told = _told(db, copies, [row for row in rows if row not in of_copies])
    wanted = [(copy, text) for copy, text in zip(copies, told, strict=True) if isinstance(text, Text)]
    made = {(row.seen_at, row.fingerprint): row for row in of_copies}
    new = [(copy, text) for copy, text in wanted if made.pop((copy.seen.seen_at, text.fingerprint), None) is None]
    if made:
        take_away(db, article_id, made.values())
    for copy, text in new:
        place_capture(db, article_id, read_spans(db, article_id), text, copy.seen)
    _say_origins(db, article_id)
    if made or new:
        refresh(db, article_id)
    return told


def live_spans(db: Db, article_id: int, spans: Sequence[Span]) -> list[Span]:
    """An article's versions (`spans`) as they would be without its copies; their rows are those that have the texts."""
    known = {span.id: span for span in spans}
    copied = {(copy.seen.seen_at, copy.seen.origin) for copy in read_copies(db, article_id)}
    rows = [row for row in rows_of(db, article_id) if (row.seen_at, row.origin) not in copied]
    runs = [list(run) for _, run in groupby(rows, key=lambda row: row.fingerprint)]
    return [
        replace(known[run[0].version_id], number=n, seen_at=run[0].seen_at, last_seen_at=run[-1].seen_at)
        for n, run in enumerate(runs)
    ]


def brought_at(db: Db, article_id: int, seen_at: datetime) -> list[SightRow]:
    """What imports said of an article at an instant."""
    return [row for row in rows_of(db, article_id) if row.seen_at == seen_at and row.origin is Origin.IMPORT]


def rows_of(db: Db, article_id: int) -> list[SightRow]:
    """An article's rows of `captures` that lie in their versions' spans, in order of time."""
    rows = db.execute(
        "select captures.id, captures.seen_at, version_id, fingerprint, captures.origin, brought_by from captures "
        "join versions on versions.id = version_id where captures.article_id = ? and aside is null "
        "order by captures.seen_at, captures.id",
        [article_id],
    ).fetchall()
    return [
        SightRow(id_, from_text(at), version, printed, as_origin(origin), by)
        for id_, at, version, printed, origin, by in rows
    ]


def _told(db: Db, copies: Sequence[KeptCopy], live: Sequence[SightRow]) -> list[Text | Doubt]:
    """What each copy tells."""
    ends = _ends(live, {copy.seen.seen_at for copy in copies})
    rows = {row.fingerprint: row.version_id for row in ends}
    texts = {printed: read_content(db, version_id) for printed, version_id in rows.items()}
    readers = {row.fingerprint for row in live if row.origin is Origin.BROWSER}
    sights = [
        Glimpse(texts[row.fingerprint], row.fingerprint, row.seen_at, False, is_reader=row.fingerprint in readers)
        for row in ends
    ]
    sights += [
        Glimpse(
            each.text.content,
            each.text.fingerprint,
            each.seen.seen_at,
            True,
            each.is_free,
            each.is_front,
            is_told=each.seen.origin is Origin.ROWBACK,
        )
        for each in copies
    ]
    sights.sort(key=lambda sight: (sight.seen_at, sight.is_copy, sight.fingerprint))
    found = {
        (sight.seen_at, sight.fingerprint): said
        for sight, said in zip(sights, judged(sights), strict=True)
        if sight.is_copy
    }
    return [_as_text(copy, found[copy.seen.seen_at, copy.text.fingerprint]) for copy in copies]


def _ends(rows: Sequence[SightRow], at: Collection[datetime]) -> list[SightRow]:
    """The first and the last row of each run that says the same, and those of the instants `at` which a copy was made."""
    runs = [list(run) for _, run in groupby(rows, key=lambda row: row.fingerprint)]
    ends = {id_ for run in runs for id_ in (run[0].id, run[-1].id)}
    return [row for row in rows if row.id in ends or row.seen_at in at]


def _as_text(copy: KeptCopy, said: Content | Doubt) -> Text | Doubt:
    if isinstance(said, Doubt):
        return said
    return copy.text if said is copy.text.content else Text.of(said, copy.text.reading)


def take_away(db: Db, article_id: int, rows: Iterable[SightRow]) -> None:
    """Takes captures out of their versions; the two that a version stood between are one again where they say the same."""
    for row in rows:
        (version_id,) = db.execute("delete from captures where id = ? returning version_id", [row.id]).fetchone()
        shrink_version(db, version_id)  # perhaps another than at first: two may have become one meanwhile
        spans = read_spans(db, article_id)
        for one, other in pairwise(spans):
            if one.fingerprint == other.fingerprint:
                copy_readings(db, other.id, one.id)
                join_versions(db, one.id, other.id)
                break


def _say_origins(db: Db, article_id: int) -> None:
    """Says of the versions by what they were seen first."""
    db.execute(
        "update versions set origin = coalesce((select origin from captures where version_id = versions.id "
        "and aside is null order by seen_at, id limit 1), origin) where article_id = ?",
        [article_id],
    )


def refresh(db: Db, article_id: int) -> None:
    """Says of an article what its versions say."""
    (last,) = db.execute("select max(seen_at) from captures where article_id = ?", [article_id]).fetchone()
    if last is None:
        return
    db.execute("update articles set last_checked_at = ? where id = ?", [last, article_id])
    refresh_article(db, article_id, from_text(last))
    refresh_public(db, article_id)
