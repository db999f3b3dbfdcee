"""Rows of `copies`: what archives kept of an article, as it was read. Nothing here is judged. Runs inside the transactions of
others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rowback.model import Content, Paging
from rowback.store.bodies import blocks_of, keep_blocks, told_ids
from rowback.store.instants import from_text, to_text
from rowback.store.origins import as_origin
from rowback.store.recording import Seen
from rowback.store.sayings import OWN
from rowback.store.versions import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from rowback.model import Capture
    from rowback.store.engine import Db

_COLUMNS = "seen_at, fingerprint, received_at, origin, key, is_free, is_front, brought_by"


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """A copy: what it says, and the row of `captures` that it makes where it is believed. `brought_by` are the imports that
    brought it, `OWN` where it came otherwise."""

    text: Text
    seen: Seen
    is_free: bool
    is_front: bool
    brought_by: frozenset[int]

    @classmethod
    def of(cls, capture: Capture, text: Text, received_at: datetime) -> KeptCopy:
        """The copy that a capture is."""
        by = OWN if capture.brought_by is None else capture.brought_by
        return cls(text, Seen.of(capture, received_at), capture.is_free, capture.is_front, frozenset({by}))


def has_copies(db: Db, article_id: int) -> bool:
    """Whether an archive's copy of an article is kept."""
    return db.execute("select 1 from copies where article_id = ? limit 1", [article_id]).fetchone() is not None


def keep_copy(db: Db, article_id: int, copy: KeptCopy) -> None:
    """Keeps a copy; of one that is known already only who brought it."""
    text, seen = copy.text, copy.seen
    db.execute(
        "insert into copy_texts (article_id, fingerprint, title, paging, reading, blocks) "
        "values (?, ?, ?, ?, ?, ?) on conflict do nothing",
        [
            article_id,
            text.fingerprint,
            text.content.title,
            text.content.paging.value,
            text.reading,
            told_ids(keep_blocks(db, article_id, text.content.blocks)),
        ],
    )
    at = [to_text(seen.seen_at), text.fingerprint, to_text(seen.received_at)]
    db.execute(
        f"insert into copies (article_id, {_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "on conflict (article_id, seen_at, fingerprint) do update set brought_by = (select json_group_array(value) from "
        "(select value from json_each(copies.brought_by) union select value from json_each(excluded.brought_by)) as told)",
        [
            *(article_id, *at, seen.origin.value, seen.key, int(copy.is_free), int(copy.is_front)),
            json.dumps(sorted(copy.brought_by)),
        ],
    )


def read_copies(db: Db, article_id: int) -> list[KeptCopy]:
    """An article's copies in order of time."""
    rows = db.execute(
        "select fingerprint, title, paging, reading, blocks from copy_texts where article_id = ?", [article_id]
    ).fetchall()
    texts = {
        printed: Text(Content(title, blocks_of(db, blocks), Paging(paging)), printed, reading)
        for printed, title, paging, reading, blocks in rows
    }
    rows = db.execute(
        f"select {_COLUMNS} from copies where article_id = ? order by seen_at, fingerprint", [article_id]
    ).fetchall()
    return [
        KeptCopy(texts[printed], _seen(*seen, json.loads(by)), bool(is_free), bool(is_front), frozenset(json.loads(by)))
        for seen, printed, is_free, is_front, by in (
            ((seen_at, received_at, origin, key), printed, is_free, is_front, by)
            for seen_at, printed, received_at, origin, key, is_free, is_front, by in rows
        )
    ]


def move_copies(
    db: Db, from_id: int, to_id: int, made_at: Collection[tuple[datetime, str | None]] | None = None
) -> None:
    """Gives an article the copies of another; with `made_at` those that were made at these instants and addresses."""
    for copy in read_copies(db, from_id):
        if made_at is None or (copy.seen.seen_at, copy.seen.key) in made_at:
            keep_copy(db, to_id, copy)
            db.execute(
                "delete from copies where article_id = ? and seen_at = ? and fingerprint = ?",
                [from_id, to_text(copy.seen.seen_at), copy.text.fingerprint],
            )


def reread_copies(db: Db, article_id: int, before: str, after: Text) -> None:
    """Gives copies that said the text with a fingerprint (`before`) what newer rules read of it."""
    same = [copy for copy in read_copies(db, article_id) if copy.text.fingerprint == before]
    for table in ("copies", "copy_texts"):
        db.execute(f"delete from {table} where article_id = ? and fingerprint = ?", [article_id, before])
    for copy in same:
        keep_copy(db, article_id, replace(copy, text=after))


def drop_older_copies(db: Db, article_id: int, reading: int) -> None:
    """Lets the versions stand as they are that copies made of what older rules read, where no version says the very same: in
    what they say newer rules would see edits."""
    older = "select fingerprint from copy_texts where article_id = ? and reading < ?"
    said = "select fingerprint from versions where article_id = ?"
    for table in ("copies", "copy_texts"):
        db.execute(
            f"delete from {table} where article_id = ? and fingerprint in ({older}) and fingerprint not in ({said})",
            [article_id, article_id, reading, article_id],
        )


def drop_copies_at(db: Db, article_id: int, seen_at: Iterable[str]) -> None:
    """Forgets what copies of some instants (as stored) said, so that it is not judged again."""
    for at in seen_at:
        db.execute("delete from copies where article_id = ? and seen_at = ?", [article_id, at])


def drop_brought_copies(db: Db, article_id: int, number: int) -> None:
    """Forgets that an import brought copies, and those that it alone brought."""
    for copy in read_copies(db, article_id):
        if number not in copy.brought_by:
            continue
        where = [article_id, to_text(copy.seen.seen_at), copy.text.fingerprint]
        rest = json.dumps(sorted(copy.brought_by - {number}))
        which = "where article_id = ? and seen_at = ? and fingerprint = ?"
        db.execute(f"update copies set brought_by = ? {which}", [rest, *where])
        db.execute(f"delete from copies {which} and brought_by = '[]'", where)
    db.execute(
        "delete from copy_texts where article_id = ? and fingerprint not in "
        "(select fingerprint from copies where article_id = copy_texts.article_id)",
        [article_id],
    )


def _seen(seen_at: str, received_at: str, origin: str, key: str | None, brought_by: Sequence[int]) -> Seen:
    by = None if OWN in brought_by else min(brought_by)
    return Seen(from_text(seen_at), from_text(received_at), as_origin(origin), None, key, by)
