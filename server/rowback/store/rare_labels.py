"""The steps of a label that few steps have: these are sorted as they are, where a walk would read all others. Runs inside the
transactions of others.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rowback.store.matching import matching
from rowback.store.putting import IDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.store.engine import Db
    from rowback.store.stretches import Condition

# Steps that are sorted, some 3 ms. Of 300,000 a walk reads as long to fill a page with those of a label that more have.
FEW = 1_000


def rare_steps(db: Db, labels: Sequence[str]) -> list[int] | None:
    """The ids of the steps of the rarest of some labels; None where many have each of them."""
    rarest: list[int] | None = None
    for label in labels:
        rows = db.execute(
            "select change_id from step_labels where label_id = (select id from label_names where name = ?) limit ?",
            [label, FEW + 1],
        ).fetchall()
        if len(rows) <= FEW and (rarest is None or len(rows) < len(rarest)):
            rarest = [row[0] for row in rows]
    return rarest


def these_alone(ids: Sequence[int], words: str | None) -> Condition:
    """What lets through some steps alone, of them those that match a full-text query: the index is asked for each."""
    told = json.dumps(ids)
    if words is None:
        return f"id in ({IDS})", [told]
    return f"id in ({matching('changes', f'and {{0}}.rowid in ({IDS})')})", 2 * [words, told]
