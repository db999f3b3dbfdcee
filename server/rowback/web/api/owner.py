"""What the owner does with an article, through the API: hide, show, list for strangers, forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, request

from rowback.errors import BadInput
from rowback.web.api import shapes
from rowback.web.guard.visibility import even_hidden
from rowback.web.request import base, body_object, whole_object

if TYPE_CHECKING:
    from flask import Response

    from rowback.store import Store


def create_owner_api(store: Store) -> Blueprint:
    """The blueprint."""
    acts = Blueprint("owner_api", __name__, url_prefix="/api/v1")

    @acts.route("/articles/<int:article_id>/hidden", methods=["PUT", "DELETE"])
    def hidden(article_id: int) -> Response:
        even_hidden(store, article_id)
        if request.method == "DELETE":
            store.owner.show(article_id)
        else:
            store.owner.hide(article_id, _reason())
        return jsonify(article=shapes.article(even_hidden(store, article_id), base()))

    @acts.route("/articles/<int:article_id>/listed", methods=["PUT", "DELETE"])
    def listed(article_id: int) -> Response:
        if request.method == "PUT" and request.content_length:
            body_object()
        article = even_hidden(store, article_id)
        store.owner.set_listed(article.id, listed=request.method == "PUT")
        return jsonify(article=shapes.article(even_hidden(store, article_id), base()))

    @acts.delete("/articles/<int:article_id>")
    def forget(article_id: int) -> tuple[str, int]:
        even_hidden(store, article_id)
        store.owner.forget(article_id)
        return "", 204

    return acts


def _reason() -> str:
    reason = whole_object().get("reason")
    if not isinstance(reason, str):
        raise BadInput('The body must be {"reason": "…"}: what readers are told.')
    return reason
