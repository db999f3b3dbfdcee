"""The API's route for who follows edits: what became known since an instant, or since the answer before."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Blueprint, request

from rowback.errors import BadInput
from rowback.web.api.answering import limit, unless_known
from rowback.web.api.edit_answers import digest
from rowback.web.api.known_shapes import changes as changes_shape
from rowback.web.guard import visibility
from rowback.web.numbering import read_since
from rowback.web.request import base, filters, whole_number

if TYPE_CHECKING:
    from flask import Response

    from rowback.store import Store


def create_changes_api(store: Store) -> Blueprint:
    """The blueprint of `GET /api/v1/changes`."""
    following = Blueprint("changes_api", __name__, url_prefix="/api/v1")

    @following.get("/changes")
    def changes() -> Response:
        given = request.args
        since = read_since(given.get("since", ""))
        wanted = replace(filters(given), article_id=_article(store, given.get("article", "")))
        page = visibility.seen(store).known.page(wanted, since, limit())
        body = json.dumps(changes_shape(page, base()), ensure_ascii=False).encode()
        return unless_known(digest(body), lambda: body)

    return following


def _article(store: Store, given: str) -> int | None:
    """The id of the article that is named, None where none is. Raises `BadInput`, `UnknownArticle`, `HiddenArticle`."""
    if not given:
        return None
    number = whole_number(given, visibility.MAX_ID)
    if number is None:
        raise BadInput("`article` is an article's number.")
    return visibility.by_id(store, number).id
