"""The API of checks out of turn: an article is to be looked at now, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify

from rowback.web.api import shapes
from rowback.web.api.wished_language import in_wished_language
from rowback.web.guard import visibility
from rowback.web.request import base, body_object

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.store import Store
    from rowback.store.checks_wanted import WantedCheck


def create_checks_api(store: Store, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint of `/api/v1/articles/{id}/check`."""
    checks = Blueprint("checks", __name__, url_prefix="/api/v1")

    @checks.post("/articles/<int:article_id>/check")
    def ask(article_id: int) -> tuple[Response, int]:
        body_object()  # it says nothing, but what is no object was meant for another route
        visibility.by_id(store, article_id)
        found = store.checks_wanted.ask(article_id, now())
        return _told(article_id, found), 200 if found.is_over else 202

    @checks.get("/articles/<int:article_id>/check")
    def standing(article_id: int) -> Response:
        visibility.by_id(store, article_id)
        return _told(article_id, store.checks_wanted.standing(article_id, now()))

    def _told(article_id: int, found: WantedCheck | None) -> Response:
        # Read after the check: an answer that says it is over comes with what it brought.
        article = visibility.by_id(store, article_id)
        with in_wished_language():
            return jsonify(check=shapes.check(found), article=shapes.article(article, base()))

    return checks
