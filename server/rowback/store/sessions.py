"""Signed-in browsers, and the links that sign one in. State is here: all processes know it, and an end is one at once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.errors import NotFound
from rowback.model import Scope
from rowback.store.access import SECRET_BYTES, digest, new_secret
from rowback.store.audience import OWNER
from rowback.store.instants import from_text, to_text
from rowback.store.putting import insert, put

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.access import Token
    from rowback.store.database import Connection
    from rowback.store.engine import Db

LASTS = timedelta(days=30)  # since it was last used
SEEN_NOTED_EVERY = timedelta(minutes=1)  # a page must not become a write every time
MAX_AGENT = 60
_KEY = "session_key"
_OLD_OVER = "old_cookies_over"  # in `settings`: of no meaning
_COLUMNS = "id, scope, token, agent, created_at, last_seen_at, expires_at, reader_id"

# A session does not outlive the token that it was opened with.
_HOLDS = (
    "expires_at > :at and (token is null or exists (select 1 from tokens where tokens.name = sessions.token "
    "and (tokens.expires_at is null or tokens.expires_at > :at)))"
)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in. `token` names the one it was opened with, and ends with; None after a link. `reader` is
    whose browser it is."""

    id: int
    scope: Scope
    token: str | None
    agent: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    reader: int = OWNER


@dataclass(frozen=True, slots=True)
class SignInLink:
    """What a sign-in link opens: a session of `scope` of a reader's, at the path `target`."""

    scope: Scope
    token: str | None
    target: str
    reader: int = OWNER


class Sessions:
    """The sessions of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def new_link(self, link: SignInLink, at: datetime, lasts: timedelta) -> str:
        """The code of a link that opens one session, once."""
        code = new_secret()
        row = {"hash": digest(code), "scope": link.scope.value, "token": link.token, "target": link.target}
        with self._connection.write() as db:
            db.execute("delete from sign_in_links where expires_at <= ?", [to_text(at)])
            insert(db, "sign_in_links", row | {"expires_at": to_text(at + lasts), "reader_id": link.reader})
        return code

    def has_link(self, code: str) -> bool:
        """Whether a link with this code was made and not used yet."""
        with self._connection.read() as db:
            return db.execute("select 1 from sign_in_links where hash = ?", [digest(code)]).fetchone() is not None

    def use_link(self, code: str, agent: str, at: datetime) -> tuple[str, str] | None:
        """A new session's secret and the path to go to; None for a link that was used, has expired, or never was."""
        hashed = digest(code)
        if not self.has_link(code):  # guesses must not become writes
            return None
        with self._connection.write() as db:
            row = db.execute(
                "select scope, token, target, expires_at, reader_id from sign_in_links where hash = ?", [hashed]
            ).fetchone()
            db.execute("delete from sign_in_links where hash = ?", [hashed])
            if row is None or row[3] <= to_text(at):
                return None
            secret = add_session(db, Scope(row[0]), row[1], row[4], agent, at)
        return secret, str(row[2])

    def open(self, token: Token, agent: str, at: datetime) -> str:
        """Opens a session with a token and returns its secret."""
        with self._connection.write() as db:
            return add_session(db, token.scope, token.name, token.reader, agent, at)

    def session(self, secret: str, at: datetime) -> Session | None:
        """The session with a secret, noting that it was used; None for one that was ended or has expired."""
        hashed = digest(secret)
        with self._connection.read() as db:
            bound = {"hash": hashed, "at": to_text(at)}
            row = db.execute(f"select {_COLUMNS} from sessions where hash = :hash and {_HOLDS}", bound).fetchone()
        found = row and _as_session(row)
        if found is None:
            return None
        if at - found.last_seen_at >= SEEN_NOTED_EVERY:
            with self._connection.write() as db:
                db.execute("delete from sessions where expires_at <= ?", [to_text(at)])
                db.execute(
                    "update sessions set last_seen_at = ?, expires_at = ? where hash = ?",
                    [to_text(at), to_text(at + LASTS), hashed],
                )
        return found

    def all(self, at: datetime) -> list[Session]:
        """The sessions that hold, last used first."""
        with self._connection.read() as db:
            rows = db.execute(
                f"select {_COLUMNS} from sessions where {_HOLDS} order by last_seen_at desc, id desc",
                {"at": to_text(at)},
            ).fetchall()
        return [_as_session(row) for row in rows]

    def end(self, session_id: int) -> None:
        """Ends one session. Raises `NotFound`."""
        with self._connection.write() as db:
            if not db.execute("delete from sessions where id = ?", [session_id]).rowcount:
                raise NotFound("That session has ended already.")

    def end_all(self) -> int:
        """Ends all sessions everywhere, and links that would open one; how many sessions there were."""
        with self._connection.write() as db:
            db.execute("delete from sign_in_links")
            # Also what older versions signed: their cookies hold as long as this key does.
            db.execute("delete from settings where name = ?", [_KEY])
            return int(db.execute("delete from sessions").rowcount)

    def end_old(self) -> None:
        """Ends what versions before 0.2 signed in: whoever could read the key can sign such a cookie. A session of today has
        a secret, of which only a digest can be read."""
        with self._connection.write() as db:
            put(db, "settings", {"name": _OLD_OVER, "value": "1"}, key="name")

    def is_old_over(self) -> bool:
        """Whether cookies of versions before 0.2 hold no more."""
        with self._connection.read() as db:
            return db.execute("select 1 from settings where name = ?", [_OLD_OVER]).fetchone() is not None

    def key(self) -> str:
        """The secret that signs this backend's cookies; made when there is none."""
        with self._connection.read() as db:
            row = db.execute("select value from settings where name = ?", [_KEY]).fetchone()
        if row is not None:
            return str(row[0])
        with self._connection.write() as db:
            insert(db, "settings", {"name": _KEY, "value": secrets.token_hex(SECRET_BYTES)}, ignore=True)
            return str(db.execute("select value from settings where name = ?", [_KEY]).fetchone()[0])


def add_session(db: Db, scope: Scope, token: str | None, reader: int, agent: str, at: datetime) -> str:
    """Adds a row and returns the new session's secret. Runs inside a write transaction."""
    secret = new_secret()
    row = {
        "hash": digest(secret),
        "scope": scope.value,
        "token": token,
        "agent": agent[:MAX_AGENT],
        "created_at": to_text(at),
        "last_seen_at": to_text(at),
        "expires_at": to_text(at + LASTS),
        "reader_id": reader,
    }
    insert(db, "sessions", row)
    return secret


def _as_session(row: tuple[int, str, str | None, str, str, str, str, int]) -> Session:
    id_, scope, token, agent, created_at, last_seen_at, expires_at, reader = row
    return Session(
        id_, Scope(scope), token, agent, from_text(created_at), from_text(last_seen_at), from_text(expires_at), reader
    )
