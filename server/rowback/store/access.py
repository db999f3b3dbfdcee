"""Tokens: who may use the API, what with, and for how long. Only their digests are stored."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rowback.errors import BadInput, NotFound
from rowback.model import Scope
from rowback.store.audience import OWNER
from rowback.store.instants import from_text, maybe_from_text, to_text
from rowback.store.putting import insert

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.engine import Db

SECRET_BYTES = 32
MAX_NAME = 100
# `last_used_at` is kept to the minute: a look-up must not become a write every time.
USE_NOTED_EVERY_S = 60
MAX_READ_ROWS = 200  # of which is remembered what they say: those of the readers of the last minute
_COLUMNS = "name, origin, created_at, last_used_at, scope, expires_at, reader_id"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as listed; its secret is shown once, when it is made. `origin` is set for paired extensions; `expires_at` is
    None for one that holds until it is revoked; `reader` is whose it is, the owner's unless that is said."""

    name: str
    origin: str | None
    created_at: datetime
    last_used_at: datetime | None
    scope: Scope
    expires_at: datetime | None
    reader: int = OWNER


class Access:
    """The tokens of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def new_token(
        self,
        name: str,
        at: datetime,
        origin: str | None = None,
        scope: Scope = Scope.OWNER,
        expires_at: datetime | None = None,
    ) -> str:
        """Makes a token and returns its secret, which is not kept. Raises `BadInput` when the name is taken or no name."""
        if not name.strip() or len(name) > MAX_NAME or not name.isprintable():
            raise BadInput(f"A token needs a name: 1 to {MAX_NAME} characters that can be printed.")
        with self._connection.write() as db:
            if db.execute("select 1 from tokens where name = ?", [name]).fetchone():
                raise BadInput(f"There is a token named {name} already. Revoke it first, or choose another name.")
            return add_token(db, name, at, origin, scope, expires_at)

    def token(self, secret: str, at: datetime) -> Token | None:
        """The token with a secret, noting that it was used; None for one that has expired, too."""
        hashed = digest(secret)
        row = self._connection.row(f"select {_COLUMNS} from tokens where hash = ?", [hashed])
        found = None if row is None else _as_token(row)
        if found is None or (found.expires_at is not None and found.expires_at <= at):
            return None
        if found.last_used_at is None or abs((at - found.last_used_at).total_seconds()) >= USE_NOTED_EVERY_S:
            with self._connection.write() as db:
                db.execute("update tokens set last_used_at = ? where hash = ?", [to_text(at), hashed])
        return found

    def tokens(self) -> list[Token]:
        """All tokens, oldest first; those that have expired, too."""
        with self._connection.read() as db:
            rows = db.execute(f"select {_COLUMNS} from tokens order by created_at, name").fetchall()
        return [_as_token(row) for row in rows]

    def revoke(self, name: str) -> None:
        """Makes a token invalid, and ends the sessions that were opened with it. Raises `NotFound`."""
        with self._connection.write() as db:
            if not db.execute("delete from tokens where name = ?", [name]).rowcount:
                raise NotFound(f"There is no token named {name}. `rowback tokens` lists them.")
            db.execute("delete from sessions where token = ?", [name])
            db.execute("delete from sign_in_links where token = ?", [name])

    def paired_origins(self) -> set[str]:
        """Origins of the extensions that are paired."""
        with self._connection.read() as db:
            rows = db.execute("select distinct origin from tokens where origin is not null").fetchall()
        return {row[0] for row in rows}


def add_token(
    db: Db,
    name: str,
    at: datetime,
    origin: str | None,
    scope: Scope,
    expires_at: datetime | None,
    reader: int = OWNER,
) -> str:
    """Adds a row and returns the new token's secret. Runs inside a write transaction."""
    secret = new_secret()
    row = {"name": name, "hash": digest(secret), "origin": origin, "scope": scope.value, "last_used_at": None}
    ends = expires_at and to_text(expires_at)
    insert(db, "tokens", row | {"created_at": to_text(at), "expires_at": ends, "reader_id": reader})
    return secret


def free_name(db: Db, wanted: str) -> str:
    """A token's name that is not taken: `wanted`, or `wanted 2`, `wanted 3`…"""
    taken = {row[0] for row in db.execute("select name from tokens").fetchall()}
    return next(name for n in range(1, len(taken) + 2) if (name := wanted if n == 1 else f"{wanted} {n}") not in taken)


def new_secret() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest(secret: str) -> str:
    """What is stored of a secret. It has 256 random bits: a plain digest is enough, no slow hash is needed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


@lru_cache(maxsize=MAX_READ_ROWS)
def _as_token(row: tuple[str, str | None, str, str | None, str, str | None, int]) -> Token:
    name, origin, made, used, scope, ends, reader = row
    return Token(name, origin, from_text(made), maybe_from_text(used), Scope(scope), maybe_from_text(ends), reader)
