"""Reads markup back into the texts of both sides, and is strict about what markup may hold."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

ELEMENTS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote", "figcaption", "pre", "div")
_TEXT = r"[^<>]++"  # possessive: what is not markup must be found out at once, however long it is
_INLINE = rf"(?:<ins>{_TEXT}</ins>|<del>{_TEXT}</del>|{_TEXT})"
_BLOCK = re.compile(rf"<({'|'.join(ELEMENTS)})>({_INLINE}*+)</\1>")
_PART = re.compile(rf"<(ins|del)>({_TEXT})</\1>|({_TEXT})")


@dataclass(frozen=True)
class Sides:
    """One block element of markup: the text without `ins`, and the text without `del`."""

    element: str
    old: str
    new: str


def read(markup: str) -> list[Sides]:
    """The blocks of an edit's markup. Fails on anything but block elements, `ins`, `del` and escaped text."""
    found, at = [], 0
    while at < len(markup):
        block = _BLOCK.match(markup, at)
        assert block is not None, f"not markup: {markup[at:]!r}"
        found.append(Sides(block[1], _side(block[2], "ins"), _side(block[2], "del")))
        at = block.end()
    assert found, "empty markup"
    return found


def _side(inner: str, dropped: str) -> str:
    parts = [(kind, text or kept) for kind, text, kept in _PART.findall(inner)]
    kept = "".join(text for kind, text in parts if kind != dropped)
    assert "&" not in re.sub(r"&(?:amp|lt|gt|#13);", "", kept), f"text not escaped: {kept!r}"
    assert "\r" not in kept, "a parser would turn a carriage return into a line feed"
    return html.unescape(kept)
