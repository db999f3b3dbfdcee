"""Who is at the other end of a request: what its token or its session lets it do.

Coming from this machine proves nothing: proxies, forwards and other users do, too. A browser is signed in by a one-time link
or with a token; its cookie holds the session's secret, signed with the store's key. Cookies of older versions name a token
instead, and hold while that token does. Every form carries the session's CSRF token; `Sec-Fetch-Site` and `Origin` are
checked before that (`guard.py`).
"""

from __future__ import annotations

import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature

from rowback.errors import Refused, StoreError
from rowback.store.audience import OWNER, Audience
from rowback.store.sessions import LASTS
from rowback.text.tongue import gettext
from rowback.web.sent import sent

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask, Request, Response
    from flask.sessions import SessionMixin
    from itsdangerous import URLSafeTimedSerializer

    from rowback.model import Scope
    from rowback.store import Store
    from rowback.store.access import Token
    from rowback.store.sessions import Session

COOKIE = "rowback_session"  # of versions before 0.2, and where no port is named
API = "/api/"
_SECRET, _CSRF = "secret", "csrf"
_OLD_TOKEN = "token"  # noqa: S105 (a key in cookies of versions before 0.2: [name, created_at])


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever sent a request. `scope` is None for a stranger; `token` is set where one was brought or signs the session;
    `session` where a browser is signed in."""

    scope: Scope | None = None
    token: Token | None = None
    session: Session | None = None
    is_signed_in: bool = False
    is_refused: bool = False
    """Whether a token was brought that does not hold: not a stranger who brought none."""

    @property
    def reader(self) -> int | None:
        """Whose device it is, None for a stranger's."""
        device = self.session or self.token
        return None if self.scope is None else OWNER if device is None else device.reader

    @property
    def audience(self) -> Audience:
        """For whom what is told is meant."""
        reader = self.reader
        return Audience.STRANGERS if reader is None else Audience.TRUSTED if reader == OWNER else Audience(reader)


STRANGER = Visitor()


class Visitors:
    """Who sends the requests of one app, and their sessions."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def install(self, app: Flask) -> None:
        """Gives `app` its cookie."""
        app.session_interface = _Interface(self._store)
        app.config.update(
            SESSION_COOKIE_NAME=COOKIE,
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Strict",
            PERMANENT_SESSION_LIFETIME=LASTS,
        )

    def visitor(self) -> Visitor:
        """This request's sender; a cookie that does not hold is a stranger's."""
        found: Visitor | None = g.get("visitor")
        if found is None:
            g.visitor = STRANGER  # what the page of an error is told when the store cannot be asked
            found = g.visitor = self._by_token() if authorization() else self._by_cookie()
        return found

    def open(self, secret: str) -> None:
        """Signs this browser in to the session with a secret. An earlier one is left."""
        session.clear()
        session.permanent = True
        session[_SECRET] = secret

    def close(self) -> None:
        """Signs this browser out, and ends its session."""
        found = self.visitor().session
        if found is not None:
            self._store.sessions.end(found.id)
        session.clear()

    def _by_token(self) -> Visitor:
        scheme, _, secret = authorization().partition(" ")
        token = self._store.access.token(secret.strip(), self._now()) if scheme.lower() == "bearer" else None
        return Visitor(token.scope, token) if token else Visitor(is_refused=True)

    def _by_cookie(self) -> Visitor:
        secret, named = session.get(_SECRET), session.get(_OLD_TOKEN)
        if isinstance(secret, str):
            found = self._store.sessions.session(secret, self._now())
            return Visitor(found.scope, None, found, is_signed_in=True) if found else STRANGER
        is_old = named is not None and not self._store.sessions.is_old_over()
        tokens = self._store.access.tokens() if is_old else []
        token = next((each for each in tokens if [each.name, each.created_at.isoformat()] == named), None)
        is_over = token is None or (token.expires_at is not None and token.expires_at <= self._now())
        return STRANGER if token is None or is_over else Visitor(token.scope, token, is_signed_in=True)


class _Interface(SecureCookieSessionInterface):
    """Signed with the key that the store has now: a new one ends all cookies at once, in every process. Sent only over HTTPS
    where the page came over HTTPS, also through a proxy. The API heeds no cookie, and gives none."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        app.secret_key = self._store.sessions.key()
        return super().get_signing_serializer(app)

    def get_cookie_name(self, app: Flask) -> str:
        """With the port: browsers send a host's cookies to all its ports, and two backends may run there."""
        del app
        port = request.host.rpartition(":")[2]
        return f"{COOKIE}_{port}" if port.isascii() and port.isdigit() else COOKIE

    def get_cookie_path(self, app: Flask) -> str:
        """Only below our own path: what else lies on the host is not sent it."""
        del app
        return request.script_root or "/"

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith(API):
            return self.session_class()
        # Whoever brings no cookie costs no look at the store; where that fails, the page itself says so.
        value = request.cookies.get(self.get_cookie_name(app)) or request.cookies.get(COOKIE)
        if value:
            with suppress(StoreError, BadSignature):
                signer = self.get_signing_serializer(app)
                return self.session_class(signer.loads(value, max_age=int(LASTS.total_seconds()))) if signer else None
        return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.path.startswith(API):
            return
        with suppress(StoreError):
            super().save_session(app, session, response)

    def get_cookie_secure(self, app: Flask) -> bool:
        del app
        return request.is_secure or request.headers.get("X-Forwarded-Proto", "") == "https"


def csrf_token() -> str:
    """The session's own token for its forms."""
    if _CSRF not in session:
        session[_CSRF] = secrets.token_urlsafe(16)
    return str(session[_CSRF])


def check_csrf() -> None:
    """Raises `Refused` when a form was not sent from one of our pages in this session."""
    given = request.form.get("csrf", "")
    if not hmac.compare_digest(given.encode(), str(session.get(_CSRF) or secrets.token_urlsafe(16)).encode()):
        raise Refused(gettext("This form has expired. Open the page again and repeat what you did."))


def authorization() -> str:
    """What a request brings on purpose to be known by."""
    brought: str = sent().environ.get("HTTP_AUTHORIZATION", "")
    return brought
