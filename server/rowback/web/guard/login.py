"""The login page: for owners who read the pages from another machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from rowback.web.guard.sessions import check_csrf, csrf_token

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from rowback.web.guard.sessions import Sessions

LOGIN = "/login"


def create_signing_in(sessions: Sessions) -> Blueprint:
    """The blueprint of `/login` and `/logout`."""
    signing_in = Blueprint("signing_in", __name__)

    @signing_in.get(LOGIN)
    def login() -> str:
        return _page(failed=False)

    @signing_in.post(LOGIN)
    def sign_in() -> Response | tuple[str, int]:
        check_csrf()
        target = _local(request.form.get("next", ""))
        if sessions.sign_in(request.form.get("token", "")):
            return redirect(target, 303)
        return _page(failed=True), 401

    @signing_in.post("/logout")
    def logout() -> Response:
        check_csrf()
        sessions.sign_out()
        return redirect(url_for("signing_in.login"), 303)

    return signing_in


def _page(*, failed: bool) -> str:
    target = _local(request.values.get("next", ""))
    return render_template("login.html", failed=failed, next=target, csrf=csrf_token())


def _local(target: str) -> str:
    """A path on this backend; whatever leads elsewhere becomes the front page."""
    is_path = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_path and target.isprintable() else "/"
