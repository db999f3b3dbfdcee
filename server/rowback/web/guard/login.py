"""Signing a browser in: by a one-time link, or with a token."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from rowback.web.guard.attempts import Attempts
from rowback.web.guard.one_time import BY_LINK
from rowback.web.guard.sessions import check_csrf, csrf_token
from rowback.web.sent import see

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from werkzeug.wrappers import Response as Redirect

    from rowback.store import Store
    from rowback.web.guard.sessions import Visitors

LOGIN = "/login"
MAX_ATTEMPTS, ATTEMPTS_PER = 10, timedelta(minutes=5)


def create_signing_in(store: Store, sessions: Visitors, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint of `/login`, `/sign-in` and `/logout`."""
    signing_in = Blueprint("signing_in", __name__)
    attempts = Attempts(MAX_ATTEMPTS, ATTEMPTS_PER)
    _add_login(signing_in, store, sessions, attempts, now)
    _add_links(signing_in, store, sessions, attempts, now)
    return signing_in


def _add_login(
    signing_in: Blueprint, store: Store, sessions: Visitors, attempts: Attempts, now: Callable[[], datetime]
) -> None:
    @signing_in.get(LOGIN)
    def login() -> str:
        return _page(failed=False)

    @signing_in.post(LOGIN)
    def sign_in() -> Redirect | tuple[str, int]:
        check_csrf()
        at = now()
        token = store.access.token(request.form.get("token", "").strip(), at)
        if token is None:
            attempts.note(at)
            return _page(failed=True), 401
        sessions.open(store.sessions.open(token, agent(), at))
        return see(local(request.form.get("next", "")), 303)

    @signing_in.post("/logout")
    def logout() -> Redirect:
        check_csrf()
        sessions.close()
        return see(LOGIN, 303)


def _add_links(
    signing_in: Blueprint, store: Store, sessions: Visitors, attempts: Attempts, now: Callable[[], datetime]
) -> None:
    @signing_in.get(BY_LINK)
    def by_link() -> Redirect | str | tuple[str, int]:
        if request.method == "HEAD" or _is_fetched_ahead():  # a look ahead must not use it up
            return "", 204 if store.sessions.has_link(request.args.get("code", "")) else 410
        at = now()
        opened = store.sessions.use_link(request.args.get("code", ""), agent(), at)
        if opened is None:
            attempts.note(at)
            return render_template("link_over.html"), 410
        secret, target = opened
        sessions.open(secret)
        if request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
            return see(target, 303)
        # After a click elsewhere the browser keeps a strict cookie back from a redirect, not from the page that follows ours.
        return render_template("signed_in.html", target=target)


def _page(*, failed: bool) -> str:
    target = local(request.values.get("next", ""))
    return render_template("login.html", failed=failed, next=target, csrf=csrf_token())


def local(target: str) -> str:
    """A path on this backend; whatever leads elsewhere becomes the front page."""
    is_path = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_path and target.isprintable() and len(target) < 4_096 else "/"


def agent() -> str:
    """What the browser calls itself, for the list of sessions."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in _BROWSERS if mark in agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser


# In this order: most browsers also claim to be others.
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def _is_fetched_ahead() -> bool:
    told = f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}"
    return "prefetch" in told or "prerender" in told or request.headers.get("X-Moz") == "prefetch"
