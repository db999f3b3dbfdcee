"""Routes of the API, version 1: health, edits, look-ups, captures, articles, search. Feeds and the poller's state
are in `feeds.py`, what only the owner does in `owner.py`, tokens and pairing in `access.py`.

Each route reads its request, asks one thing of the store, and says it in the shapes of `shapes.py`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Blueprint, Request, Response, jsonify, request

from rowback import __version__
from rowback.capture.captures import check_no_copy, check_not_future, from_json
from rowback.clock import format_instant
from rowback.errors import BadInput, BadURL, TooLarge, UnknownArticle
from rowback.model import CLIENT_ORIGINS, Origin
from rowback.text.plain import is_whole
from rowback.text.urls import identify_asked
from rowback.web.api import shapes
from rowback.web.api.answering import limit, unless_known
from rowback.web.api.asked_archives import put_in, told_unknown, with_backfill
from rowback.web.api.edit_answers import Asked, Histories, digest
from rowback.web.guard import visibility
from rowback.web.numbering import check_number
from rowback.web.request import base, body_object, cursor, whole_number
from rowback.web.seats import Seats
from rowback.web.sent import sent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from rowback.model import Article
    from rowback.store import Store
    from rowback.text.urls import PageURL

MAX_LOOKUP_URLS = 500
CAPTURES_AT_ONCE = 8  # each keeps one of the server's threads
MAX_SEARCH_CHARACTERS = 500
API_VERSION = 1
MAX_QUESTIONS, MAX_QUERY = 500, 2_048  # query strings of which is remembered what they say, and their characters


def create_api(store: Store, histories: Histories, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint of the routes named above."""
    api = Blueprint("api", __name__, url_prefix="/api/v1")
    _add_health(api)
    _add_edit_routes(api, store, histories, now)
    _add_capture_routes(api, store, now)
    _add_article_routes(api, store, now)
    return api


def _add_health(api: Blueprint) -> None:
    @api.get("/health")
    def health() -> Response:
        return jsonify(status="ok", version=__version__, api=API_VERSION)


def _add_edit_routes(api: Blueprint, store: Store, histories: Histories, now: Callable[[], datetime]) -> None:
    @api.get("/edits")
    def edits() -> Response:
        url, from_, to, after = _question(sent())
        try:
            article = visibility.by_url(store, url)
        except UnknownArticle as error:
            raise told_unknown(store, url, error, now()) from None
        etag, body = histories.tagged(Asked(article, from_, to, base(), visibility.audience(), after))
        backfill = with_backfill(store, article, now)
        if backfill is None:
            return unless_known(etag, body)
        return unless_known(digest(etag.encode() + backfill), lambda: put_in(body(), backfill))

    @api.get("/articles/<int:article_id>/edits/<edit_id>/wordings")
    def wordings(article_id: int, edit_id: str) -> Response:
        start = whole_number(request.args.get("start", "0"), visibility.MAX_ID)
        if start is None:
            raise BadInput("`start` is what an earlier answer gave as `next`.")
        given = request.args
        article, audience = visibility.by_id(store, article_id), visibility.audience()
        asked = Asked(article, given.get("from", "first"), given.get("to", "latest"), base(), audience)
        etag = histories.etag_of(asked, edit_id, start)
        return unless_known(etag, lambda: histories.wordings(asked, edit_id, start))

    @api.post("/lookup")
    def lookup() -> Response:
        urls = body_object().get("urls")
        if not isinstance(urls, list) or not all(isinstance(url, str) and is_whole(url) for url in urls):
            raise BadInput("`urls` must be a list of addresses.")
        if len(urls) > MAX_LOOKUP_URLS:
            raise TooLarge(f"At most {MAX_LOOKUP_URLS} addresses can be looked up at once.")
        known = visibility.seen(store).articles.known({url: page for url in urls if (page := _page(url))})
        return jsonify(results={url: _lookup_result(histories, *known[url]) if url in known else None for url in urls})


def _add_capture_routes(api: Blueprint, store: Store, now: Callable[[], datetime]) -> None:
    seats = Seats(CAPTURES_AT_ONCE)

    @api.post("/captures")
    def captures() -> tuple[Response, int]:
        received_at = now()
        item = {"seen_at": format_instant(received_at)} | {k: v for k, v in body_object().items() if v is not None}
        check_no_copy(item.get("url"))
        with seats.one():
            capture = from_json(item, Origin.API, CLIENT_ORIGINS)
            check_not_future(capture.seen_at, received_at)
            recorded = store.record(visibility.by_reader(capture), received_at)
        answer = {
            "article": shapes.article(recorded.article, base()),
            "version": recorded.version,
            "new_version": recorded.new_version,
        }
        return jsonify(answer), 201 if recorded.new_version else 200


def _add_article_routes(api: Blueprint, store: Store, now: Callable[[], datetime]) -> None:
    @api.get("/articles")
    def all_articles() -> Response:
        most = limit()
        found = visibility.seen(store).articles.newest(most, cursor(request.args, "before"))
        last = found[-1] if len(found) == most else None
        return jsonify(
            articles=[shapes.article(article, base()) for article in found],
            next=f"{format_instant(last.last_changed_at)},{last.id}" if last else None,
        )

    @api.get("/articles/<int:article_id>")
    def one_article(article_id: int) -> Response:
        return jsonify(article=shapes.article(visibility.by_id(store, article_id), base()))

    @api.get("/articles/<int:article_id>/versions/<int:number>")
    def one_version(article_id: int, number: int) -> Response:
        article = visibility.by_id(store, article_id)
        view = visibility.seen(store)
        spans = view.versions.spans(article_id)
        check_number(len(spans), number)
        (content,) = view.versions.contents(spans[number].id)
        older = view.readings.of_version(spans[number].id)
        copy = store.saves.of_version(article.id, spans, number)
        version = shapes.version(spans[number].with_content(content), older, copy)
        return jsonify(article=shapes.article(article, base()), version=version)

    @api.route("/articles/<int:article_id>/follow", methods=["PUT", "DELETE"])
    def follow(article_id: int) -> Response:
        if request.method == "PUT" and request.content_length:
            body_object()  # it says nothing, but what is no object was meant for another route
        visibility.by_id(store, article_id)
        since = now() if request.method == "PUT" else None
        followed = store.set_followed(article_id, since, visibility.reader())
        return jsonify(article=shapes.article(followed, base()))

    @api.get("/search")
    def search() -> Response:
        words = _query("q", request.args)
        if len(words) > MAX_SEARCH_CHARACTERS:
            raise BadInput(f"A search has at most {MAX_SEARCH_CHARACTERS} characters.")
        older = whole_number(request.args.get("older", ""), visibility.MAX_ID)
        if older is None and request.args.get("older"):
            raise BadInput("`older` is the `next` of the answer before. Search again without it.")
        found = visibility.seen(store).search.look(words, limit(), older)
        results = [shapes.found_text(each, base()) for each in found.items]
        return jsonify({"results": results} | ({"next": str(found.next)} if found.next else {}))


Question = tuple[str, str, str, str | None]  # the address, `from`, `to` and `after`


def _question(asked: Request) -> Question:
    """What is asked about edits. Raises `BadInput`."""
    query = asked.environ.get("QUERY_STRING", "")
    return _read_before(query) if len(query) <= MAX_QUERY else _read(asked.args)


@lru_cache(maxsize=MAX_QUESTIONS)
def _read_before(query: str) -> Question:
    """As `_read`, of what is asked for again and again."""
    return _read(Request({"QUERY_STRING": query}).args)


def _read(given: Mapping[str, str]) -> Question:
    return _query("url", given), given.get("from", "first"), given.get("to", "latest"), given.get("after")


def _lookup_result(histories: Histories, article: Article, noted: int | None) -> shapes.Json:
    return {
        "version_count": article.version_count,
        "edit_count": histories.edit_count(article, noted),
        "last_changed_at": format_instant(article.last_changed_at),
    }


def _query(name: str, given: Mapping[str, str]) -> str:
    found = given.get(name, "")
    if not found.strip():
        raise BadInput(f"The query parameter `{name}` is missing.")
    return found


def _page(url: str) -> PageURL | None:
    try:
        return identify_asked(url)
    except BadURL:
        return None
