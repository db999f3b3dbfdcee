"""Who may talk to the backend. Every request passes here first.

A page in the reader's browser can send requests to a backend on loopback, and DNS rebinding can even make it look like
the same site. So: only host names we go by; no web page's Origin, no cross-site fetch; on the API writes only as JSON,
which a form cannot send, and a bearer token, never a cookie. Pages are for this machine's own user and for whoever signed
in; the setting `public` opens reading, and nothing else, to everyone.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import g, redirect, request, url_for
from flask_cors.core import get_cors_options, set_cors_headers

from rowback.errors import BadInput, ForeignOrigin, NoToken, PairingClosed, UntrustedHost, WrongMediaType
from rowback.web.guard.login import LOGIN
from rowback.web.guard.sessions import csrf_token

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from flask import Flask, Response
    from werkzeug.wrappers import Response as Redirect

    from rowback.store import Store
    from rowback.web.guard.sessions import Sessions

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
EXTENSION_SCHEMES = ("chrome-extension", "moz-extension", "safari-web-extension")
API = "/api/"
PAIR = "/api/v1/pair"
LOOKUP = "/api/v1/lookup"
OPEN_ROUTES = frozenset({"/api/v1/health", PAIR})
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
BODILESS = frozenset({"PUT", "DELETE"})  # no form can send these, and other sites' pages only when asked for
# What `public` does not open: how the owner keeps the backend.
OWNERS_READS = ("/api/v1/feeds", "/api/v1/status", "/metrics", "/status")
OPEN_PAGES = ("/openapi.json", "/robots.txt", LOGIN, "/static/")
CROSS_SITE = frozenset({"cross-site", "same-site"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: under that, browsers send our own forms with `Origin: null`, which is refused.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """The checks, for one app."""

    def __init__(
        self,
        store: Store,
        sessions: Sessions,
        allowed_hosts: Collection[str],
        now: Callable[[], datetime],
        *,
        is_public: bool,
    ) -> None:
        self._store = store
        self._sessions = sessions
        self._hosts = LOOPBACK_NAMES | {host.lower() for host in allowed_hosts}
        self._now = now
        self._is_public = is_public

    def install(self, app: Flask) -> None:
        """Puts the checks before, and the headers after, every request of `app`."""
        app.before_request(self._check)
        app.after_request(self._finish)
        app.context_processor(
            lambda: {
                "is_owner": self.is_owner,
                "is_signed_in": self._sessions.is_signed_in,
                "csrf_token": csrf_token,
            }
        )

    def is_owner(self) -> bool:
        """Whether a page's visitor may do what only the owner does."""
        return _is_local() or self._sessions.is_signed_in()

    def pair(self) -> str:
        """A token for the extension that asks. Raises `ForeignOrigin`, `PairingClosed`."""
        origin = request.headers.get("Origin", "")
        if not _is_extension(origin):
            raise ForeignOrigin("Only a browser extension can pair. Programs use `rowback tokens new NAME`.")
        if not _is_local():
            raise PairingClosed("Pairing works on the backend's own machine only. Elsewhere, paste a token.")
        secret = self._store.access.pair(origin, self._now())
        if secret is None:
            raise PairingClosed(
                "An extension is paired already. To pair another one, run `rowback pair` and try again."
            )
        return secret

    def _check(self) -> Redirect | None:
        if _host_name() not in self._hosts:
            raise UntrustedHost("Open the backend by the name it was started with, or add the name to `allowed_hosts`.")
        self._check_origin()
        if not request.path.startswith(API):
            return self._check_page()
        if request.method == "OPTIONS":
            return None
        if request.method in WRITES:
            _check_json()
        if request.path not in OPEN_ROUTES and not (self._is_public and _is_readers() and not _authorization()):
            self._check_token()
        return None

    def _check_page(self) -> Redirect | None:
        """Sends whoever may not see a page to the login. A program may bring a token to a page as it does to the API."""
        if request.path.startswith(OPEN_PAGES) or self.is_owner() or (self._is_public and _is_readers()):
            return None
        if _authorization() or request.method not in ("GET", "HEAD"):
            self._check_token()
            return None
        return redirect(url_for("signing_in.login", next=request.full_path.rstrip("?")))

    def _check_origin(self) -> None:
        origin = request.headers.get("Origin")
        if origin is not None:
            # A proxy may speak HTTPS for us without a word: our own host under either scheme is us.
            if origin in (f"http://{request.host}", f"https://{request.host}") or origin in self._paired():
                return
            # An extension that is not paired may ask to be, or bring a token that its owner pasted in.
            is_pairing = request.path == PAIR and request.method == "POST"
            if _is_extension(origin) and (is_pairing or _authorization()):
                return
            raise ForeignOrigin("Web pages and unpaired extensions may not use this backend.")
        if request.headers.get("Sec-Fetch-Site") in CROSS_SITE and not _is_page_visit():
            raise ForeignOrigin("Requests from other sites are refused.")

    def _check_token(self) -> None:
        scheme, _, secret = _authorization().partition(" ")
        token = self._store.access.token(secret.strip(), self._now()) if scheme.lower() == "bearer" else None
        if token is None:
            raise NoToken("Send `Authorization: Bearer TOKEN`. `rowback tokens new NAME` makes a token.")
        origin = request.headers.get("Origin")
        if token.origin is not None and origin is not None and origin != token.origin:
            raise ForeignOrigin("This token belongs to another extension.")

    def _paired(self) -> set[str]:
        if "paired_origins" not in g:
            g.paired_origins = self._store.access.paired_origins()
        paired: set[str] = g.paired_origins
        return paired

    def _finish(self, response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(API):
            response.headers.setdefault("Cache-Control", "no-store")
            response.vary.add("Origin")
            origin = request.headers.get("Origin")
            if origin and _is_extension(origin) and origin in self._paired():
                set_cors_headers(response, get_cors_options(None, _cors_options(origin)))
        return response


def _authorization() -> str:
    return request.headers.get("Authorization", "")


def _is_readers() -> bool:
    """Whether the request only reads what `public` opens."""
    if request.path.startswith(OWNERS_READS):
        return False
    return request.method in ("GET", "HEAD") or (request.method == "POST" and request.path == LOOKUP)


def _is_local() -> bool:
    """A request of this machine's own, not one that a proxy on it passes on from elsewhere."""
    is_passed_on = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"))
    return _is_loopback(request.remote_addr or "") and _host_name() in LOOPBACK_NAMES and not is_passed_on


def _cors_options(origin: str) -> dict[str, object]:
    return {
        "origins": [origin],
        "methods": ["GET", "POST", "PUT", "DELETE"],
        "allow_headers": ["Authorization", "Content-Type", "If-None-Match"],
        "expose_headers": ["ETag"],
        "max_age": 600,
    }


def _check_json() -> None:
    may_be_empty = request.method in BODILESS or request.path == PAIR
    if request.url_rule is None or (may_be_empty and not request.content_length):
        return  # an unknown route, or a method it does not take, is told as such
    if request.mimetype != "application/json":
        raise WrongMediaType("Send the body as JSON, with `Content-Type: application/json`.")


def _host_name() -> str:
    try:
        return (urlsplit(f"//{request.host}").hostname or "").rstrip(".")
    except ValueError as error:
        raise BadInput("The Host header cannot be read.") from error


def _is_page_visit() -> bool:
    """A person following a link to one of our pages: allowed from anywhere, like any link."""
    return (
        request.method in ("GET", "HEAD")
        and not request.path.startswith(API)
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    )


def _is_extension(origin: str) -> bool:
    scheme, _, rest = origin.partition("://")
    return scheme in EXTENSION_SCHEMES and bool(rest) and rest.replace("-", "").isalnum()


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
