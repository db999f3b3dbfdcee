"""Another backend as a source of an article's past: its list of versions, and each with its text, in one request each.

Its owner named it, so that it may stand on a private network: for its own host and port, and nothing that it leads to. A
token goes there and nowhere else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from rowback.archive.knocking import NotNow
from rowback.archive.peer_answers import MAX_BYTES, read_list, read_text
from rowback.archive.sources import HEADERS, NoCopy, SourceKind, source_of
from rowback.capture.captures import MAX_CLOCK_SKEW, from_blocks
from rowback.capture.fetch import agent
from rowback.capture.pacing import retry_after
from rowback.errors import BadInput, BadURL, NoAnswer, UnfitSource
from rowback.model import Attribution, Origin
from rowback.store.pasts_wanted import ListedAt, ReadCopy
from rowback.text.archived import stamp_of
from rowback.text.hosts import in_ascii
from rowback.text.reading import READING
from rowback.text.received import media_type
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from rowback.archive.sources import Source
    from rowback.capture.context import Context
    from rowback.capture.fetch import Answer
    from rowback.model import Doubt, Recorded
    from rowback.store.pasts_wanted import NotedCopy

_PROBLEM = "application/problem+json"
_BUSY = (429, 503)
_GONE = (404, 410, 451)
_PORTS = {"http": 80, "https": 443}
_WANTS = (
    "It gives its versions to nobody without a token. Its owner makes one with `rowback tokens new NAME --scope read`; it "
    "goes into the setting archive_tokens here."
)
_TURNS_DOWN = "It does not take the token that the setting archive_tokens has for it: ask its owner for a new one."
_NO_API = "What answers there is no Rowback: it has no API below that address."


class Moved(Exception):
    """A version is not where it was listed: older ones came in between."""


def tokens_by_address(told: Mapping[str, str]) -> dict[str, str]:
    """The tokens in the setting `archive_tokens`, by the addresses of the backends that they are for. Raises `BadInput`."""
    found = dict[str, str]()
    for name, token in told.items():
        source = source_of(name if "+" in name.partition("://")[0] else f"{SourceKind.ROWBACK}+{name}")
        if source.kind is not SourceKind.ROWBACK:
            raise BadInput(f"archive_tokens: {name[:80]!r} is no Rowback. Only those have tokens.")
        found[source.list_at] = token
    return found


def ask_peer(context: Context, source: Source, url: str) -> Answer:
    """The answer at an address of another backend. Raises `NotNow`, `UnfitSource`, and what `Fetcher.get` raises."""
    token = context.archive_tokens.get(source.list_at)
    called = agent(context.contact)
    headers = {**HEADERS, "User-Agent": called, "Accept": f"application/json, {_PROBLEM};q=0.9"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    home, count = _place(source.list_at), context.fetcher.before_each

    def check(next_url: str) -> None:
        if _place(next_url) != home:
            raise UnfitSource("It leads to another address: name the backend by the one where it answers.")
        count(next_url)

    fetcher = replace(context.fetcher, allowed_hosts=(home[1],), before_each=check, max_bytes=MAX_BYTES)
    try:
        answer = fetcher.get(url, headers, any_type=True)
    except NoAnswer as error:
        raise NotNow(NoCopy.REFUSED) from error
    _check_answer(answer, context.now(), has_token=bool(token))
    return answer


def _place(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port, as the fetcher asks them. Raises `BadURL`."""
    try:
        parts = urlsplit(in_ascii(url))
        return parts.scheme.lower(), parts.hostname or "", parts.port or _PORTS.get(parts.scheme.lower())
    except ValueError as error:
        raise BadURL("That is no address.") from error


def _check_answer(answer: Answer, now: datetime, *, has_token: bool) -> None:
    """Raises `NotNow`, `UnfitSource` for all but an answer with something in it."""
    is_problem = media_type(answer.headers.get("content-type")) == _PROBLEM
    if answer.status == 200:
        return
    if answer.status in (401, 403):
        raise UnfitSource(_TURNS_DOWN if has_token else _WANTS)
    if answer.status in _BUSY:
        raise NotNow(NoCopy.BUSY, retry_after(answer.headers.get("retry-after"), now))
    if answer.status >= 500:
        raise NotNow(NoCopy.TROUBLED, retry_after(answer.headers.get("retry-after"), now))
    if answer.status in _GONE and is_problem:
        raise NotNow(NoCopy.MISSING)
    raise UnfitSource(f"It does not take our request: it answers {answer.status}." if is_problem else _NO_API)


def list_versions(context: Context, source: Source, asked: str, is_own: Callable[[str], bool]) -> list[ListedAt]:
    """The versions of an article that another backend has; `is_own` says whether an address is the article's. Raises what
    `ask_peer` and `peer_answers.read_list` raise."""
    found = read_list(ask_peer(context, source, asked).body, context.now() + MAX_CLOCK_SKEW)
    if not (is_own(found.url) or _is_same(found.url, parse_qs(urlsplit(asked).query).get("url", [""])[0])):
        raise UnfitSource("It answers with another article than the one that it is asked about.")
    return [
        ListedAt(each.seen_at, identify(found.url).link, "", version_url(source, found.article_id, each.number))
        for each in found.versions
    ]


def _is_same(url: str, other: str) -> bool:
    try:
        return identify(url).key == identify(other).key
    except BadURL:
        return False


def version_url(source: Source, article_id: int, number: int) -> str:
    """Where a version is told with its text."""
    return f"{source.list_at}/api/v1/articles/{article_id}/versions/{number}"


def page_of(source: Source, url: str, seen_at: datetime) -> str:
    """Where people look at a version, also once it has another number."""
    part = f"{seen_at.microsecond:06}" if seen_at.microsecond else ""
    return f"{source.list_at}/memento/{stamp_of(seen_at)}{part}/{quote(url, safe=':/?&=~+,;@!$()*')}"


def _numbered_page(address: str) -> str:
    """Where people look at a version by its number."""
    return "/articles/".join(address.rsplit("/api/v1/articles/", 1))


def record_version(
    context: Context, source: Source, link: str, backfill_id: int, copy: NotedCopy, *, is_look: bool
) -> Recorded | Doubt:
    """Asks for a version and stores it under the article's address (`link`), with the instants at which it was seen first and
    last. Raises `Moved`, and what `ask_peer`, `peer_answers.read_text` and `from_blocks` raise."""
    told = read_text(ask_peer(context, source, copy.address).body, context.now() + MAX_CLOCK_SKEW)
    if not _is_same(told.url, copy.original):
        raise BadInput("That is a version of another article.")
    if told.seen_at != copy.seen_at:
        raise Moved
    capture = from_blocks(link, told.title, told.blocks, told.seen_at, Origin.ROWBACK)
    if told.reading is not None:
        capture = replace(capture, reading=min(told.reading, READING))
    # An address with the instant would tell when somebody read.
    page = _numbered_page(copy.address) if told.is_reading else page_of(source, copy.original, told.seen_at)
    memento = told.memento or Attribution(source.title, page)
    read = ReadCopy(backfill_id, (copy.id,), memento, is_look, is_reading=told.is_reading)
    return context.store.record_copy(capture, context.now(), read, told.last_seen_at)
