"""The bulk format: JSON Lines, one capture a line.

`{"url", "seen_at", "title", "blocks": [{"kind": "p", "text": "…"}] | "paragraphs": ["…"] | "html": "…", "origin"?}`
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rowback.capture.captures import from_blocks, from_html, instant
from rowback.errors import BadInput, RowbackError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rowback.model import Capture

ORIGIN = "import"
BYTE_ORDER_MARK = "\ufeff"  # some editors begin a file with it


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be taken, by number from 1, and why."""

    number: int
    reason: str


def read(lines: Iterable[str]) -> Iterator[Capture | BadLine]:
    """A capture, or what is wrong, for every line that is not blank."""
    for number, line in enumerate(lines, start=1):
        told = line.removeprefix(BYTE_ORDER_MARK)
        if not told.strip():
            continue
        try:
            yield _believed(number, capture_of(json.loads(told), ORIGIN))
        except json.JSONDecodeError as error:
            yield BadLine(number, f"not JSON: {error.msg} at character {error.pos + 1}")
        except (RowbackError, RecursionError) as error:
            yield BadLine(number, str(error))


def _believed(number: int, capture: Capture) -> Capture | BadLine:
    """What is imported is not doubted for being short or going back and forth: it may be from before the captures stored."""
    return BadLine(number, capture.doubt.detail) if capture.doubt else replace(capture, is_page=False)


def capture_of(item: object, origin: str) -> Capture:
    """The capture that one decoded item describes. Raises `BadInput` and what `from_html` and `from_blocks` raise."""
    if not isinstance(item, dict):
        raise BadInput("A capture is a JSON object.")
    url, seen_at = _text(item, "url"), instant(_text(item, "seen_at"))
    origin = _text(item, "origin", origin)
    canonical_url = _text(item, "canonical_url", "") or None
    bodies = [name for name in ("html", "blocks", "paragraphs") if item.get(name) is not None]
    if len(bodies) != 1:
        raise BadInput("A capture has exactly one of `html`, `blocks` and `paragraphs`.")
    if bodies == ["html"]:
        return from_html(url, _text(item, "html"), seen_at, origin, canonical_url)
    blocks = _blocks(item["blocks"]) if bodies == ["blocks"] else _paragraphs(item["paragraphs"])
    return from_blocks(url, _text(item, "title", ""), blocks, seen_at, origin, canonical_url)


def _text(item: dict[str, Any], name: str, default: str | None = None) -> str:
    found = item.get(name)
    if found is None and default is not None:
        return default
    if not isinstance(found, str):
        raise BadInput(f"`{name}` must be a string.")
    return found


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
