"""What the HTML standard makes of markup: html5lib's reading of it, and trees as flat lists that can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import html5lib
import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_ODD = regex.compile(r"[^\w:.-]")


def by_the_standard(text: str) -> list[str]:
    """The outline of a page as html5lib reads it."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    return outline(parser.parse(text, scripting=True))


def outline(tree: HtmlElement) -> list[str]:
    """Every element of a tree as `<name`, its end as `>`, every text as `=text`, in order. Works on all that is like an
    ElementTree. What no name in XML may have is `-`."""
    told: list[str] = []
    for each in _walk(tree):
        if told and each[0] == "=" == told[-1][0]:
            told[-1] += each[1:]
        elif each != "=":
            told.append(each)
    return told


def _walk(tree: HtmlElement) -> Iterator[str]:
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node.tag, str):
            yield "<" + _ODD.sub("-", node.tag.rpartition("}")[2].lower())
            inside: list[Any] = [f"={node.text or ''}"]
            for child in node:
                inside += [child, f"={child.tail or ''}"]
            waiting += [">", *reversed(inside)]
