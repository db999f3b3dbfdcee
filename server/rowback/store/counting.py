"""Lines that only count: furniture of a source, learned from what its pages say. Runs in others' transactions.

A line is learned once it stood, outside prose, in so many articles of a source, was seen to differ in each in nothing but its
numbers, and came to different numbers in them: what is counted there is the page's own. A number that is the same in all
of a source's articles is a fact about the world, and stays one. What is said of such a line later makes no edit; it is
kept as it was last seen, and told aside.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from rowback.model import Origin
from rowback.store.asides import Aside
from rowback.store.instants import from_text, to_text
from rowback.text.loose import has_number, is_short, masked
from rowback.text.normalize import comparable
from rowback.text.settled import settled
from rowback.told import SeenAside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from rowback.model import Block, Capture, Content
    from rowback.store.engine import Db

MIN_ARTICLES = 3
MAX_TOLD = 20  # lines of one article


def note_lines(db: Db, article_id: int, said: Content | None, capture: Capture) -> None:
    """Remembers the loose lines of a page; `said` is the text that stood, None for a new article."""
    before = {} if said is None else {masked(block.text): block.text for block in said.blocks if _may_be_line(block)}
    for n in capture.loose:
        text = capture.content.blocks[n].text
        form = masked(text)
        has_changed = form in before and comparable(before[form]) != comparable(text)
        db.execute(
            "insert into loose_lines (source, hash, article_id, text, changed, times, seen_at, origin) "
            "select source, ?, id, ?, ?, 1, ?, ? from articles where id = ? "
            "on conflict (source, hash, article_id) do update set text = excluded.text, "
            "changed = max(loose_lines.changed, excluded.changed), times = loose_lines.times + 1, "
            "seen_at = excluded.seen_at, origin = excluded.origin where excluded.seen_at >= loose_lines.seen_at",
            [_hash(form), text, int(has_changed), to_text(capture.seen_at), capture.origin.value, article_id],
        )


def settle_lines(db: Db, article_id: int, said: Content, capture: Capture) -> Content:
    """What a page says, with the lines that only count in its source as they stood in `said`."""
    old = {n: masked(block.text) for n, block in enumerate(said.blocks) if _may_be_line(block)}
    new = {n: masked(capture.content.blocks[n].text) for n in capture.loose}
    learned = _learned(db, article_id, {*old.values(), *new.values()}) if new.values() != old.values() else frozenset()
    gone = {n for n, form in new.items() if form in learned}
    kept = {n for n, form in old.items() if form in learned}
    if not gone and not kept:
        return capture.content
    return replace(capture.content, blocks=settled(said.blocks, capture.content.blocks, gone=gone, kept=kept))


def lines_aside(db: Db, article_id: int, *, sure_only: bool) -> list[SeenAside]:
    """The lines of an article that only count, as they were last seen, by the version at that time. With `sure_only` nothing
    of what a reader's browser saw."""
    rows = db.execute(
        "select hash, text, times, seen_at, origin from loose_lines where article_id = ? and changed = 1 order by hash",
        [article_id],
    ).fetchall()
    if not rows:
        return []
    learned = _learned_hashes(db, article_id, [row[0] for row in rows])
    told: dict[int, list[tuple[str, int, datetime]]] = {}
    for digest, text, times, seen_at, origin in rows:
        if digest in learned and not (sure_only and origin == Origin.BROWSER):
            number = _version_at(db, article_id, seen_at)
            told.setdefault(number, []).append((text, times, from_text(seen_at)))
    return [
        SeenAside(
            number,
            Aside.COUNTING.value,
            max(times for _, times, _ in lines),
            max(at for _, _, at in lines),
            tuple(text for text, _, _ in lines[:MAX_TOLD]),
        )
        for number, lines in sorted(told.items())
    ]


def _version_at(db: Db, article_id: int, seen_at: str) -> int:
    query = "select coalesce(max(number), 0) from version_list where article_id = ? and seen_at <= ?"
    return int(db.execute(query, [article_id, seen_at]).fetchone()[0])


def _learned(db: Db, article_id: int, forms: Iterable[str]) -> frozenset[str]:
    by_hash = {_hash(form): form for form in forms}
    return frozenset(by_hash[digest] for digest in _learned_hashes(db, article_id, by_hash))


def _learned_hashes(db: Db, article_id: int, hashes: Collection[str]) -> frozenset[str]:
    rows = db.execute(
        "select hash from loose_lines where source = (select source from articles where id = ?) and changed = 1 "
        "and hash in (select value from json_each(?)) group by hash having count(*) >= ? and count(distinct text) >= ?",
        [article_id, json.dumps(list(hashes)), MIN_ARTICLES, MIN_ARTICLES],
    ).fetchall()
    return frozenset(row[0] for row in rows)


def _may_be_line(block: Block) -> bool:
    return block.kind == "p" and is_short(block.text) and has_number(block.text)


def _hash(form: str) -> str:
    return hashlib.blake2b(form.encode(), digest_size=16).hexdigest()
