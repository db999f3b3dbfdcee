"""Memento (RFC 7089): an article's versions for clients that travel in time.

A TimeMap lists an article's versions; a TimeGate leads to the one that stood at `Accept-Datetime`; version pages are the
mementos. All are there by our own article number and by the address of the original page. A version is named by when it was
seen first: its number grows when an older one is found, and then means another text.
"""

from __future__ import annotations

import re
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, request

from rowback.clock import format_instant
from rowback.errors import BadInput
from rowback.text.archived import DIGITS, instant, stamp_of
from rowback.text.web_links import as_written
from rowback.web.guard.visibility import by_id, by_url, seen
from rowback.web.pages.wording import http_date
from rowback.web.request import article_page, base, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rowback.model import Article
    from rowback.store import Store
    from rowback.store.versions import Span

LINK_FORMAT = "application/link-format"  # RFC 6690
_IN_ADDRESSES = "%/:?#[]@!$&'()*+,;=~"  # RFC 3986, section 2; letters, digits and the rest are never escaped
_MERGED = re.compile(r"^(https?:)/(?!/)", re.IGNORECASE)  # nginx below a path, and Apache, make one slash of two
_MICROSECONDS = 6  # digits
PAGE_MEMENTOS = 1_000
MAX_PAGE = 1_000_000  # of a TimeMap: more versions than any article has


def create_memento(store: Store) -> Blueprint:
    """The blueprint."""
    pages = Blueprint("memento", __name__)

    @pages.get("/articles/<int:article_id>/timegate")
    def timegate(article_id: int) -> Response:
        return _lead(store, by_id(store, article_id))

    @pages.get("/articles/<int:article_id>/timemap")
    def timemap(article_id: int) -> Response:
        return _map(store, by_id(store, article_id))

    @pages.get("/articles/<int:article_id>/timemap.json")
    def timemap_json(article_id: int) -> Response:
        return _map_json(store, by_id(store, article_id))

    # An address holds `//` and a query of its own: both are part of what is asked for.
    _add_by_url(pages, "/timegate/<path:url>", "timegate_of", lambda article: _lead(store, article), store)
    _add_by_url(pages, "/timemap/link/<path:url>", "timemap_of", lambda article: _map(store, article), store)
    _add_by_url(pages, "/timemap/json/<path:url>", "timemap_json_of", lambda article: _map_json(store, article), store)
    return pages


def article_in_path(store: Store, url: str) -> Article:
    """The article whose address ends a path, with a query of its own. Raises `BadURL`, `UnknownArticle`, `HiddenArticle`."""
    query = request.query_string.decode("utf-8", "replace")
    whole = _MERGED.sub(r"\1//", url)
    return by_url(store, f"{whole}?{query}" if query else whole)


def _add_by_url(pages: Blueprint, rule: str, name: str, answer: Callable[[Article], Response], store: Store) -> None:
    def view(url: str) -> Response:
        return answer(article_in_path(store, url))

    pages.add_url_rule(rule, name, view, methods=["GET"], merge_slashes=False)


def address_of(article: Article, spans: Sequence[Span], span: Span) -> str:
    """The address of a version, which stays true when older ones are found."""
    return address_at(article, _stamp(spans, span))


def address_at(article: Article, stamp: str) -> str:
    """The address of the version that stood at an instant, of 1 to 14 digits (year to second, UTC)."""
    url = article.url
    # What the address holds between `%` or behind `#` would be read as our own: then all of it is escaped.
    return f"{base()}/memento/{stamp}/{quote(url, safe=':/' if '%' in url or '#' in url else _IN_ADDRESSES)}"


def named_by(spans: Sequence[Span], stamp: str) -> tuple[int, bool]:
    """The number of the version that a stamp names, and whether it is the very one by which its address has it. Raises
    `BadInput`."""
    own = [span.number for span in spans if _stamp(spans, span) == stamp]
    if own:
        return own[0], True
    at = instant(stamp[:DIGITS])
    is_long = len(stamp) == DIGITS + _MICROSECONDS and stamp.isascii() and stamp.isdigit()
    if at is None or (len(stamp) > DIGITS and not is_long):
        raise BadInput("A version is named by the digits of an instant in UTC, such as 20260131093000.")
    if len(stamp) == DIGITS:
        at += timedelta(seconds=1, microseconds=-1)
    elif is_long:
        at += timedelta(microseconds=int(stamp[DIGITS:]))
    return standing_at(spans, at), False


def standing_at(spans: Sequence[Span], at: datetime) -> int:
    """The number of the version that stood at an instant; the first for any time before it."""
    return max((span.number for span in spans if span.seen_at <= at), default=0)


def _stamp(spans: Sequence[Span], span: Span) -> str:
    """The second at which a version was seen first; the microsecond where another began in the same second."""
    stamp = stamp_of(span.seen_at)
    beside = spans[max(0, span.number - 1) : span.number + 2]
    is_alone = sum(stamp_of(each.seen_at) == stamp for each in beside) == 1
    return stamp if is_alone else f"{stamp}{span.seen_at.microsecond:0{_MICROSECONDS}}"


def add_headers(response: Response, article: Article, spans: Sequence[Span], number: int) -> Response:
    """Makes a response a memento: RFC 7089, section 4.2.3 and pattern 2.1."""
    response.headers["Memento-Datetime"] = http_date(spans[number].seen_at)
    # The version after this one is named without the role `next`: Firefox would fetch it ahead, which our policy forbids.
    near = [
        _memento(article, spans, span, _role(spans, span, number).replace("next ", "")) for span in _near(spans, number)
    ]
    response.headers["Link"] = ", ".join([*_relations(article), *near, *_source(spans[number])])
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _lead(store: Store, article: Article) -> Response:
    """The TimeGate: section 4.2.1. The version that stood at the instant asked for; without one, the latest."""
    spans = seen(store).versions.spans(article.id)
    wanted = _accept_datetime()
    number = len(spans) - 1 if wanted is None else standing_at(spans, wanted)
    response = Response(status=302)
    response.headers["Location"] = address_of(article, spans, spans[number])
    response.headers["Vary"] = "accept-datetime"
    response.headers["Link"] = ", ".join(
        [
            _original(article),
            _timemap(article, spans),
            *(_memento(article, spans, span, _role(spans, span, number)) for span in _near(spans, number)),
        ]
    )
    return response


def _map(store: Store, article: Article) -> Response:
    """The TimeMap: section 5, in pages of so many mementos where there are more (section 5.1.1)."""
    spans = seen(store).versions.spans(article.id)
    given = request.args.get("page", "")
    start = ((whole_number(given, MAX_PAGE) or 1) - 1) * PAGE_MEMENTOS
    shown = spans[start : start + PAGE_MEMENTOS]
    if not shown:
        raise BadInput("The list has no such page. Begin with the list itself.")
    page = f"{article_page(article)}/timemap"
    itself = f"{page}?page={start // PAGE_MEMENTOS + 1}" if start else page
    lines = [
        _original(article),
        f'<{itself}>; rel="self"; type="{LINK_FORMAT}"; {_period(shown)}',
        f'<{article_page(article)}/timegate>; rel="timegate"',
    ]
    lines += [_memento(article, spans, span, _role(spans, span)) for span in shown]
    if len(spans) > start + PAGE_MEMENTOS:
        following = start // PAGE_MEMENTOS + 2
        first = spans[start + PAGE_MEMENTOS].seen_at
        lines.append(f'<{page}?page={following}>; rel="timemap"; type="{LINK_FORMAT}"; from="{http_date(first)}"')
    return Response(",\n".join(lines) + "\n", mimetype=LINK_FORMAT)


def _map_json(store: Store, article: Article) -> Response:
    """The same as JSON, in the shape that other archives use."""
    spans = seen(store).versions.spans(article.id)
    mementos = [{"datetime": format_instant(span.seen_at), "uri": address_of(article, spans, span)} for span in spans]
    page = article_page(article)
    told = {
        "original_uri": article.url,
        "self": f"{page}/timemap.json",
        "timegate_uri": f"{page}/timegate",
        "timemap_uri": {"link_format": f"{page}/timemap", "json_format": f"{page}/timemap.json"},
        "mementos": {"first": mementos[0], "last": mementos[-1], "list": mementos},
    }
    return jsonify(told)


def _accept_datetime() -> datetime | None:
    given = request.headers.get("Accept-Datetime")
    if given is None:
        return None
    try:
        found = parsedate_to_datetime(given)
        if found.tzinfo is None:
            raise BadInput("`Accept-Datetime` ends in GMT.")
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise BadInput("`Accept-Datetime` is an HTTP date, such as Sat, 31 Jan 2026 09:30:00 GMT.") from error
    return found


def _relations(article: Article) -> list[str]:
    page = article_page(article)
    return [
        _original(article),
        f'<{page}/timegate>; rel="timegate"',
        f'<{page}/timemap>; rel="timemap"; type="{LINK_FORMAT}"',
    ]


def _source(span: Span) -> list[str]:
    """The copy from which a version was read: `via`, which RFC 4287 registered."""
    return [] if span.memento is None else [f'<{as_written(span.memento.href)}>; rel="via"']


def _original(article: Article) -> str:
    return f'<{quote(article.url, safe=_IN_ADDRESSES)}>; rel="original"'


def _timemap(article: Article, spans: Sequence[Span]) -> str:
    return f'<{article_page(article)}/timemap>; rel="timemap"; type="{LINK_FORMAT}"; {_period(spans)}'


def _period(spans: Sequence[Span]) -> str:
    return f'from="{http_date(spans[0].seen_at)}"; until="{http_date(spans[-1].seen_at)}"'


def _near(spans: Sequence[Span], number: int) -> list[Span]:
    """The versions that a memento names: the first, the ones before and after it, itself, the last."""
    places = {0, number - 1, number, number + 1, len(spans) - 1}
    return [spans[place] for place in sorted(places) if 0 <= place < len(spans)]


def _role(spans: Sequence[Span], span: Span, number: int | None = None) -> str:
    roles = [
        name
        for name, applies in (
            ("first", span.number == 0),
            ("last", span.number == len(spans) - 1),
            ("prev", number is not None and span.number == number - 1),
            ("next", number is not None and span.number == number + 1),
        )
        if applies
    ]
    return " ".join([*roles, "memento"])


def _memento(article: Article, spans: Sequence[Span], span: Span, role: str) -> str:
    return f'<{address_of(article, spans, span)}>; rel="{role}"; datetime="{http_date(span.seen_at)}"'
