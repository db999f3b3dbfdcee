"""Which elements a page hides by its own attributes. What style sheets hide a server does not know: it counts nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import regex
from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HIDING = regex.compile(r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", regex.IGNORECASE)
# Whose `aria-hidden` says that it is closed. Of a word in a line it says that it is read out in another way.
_CLOSABLE = frozenset(
    "div section article aside nav header footer main ul ol li dl table figure blockquote p form".split()
)
_DIALOGS = frozenset({"dialog", "alertdialog"})
_HIDING_ATTRIBUTES = ("hidden", "style", "aria-hidden")
_WITH_ATTRIBUTES = etree.XPath("descendant-or-self::*[@hidden or @style or @aria-hidden]")


def is_hidden(node: HtmlElement) -> bool:
    """Whether an element's attributes hide it. A page as a whole is only hidden until its scripts have run."""
    if node.tag in ("html", "body"):
        return False
    return (
        node.get("hidden") is not None
        or (node.tag in _CLOSABLE and (node.get("aria-hidden") or "").strip().lower() == "true")
        or _HIDING.search(node.get("style") or "") is not None
    )


def is_box_of_its_own(node: HtmlElement) -> bool:
    """Whether an element says that it lies over the page."""
    return (node.get("role") or "").lower() in _DIALOGS or (node.get("aria-modal") or "").lower() == "true"


def hiding_nodes(tree: HtmlElement) -> list[HtmlElement]:
    """The elements with attributes that may hide them."""
    return cast("list[HtmlElement]", _WITH_ATTRIBUTES(tree))


def show(node: HtmlElement) -> None:
    """Takes the attributes away that hide an element, so that nobody judges them anew."""
    for name in _HIDING_ATTRIBUTES:
        node.attrib.pop(name, None)
