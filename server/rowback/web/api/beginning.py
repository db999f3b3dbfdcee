"""The API of a beginning: outlets to choose from, a look before following, several followed at once, feed readers' lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request

from rowback.capture.opml import from_opml
from rowback.capture.outlets import RULE, all_outlets, all_packs, chosen
from rowback.capture.sampled import Candidate, Nothing, Sample
from rowback.errors import BadInput
from rowback.web.api import shapes
from rowback.web.api.feeds import kind_of
from rowback.web.api.wished_language import in_wished_language
from rowback.web.request import whole_object

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.capture.outlets import Outlet, Pack
    from rowback.store import Store
    from rowback.web.api.shapes import Json

MAX_AT_ONCE = 500  # feeds that one request follows
MAX_TITLE = 300  # characters
MAX_OPML_CHARACTERS = 4_000_000  # some ten thousand feeds


def create_beginning_api(
    store: Store, now: Callable[[], datetime], look_first: Callable[[Candidate], Sample | Nothing] | None
) -> Blueprint:
    """The blueprint of `/api/v1/outlets` and of what is asked below `/api/v1/feeds`. `look_first` reads an address that is to
    be followed."""
    beginning = Blueprint("beginning", __name__, url_prefix="/api/v1")

    @beginning.get("/outlets")
    def outlets() -> Response:
        found = chosen(all_outlets(), request.args.get("language", ""), request.args.get("country", ""))
        return jsonify(
            rule=RULE, packs=[_pack(each) for each in all_packs()], outlets=[_outlet(each) for each in found]
        )

    @beginning.post("/feeds/look")
    def look() -> Response:
        body = whole_object()
        wish = Candidate(_text(body, "url"), kind_of(body), _text(body, "site", is_needed=False))
        if look_first is None:
            raise BadInput(
                "This backend was started without what reads sites. Where `rowback serve` runs, they are read here before "
                "they are followed."
            )
        return jsonify(look=_looked_at(wish, look_first(wish)))

    @beginning.post("/feeds/several")
    def follow_several() -> Response:
        asked = whole_object().get("feeds")
        if not isinstance(asked, list) or not 0 < len(asked) <= MAX_AT_ONCE:
            raise BadInput(f"`feeds` is a list of 1 to {MAX_AT_ONCE} objects, each with a `url`.")
        wished = [_wished(each) for each in asked]
        with in_wished_language():
            return jsonify(feeds=[_followed(store, each, now()) for each in wished])

    @beginning.post("/feeds/opml")
    def opml() -> Response:
        text = whole_object().get("opml")
        if not isinstance(text, str) or len(text) > MAX_OPML_CHARACTERS:
            raise BadInput(f"`opml` is the text of a list of feeds, of at most {MAX_OPML_CHARACTERS:,} characters.")
        found = from_opml(text.encode("utf-8", "replace"))
        return jsonify(feeds=[{"url": each.url, "title": each.title, "site": each.site or None} for each in found])

    return beginning


def _wished(each: object) -> tuple[Candidate, str]:
    if not isinstance(each, dict):
        raise BadInput("Each of `feeds` is an object with a `url`.")
    title = _text(each, "title", is_needed=False)
    return Candidate(_text(each, "url"), kind_of(each)), title[:MAX_TITLE]


def _followed(store: Store, wished: tuple[Candidate, str], at: datetime) -> Json:
    """What became of one of several: one that cannot be followed keeps no other from it."""
    wish, title = wished
    try:
        feed, is_new = store.feeds.add(wish.url, wish.kind, title, at)
    except BadInput as error:
        return {"url": wish.url, "is_new": False, "feed": None, "problem": str(error)}
    return {"url": wish.url, "is_new": is_new, "feed": shapes.feed(feed), "problem": None}


def _text(body: dict[str, Any], name: str, *, is_needed: bool = True) -> str:
    found = body.get(name)
    if found is None and not is_needed:
        return ""
    if not isinstance(found, str) or not found.strip():
        raise BadInput(f"`{name}` is a text that is not empty.")
    return found


def _outlet(each: Outlet) -> Json:
    return {
        "name": each.name,
        "country": each.country,
        "language": each.language,
        "site": each.site,
        "feed_url": each.feed_url,
        "kind": each.kind.value,
    }


def _pack(each: Pack) -> Json:
    return {
        "id": each.id,
        "name": each.name,
        "language": each.language,
        "languages": list(each.languages),
        "outlets": list(each.outlets),
    }


def _looked_at(wish: Candidate, found: Sample | Nothing) -> Json:
    if isinstance(found, Nothing):
        return {"asked": wish.url, "feed": None, "nothing": _nothing(found)}
    a_month = found.bytes_a_month
    feed = {
        "url": found.url,
        "kind": found.kind.value,
        "title": found.title,
        "articles": found.articles,
        "first": list(found.first),
        "a_day": found.a_day,
        "megabytes_a_month": None if a_month is None else max(1, round(a_month / 1_000_000)),
        "leads_to": found.leads_to,
    }
    before = found.instead_of
    return {"asked": wish.url, "feed": feed, "nothing": None if before is None else _nothing(before)}


def _nothing(found: Nothing) -> Json:
    return {"url": found.url, "why": found.why.value, "reason": found.reason}
