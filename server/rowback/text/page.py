"""From bytes or text to a page's tree, the same for a server's fetch and for a reader's DOM of the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from rowback.errors import NotAnArticle
from rowback.text.encoding import decoded
from rowback.text.joints import part_boxes, set_headings
from rowback.text.left_out import leave_out
from rowback.text.protected import write_out
from rowback.text.roots import is_other_xml
from rowback.text.tree import grow

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LOOKS_LIKE_TAG = regex.compile(r"<[a-z!?]", regex.IGNORECASE)


def parse(html: str | bytes) -> HtmlElement:
    """The page as a tree of what can be article. Raises `TooLarge`, and `NotAnArticle` when it is no HTML at all."""
    tree = read(html)
    clear(tree)
    return tree


def clear(tree: HtmlElement) -> None:
    """Leaves of a whole page what can be article, with its headlines in one line each."""
    write_out(tree)
    part_boxes(tree)
    leave_out(tree)
    set_headings(tree)


def read(html: str | bytes, held: list[HtmlElement] | None = None) -> HtmlElement:
    """The whole page as a tree; `held` gets all its elements. Raises the same."""
    text = html if isinstance(html, str) else decoded(html)
    if not _LOOKS_LIKE_TAG.search(text):
        raise NotAnArticle("This is not HTML.")
    if is_other_xml(text):
        raise NotAnArticle("This is XML, and no web page.")
    return grow(text, held)
