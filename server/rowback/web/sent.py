"""The request under way, for what looks at it at every request, and where the reader is sent on to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request

if TYPE_CHECKING:
    from flask import Request
    from werkzeug.wrappers import Response


def sent() -> Request:
    """The request itself: Flask's `request` looks it up anew at each attribute that is read."""
    found: Request = request._get_current_object()  # type: ignore[attr-defined]
    return found


def root() -> str:
    """The path below which the backend lies as a proxy says: `/rowback`; empty where it has a host to itself."""
    return sent().script_root


def see(address: str, code: int = 302) -> Response:
    """Sends the reader on to another of our pages, by its path without `root`."""
    return redirect(root() + address, code)
