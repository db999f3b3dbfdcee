"""Who may talk to the backend. Every request passes here first.

A page in the reader's browser can send requests to a backend on loopback, and DNS rebinding can even make it look like
the same site. So: only host names we go by; no web page's Origin, no cross-site fetch; on the API writes only as JSON,
which a form cannot send, and a bearer token, never a cookie. Pages are for browsers that are signed in, wherever they are;
the setting `public` opens reading, and nothing else, to everyone. What each route needs stands in `rights.py`.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import g, redirect, url_for
from flask_cors.core import get_cors_options, set_cors_headers

from rowback import __version__
from rowback.errors import (
    BadInput,
    ForeignOrigin,
    InsufficientScope,
    NoToken,
    StoreError,
    UntrustedHost,
    WrongMediaType,
)
from rowback.model import Scope
from rowback.store.audience import OWNER, Audience
from rowback.web.guard.headers import ODD_HOST
from rowback.web.guard.heard import SAID_BY_BACKEND, SAID_BY_EXTENSION, Heard
from rowback.web.guard.one_time import KEYED_FEED
from rowback.web.guard.packed import check_coding
from rowback.web.guard.people import is_person
from rowback.web.guard.proxies import visitor as visitor_of
from rowback.web.guard.ration import Ration
from rowback.web.guard.rights import is_public, needed
from rowback.web.guard.sessions import API, authorization, csrf_token
from rowback.web.sent import sent

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime

    from flask import Flask, Request, Response
    from werkzeug.wrappers import Response as Redirect

    from rowback.store import Store
    from rowback.web.guard.sessions import Visitor, Visitors

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
EXTENSION_SCHEMES = ("chrome-extension", "moz-extension", "safari-web-extension")
PAIRING = frozenset({"/api/v1/pair", "/api/v1/pair/token", "/api/v1/join"})
LOOKUP = "/api/v1/lookup"
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
BODILESS = frozenset({"PUT", "DELETE"})  # no form can send these, and other sites' pages only when asked for
CROSS_SITE = frozenset({"cross-site", "same-site"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: under that, browsers send our own forms with `Origin: null`, which is refused.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

_HEADERS = tuple((name.lower(), (name, value)) for name, value in HEADERS.items())
# Our own pages and style sheets, and the logs of a proxy before us, are not told it either.
_SECRET_HEADERS = tuple(
    (name.lower(), (name, value)) for name, value in (HEADERS | {"Referrer-Policy": "no-referrer"}).items()
)
_API_HEADERS = (
    *_HEADERS,
    ("cache-control", ("Cache-Control", "no-store")),
    ("vary", ("Vary", "Origin")),
    (SAID_BY_BACKEND.lower(), (SAID_BY_BACKEND, __version__)),
)


class Guard:
    """The checks, for one app."""

    def __init__(
        self,
        store: Store,
        sessions: Visitors,
        allowed_hosts: Collection[str],
        now: Callable[[], datetime],
        *,
        is_public: bool,
        stranger_requests: int = 0,
    ) -> None:
        """`stranger_requests` are how many an address may make a minute where reading is public; 0 for no limit."""
        self._store = store
        self._sessions = sessions
        self._hosts = LOOPBACK_NAMES | {host.lower() for host in allowed_hosts}
        self._now = now
        self._is_public = is_public
        self._ration = Ration(stranger_requests) if stranger_requests else None
        self.heard = Heard()

    def install(self, app: Flask) -> None:
        """Puts the checks before, and the headers after, every request of `app`."""
        app.before_request(self._check)
        app.after_request(self._finish)
        app.wsgi_app = _Finished(app.wsgi_app)  # type: ignore[method-assign]
        app.context_processor(
            lambda: {
                "is_owner": self.is_owner,
                "may_capture": self.may_capture,
                "may_triage": self.may_triage,
                "is_signed_in": self.is_signed_in,
                "is_public": self._is_public,
                "csrf_token": csrf_token,
            }
        )

    def is_owner(self) -> bool:
        """Whether a page's visitor may do what only the owner does."""
        return self._sessions.visitor().scope is Scope.OWNER

    def may_capture(self) -> bool:
        """Whether a page's visitor may store what an article says now."""
        scope = self._sessions.visitor().scope
        return scope is not None and scope.covers(Scope.CAPTURE)

    def may_triage(self) -> bool:
        """Whether a page's visitor may mark edits: each reader their own; of the owner's devices not those that only read."""
        return self.may_capture() or self._sessions.visitor().reader not in (None, OWNER)

    def is_signed_in(self) -> bool:
        """Whether the visitor's browser is signed in."""
        return self._sessions.visitor().is_signed_in

    def _check(self) -> Redirect | None:
        asked = sent()
        if _host_name(asked) not in self._hosts:
            raise UntrustedHost("Open the backend by the name it was started with, or add the name to `allowed_hosts`.")
        self._check_origin(asked)
        is_api = asked.path.startswith(API)
        if is_api and asked.method == "OPTIONS":
            return None
        if is_api and asked.method in WRITES:
            _check_json(asked)
        led_on = self._check_rights(asked, is_api=is_api)
        if asked.method in WRITES:
            check_coding(asked, is_trusted=not g.get("audience", Audience.STRANGERS).is_strangers)
        return led_on

    def _check_rights(self, asked: Request, *, is_api: bool) -> Redirect | None:
        """Raises `NoToken`, `InsufficientScope`, `TooManyRequests`; sends a person who may not see a page to the login."""
        scope = needed(asked.endpoint)
        if scope is None:
            return None
        # A cookie comes along by itself, also with what another page sends: the API heeds only what is brought on purpose.
        visitor, has_token = self._sessions.visitor(), bool(authorization())
        if visitor.is_refused:
            raise NoToken(
                "This token does not hold here. `rowback tokens` lists those that do, `rowback tokens new NAME` makes one."
            )
        held = visitor.scope if has_token or not is_api else None
        g.audience = Audience.STRANGERS if held is None else visitor.audience
        if held is not None:
            if not held.covers(scope):
                raise InsufficientScope(f"This needs the scope `{scope}`; yours is `{held}`.")
            if has_token:
                _check_own_origin(asked, visitor)
                if visitor.token is not None:
                    self.heard.note(visitor.token.name, asked.headers.get(SAID_BY_EXTENSION))
            return None
        if self._is_public and is_public(asked.endpoint):
            if self._ration is not None:
                self._ration.spend(visitor_of(asked.environ), asked.endpoint, self._now())
            return None
        if not is_api and asked.method in ("GET", "HEAD") and is_person(asked):
            return redirect(url_for("signing_in.login", next=asked.full_path.rstrip("?")))
        raise NoToken("Send `Authorization: Bearer TOKEN`. `rowback tokens new NAME` makes a token.")

    def _check_origin(self, asked: Request) -> None:
        origin = asked.headers.get("Origin")
        if origin is not None:
            # A proxy may speak HTTPS for us without a word: our own host under either scheme is us.
            if origin in (f"http://{asked.host}", f"https://{asked.host}") or origin in self._paired():
                return
            # An extension that is not paired may ask to be, or bring a token that its owner pasted in. Its preflight is
            # refused without a word that its browser would heed: only one that has access to our host gets this far.
            is_pairing = asked.path in PAIRING and asked.method == "POST"
            if _is_extension(origin) and (is_pairing or authorization()):
                return
            raise ForeignOrigin("Web pages and unpaired extensions may not use this backend.")
        if asked.headers.get("Sec-Fetch-Site") in CROSS_SITE and not _is_page_visit(asked):
            raise ForeignOrigin("Requests from other sites are refused.")

    def _paired(self) -> set[str]:
        if "paired_origins" not in g:
            g.paired_origins = self._store.access.paired_origins()
        paired: set[str] = g.paired_origins
        return paired

    def _finish(self, response: Response) -> Response:
        """Names the origins that may read an answer of the API; `_Finished` adds what every answer says."""
        asked = sent()
        if not asked.path.startswith(API):
            return response
        if response.headers.getlist("Vary"):  # `in` makes an error to catch for each answer without it
            response.vary.add("Origin")
        origin = asked.headers.get("Origin")
        if origin is None or asked.path in PAIRING or not _is_extension(origin):
            return response
        with suppress(StoreError):  # it was told already
            if origin in self._paired():
                set_cors_headers(response, get_cors_options(None, _cors_options(origin)))
        return response


class _Finished:
    """The app behind this. Every answer gets the headers that it has not got yet, whoever made it."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = f"/{environ.get('PATH_INFO', '').lstrip('/')}"  # as the framework reads it
        headers = _API_HEADERS if path.startswith(API) else _SECRET_HEADERS if path.startswith(KEYED_FEED) else _HEADERS

        def start(status: str, own: list[tuple[str, str]], *rest: Any) -> Any:
            have = {name.lower() for name, _ in own}
            return start_response(status, own + [pair for lower, pair in headers if lower not in have], *rest)

        found: Iterable[bytes] = self._app(environ, start)
        return found


def _check_own_origin(asked: Request, visitor: Visitor) -> None:
    """Raises `ForeignOrigin` where the token that was brought is another extension's."""
    token, origin = visitor.token, asked.headers.get("Origin")
    if token is not None and token.origin is not None and origin is not None and origin != token.origin:
        raise ForeignOrigin("This token belongs to another extension.")


def _cors_options(origin: str) -> dict[str, object]:
    return {
        "origins": [origin],
        "methods": ["GET", "POST", "PUT", "DELETE"],
        "allow_headers": ["Authorization", "Content-Encoding", "Content-Type", "If-None-Match", SAID_BY_EXTENSION],
        "expose_headers": ["ETag", SAID_BY_BACKEND],
        "max_age": 600,
    }


def _check_json(asked: Request) -> None:
    is_empty = asked.method in BODILESS and not asked.content_length
    if asked.url_rule is None or is_empty:
        return  # an unknown route, or a method it does not take, is told as such
    if asked.mimetype != "application/json":
        raise WrongMediaType("Send the body as JSON, with `Content-Type: application/json`.")


def _host_name(asked: Request) -> str:
    try:
        if ODD_HOST not in asked.environ:
            return _name_in(asked.host)
    except ValueError:
        pass
    raise BadInput("The Host header cannot be read.")


@lru_cache(maxsize=100)
def _name_in(host: str) -> str:
    """The name in a `Host` header. Raises `ValueError`."""
    return (urlsplit(f"//{host}").hostname or "").rstrip(".")


def _is_page_visit(asked: Request) -> bool:
    """A person following a link to one of our pages: allowed from anywhere, like any link."""
    return (
        asked.method in ("GET", "HEAD")
        and not asked.path.startswith(API)
        and asked.headers.get("Sec-Fetch-Mode") == "navigate"
        and asked.headers.get("Sec-Fetch-Dest", "document") == "document"
    )


def _is_extension(origin: str) -> bool:
    scheme, _, rest = origin.partition("://")
    return scheme in EXTENSION_SCHEMES and bool(rest) and rest.replace("-", "").isalnum()
