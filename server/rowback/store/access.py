"""Who may use the API: tokens (only their digests are stored) and the door for pairing."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.errors import BadInput, NotFound
from rowback.store.instants import from_text, maybe_from_text, to_text

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from rowback.store.database import Connection

TOKEN_BYTES = 32
_PAIRING = "pairing_open_until"
_SESSION_KEY = "session_key"
# `last_used_at` is kept to the minute: a look-up must not become a write every time.
USE_NOTED_EVERY_S = 60


@dataclass(frozen=True, slots=True)
class Token:
    """A token as listed; its secret is shown once, when it is made. `origin` is set for paired extensions."""

    name: str
    origin: str | None
    created_at: datetime
    last_used_at: datetime | None


class Access:
    """Tokens and pairing in the store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def new_token(self, name: str, at: datetime, origin: str | None = None) -> str:
        """Makes a token and returns its secret, which is not kept. Raises `BadInput` when the name is taken or empty."""
        if not name.strip():
            raise BadInput("A token needs a name.")
        with self._connection.write() as db:
            if db.execute("select 1 from tokens where name = ?", [name]).fetchone():
                raise BadInput(f"There is a token named {name} already. Revoke it first, or choose another name.")
            return _add_token(db, name, at, origin)

    def pair(self, origin: str, at: datetime) -> str | None:
        """A token for an extension, if pairing is open: nothing is paired yet, or someone opened it. Closes the door."""
        with self._connection.write() as db:
            paired = db.execute("select 1 from tokens where origin is not null").fetchone()
            row = db.execute("select value from settings where name = ?", [_PAIRING]).fetchone()
            if paired and (row is None or row[0] < to_text(at)):
                return None
            db.execute("delete from settings where name = ?", [_PAIRING])
            name = _free_name(db, f"extension {origin.rpartition('/')[2][:12]}")
            return _add_token(db, name, at, origin)

    def open_pairing(self, until: datetime) -> None:
        """Lets one more extension pair until an instant."""
        with self._connection.write() as db:
            db.table("settings").upsert({"name": _PAIRING, "value": to_text(until)}, pk="name")

    def token(self, secret: str, at: datetime) -> Token | None:
        """The token with a secret, noting that it was used."""
        digest = _digest(secret)
        with self._connection.read() as db:
            row = db.execute(
                "select name, origin, created_at, last_used_at from tokens where hash = ?", [digest]
            ).fetchone()
        if row is None:
            return None
        found = _as_token(row)
        if found.last_used_at is None or (at - found.last_used_at).total_seconds() >= USE_NOTED_EVERY_S:
            with self._connection.write() as db:
                db.execute("update tokens set last_used_at = ? where hash = ?", [to_text(at), digest])
        return found

    def tokens(self) -> list[Token]:
        """All tokens, oldest first."""
        with self._connection.read() as db:
            rows = db.execute(
                "select name, origin, created_at, last_used_at from tokens order by created_at"
            ).fetchall()
        return [_as_token(row) for row in rows]

    def revoke(self, name: str) -> None:
        """Makes a token invalid. Raises `NotFound`."""
        with self._connection.write() as db:
            if not db.execute("delete from tokens where name = ?", [name]).rowcount:
                raise NotFound(f"There is no token named {name}. `rowback tokens` lists them.")

    def session_key(self) -> str:
        """The secret that signs this backend's sessions; made the first time, and then the same."""
        with self._connection.read() as db:
            row = db.execute("select value from settings where name = ?", [_SESSION_KEY]).fetchone()
        if row is not None:
            return str(row[0])
        with self._connection.write() as db:
            db.table("settings").insert({"name": _SESSION_KEY, "value": secrets.token_hex(TOKEN_BYTES)}, ignore=True)
            return str(db.execute("select value from settings where name = ?", [_SESSION_KEY]).fetchone()[0])

    def paired_origins(self) -> set[str]:
        """Origins of the extensions that are paired."""
        with self._connection.read() as db:
            rows = db.execute("select distinct origin from tokens where origin is not null").fetchall()
        return {row[0] for row in rows}


def _add_token(db: Database, name: str, at: datetime, origin: str | None) -> str:
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    db.table("tokens").insert(
        {"name": name, "hash": _digest(secret), "origin": origin, "created_at": to_text(at), "last_used_at": None}
    )
    return secret


def _free_name(db: Database, wanted: str) -> str:
    taken = {row[0] for row in db.execute("select name from tokens").fetchall()}
    return next(name for n in range(1, len(taken) + 2) if (name := wanted if n == 1 else f"{wanted} {n}") not in taken)


def _as_token(row: tuple[str, str | None, str, str | None]) -> Token:
    return Token(row[0], row[1], from_text(row[2]), maybe_from_text(row[3]))


def _digest(secret: str) -> str:
    # The secret has 256 random bits: a plain digest is enough, no slow hash is needed.
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
