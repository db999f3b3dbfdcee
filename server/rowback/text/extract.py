"""From a page's HTML to an article's content. The only importer of trafilatura, and the only place where HTML becomes blocks.

A server's fetch and a reader's browser both come through here, so the same page gives the same blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import regex
import trafilatura
from rapidfuzz import fuzz
from trafilatura.utils import load_html

from rowback.errors import NotAnArticle, TooLarge
from rowback.model import Block, Content
from rowback.text.normalize import comparable, storable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# 6 MiB of HTML: three times the largest real news page measured; 10 MB of pure article text took 25 s to read.
MAX_HTML_BYTES = 6 * 1024 * 1024
MAX_BLOCKS = 20_000
# A headline and the page's <title> share most words; an h1 that shares fewer is the site's name or a section.
MIN_TITLE_LIKENESS = 50.0
_SITE_SUFFIX = regex.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,40}$")
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6"}


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a page says of itself. `canonical_url` is as the page names it: not yet believed."""

    content: Content
    canonical_url: str | None
    published_at: datetime | None
    lang: str | None


def extract(html: str | bytes, url: str | None = None) -> Extracted:
    """The article in a page: its headline and blocks.

    Bytes are decoded by what they declare, else by what they look like. Raises `TooLarge` over `MAX_HTML_BYTES`, and
    `NotAnArticle` when the page is empty, binary, or holds no text that reads like an article.
    """
    if len(html) > MAX_HTML_BYTES:
        raise TooLarge(f"The page has more than {MAX_HTML_BYTES // 1024 // 1024} MB of HTML.")
    tree = _parse(html)
    # trafilatura takes the tree apart while it reads: what we need of the whole page comes first.
    headlines = [text for text in (_text_of(node) for node in tree.iter("h1")) if text]
    canonical = _attribute(tree, "//link[@rel='canonical']/@href")
    page_title = _attribute(tree, "//meta[@property='og:title']/@content") or _attribute(tree, "//title/text()") or ""
    lang = _attribute(tree, "/html/@lang")
    try:
        document = trafilatura.bare_extraction(tree, url=url, include_comments=False, with_metadata=True)
    except (RecursionError, ValueError, TypeError, AttributeError) as error:
        raise NotAnArticle("The page is too tangled to read.") from error
    if document is None or isinstance(document, dict) or document.body is None:
        raise NotAnArticle("No article text was found in the page.")
    title = _headline(headlines, storable(page_title))
    blocks = tuple(_without_title(_blocks(document.body), title))
    if not blocks:
        raise NotAnArticle("No article text was found in the page.")
    if len(blocks) > MAX_BLOCKS:
        raise TooLarge(f"The article has more than {MAX_BLOCKS} blocks.")
    return Extracted(Content(title, blocks), canonical, _instant(document.date), lang)


def _parse(html: str | bytes) -> HtmlElement:
    if isinstance(html, bytes) and b"\x00" in html[:1024] and not html.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAnArticle("This is binary data, not a web page.")
    tree = load_html(html)
    if tree is None or not len(tree):
        raise NotAnArticle("This is not HTML.")
    return tree


def _attribute(tree: HtmlElement, path: str) -> str | None:
    found = tree.xpath(path)
    return str(found[0]).strip() or None if isinstance(found, list) and found else None


def _text_of(node: HtmlElement) -> str:
    return " ".join(storable("".join(node.itertext())).split())


def _headline(headlines: list[str], page_title: str) -> str:
    """The h1 that the page's title speaks of; a lone h1; else the page's title without the site's name."""
    if headlines:
        scored = [(fuzz.token_set_ratio(comparable(text), comparable(page_title)), text) for text in headlines]
        likeness, best = max(scored, key=lambda pair: pair[0])
        if likeness >= MIN_TITLE_LIKENESS or not page_title or (len(headlines) == 1 and len(best) >= 12):
            return best
    return _SITE_SUFFIX.sub("", " ".join(page_title.split()))


def _blocks(body: HtmlElement) -> Iterator[Block]:
    """Blocks in reading order from trafilatura's simplified tree (p, head, list/item, quote, table/row/cell, lb)."""
    for node in body:
        tag = node.tag
        if tag in ("list", "quote", "table", "div"):
            yield from _container(node, tag)
        elif tag == "head":
            yield from _lines(node, _HEADINGS.get(node.get("rend", ""), "h2"))
        elif tag == "row":
            yield from _row(node)
        elif tag in ("p", "item", "code", "ab"):
            yield from _lines(node, {"item": "li", "code": "pre"}.get(str(tag), "p"))
        if node.tail and node.tail.strip():
            yield from _block("p", node.tail)


def _container(node: HtmlElement, tag: str) -> Iterator[Block]:
    if node.text and node.text.strip():
        yield from _block("blockquote" if tag == "quote" else "p", node.text)
    for block in _blocks(node):
        quoted = tag == "quote" and block.kind == "p"
        yield Block("blockquote", block.text) if quoted else block


def _lines(node: HtmlElement, kind: str) -> Iterator[Block]:
    """One block a line: a <br> ends it. Lists inside an item follow it as items of their own."""
    parts: list[str] = [node.text or ""]
    for child in node:
        if child.tag == "lb":
            yield from _block(kind, "".join(parts))
            parts = []
        elif child.tag in ("list", "quote", "table"):
            yield from _block(kind, "".join(parts))
            parts = []
            yield from _container(child, str(child.tag))
        else:
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    yield from _block(kind, "".join(parts))


def _row(node: HtmlElement) -> Iterator[Block]:
    cells = (" ".join("".join(cell.itertext()).split()) for cell in node.iter("cell"))
    yield from _block("tr", " \u2502 ".join(cell for cell in cells if cell))


def _block(kind: str, text: str) -> Iterator[Block]:
    text = " ".join(storable(text).split(" ")).strip()
    if comparable(text):
        yield Block(kind, text)


def _without_title(blocks: Iterator[Block], title: str) -> Iterator[Block]:
    """Drops the headline where the body repeats it as a heading."""
    folded = comparable(title)
    for block in blocks:
        if not (block.kind in _HEADINGS.values() and comparable(block.text) == folded):
            yield block


def _instant(date: str | None) -> datetime | None:
    """The publication date trafilatura found (ISO 8601, mostly a day) as an aware instant."""
    if not date:
        return None
    try:
        found = datetime.fromisoformat(date)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
