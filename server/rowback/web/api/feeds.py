"""The API of what is watched: feeds, and the state of the poller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request

from rowback.errors import BadInput, BadURL, NotFound
from rowback.store.feeds import FeedKind
from rowback.web.api import shapes
from rowback.web.api.wished_language import in_wished_language
from rowback.web.request import whole_object

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.store import Store
    from rowback.store.feeds import Feed

MAX_PATTERNS, MAX_PATTERN_CHARACTERS = 100, 200


def create_feeds_api(store: Store, now: Callable[[], datetime], look: Callable[[Feed], Feed] | None) -> Blueprint:
    """The blueprint of `/api/v1/feeds`, `/api/v1/finds` and `/api/v1/status`. `look` reads what is followed at once."""
    watching = Blueprint("watching", __name__, url_prefix="/api/v1")

    @watching.get("/status")
    def status() -> Response:
        return jsonify(shapes.overview(store.overview(now())))

    @watching.get("/feeds")
    def feeds() -> Response:
        found = store.feeds.all()
        with in_wished_language():
            return jsonify(feeds=[shapes.feed(each) for each in found])

    @watching.post("/feeds")
    def follow_feed() -> tuple[Response, int]:
        body = whole_object()
        if not isinstance(body.get("url"), str):
            raise BadInput("The body must be a JSON object with the `url` of a feed or a site.")
        feed, is_new = store.feeds.add(
            body["url"], kind_of(body), "", now(), _patterns(body, "include"), _patterns(body, "exclude")
        )
        feed = feed if look is None else look(feed)
        with in_wished_language():
            return jsonify(feed=shapes.feed(feed)), 201 if is_new else 200

    @watching.delete("/feeds")
    def unfollow_feed() -> Response:
        url = _url()
        found = store.feeds.find(url)
        if found is None:
            raise NotFound(f"No feed at {url[:200]} is followed.")
        store.feeds.remove(found.id)
        return Response(status=204)

    @watching.delete("/finds")
    def drop_finds() -> Response:
        return jsonify(dropped=store.finds.drop(_url(), now()))

    @watching.put("/finds")
    def bring_back_finds() -> Response:
        return jsonify(brought_back=store.finds.bring_back(_url(), now()))

    return watching


def _url() -> str:
    """The address in the query string, or as `url` in a JSON body."""
    body = request.get_json(silent=True)
    found = request.args.get("url") or (body.get("url") if isinstance(body, dict) else None)
    if not isinstance(found, str) or not found.strip():
        raise BadURL("The query parameter `url` is missing.")
    return found


def kind_of(body: dict[str, Any]) -> FeedKind:
    """As what something is to be followed: a site where nothing is said. Raises `BadInput`."""
    found = body.get("kind")
    try:
        return FeedKind.SITE if found is None else FeedKind(found)
    except ValueError as error:
        raise BadInput(f"`kind` is one of {', '.join(kind.value for kind in FeedKind)}.") from error


def _patterns(body: dict[str, Any], name: str) -> list[str]:
    found = [] if body.get(name) is None else body[name]
    is_list = isinstance(found, list) and len(found) <= MAX_PATTERNS
    if not is_list or not all(isinstance(each, str) and 0 < len(each) <= MAX_PATTERN_CHARACTERS for each in found):
        raise BadInput(
            f"`{name}` is a list of at most {MAX_PATTERNS} patterns of 1 to {MAX_PATTERN_CHARACTERS} characters."
        )
    return list(found)
