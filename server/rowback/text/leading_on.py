"""Pages that only lead a browser on to another address. `WHATWG HTML`, 4.2.5.3, "Refresh state". Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SOON_S = 5.0  # a page that is to be read, and only then left or read again, gives more time
_REFRESH = regex.compile(
    r"\s*+(?P<seconds>\d{0,9}+(?:\.\d*+)?+)(?=[;,\s])\s*+[;,]?+\s*+(?:url\s*+=)?+\s*+[\"']?+\s*+\S", regex.IGNORECASE
)


def leads_on(tree: HtmlElement) -> bool:
    """Whether a page's tree, without what is only for who runs no scripts, says that its reader is to be brought elsewhere
    at once."""
    return any(_is_soon(str(meta.get("content") or "")) for meta in tree.iter("meta") if _is_refresh(meta))


def _is_refresh(meta: HtmlElement) -> bool:
    return str(meta.get("http-equiv") or "").strip().lower() == "refresh"


def _is_soon(content: str) -> bool:
    told = _REFRESH.match(content[:2_000])
    return told is not None and float(f"0{told['seconds']}") <= SOON_S
