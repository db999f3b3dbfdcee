"""Takes back what one import, or one backfill from an archive, alone brought to an article: the article is then as if it had
never been imported. What was also brought otherwise stays, whatever came first. Runs inside write transactions.
"""

from __future__ import annotations

import json
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from rowback.store.arranging import arrange, refresh, rows_of, take_away
from rowback.store.bodies import bodies_of, ids_of
from rowback.store.instants import from_text, to_text
from rowback.store.kept_copies import drop_brought_copies, has_copies, read_copies
from rowback.store.origins import as_origin
from rowback.store.owner import delete_article
from rowback.store.placement import place
from rowback.store.putting import IDS
from rowback.store.said_alone import take_back_facts
from rowback.store.sayings import OWN, Fact
from rowback.store.version_rows import shrink_version
from rowback.store.versions import Span, read_spans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rowback.model import Origin
    from rowback.store.engine import Db


class Came(StrEnum):
    """What became of an article that an import had a part in."""

    STAYS = "stays"
    GONE = "gone"
    """Nothing else was known of it."""
    FOLLOWED = "followed"
    """Nothing else is known of it, and somebody follows it: all of it was left as it is."""


def take_back(db: Db, article_id: int, number: int) -> Came:
    """Takes back what an import alone brought to an article."""
    if _is_waited_for(db, article_id, number):
        return Came.FOLLOWED
    drop_brought_copies(db, article_id, number)
    _drop_set_aside(db, article_id, number)
    _drop_captures(db, article_id, number)
    if has_copies(db, article_id):
        arrange(db, article_id)
    if db.execute("select 1 from captures where article_id = ? limit 1", [article_id]).fetchone() is None:
        _let_go(db, article_id)
        return Came.GONE
    if not has_copies(db, article_id):
        _say_origins(db, article_id)
    take_back_facts(db, article_id, number)
    db.execute("delete from brought where article_id = ? and import = ?", [article_id, number])
    others = "select 1 from brought where article_id = ? and import <> ? limit 1"
    if db.execute(others, [article_id, OWN]).fetchone() is None:
        db.execute("delete from brought where article_id = ?", [article_id])
    _drop_blocks(db, article_id)
    refresh(db, article_id)
    return Came.STAYS


def _is_waited_for(db: Db, article_id: int, number: int) -> bool:
    """Whether nothing but an import tells of an article that somebody follows, until its own page is read."""
    followed = "select 1 from brought where article_id = ? and what = ?"
    if db.execute(followed, [article_id, Fact.FOLLOWED.value]).fetchone() is None:
        return False
    others = "select 1 from captures where article_id = ? and coalesce(brought_by, 0) <> ? limit 1"
    if db.execute(others, [article_id, number]).fetchone() is not None:
        return False
    return all(copy.brought_by == {number} for copy in read_copies(db, article_id))


def _drop_captures(db: Db, article_id: int, number: int) -> None:
    """Those of copies that came otherwise, too, stay and say so."""
    copies = {(copy.seen.seen_at, copy.seen.origin): copy.seen.brought_by for copy in read_copies(db, article_id)}
    rows = [row for row in rows_of(db, article_id) if row.brought_by == number]
    kept = [row for row in rows if (row.seen_at, row.origin) in copies]
    for row in kept:
        db.execute("update captures set brought_by = ? where id = ?", [copies[row.seen_at, row.origin], row.id])
    take_away(db, article_id, [row for row in rows if row not in kept])
    aside = "select id, version_id from captures where article_id = ? and brought_by = ? and aside is not null"
    for id_, version_id in db.execute(aside, [article_id, number]).fetchall():
        db.execute("delete from captures where id = ?", [id_])
        shrink_version(db, version_id)


def _drop_set_aside(db: Db, article_id: int, number: int) -> None:
    """What would be brought back of versions that older rules let pass is not brought back either."""
    rows = db.execute("select id, kept from set_aside where article_id = ?", [article_id]).fetchall()
    for id_, text in rows:
        kept = json.loads(text)
        captures = [each for each in kept.get("captures", ()) if number not in each[4:]]
        if len(captures) == len(kept.get("captures", ())):
            continue
        db.execute("update set_aside set kept = ? where id = ?", [json.dumps(kept | {"captures": captures}), id_])
        if not captures:
            db.execute("delete from set_aside where id = ?", [id_])


def _let_go(db: Db, article_id: int) -> None:
    """Deletes an article; what archives were asked about its address stays known without it."""
    over = "select id from backfills where article_id = ? and next_at is null"
    db.execute(f"delete from backfill_copies where backfill_id in ({over})", [article_id])
    db.execute(
        "update backfills set url = case when next_at is not null then url end, article_id = null where article_id = ?",
        [article_id],
    )
    delete_article(db, article_id)


def _say_origins(db: Db, article_id: int) -> None:
    """Says of each version who brought it first, by the order in which what is left of it came."""
    spans = read_spans(db, article_id)
    told = _as_they_came(db, article_id)
    if [span.fingerprint for span in spans] != [span.fingerprint for span in told]:
        return
    for span, as_told in zip(spans, told, strict=True):
        if as_told.origin is not None and span.origin is not as_told.origin:
            db.execute("update versions set origin = ? where id = ?", [as_told.origin.value, span.id])


def _as_they_came(db: Db, article_id: int) -> list[Span]:
    """The versions that an article's captures make in the order in which they were stored. Each span's `id` is of no row."""
    rows = db.execute(
        "select captures.seen_at, fingerprint, captures.origin from captures join versions on versions.id = version_id "
        "where captures.article_id = ? and aside is null order by captures.id",
        [article_id],
    ).fetchall()
    spans: list[Span] = []
    seen: dict[str, list[str]] = {}
    for at, printed, origin in rows:
        spans = _placed(spans, seen, at, printed, as_origin(origin))
        seen.setdefault(printed, []).append(at)
    return spans


def _placed(
    spans: Sequence[Span], seen: Mapping[str, Sequence[str]], at: str, printed: str, origin: Origin | None
) -> list[Span]:
    """With one more capture; `seen` has the instants of those before by their texts."""
    when = from_text(at)
    where = place(spans, printed, when)
    if where.same is not None:
        longer = replace(
            where.same, seen_at=min(where.same.seen_at, when), last_seen_at=max(where.same.last_seen_at, when)
        )
        return [longer if span is where.same else span for span in spans]
    found = [span for span in spans if span is not where.split]
    if where.split is not None:
        split = where.split
        first, last = to_text(split.seen_at), to_text(split.last_seen_at)
        sights = sorted(each for each in seen[split.fingerprint] if first <= each <= last)
        before, after = [each for each in sights if each <= at], [each for each in sights if each > at]
        found += [
            replace(split, seen_at=from_text(part[0]), last_seen_at=from_text(part[-1])) for part in (before, after)
        ]
    found.append(Span(0, 0, when, when, "", origin, printed))
    return sorted(found, key=lambda span: span.seen_at)


def _drop_blocks(db: Db, article_id: int) -> None:
    """Drops the texts that nothing of an article says any more: searches would find them."""
    used = {each for body in bodies_of(db, article_id).values() for each in body}
    texts = db.execute("select blocks from copy_texts where article_id = ?", [article_id]).fetchall()
    used.update(each for (body,) in texts for each in ids_of(body))
    db.execute(
        f"delete from blocks where article_id = ? and id not in ({IDS}) and id not in "
        "(select block_id from reading_blocks join readings on readings.id = reading_id "
        "join versions on versions.id = version_id where versions.article_id = ?)",
        [article_id, json.dumps(sorted(used)), article_id],
    )
