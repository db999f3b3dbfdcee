"""The API's routes of triage: what the reader whose token is brought made of edits, and acts on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, request

from rowback.errors import BadInput
from rowback.store.review_acts import ACTS, MAX_AT_ONCE, ReviewAct
from rowback.store.reviews import Review
from rowback.web.api import known_shapes
from rowback.web.api.answering import limit
from rowback.web.asked_steps import wanted_steps
from rowback.web.guard.visibility import MAX_ID, seen
from rowback.web.request import base, cursor, cursor_text, whole_object

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Response

    from rowback.store import Store


def create_triage_api(store: Store, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint of `/api/v1/triage`."""
    triaging = Blueprint("triage_api", __name__, url_prefix="/api/v1")

    @triaging.get("/triage")
    def reviews() -> Response:
        view = seen(store)
        wanted = wanted_steps(view, request.args.get("q", "").strip())
        page = view.latest.page(wanted, limit(), older_than=cursor(request.args, "older"))
        found = view.reviews.of(item.step.id for item in page.items)
        told = [
            known_shapes.step(item, base()) | _review(found.get(item.step.id, Review(item.step.id)))
            for item in page.items
        ]
        return jsonify({"changes": told, "older": cursor_text(page.older) if page.older else None})

    @triaging.post("/triage")
    def act() -> Response:
        body, view = whole_object(), seen(store)
        kind = _text(body, "do")
        if kind == "undo":
            undone = view.review_acts.undo()
            return jsonify({"do": kind, "changed": undone.count if undone else 0, "undone": undone and undone.kind})
        if kind not in ACTS:
            raise BadInput(f"`do` is one of {', '.join(ACTS)}, undo.")
        wanted = ReviewAct(kind, _changes(body.get("changes")), _text(body, "collection"), _text(body, "note"))
        return jsonify({"do": kind, "changed": view.review_acts.do(wanted, now()), "undone": None})

    return triaging


def _review(review: Review) -> dict[str, Any]:
    return {
        "id": review.change_id,
        "seen": review.seen,
        "starred": review.starred,
        "note": review.note,
        "collections": list(review.collections),
    }


def _text(body: dict[str, Any], name: str) -> str:
    found = body.get(name, "")
    if not isinstance(found, str):
        raise BadInput(f"`{name}` is a text.")
    return found


def _changes(given: object) -> tuple[int, ...]:
    """The ids of steps. Raises `BadInput`."""
    are_ids = isinstance(given, list) and all(type(each) is int and 0 < each <= MAX_ID for each in given)
    if not (isinstance(given, list) and are_ids and 1 <= len(given) <= MAX_AT_ONCE):
        raise BadInput(f"`changes` is a list of 1 to {MAX_AT_ONCE} ids, as GET /api/v1/triage tells them.")
    return tuple(given)
