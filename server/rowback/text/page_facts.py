"""What a page says it is, and with what it was made: types in linked data, Open Graph and microdata, the classes of its body,
its generator. Told, not yet believed. `extension/content/page/page-facts.js` reads the same.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import regex
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MAX_SCRIPTS = 20  # of linked data; a real page has at most a dozen
MAX_LINKED_DATA = 300_000  # characters of one; an article's is a few thousand
MAX_ITEMS = 2_000  # of microdata; a list of products has hundreds
_TYPED = etree.XPath("descendant-or-self::*[@itemtype]")
_NAMESPACE = regex.compile(r"^.*[/#:]")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """`open_graph` is the page's og:type in lower case. `linked` are the types at the top of its linked data, `items` those
    of its microdata, with how often each is there. `classes` are those of its body, `generator` is what made it, and
    `is_dated` says that it tells when it was published."""

    open_graph: str = ""
    linked: tuple[str, ...] = ()
    items: tuple[tuple[str, int], ...] = ()
    classes: frozenset[str] = frozenset()
    generator: str = ""
    is_dated: bool = False


def read_facts(tree: HtmlElement) -> PageFacts:
    """The facts of a page's whole tree."""
    body = tree.find(".//body")
    told = _told(tree)
    return PageFacts(
        open_graph=next(iter(told["og:type"]), "").lower(),
        linked=tuple(_linked_types(tree)),
        items=tuple(Counter(_item_types(tree)).items()),
        classes=frozenset("" if body is None else str(body.get("class") or "").lower().split()),
        generator=" ".join(told["generator"]).lower(),
        is_dated=bool(told["article:published_time"]),
    )


def _told(tree: HtmlElement) -> dict[str, list[str]]:
    """What the page's `<meta>` hold that tell facts, by their names."""
    told: dict[str, list[str]] = {"og:type": [], "generator": [], "article:published_time": []}
    for meta in tree.iter("meta"):
        names = {str(meta.get("property") or "").lower(), str(meta.get("name") or "").lower()}
        for name in names & told.keys():
            told[name].append(str(meta.get("content") or "").strip())
    return told


def _linked_types(tree: HtmlElement) -> Iterator[str]:
    """What stands at the top or in `@graph` is about the page; deeper are lists of other pages."""
    for script in list(tree.iter("script"))[:MAX_SCRIPTS]:
        text = (script.text or "").strip().removesuffix(";")
        if not text or len(text) > MAX_LINKED_DATA:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph") if isinstance(data, dict) else None
        for item in [*_listed(data), *_listed(graph)]:
            if isinstance(item, dict):
                yield from (_NAMESPACE.sub("", kind) for kind in _listed(item.get("@type")) if isinstance(kind, str))


def _listed(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [found]


def _item_types(tree: HtmlElement) -> Iterator[str]:
    left = MAX_ITEMS
    for node in cast("list[HtmlElement]", _TYPED(tree)):
        kind = node.get("itemtype")
        if kind:
            yield from (_NAMESPACE.sub("", each) for each in kind.split()[:2])
            left -= 1
            if left <= 0:
                return
