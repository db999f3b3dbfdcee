"""Who reads with this backend: the owner, and whom the owner invited. A reader has devices: tokens and signed-in browsers.

An invitation is a code that makes one device a reader's, once. It is typed, or comes in a link; only its digest is stored.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.errors import BadInput, InvitationOver, NotFound
from rowback.model import Scope
from rowback.store.access import MAX_NAME, add_token, digest, free_name
from rowback.store.audience import OWNER
from rowback.store.instants import maybe_from_text, to_text
from rowback.store.owner import forget_rows, note_forgetting, purge_search
from rowback.store.pairings import LETTERS
from rowback.store.putting import insert
from rowback.store.reader_articles import alone_of
from rowback.store.sessions import add_session

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.engine import Db

LASTS = timedelta(days=7)  # until the one who is invited gets round to it
MAX_LASTS = timedelta(days=90)
MAX_READERS = 200
# 20^12 codes, 51 bits: it holds for days, where the code of a pairing holds for minutes.
GROUPS, LENGTH = 3, 4
SCOPES = (Scope.CAPTURE, Scope.READ)  # what a reader may do: what the owner does stays the owner's
_COLUMNS = "readers.id, readers.name, readers.scope, readers.created_at"


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone who reads here. `created_at` is None for the owner; `invited_until` is the end of the last invitation that was
    not used yet."""

    id: int
    name: str
    scope: Scope
    created_at: datetime | None
    invited_until: datetime | None = None

    @property
    def is_owner(self) -> bool:
        """Whether it is the owner."""
        return self.id == OWNER


class Readers:
    """The readers of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, at: datetime) -> list[Reader]:
        """All readers, the owner first, then in the order in which they were invited."""
        with self._connection.read() as db:
            rows = db.execute(
                f"select {_COLUMNS}, (select max(expires_at) from invitations where reader_id = readers.id "
                "and expires_at > ?) from readers order by id",
                [to_text(at)],
            ).fetchall()
        return [_as_reader(row) for row in rows]

    def named(self, name: str) -> Reader:
        """The reader with a name. Raises `NotFound`."""
        with self._connection.read() as db:
            row = db.execute(f"select {_COLUMNS}, null from readers where name = ?", [_one_line(name)]).fetchone()
        if row is None:
            raise NotFound(f"There is no reader named {name[:MAX_NAME]}. `rowback readers` lists them.")
        return _as_reader(row)

    def invite(self, name: str, scope: Scope | None, at: datetime, lasts: timedelta = LASTS) -> str:
        """A code that makes one device that of a reader, who is made where there is none of the name. With a scope, all of
        the reader's devices have that from now on; without, a new reader may store and follow. Raises `BadInput`."""
        if scope is not None and scope not in SCOPES:
            raise BadInput("A reader may `read`, or `capture` as well. What the owner does stays the owner's.")
        code = _code()
        with self._connection.write() as db:
            db.execute("delete from invitations where expires_at <= ?", [to_text(at)])
            reader_id = _reader_for(db, _checked(name), scope, at)
            row = {"hash": digest(code), "reader_id": reader_id, "created_at": to_text(at)}
            insert(db, "invitations", row | {"expires_at": to_text(at + lasts)})
        return code

    def invited(self, code: str, at: datetime) -> Reader | None:
        """Whom a code is for; None for one that was used, has expired, or never was."""
        with self._connection.read() as db:
            return _invited(db, code, at)

    def join(self, code: str, device: str, origin: str | None, at: datetime) -> tuple[str, Reader]:
        """Uses a code up: the secret of a new token of the reader's, for a device of some name. Raises `InvitationOver`."""
        with self._connection.write() as db:
            reader = _used(db, code, at)
            name = free_name(db, f"{reader.name}, {device}"[: MAX_NAME - 4])
            return add_token(db, name, at, origin, reader.scope, None, reader.id), reader

    def enter(self, code: str, agent: str, at: datetime) -> tuple[str, Reader]:
        """Uses a code up: the secret of a new session of the reader's. Raises `InvitationOver`."""
        with self._connection.write() as db:
            reader = _used(db, code, at)
            return add_session(db, reader.scope, None, reader.id, agent, at), reader

    def rename(self, reader_id: int, name: str) -> None:
        """Gives a reader another name. Raises `BadInput`, `NotFound`."""
        wanted = _checked(name)
        with self._connection.write() as db:
            row = db.execute("select id from readers where name = ?", [wanted]).fetchone()
            if row is not None and row[0] != reader_id:
                raise BadInput(f"There is a reader named {wanted} already. Choose another name.")
            _check_found(db.execute("update readers set name = ? where id = ?", [wanted, reader_id]).rowcount)

    def end(self, reader_id: int) -> int:
        """Ends all devices of a reader, and invitations that were not used; what was read stays. How many devices there were.
        Raises `NotFound`, `BadInput` for the owner."""
        with self._connection.write() as db:
            return _end(db, reader_id)

    def delete(self, reader_id: int) -> int:
        """Ends a reader's devices and forgets the reader, with all articles that no one else has, beyond recovery. How many
        articles that were; `Owner.finish_forgetting` then empties the log. Raises `NotFound`, `BadInput`."""
        with self._connection.write() as db:
            _end(db, reader_id)
            alone = alone_of(db, reader_id)
            for article_id in alone:
                forget_rows(db, article_id)
            db.execute("delete from readers where id = ?", [reader_id])
            if alone:
                purge_search(db)
                note_forgetting(db)
        return len(alone)


def as_code(typed: str) -> str:
    """A code as it is compared, however it was typed."""
    letters = "".join(char for char in typed.upper() if char.isalnum())[: 2 * GROUPS * LENGTH]
    return "-".join(letters[n : n + LENGTH] for n in range(0, len(letters), LENGTH))


def _code() -> str:
    return as_code("".join(secrets.choice(LETTERS) for _ in range(GROUPS * LENGTH)))


def _invited(db: Db, code: str, at: datetime) -> Reader | None:
    row = db.execute(
        f"select {_COLUMNS}, expires_at from invitations join readers on readers.id = reader_id "
        "where hash = ? and expires_at > ?",
        [digest(as_code(code)), to_text(at)],
    ).fetchone()
    return None if row is None else _as_reader(row)


def _used(db: Db, code: str, at: datetime) -> Reader:
    reader = _invited(db, code, at)
    if reader is None:
        raise InvitationOver("An invitation holds once. Ask who sent it for another.")
    db.execute("delete from invitations where hash = ?", [digest(as_code(code))])
    return reader


def _reader_for(db: Db, name: str, scope: Scope | None, at: datetime) -> int:
    """The id of the reader with a name, with a scope."""
    row = db.execute("select id from readers where name = ?", [name]).fetchone()
    if row is None:
        if db.execute("select count(*) from readers").fetchone()[0] >= MAX_READERS:
            raise BadInput(f"A backend has up to {MAX_READERS} readers.")
        new = {"name": name, "scope": (scope or Scope.CAPTURE).value, "created_at": to_text(at)}
        insert(db, "readers", new)
        row = db.execute("select id from readers where name = ?", [name]).fetchone()
    if row[0] == OWNER:
        raise BadInput("That is the owner's own name: `rowback sign-in` and `rowback pair` let the owner's devices in.")
    if scope is not None:
        db.execute("update readers set scope = ? where id = ?", [scope.value, row[0]])
        for table in ("tokens", "sessions", "sign_in_links"):
            db.execute(f"update {table} set scope = ? where reader_id = ?", [scope.value, row[0]])
    return int(row[0])


def _end(db: Db, reader_id: int) -> int:
    if reader_id == OWNER:
        raise BadInput("The owner stays. Devices of the owner's are ended one by one.")
    _check_found(len(db.execute("select 1 from readers where id = ?", [reader_id]).fetchall()))
    ended = [
        db.execute(f"delete from {table} where reader_id = ?", [reader_id]).rowcount
        for table in ("tokens", "sessions", "sign_in_links", "invitations")
    ]
    return ended[0] + ended[1]


def _checked(name: str) -> str:
    wanted = _one_line(name)
    if not wanted or len(wanted) > MAX_NAME // 2 or not wanted.isprintable():
        raise BadInput(f"A reader needs a name: 1 to {MAX_NAME // 2} characters that can be printed.")
    return wanted


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _check_found(rows: int) -> None:
    if not rows:
        raise NotFound("There is no such reader any more.")


def _as_reader(row: tuple[int, str, str, str | None, str | None]) -> Reader:
    id_, name, scope, created_at, until = row
    return Reader(id_, name, Scope(scope), maybe_from_text(created_at), maybe_from_text(until))
