"""Jobs that were begun and have not ended: noted before a job is done, so that one that takes its poller down is known when
the next one comes to it. Runs inside the transactions of others.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rowback.store.engine import Db

MOST_BEGUN = 2  # once may be chance: somebody ended the poller


def begin(db: Db, kind: str, key: str, holder: str) -> int:
    """Notes that a holder begins a job; says how many began it by now, one after the other, without an end."""
    row = db.execute(
        "insert into begun (job, times, holder) values (?, 1, ?) on conflict (job) do update set "
        "times = begun.times + case when begun.holder <> excluded.holder then 1 else 0 end, holder = excluded.holder "
        "returning times",
        [_job(kind, key), holder],
    ).fetchone()
    return int(row[0])


def is_begun(db: Db, kind: str, key: str, holder: str) -> bool:
    """Whether this holder is at a job."""
    row = db.execute("select 1 from begun where job = ? and holder = ?", [_job(kind, key), holder])
    return row.fetchone() is not None


def end(db: Db, holder: str) -> None:
    """A holder has ended its job, however."""
    db.execute("delete from begun where holder = ?", [holder])


def forgive(db: Db, group: str) -> None:
    """What holders of a group (`GROUP-NUMBER`) were at was ended on purpose."""
    db.execute("delete from begun where substr(holder, 1, ?) = ?", [len(group) + 1, f"{group}-"])


def _job(kind: str, key: str) -> str:
    return hashlib.blake2b(f"{kind} {key}".encode(), digest_size=16).hexdigest()
