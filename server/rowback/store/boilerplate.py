"""Texts that come and go in many articles of one source: promotions, notices, boxes. Learned from what was stored.

A text counts as boilerplate of a source only once it has come into some of its articles and gone from others, never because
it is common: a line that is only ever added ("Additional reporting by…") stays an edit.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rowback.text.lines.corrections import is_note_text
from rowback.text.normalize import comparable
from rowback.text.settled import settled

if TYPE_CHECKING:
    from collections.abc import Collection

    from rowback.model import Content
    from rowback.store.engine import Db

MIN_CAME = MIN_WENT = 3  # articles into which it came, and from which it went
MIN_ARTICLES = 5  # in all
MAX_WORDS = 60  # promotions are short
MAX_TEXTS = 8  # of one edit; more is a rewriting, and nothing to learn from
MAX_ASKED = 40  # short texts of one edit; beyond it the page is another


def note_passing(db: Db, article_id: int, before: Content, after: Content) -> None:
    """Counts the short texts that an edit brought or took."""
    came, went = _changes(before, after)
    if len(came) + len(went) > MAX_TEXTS:
        return
    for text in {*came, *went}:
        if len(text.split()) <= MAX_WORDS:
            db.execute(
                "insert into passing_texts (source, hash, article_id, came, went) "
                "select source, ?, id, ?, ? from articles where id = ? "
                "on conflict (source, hash, article_id) do update set came = max(passing_texts.came, excluded.came), "
                "went = max(passing_texts.went, excluded.went)",
                [_hash(text), text in came, text in went, article_id],
            )


@dataclass(frozen=True, slots=True)
class Passing:
    """What differs between two texts of an article: what `came` and `went`, and of the short ones those that pass through its
    source (`known`)."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    known: frozenset[str]

    @property
    def is_all(self) -> bool:
        """Whether all that differs in the blocks is boilerplate."""
        return 0 < len(self.came) + len(self.went) <= MAX_TEXTS and self.known.issuperset((*self.came, *self.went))


def passing_of(db: Db, article_id: int, before: Content, after: Content) -> Passing:
    """What differs between two texts, and what of it is boilerplate. A correction never is."""
    came, went = _changes(before, after)
    asked = {text for text in (*came, *went) if len(text.split()) <= MAX_WORDS and not is_note_text(text)}
    is_little = 0 < len(asked) <= MAX_ASKED
    return Passing(tuple(came), tuple(went), _known(db, article_id, asked) if is_little else frozenset())


def settle_boilerplate(passing: Passing, before: Content, after: Content) -> Content:
    """`after` with the boilerplate of its source as it stood in `before`."""
    if not passing.known:
        return after
    came, went = passing.known.intersection(passing.came), passing.known.intersection(passing.went)
    gone = {n for n, block in enumerate(after.blocks) if comparable(block.text) in came}
    kept = {n for n, block in enumerate(before.blocks) if comparable(block.text) in went}
    return replace(after, blocks=settled(before.blocks, after.blocks, gone=gone, kept=kept))


def _changes(before: Content, after: Content) -> tuple[list[str], list[str]]:
    old = Counter(comparable(block.text) for block in before.blocks)
    new = Counter(comparable(block.text) for block in after.blocks)
    return list((new - old).elements()), list((old - new).elements())


def _known(db: Db, article_id: int, texts: Collection[str]) -> frozenset[str]:
    by_hash = {_hash(text): text for text in texts}
    marks = ", ".join("?" * len(by_hash))
    rows = db.execute(
        f"select hash from passing_texts where hash in ({marks}) and article_id != ? "
        "and source = (select source from articles where id = ?) "
        "group by hash having sum(came) >= ? and sum(went) >= ? and count(*) >= ?",
        [*by_hash, article_id, article_id, MIN_CAME, MIN_WENT, MIN_ARTICLES],
    ).fetchall()
    return frozenset(by_hash[row[0]] for row in rows)


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
