"""What older rules read of versions that were read again: kept beside them, to be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.model import Block, Content
from rowback.store.audience import Audience
from rowback.store.bodies import keep_blocks
from rowback.store.instants import from_text, to_text
from rowback.store.putting import insert
from rowback.text.reading import READING

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.engine import Db


@dataclass(frozen=True, slots=True)
class OlderReading:
    """A version's text as rules with a lower number (`reading`) read it, and until when it stood for the version: no
    stranger's, as it may be when somebody read the page."""

    reading: int
    read_until: datetime | None
    content: Content


class Readings:
    """The older readings in a store, as an audience is told of them."""

    def __init__(self, connection: Connection, audience: Audience = Audience.TRUSTED) -> None:
        self._connection = connection
        self._audience = audience

    def of_version(self, version_id: int) -> list[OlderReading]:
        """Those of a version, by its row, oldest first; none where it was never read again."""
        with self._connection.read() as db:
            rows = db.execute(
                "select id, reading, read_until, title from readings where version_id = ? order by id", [version_id]
            ).fetchall()
            return [
                OlderReading(reading, self._told(until), Content(title, _blocks(db, id_)))
                for id_, reading, until, title in rows
            ]

    def fingerprints(self, article_id: int) -> list[tuple[int, str]]:
        """Those of the older readings of an article's versions, each with its version's row, the newest first."""
        query = (
            "select version_id, readings.fingerprint from readings join versions on versions.id = version_id "
            "where article_id = ? order by readings.id desc"
        )
        with self._connection.read() as db:
            return [(int(id_), printed) for id_, printed in db.execute(query, [article_id]).fetchall()]

    def _told(self, until: str) -> datetime | None:
        return None if self._audience.is_strangers else from_text(until)


def _blocks(db: Db, reading_id: int) -> tuple[Block, ...]:
    rows = db.execute(
        "select kind, text from reading_blocks join blocks on blocks.id = block_id where reading_id = ? order by position",
        [reading_id],
    ).fetchall()
    return tuple(Block(kind, text) for kind, text in rows)


def read_by_older(db: Db, article_id: int) -> bool:
    """Whether an article's latest text was read from a page by older rules than today's."""
    query = "select reading from versions where article_id = ? order by seen_at desc, id desc limit 1"
    row = db.execute(query, [article_id]).fetchone()
    return row is not None and row[0] is not None and row[0] < READING


def keep_reading(db: Db, version_id: int, until: datetime) -> None:
    """Keeps the text of a version that is about to be read again."""
    (row_id,) = db.execute(
        "insert into readings (version_id, reading, read_until, title, fingerprint) "
        "select id, coalesce(reading, 0), ?, title, fingerprint from versions where id = ? returning id",
        [to_text(until), version_id],
    ).fetchone()
    db.execute(
        "insert into reading_blocks (reading_id, position, block_id) "
        "select ?, position, block_id from version_blocks where version_id = ?",
        [row_id, version_id],
    )


def copy_readings(db: Db, from_version: int, to_version: int) -> None:
    """Gives a version, perhaps of another article, the older readings of another that says the same, unless it has some."""
    if from_version == to_version or _has_readings(db, to_version):
        return
    columns = "reading, read_until, title, fingerprint"
    for (id_,) in db.execute("select id from readings where version_id = ? order by id", [from_version]).fetchall():
        (row_id,) = db.execute(
            f"insert into readings (version_id, {columns}) select ?, {columns} from readings where id = ? returning id",
            [to_version, id_],
        ).fetchone()
        (owner,) = db.execute("select article_id from versions where id = ?", [to_version]).fetchone()
        for position, each in enumerate(keep_blocks(db, owner, _blocks(db, id_))):
            insert(db, "reading_blocks", {"reading_id": row_id, "position": position, "block_id": each})


def _has_readings(db: Db, version_id: int) -> bool:
    return db.execute("select 1 from readings where version_id = ?", [version_id]).fetchone() is not None
