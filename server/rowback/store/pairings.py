"""Pairings that wait for the owner's word, after the device flow of RFC 8628: who asks holds a long code and shows a
short one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.errors import NotFound, PairingDenied, PairingExpired, PairingPending, TooManyAttempts
from rowback.model import Scope
from rowback.store.access import MAX_NAME, add_token, digest, free_name, new_secret
from rowback.store.instants import from_text, maybe_from_text, to_text
from rowback.store.putting import insert

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.database import Connection

LASTS = timedelta(minutes=10)
INTERVAL_S = 2  # between two questions whether it is decided
# RFC 8628 §6.1: no vowels, so that no words arise, and no sign that is taken for another. 20^8 codes, of which few wait.
LETTERS, LENGTH = "BCDFGHJKLMNPQRSTVWXZ", 8
MAX_WAITING = 50  # more than that, and someone is at play
MAX_OF_ONE = 5  # of one asker; a new one takes the place of the oldest


@dataclass(frozen=True, slots=True)
class Begun:
    """What who asks is told."""

    device_code: str
    user_code: str
    expires_in_s: int
    interval_s: int


@dataclass(frozen=True, slots=True)
class Pairing:
    """A pairing that waits. `origin` is an extension's, None for a program; `asked_from` is a network address."""

    user_code: str
    name: str
    origin: str | None
    asked_from: str
    created_at: datetime


class Pairings:
    """The pairings of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, name: str, origin: str | None, asked_from: str, at: datetime) -> Begun:
        """A pairing that now waits. Raises `TooManyAttempts` when too many do."""
        device_code = new_secret()
        with self._connection.write() as db:
            db.execute("delete from pairings where expires_at <= ?", [to_text(at)])
            db.execute(
                "delete from pairings where hash in (select hash from pairings where asked_from = ? "
                "and coalesce(origin, '') = ? order by created_at desc, hash limit ? offset ?)",
                [asked_from, origin or "", MAX_WAITING, MAX_OF_ONE - 1],
            )
            codes = {row[0] for row in db.execute("select user_code from pairings").fetchall()}
            if len(codes) >= MAX_WAITING:
                raise TooManyAttempts("Too many pairings wait. Try again later.", int(LASTS.total_seconds()))
            user_code = next(code for code in iter(_user_code, "") if code not in codes)
            row = {"hash": digest(device_code), "user_code": user_code, "name": name[:MAX_NAME], "origin": origin}
            times = {"created_at": to_text(at), "expires_at": to_text(at + LASTS)}
            insert(db, "pairings", row | times | {"asked_from": asked_from})
        return Begun(device_code, user_code, int(LASTS.total_seconds()), INTERVAL_S)

    def waiting(self, at: datetime) -> list[Pairing]:
        """Those that are not decided, oldest first."""
        with self._connection.read() as db:
            rows = db.execute(
                "select user_code, name, origin, asked_from, created_at from pairings "
                "where decision is null and expires_at > ? order by created_at, user_code",
                [to_text(at)],
            ).fetchall()
        return [Pairing(code, name, origin, asked, from_text(since)) for code, name, origin, asked, since in rows]

    def decide(self, user_code: str, scope: Scope | None, at: datetime) -> Pairing:
        """Says yes, with a scope, or no, with None, and returns what was decided. Raises `NotFound`."""
        wanted = as_user_code(user_code)
        with self._connection.write() as db:
            row = db.execute(
                "select user_code, name, origin, asked_from, created_at from pairings "
                "where user_code = ? and decision is null and expires_at > ?",
                [wanted, to_text(at)],
            ).fetchone()
            db.execute(
                "update pairings set decision = ?, scope = ? where user_code = ? and decision is null",
                ["no" if scope is None else "yes", scope, wanted],
            )
        if row is None:
            raise NotFound(
                f"No pairing waits with the code {wanted[:20]}. Codes hold ten minutes: compare it, or begin anew."
            )
        return Pairing(row[0], row[1], row[2], row[3], from_text(row[4]))

    def knows(self, device_code: str) -> bool:
        """Whether a pairing with this code was begun and is not over."""
        with self._connection.read() as db:
            return db.execute("select 1 from pairings where hash = ?", [digest(device_code)]).fetchone() is not None

    def token(self, device_code: str, origin: str | None, at: datetime) -> tuple[str, Scope]:
        """The secret and the scope of a new token for who asked, once the owner said yes.

        Raises `PairingPending`, `PairingDenied`, `PairingExpired`.
        """
        hashed = digest(device_code)
        with self._connection.write() as db:
            row = db.execute(
                "select decision, scope, name, polled_at from pairings where hash = ? and coalesce(origin, '') = ? "
                "and expires_at > ?",
                [hashed, origin or "", to_text(at)],
            ).fetchone()
            if row is not None and row[0] is None:
                db.execute("update pairings set polled_at = ? where hash = ?", [to_text(at), hashed])
            elif row is not None:
                db.execute("delete from pairings where hash = ?", [hashed])
            if row is not None and row[0] == "yes":
                scope = Scope(row[1])
                return add_token(db, free_name(db, row[2]), at, origin, scope, None), scope
        if row is None:
            raise PairingExpired("Begin the pairing anew.")
        if row[0] == "no":
            raise PairingDenied("The owner of this backend said no.")
        last = maybe_from_text(row[3])
        is_hasty = last is not None and (at - last).total_seconds() < INTERVAL_S
        raise PairingPending("Show the code to the owner of this backend.", INTERVAL_S * (2 if is_hasty else 1))


def as_user_code(typed: str) -> str:
    """A code as it is stored, however it was typed: small letters, without its dash, with spaces."""
    letters = "".join(char for char in typed.upper() if char.isalnum())
    return f"{letters[:4]}-{letters[4:]}"


def _user_code() -> str:
    return as_user_code("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))
