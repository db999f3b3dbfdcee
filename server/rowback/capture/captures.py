"""The door for captures: whatever the source, HTML, blocks or decoded JSON become a checked `Capture` here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from rowback.apart.lanes import INCOMING
from rowback.clock import parse_instant
from rowback.deferred import DeferredFunction
from rowback.errors import BadInput, NotAnArticle, PageTooCostly, TooLarge
from rowback.model import BLOCK_KINDS, Block, Capture, Content, Doubt, Origin, Reason
from rowback.text.archived import archived
from rowback.text.largest import MAX_BLOCKS, MAX_TEXT_CHARACTERS
from rowback.text.normalize import comparable, storable
from rowback.text.reading import READING
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rowback.text.extract import extract
else:
    extract = DeferredFunction("rowback.text.extract", "extract")

MAX_CLOCK_SKEW = timedelta(minutes=5)  # how far `seen_at` may lie in the future: another machine's clock
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the first news page
LATEST = datetime(9000, 1, 1, tzinfo=UTC)  # waits are counted from it, and Python's time ends soon after


def from_html(
    url: str,
    html: str | bytes,
    seen_at: datetime,
    origin: Origin,
    canonical_url: str | None = None,
    *,
    anyway: bool = False,
) -> Capture:
    """A capture from a page; with `anyway` it is stored although it looks like no article. Raises `BadURL`, `TooLarge`,
    `BadInput`.

    A page that is no article (a consent wall, an error page), or takes too much to read, gives a capture with a `doubt`:
    `Store.record` keeps it as a failed one and raises `NotAnArticle` or `PageTooCostly`.
    """
    identify(url)
    try:
        found = INCOMING.run(len(html), extract, html, url)
    except (NotAnArticle, PageTooCostly) as error:
        reason = Reason(error.reason) if isinstance(error, NotAnArticle) else Reason.COSTLY
        nothing, doubt = Content("", ()), Doubt(reason, str(error))
        return Capture(url, nothing, _checked_instant(seen_at), origin, canonical_url, doubt=doubt)
    return Capture(
        url=url,
        content=found.content,
        seen_at=_checked_instant(seen_at),
        origin=origin,
        canonical_url=canonical_url or found.canonical_url,
        published_at=found.published_at,
        is_page=True,
        is_free=found.is_free,
        is_front=found.is_front,
        loose=found.loose,
        inlays=found.inlays,
        reading=READING,
        page=found.page,
        taken_for=found.taken_for,
        is_anyway=anyway,
    )


def from_copy(url: str, html: str | bytes) -> Capture:
    """A capture from a copy that an archive itself gave out at an address of its own: the article's, at the instant of the
    copy. Raises `BadInput` where the address names no copy or no instant, or the archive gives out none as it came, and
    what `from_html` raises."""
    copy = archived(url)
    if copy is None or copy.seen_at is None:
        raise BadInput(f"{url[:200]} does not say of which page it is a copy and from when.")
    if copy.is_only_shown:
        raise BadInput(f"{url[:200]} shows a copy as the archive has changed it. Take one of another archive.")
    return from_html(copy.original, html, copy.seen_at, Origin.ARCHIVE)


def from_blocks(
    url: str,
    title: str,
    blocks: Iterable[tuple[str, str]],
    seen_at: datetime,
    origin: Origin,
    canonical_url: str | None = None,
) -> Capture:
    """A capture from text that is apart already: (kind, text) pairs. Empty blocks are left out.

    Raises `BadURL`, `TooLarge`, `BadInput` for a kind that is none of `BLOCK_KINDS`, `NotAnArticle` when no text is left.
    """
    identify(url)
    kept, characters = list[Block](), len(title)
    for kind, text in blocks:
        if not comparable(storable(text)):
            continue
        kept.append(_block(kind, text))
        characters += len(kept[-1].text)
        if len(kept) > MAX_BLOCKS or characters > MAX_TEXT_CHARACTERS:  # the rest, a million more, is not looked at
            raise TooLarge(f"An article may have {MAX_BLOCKS} blocks and {MAX_TEXT_CHARACTERS} characters.")
    if not kept:
        raise NotAnArticle("The capture has no text: at least one block must not be empty.")
    return Capture(
        url=url,
        content=Content(storable(title).strip(), tuple(kept)),
        seen_at=_checked_instant(seen_at),
        origin=origin,
        canonical_url=canonical_url,
    )


def from_json(item: object, origin: Origin, origins: Collection[Origin]) -> Capture:
    """The capture that one decoded JSON value describes, of the API or of the bulk format:

    `{"url", "seen_at", "title"?, "blocks": [{"kind", "text"}] | "paragraphs": [text] | "html": text, "canonical_url"?,
    "origin"?, "anyway"?}`. `origin` is what it is when it says nothing, `origins` what it may say. Raises `BadInput` and what
    `from_html` and `from_blocks` raise.
    """
    if not isinstance(item, dict):
        raise BadInput("A capture is a JSON object.")
    url, seen_at = _text(item, "url"), parse_instant(_text(item, "seen_at"))
    told = _origin(_text(item, "origin", origin.value), origins)
    canonical_url = _text(item, "canonical_url", "") or None
    bodies = [name for name in ("html", "blocks", "paragraphs") if item.get(name) is not None]
    if len(bodies) != 1:
        raise BadInput("A capture has exactly one of `html`, `blocks` and `paragraphs`.")
    if bodies == ["html"]:
        return from_html(url, _text(item, "html"), seen_at, told, canonical_url, anyway=_truth(item, "anyway"))
    blocks = _blocks(item["blocks"]) if bodies == ["blocks"] else _paragraphs(item["paragraphs"])
    return from_blocks(url, _text(item, "title", ""), blocks, seen_at, told, canonical_url)


def check_no_copy(url: object) -> None:
    """Raises `BadInput` for a page of a web archive that a client sends. Whatever is archived there may run scripts that
    change what a browser shows under the address of any other copy, so that its text says nothing of the publisher's."""
    found = archived(url) if isinstance(url, str) else None
    if found is not None:
        raise BadInput(
            f"This is a web archive's copy of {found.original[:200]}. A copy's text is not taken from a browser: open the "
            "article itself to store what it says now."
        )


def check_not_future(seen_at: datetime, now: datetime) -> None:
    """Raises `BadInput` for an instant that has not come yet."""
    if seen_at > now + MAX_CLOCK_SKEW:
        raise BadInput("`seen_at` lies in the future.")


def _block(kind: str, text: str) -> Block:
    if kind not in BLOCK_KINDS:
        raise BadInput(f"{kind[:40]!r} is no kind of block. The kinds are: {', '.join(BLOCK_KINDS)}.")
    return Block(kind, storable(text))


def _checked_instant(seen_at: datetime) -> datetime:
    if seen_at < EARLIEST:
        raise BadInput(f"`seen_at` lies before {EARLIEST.year}.")
    if seen_at >= LATEST:
        raise BadInput(f"`seen_at` lies after {LATEST.year - 1}.")
    return seen_at


def _text(item: dict[str, Any], name: str, default: str | None = None) -> str:
    found = item.get(name)
    if found is None and default is not None:
        return default
    if not isinstance(found, str):
        raise BadInput(f"`{name}` must be a string.")
    return found


def _truth(item: dict[str, Any], name: str) -> bool:
    found = item.get(name, False)
    if not isinstance(found, bool):
        raise BadInput(f"`{name}` must be true or false.")
    return found


def _origin(found: str, origins: Collection[Origin]) -> Origin:
    if found not in origins:
        *others, last = [each.value for each in Origin if each in origins]
        raise BadInput(f"`origin` is one of {', '.join(others)} and {last}.")
    return Origin(found)


def _blocks(found: object) -> list[tuple[str, str]]:
    if not isinstance(found, list):
        raise BadInput("`blocks` must be a list.")
    for block in found:
        if not (isinstance(block, dict) and isinstance(block.get("kind"), str) and isinstance(block.get("text"), str)):
            raise BadInput('Each of `blocks` must be {"kind": "p", "text": "…"}.')
    return [(block["kind"], block["text"]) for block in found]


def _paragraphs(found: object) -> list[tuple[str, str]]:
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise BadInput("`paragraphs` must be a list of strings.")
    return [("p", text) for text in found]
