"""What Rowback and trafilatura read from a page, and whether a capture of it is stored."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import lxml.html
import regex
import trafilatura

from rowback.capture.captures import from_html
from rowback.errors import NotAnArticle, TooLarge
from rowback.model import Content, Origin
from rowback.text.extract import extract
from tests.evaluation.articles import BY_HAND
from tests.evaluation.shingles import recall, shingles

if TYPE_CHECKING:
    from rowback.store import Store
    from tests.evaluation.articles import ArticlePage, OtherPage

SEEN_AT = datetime(2024, 1, 1, tzinfo=UTC)
HALF = 0.5
# Pages whose only h1 is their headline, a person says, though it has few words of the title.
SAYS_IT_OTHERWISE = ("wday-ru-1",)
NAMES = ("og:title", "twitter:title")


@dataclass(frozen=True)
class Read:
    """A page with what Rowback stored (None: `refused` says why) and the text that trafilatura reads by itself. Seconds of
    the processor's time for both: `extract()` alone, and trafilatura from the page's bytes."""

    page: ArticlePage
    content: Content | None
    refused: str
    theirs: str
    cpu_s: float
    their_cpu_s: float

    @property
    def ours(self) -> str:
        """The blocks' text."""
        return "\n".join(block.text for block in self.content.blocks) if self.content else ""

    @property
    def body(self) -> str:
        """The same without captions: the gold has none."""
        blocks = self.content.blocks if self.content else ()
        return "\n".join(block.text for block in blocks if block.kind != "figcaption")


def read(store: Store, page: ArticlePage) -> Read:
    """Reads a page both ways and captures it, as `rowback capture FILE --url URL` would."""
    began = time.process_time()
    try:
        content = extract(page.raw, page.url).content
    except NotAnArticle:
        content = None
    ours = time.process_time() - began
    refused = why_refused(store, page)
    began = time.process_time()
    found = trafilatura.bare_extraction(page.raw, url=page.url, include_comments=False, with_metadata=False)
    theirs = time.process_time() - began
    text = getattr(found, "text", None) or ""
    return Read(page, None if refused else content, refused, text, ours, theirs)


def why_refused(store: Store, page: ArticlePage | OtherPage) -> str:
    """The reason for which a capture of a page is not stored; empty where it is."""
    try:
        store.record(from_html(page.url, page.raw, SEEN_AT, Origin.FILE), SEEN_AT)
    except NotAnArticle as error:
        return str(error.reason)
    except TooLarge:
        return "too-large"
    return ""


def is_lost(found: Read) -> bool:
    """Whether under half of the article was read: of what people typed, where they did; else of what trafilatura reads."""
    gold = shingles(found.page.gold) if found.page.gold else None
    if gold:
        return recall(found.ours, gold) < HALF
    return len(found.ours) < HALF * BY_HAND.get(found.page.id, len(found.theirs))


def is_headline_right(found: Read) -> bool:
    """Whether it is the title that people noted, or has half of its words in common with a title by which the page names
    itself. Read with lxml alone: what Rowback itself takes for titles is not asked."""
    title = found.content.title if found.content else ""
    words = _words(title)
    if not words:
        return False
    names = [found.page.title, *_names(found.page.text, ("h1",) if found.page.id in SAYS_IT_OTHERWISE else ())]
    return any(2 * len(words & _words(name)) >= len(words) or letters(title) in letters(name) for name in names if name)


def is_first_there(found: Read) -> bool:
    """Whether the first paragraph is, as far as its beginning is known."""
    return letters(found.page.first) in letters(found.ours)


def missed(found: Read, text: str) -> list[str]:
    """The strings that must be read, and are not in a text."""
    held = letters(text)
    return [each for each in found.page.kept if letters(each) not in held]


def unwanted(found: Read, text: str) -> list[str]:
    """The strings that must not be read, and are in a text."""
    held = letters(text)
    return [each for each in found.page.left_out if letters(each) in held]


def letters(text: str) -> str:
    """A text without spaces, punctuation and case: two readers part words and set quotes in their own ways."""
    return regex.sub(r"[\s\p{P}\p{S}]+", "", unicodedata.normalize("NFKC", text).casefold())


def _names(text: str, besides: tuple[str, ...]) -> list[str]:
    """The texts of a page's title, of its metadata for one, and of the elements named besides."""
    clean = regex.sub(r"[^\P{C}\t\n\r]", " ", text)
    tree = lxml.html.document_fromstring(clean.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    told = ["".join(map(str, node.itertext())) for node in tree.iter("title", *besides)]
    metas = [node for node in tree.iter("meta") if (node.get("property") or node.get("name")) in NAMES]
    return [*told, *(node.get("content") or "" for node in metas)]


def _words(text: str) -> set[str]:
    return set(regex.findall(r"\w+", text.lower()))
