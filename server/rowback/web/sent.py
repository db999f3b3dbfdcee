"""The request under way, for what looks at it at every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from flask import Request


def sent() -> Request:
    """The request itself: Flask's `request` looks it up anew at each attribute that is read."""
    found: Request = request._get_current_object()  # type: ignore[attr-defined]
    return found
