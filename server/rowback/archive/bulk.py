"""The bulk format: JSON Lines, one capture a line.

`{"url", "seen_at", "title", "blocks": [{"kind": "p", "text": "…"}] | "paragraphs": ["…"] | "html": "…"
| "text": "…", "origin"?, "listed"?, "paging"?, "reading"?, "memento"?: {"archive", "href"}}`; a `text` has a paragraph a
line.

An import lists its articles for strangers, but for lines that say `"listed": false` or that a reader's browser brought.
`paging` is `pages` or `posts` where the page said that its text goes on on another one; `reading` is the number of the rules
by which a page was read (`text.reading`), so that it may be read again by newer ones. `origin` may be any: what was
exported comes back with the origins that it had. `canonical_url` is believed as it is given, also on another host: importing
is the owner's own act. `memento` is the copy of an archive or another backend from which the text was read: who has it, and
where people look at it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rowback.capture.captures import from_json
from rowback.errors import BadInput, RowbackError
from rowback.model import Attribution, Origin, Paging
from rowback.text.plain import line
from rowback.text.reading import READING
from rowback.text.web_links import is_web_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rowback.model import Capture

BYTE_ORDER_MARK = "\ufeff"  # some editors begin a file with it


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be taken, by number from 1, and why."""

    number: int
    reason: str


def read(lines: Iterable[str]) -> Iterator[Capture | BadLine]:
    """A capture, or what is wrong, for every line that is not blank."""
    for number, found in enumerate(lines, start=1):
        told = found.removeprefix(BYTE_ORDER_MARK)
        if not told.strip():
            continue
        try:
            item = _with_paragraphs(json.loads(told))
            yield _believed(number, from_json(item, Origin.IMPORT, tuple(Origin)), item)
        except json.JSONDecodeError as error:
            yield BadLine(number, f"not JSON: {error.msg} at character {error.pos + 1}")
        except (RowbackError, RecursionError, ValueError) as error:  # a number with more digits than Python reads
            yield BadLine(number, str(error))


def _with_paragraphs(item: object) -> Any:
    """What a line says, with the paragraphs of its `text`: databases that write JSON do not split."""
    if not isinstance(item, dict) or not isinstance(item.get("text"), str) or "paragraphs" in item:
        return item
    return {**{name: value for name, value in item.items() if name != "text"}, "paragraphs": item["text"].splitlines()}


def _believed(number: int, capture: Capture, item: Mapping[str, object]) -> Capture | BadLine:
    """What is imported is not doubted for being short or going back and forth: it may be from before the captures stored."""
    if capture.doubt:
        return BadLine(number, capture.doubt.detail)
    is_listing = item.get("listed", capture.origin is not Origin.BROWSER) is not False
    paging = next((each for each in Paging if each.value == item.get("paging")), capture.content.paging)
    found = item.get("reading")
    return replace(
        capture,
        content=replace(capture.content, paging=paging),
        is_page=False,
        is_given=bool(item.get("canonical_url")),
        is_listing=is_listing,
        reading=min(found, READING) if isinstance(found, int) and found >= 0 else capture.reading,
        memento=_memento(item.get("memento")),
    )


def _memento(told: object) -> Attribution | None:
    """Raises `BadInput` for what is no copy, or lies nowhere on the web."""
    if told is None:
        return None
    found = told if isinstance(told, dict) else {}
    archive, href = found.get("archive"), found.get("href")
    if not (isinstance(archive, str) and line(archive) and isinstance(href, str) and is_web_link(href)):
        raise BadInput('`memento` must be {"archive": "…", "href": "https://…"}.')
    return Attribution(line(archive), href)
