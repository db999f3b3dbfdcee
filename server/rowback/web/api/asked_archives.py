"""The API of backfills: an article's past is wanted of the archives that the backend's owner named, and how far that is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request

from rowback.archive.sources import source_of
from rowback.archive.wishes import wish_for
from rowback.capture.captures import check_no_copy, check_not_future, from_json
from rowback.clock import format_instant
from rowback.errors import BadInput, BadURL, UnknownArticle, UnknownBackfill
from rowback.model import CLIENT_ORIGINS, Origin
from rowback.store.pasts_wanted import AskedBy
from rowback.text.canonicals import believable_canonical
from rowback.web.api import past_shapes, shapes
from rowback.web.api.wished_language import in_wished_language
from rowback.web.guard import visibility
from rowback.web.request import body_object
from rowback.web.seats import Seats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rowback.model import Article
    from rowback.store import Store
    from rowback.store.pasts_wanted import Backfill, Wish

MAX_CAPTURES = 500  # of an article at a time: more than the texts of any
PAGES_AT_ONCE = 4  # each keeps one of the server's threads
_BODIES = ("html", "blocks", "paragraphs")
_EMPTY = b'"backfill": null}'  # how an answer about edits ends without one


def create_backfills_api(
    store: Store, now: Callable[[], datetime], archives: Sequence[str], most_captures: int
) -> Blueprint:
    """The blueprint of `/api/v1/backfills`. `archives` are those that may be asked, as settings name them; `most_captures` is
    how many copies are read unless more are wanted."""
    backfills = Blueprint("backfills", __name__, url_prefix="/api/v1")
    seats = Seats(PAGES_AT_ONCE)
    most_captures = min(max(1, most_captures), MAX_CAPTURES)

    @backfills.post("/backfills")
    def ask() -> tuple[Response, int]:
        body = body_object()
        most = _captures(body.pop("captures", most_captures))
        item = {name: value for name, value in body.items() if value is not None}
        url = item.get("url")
        if not isinstance(url, str):
            raise BadInput("`url` must be a string.")
        if not archives:
            raise BadInput("This backend asks no archives: its owner left the setting `archives` empty.")
        links = [url]
        wishes = [wish_for(url, told, most, AskedBy.READER) for told in archives]
        if any(name in item for name in _BODIES):
            check_no_copy(url)
            with seats.one():
                links.append(_record(store, item, now()).url)
        else:
            links += _stored_at(store, url)
        if isinstance(told := item.get("canonical_url"), str) and (link := believable_canonical(url, told)) is not None:
            links.append(link)
        wishes = [_wish(store, links, each, most, now()) for each in archives]
        for wish in wishes:
            store.backfills.ask(wish, now())
        return jsonify(backfill=_known(store, url, now())), 202

    @backfills.get("/backfills")
    def standing() -> Response:
        return jsonify(backfill=_known(store, _asked_url(), now()))

    @backfills.delete("/backfills")
    def stop() -> Response:
        url = _asked_url()
        _known(store, url, now())  # what others asked is not stopped
        store.backfills.stop(url, now())
        return jsonify(backfill=_known(store, url, now()))

    return backfills


def _stored_at(store: Store, url: str) -> list[str]:
    """The address of the article that an address leads to, where one is stored. Raises `UnknownArticle` where another reader
    than the owner has none: what others asked for is not told."""
    article = visibility.seen(store).articles.find(url)
    if article is None and not visibility.audience().is_owner:
        raise UnknownArticle("Send the page along: you have no article at this address yet.")
    return [] if article is None else [article.url]


def _asked_url() -> str:
    url = request.args.get("url", "")
    if not url.strip():
        raise BadURL("The query parameter `url` is missing.")
    return url


def named(archives: Sequence[str]) -> list[shapes.Json]:
    """The archives that a backend asks, as it tells them."""
    return [{"name": each.name, "title": each.title} for each in map(source_of, archives)]


def with_backfill(store: Store, article: Article, now: Callable[[], datetime]) -> bytes | None:
    """What an answer about an article's edits says of its backfill, as JSON; None where there is none to be told."""
    if article.has_backfill is False or visibility.audience().is_strangers:
        return None
    found = store.backfills.of_article(article.id, now())
    return None if found is None else _json(found)


def put_in(body: bytes, backfill: bytes) -> bytes:
    """An answer about edits, with what is said of the backfill."""
    return body.removesuffix(_EMPTY) + b'"backfill": ' + backfill + b"}"


def told_unknown(store: Store, url: str, error: UnknownArticle, now: datetime) -> UnknownArticle:
    """The error for an article that is not stored, with the backfill that goes on for it, which its owner is told of."""
    if visibility.audience().is_owner:
        found = store.backfills.find(url, now)
        error.backfill = None if found is None else past_shapes.backfill(found)
    return error


def _wish(store: Store, links: Sequence[str], archive: str, most: int, now: datetime) -> Wish:
    since = store.backfills.read_until(links[0], archive, most, now)
    return wish_for(links[0], archive, most, AskedBy.READER, links, since)


def _known(store: Store, url: str, now: datetime) -> shapes.Json:
    is_told = visibility.audience().is_owner or visibility.seen(store).articles.find(url) is not None
    found = store.backfills.find(url, now) if is_told else None
    if found is None:
        raise UnknownBackfill(
            "Nobody asked an archive for earlier versions of this article, or what it said is outdated."
        )
    with in_wished_language():
        return past_shapes.backfill(found)


def _record(store: Store, item: dict[str, Any], received_at: datetime) -> Article:
    """Stores the page that was sent along: the newest text, up to which the past is wanted."""
    item = {"seen_at": format_instant(received_at)} | item
    capture = from_json(item, Origin.BROWSER, CLIENT_ORIGINS)
    check_not_future(capture.seen_at, received_at)
    return store.record(visibility.by_reader(capture), received_at).article


def _captures(found: object) -> int:
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= MAX_CAPTURES:
        raise BadInput(f"`captures` is a number from 1 to {MAX_CAPTURES}.")
    return found


def _json(found: Backfill) -> bytes:
    return json.dumps(past_shapes.backfill(found), ensure_ascii=False).encode()
