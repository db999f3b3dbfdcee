"""Which blocks a version has, in order: one value a version, written and read here alone.

A row of `bodies` holds a version's block ids as JSON: the first, then how far each lies from the one before it. Most are
neighbours, and a version that changes a paragraph costs a few characters. The view `version_blocks` spells it out.
"""

from __future__ import annotations

import json
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from rowback.model import Block
from rowback.store.putting import IDS, inserted, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.store.engine import Db


def ids_of(body: str) -> list[int]:
    """The block ids that a row of `bodies` says."""
    return list(accumulate(json.loads(body)))


def set_body(db: Db, version_id: int, block_ids: Sequence[int]) -> None:
    """Gives a version its blocks, whatever it had before."""
    put(db, "bodies", {"version_id": version_id, "blocks": told_ids(block_ids)}, key="version_id")


def told_ids(block_ids: Sequence[int]) -> str:
    """Block ids as a row of `bodies` says them."""
    steps = [*block_ids[:1], *(after - before for before, after in pairwise(block_ids))]
    return json.dumps(steps, separators=(",", ":"))


def copy_body(db: Db, from_version: int, to_version: int) -> None:
    """Gives a version without blocks those of another of its article."""
    db.execute(
        "insert into bodies (version_id, blocks) select ?, blocks from bodies where version_id = ?",
        [to_version, from_version],
    )


def read_body(db: Db, version_id: int) -> list[int]:
    """The block ids of a version."""
    row = db.execute("select blocks from bodies where version_id = ?", [version_id]).fetchone()
    return [] if row is None else ids_of(row[0])


def bodies_of(db: Db, article_id: int) -> dict[int, list[int]]:
    """The block ids of each of an article's versions, by its row."""
    rows = db.execute(
        "select version_id, blocks from versions join bodies on version_id = versions.id where article_id = ?",
        [article_id],
    ).fetchall()
    return {version_id: ids_of(body) for version_id, body in rows}


def read_blocks(db: Db, version_id: int) -> list[tuple[int, Block]]:
    """A version's blocks in order, each with its id."""
    return _read(db, read_body(db, version_id))


def blocks_of(db: Db, body: str) -> tuple[Block, ...]:
    """The blocks that a value as in `bodies` says."""
    return tuple(block for _, block in _read(db, ids_of(body)))


def _read(db: Db, ids: Sequence[int]) -> list[tuple[int, Block]]:
    rows = db.execute(
        f"select id, kind, text from blocks where id in ({IDS})",
        [json.dumps(ids)],
    ).fetchall()
    found = {id_: Block(kind, text) for id_, kind, text in rows}
    return [(id_, found[id_]) for id_ in ids]


def keep_blocks(db: Db, article_id: int, blocks: Sequence[Block]) -> list[int]:
    """The ids of blocks in an article: of those that it has, and of those that are added."""
    distinct = dict.fromkeys(blocks)
    rows = db.execute(
        "select kind, text, id from blocks where article_id = ? and text in (select value from json_each(?))",
        [article_id, json.dumps([block.text for block in distinct])],
    ).fetchall()
    ids = {Block(kind, text): id_ for kind, text, id_ in rows}
    for block in distinct:
        if block not in ids:
            ids[block] = inserted(db, "blocks", {"article_id": article_id, "kind": block.kind, "text": block.text})
    return [ids[block] for block in blocks]
