"""Who is at the other end of a page: this machine's own user, someone signed in with a token, or a reader.

A session is Flask's signed cookie. It names the token it was opened with and ends when that token is revoked. Every
form carries the session's CSRF token; `Sec-Fetch-Site` and `Origin` are checked before that (`guard.py`). Signing in has a
rate limit, by address.
"""

from __future__ import annotations

import hmac
import secrets
from collections import OrderedDict, deque
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import g, request, session
from flask.sessions import SecureCookieSessionInterface

from rowback.errors import Refused, TooManyAttempts
from rowback.web.guard.proxies import visitor

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Flask

    from rowback.store import Store
    from rowback.store.access import Token

LASTS = timedelta(days=30)
COOKIE = "rowback_session"
# Tokens have 256 random bits and cannot be guessed; this only keeps a guesser from keeping the backend busy.
MAX_ATTEMPTS, ATTEMPTS_PER = 10, timedelta(minutes=5)
MAX_GUESSERS = 1_000  # addresses whose attempts are remembered
_TOKEN, _CSRF = "token", "csrf"


class Sessions:
    """Sessions of one app."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        # By address: whoever guesses must not keep the owner out. Safe for threads: each step is one.
        self._failed_at: OrderedDict[str, deque[datetime]] = OrderedDict()

    def install(self, app: Flask) -> None:
        """Gives `app` its cookie."""
        app.secret_key = self._store.access.session_key()
        app.session_interface = _Interface()
        app.config.update(
            SESSION_COOKIE_NAME=COOKIE,
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Strict",
            PERMANENT_SESSION_LIFETIME=LASTS,
        )

    def sign_in(self, secret: str) -> bool:
        """Opens a session for the holder of a token; False for no token. Raises `TooManyAttempts`."""
        now = self._now()
        failed_at = self._failed_at.setdefault(visitor(request.environ), deque(maxlen=MAX_ATTEMPTS))
        if len(failed_at) == MAX_ATTEMPTS and now - failed_at[0] < ATTEMPTS_PER:
            raise TooManyAttempts("Wait five minutes, then try again. `rowback tokens new NAME` makes a fresh token.")
        if len(self._failed_at) > MAX_GUESSERS:
            self._failed_at.popitem(last=False)
        token = self._store.access.token(secret.strip(), now)
        if token is None:
            failed_at.append(now)
            return False
        session.clear()
        session.permanent = True
        session[_TOKEN] = _identity(token)
        return True

    def sign_out(self) -> None:
        """Ends the session."""
        session.clear()

    def is_signed_in(self) -> bool:
        """Whether the request comes with a session whose token is still valid."""
        if "is_signed_in" not in g:
            g.is_signed_in = False  # what the page of an error is told when the store cannot be asked
            named = session.get(_TOKEN)
            tokens = self._store.access.tokens() if named is not None else []
            g.is_signed_in = any(_identity(token) == named for token in tokens)
        return bool(g.is_signed_in)


class _Interface(SecureCookieSessionInterface):
    """A cookie for HTTPS only where the page came over HTTPS, also through a proxy."""

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
    sent = request.form.get("csrf", "")
    if not hmac.compare_digest(sent.encode(), str(session.get(_CSRF) or secrets.token_urlsafe(16)).encode()):
        raise Refused("This form has expired. Open the page again and repeat what you did.")


def _identity(token: Token) -> list[str]:
    return [token.name, token.created_at.isoformat()]
