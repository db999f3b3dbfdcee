"""Texts that come and go in many articles of one source: promotions, notices, boxes. Learned from what was stored.

A text counts as boilerplate of a source only once it has come into some of its articles and gone from others, never because
it is common: a line that is only ever added ("Additional reporting by…") stays an edit.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from rowback.text.lines.corrections import is_note_text
from rowback.text.normalize import comparable
from rowback.text.settled import settled

if TYPE_CHECKING:
    from sqlite_utils import Database

    from rowback.model import Content

MIN_CAME = MIN_WENT = 3  # articles into which it came, and from which it went
MIN_ARTICLES = 5  # in all
MAX_WORDS = 60  # promotions are short
MAX_TEXTS = 8  # of one edit; more is a rewriting, and nothing to learn from
MAX_ASKED = 40  # short texts of one edit; beyond it the page is another


def note_passing(db: Database, article_id: int, before: Content, after: Content) -> None:
    """Counts the short texts that an edit brought or took."""
    came, went = _changes(before, after)
    if len(came) + len(went) > MAX_TEXTS:
        return
    for text in {*came, *went}:
        if len(text.split()) <= MAX_WORDS:
            db.execute(
                "insert into passing_texts (source, hash, article_id, came, went) "
                "select source, ?, id, ?, ? from articles where id = ? "
                "on conflict do update set came = max(came, excluded.came), went = max(went, excluded.went)",
                [_hash(text), text in came, text in went, article_id],
            )


def is_boilerplate(db: Database, article_id: int, before: Content, after: Content) -> bool:
    """Whether all that differs between two texts of an article is boilerplate of its source."""
    if comparable(before.title) != comparable(after.title):
        return False
    came, went = _changes(before, after)
    if not 0 < len(came) + len(went) <= MAX_TEXTS or any(is_note_text(text) for text in (*came, *went)):
        return False
    return all(_is_known(db, article_id, text) for text in (*came, *went))


def settle_boilerplate(db: Database, article_id: int, before: Content, after: Content) -> Content:
    """`after` with the boilerplate of its source as it stood in `before`."""
    came, went = _changes(before, after)
    asked = {text for text in {*came, *went} if len(text.split()) <= MAX_WORDS and not is_note_text(text)}
    if len(asked) > MAX_ASKED:
        return after
    known = {text for text in asked if _is_known(db, article_id, text)}
    gone = {n for n, block in enumerate(after.blocks) if comparable(block.text) in known.intersection(came)}
    kept = {n for n, block in enumerate(before.blocks) if comparable(block.text) in known.intersection(went)}
    return replace(after, blocks=settled(before.blocks, after.blocks, gone=gone, kept=kept)) if gone or kept else after


def _changes(before: Content, after: Content) -> tuple[list[str], list[str]]:
    old = Counter(comparable(block.text) for block in before.blocks)
    new = Counter(comparable(block.text) for block in after.blocks)
    return list((new - old).elements()), list((old - new).elements())


def _is_known(db: Database, article_id: int, text: str) -> bool:
    came, went, articles = db.execute(
        "select coalesce(sum(came), 0), coalesce(sum(went), 0), count(*) from passing_texts "
        "where source = (select source from articles where id = ?) and hash = ? and article_id != ?",
        [article_id, _hash(text), article_id],
    ).fetchone()
    return bool(came >= MIN_CAME and went >= MIN_WENT and articles >= MIN_ARTICLES)


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
