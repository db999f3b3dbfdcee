"""Lists of feeds as OPML 2.0 (http://opml.org/spec2.opml), which every feed reader writes and reads. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from rowback.errors import BadInput
from rowback.text.plain import line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rowback.store.feeds import Feed

MAX_FEEDS = 10_000


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed as a list names it; `site` is the page that it is the feed of, where the list says so."""

    url: str
    title: str
    site: str = ""


def from_opml(text: bytes) -> list[Outline]:
    """The feeds that a list names, each address once. Raises `BadInput`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadInput("This is no OPML: it is not well-formed XML.") from error
    if root.tag != "opml":
        raise BadInput("This is no OPML: its root element is another one.")
    found = [
        Outline(
            node.get("xmlUrl", "").strip(),
            line(node.get("title") or node.get("text") or ""),
            node.get("htmlUrl", "").strip(),
        )
        for node in root.iter("outline")
    ]
    return list({each.url: each for each in reversed(found) if each.url}.values())[::-1][:MAX_FEEDS]


def to_opml(feeds: Iterable[Feed]) -> bytes:
    """A list of feeds. Patterns are kept in attributes of our own, which other programs ignore."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds followed by Rowback"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        name = line(feed.title or feed.url)
        outline = etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=visible(feed.url))
        outline.set("rowbackKind", feed.kind.value)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
