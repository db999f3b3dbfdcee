"""The steps between versions, told once and kept: what the front page, article pages, feeds and searches read.

Rows are derived. `changes_due` lists articles whose rows may not fit their versions any more (a capture added, split or
renumbered some, an import, an upgrade, a crash in between); `refresh` and `catch_up` bring them up to date.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rowback.apart.lanes import INCOMING, weight_of
from rowback.deferred import Deferred
from rowback.errors import PageTooCostly, UnknownVersion
from rowback.store.audience import Audience
from rowback.store.bodies import read_blocks
from rowback.store.cut_lines import Blocks, packed
from rowback.store.instants import from_number, from_text, to_number
from rowback.store.known_order import ids_of
from rowback.store.merged_words import merge_now_and_then
from rowback.store.putting import insert_all, put
from rowback.store.review_homes import settle
from rowback.store.versions import read_spans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.diff.telling import coarse
    from rowback.diff.telling import step as telling
    from rowback.diff.telling.step import Step
    from rowback.diff.words import compare
    from rowback.model import Content
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.known_order import Neighbours
    from rowback.store.versions import Versions
else:
    coarse = Deferred("rowback.diff.telling.coarse")
    telling = Deferred("rowback.diff.telling.step")
    compare = Deferred("rowback.diff.words.compare")

ATTEMPTS = 5  # another process may record into the same article meanwhile; each attempt starts from what it finds
_RULES_SETTING = "changes_rules"
COLUMNS = (
    "changes.id, changes.article_id, changes.previous_id, changes.version_id, changes.number, changes.seen_us, "
    "changes.edit_count, changes.words_inserted, changes.words_deleted, changes.labels, changes.kinds, changes.minor, "
    "changes.headline, changes.unannounced, changes.excerpt"
)


@dataclass(frozen=True, slots=True)
class KeptStep:
    """The step from version `number` - 1 of an article to version `number`. `version_id` stays when numbers shift."""

    id: int
    article_id: int
    previous_id: int
    version_id: int
    number: int
    seen_at: datetime
    edit_count: int
    words_inserted: int
    words_deleted: int
    labels: tuple[str, ...]
    kinds: tuple[str, ...]
    minor: bool
    headline: bool
    unannounced: bool
    excerpt: tuple[compare.Segment, ...]


def step_columns(audience: Audience) -> str:
    """`COLUMNS` as they are told."""
    return COLUMNS.replace("changes.seen_us", audience.instant("changes.seen_us"))


class KeptSteps:
    """The kept steps of a store, as an audience is told of them."""

    def __init__(self, connection: Connection, versions: Versions, audience: Audience = Audience.TRUSTED) -> None:
        self._connection = connection
        self._versions = versions
        self._audience = audience

    def of_article(self, article_id: int) -> list[KeptStep]:
        """An article's steps, oldest first."""
        with self._connection.read() as db:
            rows = db.execute(
                f"select {step_columns(self._audience)} from changes where article_id = ? order by number", [article_id]
            ).fetchall()
        return [as_kept_step(row) for row in rows]

    def due(self) -> int:
        """How many articles' steps are not up to date."""
        with self._connection.read() as db:
            if self._audience.is_owner:
                return int(db.execute("select count(*) from changes_due").fetchone()[0])
            (seen,) = self._audience.listed("articles")
            query = f"select count(*) from changes_due cross join articles where articles.id = article_id and {seen}"
            return int(db.execute(query).fetchone()[0])

    def catch_up(self, limit: int | None = None) -> int:
        """Brings up to `limit` articles (None: all) up to date. Returns how many there were."""
        self._check_rules()
        done = 0
        while limit is None or done < limit:
            with self._connection.read() as db:
                row = db.execute("select article_id from changes_due limit 1").fetchone()
            if row is None:
                break
            self.refresh(int(row[0]))
            done += 1
        return done

    def refresh(self, article_id: int) -> None:
        """Makes an article's rows fit its versions. What is told already stays; the rest is compared, outside of any
        transaction, and kept if no version came in between."""
        for _ in range(ATTEMPTS):
            with self._connection.read() as db:
                due = db.execute("select 1 from changes_due where article_id = ?", [article_id]).fetchone()
                wanted = _wanted(db, article_id)
                missing = wanted.keys() - _told(db, article_id)
            if due is None:
                return
            try:
                steps = {pair: self._tell(pair) for pair in missing}
            except UnknownVersion:  # the article was merged or forgotten meanwhile
                continue
            with self._connection.write() as db:
                if _wanted(db, article_id) == wanted:
                    _keep(db, article_id, wanted, steps)
                    return

    def _tell(self, pair: Neighbours) -> Step:
        old, new, *earlier = self._versions.of_step(*pair)
        return told_step(old, new, earlier)

    def _check_rules(self) -> None:
        """Makes everything due when it was told by other rules than today's."""
        with self._connection.read() as db:
            row = db.execute("select value from settings where name = ?", [_RULES_SETTING]).fetchone()
        if row is not None and row[0] == str(telling.RULES):
            return
        with self._connection.write() as db:
            db.execute(
                "insert into changes_due select distinct article_id from changes where rules <> ? on conflict do nothing",
                [telling.RULES],
            )
            put(db, "settings", {"name": _RULES_SETTING, "value": str(telling.RULES)}, key="name")


def told_step(old: Content, new: Content, earlier: Sequence[Content]) -> Step:
    """The step from one text to another; in whole blocks where the words take too long to compare."""
    try:
        return INCOMING.run(weight_of(old, new, *earlier), telling.tell_step, old, new, earlier)
    except PageTooCostly:
        return coarse.coarse_step(old, new)


def _wanted(db: Db, article_id: int) -> dict[Neighbours, tuple[int, int]]:
    """The pairs of neighbouring versions (row ids), each with the newer one's number and instant."""
    pairs = pairwise(read_spans(db, article_id))
    return {(old.id, new.id): (new.number, to_number(new.seen_at)) for old, new in pairs}


def _told(db: Db, article_id: int) -> set[Neighbours]:
    rows = db.execute(
        "select previous_id, version_id from changes where article_id = ? and rules = ?", [article_id, telling.RULES]
    ).fetchall()
    return {(old, new) for old, new in rows}


def _keep(db: Db, article_id: int, wanted: dict[Neighbours, tuple[int, int]], steps: dict[Neighbours, Step]) -> None:
    kept = wanted.keys() - steps.keys()
    for old, new in db.execute(
        "select previous_id, version_id from changes where article_id = ?", [article_id]
    ).fetchall():
        if (old, new) not in kept:
            db.execute("delete from changes where version_id = ?", [new])
    public = _public_times(db, article_id)
    for pair in kept:
        number, seen = wanted[pair]
        db.execute(
            "update changes set number = ?, seen_us = ?, public_seen_us = ? "
            "where version_id = ? and (number <> ? or seen_us <> ?)",
            [number, seen, public.get(pair[1], seen), pair[1], number, seen],
        )
    for _, new in wanted:  # versions that came from an article merged into this one
        db.execute("delete from changes where version_id = ? and article_id <> ?", [new, article_id])
    source, listed = db.execute("select source, listed from articles where id = ?", [article_id]).fetchone()
    # In order, so that newer steps get higher ids.
    pairs = [pair for pair in wanted if pair in steps]
    ids = ids_of(db, article_id, pairs)
    rows = [_row(db, article_id, source, pair, wanted[pair], steps[pair]) | {"id": ids[pair]} for pair in pairs]
    told = [row | {"listed": listed, "public_seen_us": public.get(row["version_id"], row["seen_us"])} for row in rows]
    insert_all(db, "changes", told)
    db.execute("delete from changes_due where article_id = ?", [article_id])
    settle(db, article_id)
    merge_now_and_then(db, article_id)


def _public_times(db: Db, article_id: int) -> dict[int, int]:
    """When strangers are told that versions were first seen, by their row ids, where that is something else."""
    query = (
        "select version_id, public_times.seen_at from public_times join versions on versions.id = version_id "
        "where article_id = ?"
    )
    return {version_id: to_number(from_text(text)) for version_id, text in db.execute(query, [article_id]).fetchall()}


def _row(db: Db, article_id: int, source: str, pair: Neighbours, where: tuple[int, int], step: Step) -> dict[str, Any]:
    return {
        "article_id": article_id,
        "previous_id": pair[0],
        "version_id": pair[1],
        "number": where[0],
        "seen_us": where[1],
        "source": source,
        "rules": telling.RULES,
        "edit_count": len(step.edits),
        "words_inserted": step.words_inserted,
        "words_deleted": step.words_deleted,
        "labels": _listed(step.labels),
        "kinds": _listed(step.kinds),
        "minor": int(step.is_minor),
        "headline": int(step.is_headline),
        "unannounced": int(step.is_unannounced),
        "excerpt": _json([[segment.op, segment.text] for segment in step.excerpt]),
        "pieces": _pieces(db, pair, step),
    }


def _pieces(db: Db, pair: Neighbours, step: Step) -> str:
    """The changed words, as where they stand in the two versions' blocks."""
    old, new = (Blocks((id_, block.text) for id_, block in read_blocks(db, version_id)) for version_id in pair)
    return packed(
        [old.lines_of(step.deleted), new.lines_of(step.inserted), old.lines_of(step.before), new.lines_of(step.after)]
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _listed(words: Sequence[str]) -> str:
    """Words with a space on both sides of each, so that a whole word is found as a string."""
    return f" {' '.join(words)} "


def as_kept_step(row: Sequence[Any]) -> KeptStep:
    """The step that a row of `COLUMNS` holds."""
    id_, article_id, previous_id, version_id, number, seen_us, edits, inserted, deleted, *rest = row
    labels, kinds, minor, headline, unannounced, line = rest
    segment = compare.Segment  # looked up once: a page has some hundreds
    return KeptStep(
        id=id_,
        article_id=article_id,
        previous_id=previous_id,
        version_id=version_id,
        number=number,
        seen_at=from_number(seen_us),
        edit_count=edits,
        words_inserted=inserted,
        words_deleted=deleted,
        labels=tuple(labels.split()),
        kinds=tuple(kinds.split()),
        minor=bool(minor),
        headline=bool(headline),
        unannounced=bool(unannounced),
        excerpt=tuple(segment(op, text) for op, text in json.loads(line)),
    )
