"""From a page's HTML to an article's content. The only place where HTML becomes blocks.

    html ─ page ─┬─ metadata ─ headline ─────────┐
                 ├─ pieces (the page's own text) ─ choice ─ blocks
                 └─ trafilatura (where the article is) ┘

A server's fetch and a reader's browser both come through here, so the same page gives the same blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, cast

from lxml import etree

from rowback.errors import NotAnArticle, TooLarge
from rowback.model import Block, Content, PageText, Reason
from rowback.text import fronts
from rowback.text.careful import take
from rowback.text.choice.choose import Subject, choose
from rowback.text.choice.misnamed import misnamed
from rowback.text.choice.parts import is_all_site
from rowback.text.choice.slides import carousels, is_before
from rowback.text.choice.topmost import stands_above
from rowback.text.class_names import is_slug
from rowback.text.crowds import thin_out
from rowback.text.doubts import MAX_NOTICE_WORDS, doubt_page
from rowback.text.extracted import Extracted
from rowback.text.furniture import is_furniture_name
from rowback.text.headline import choose_headline, is_doubtful, without_site
from rowback.text.inlays import inlays
from rowback.text.joints import JOINT, in_one_line
from rowback.text.largest import MAX_BLOCKS, MAX_HTML_BYTES, MAX_TEXT_CHARACTERS
from rowback.text.leading_on import leads_on
from rowback.text.links import joined
from rowback.text.loose import loose_lines
from rowback.text.metadata import read_metadata
from rowback.text.normalize import count_words, storable
from rowback.text.page import clear, parse, read
from rowback.text.page_facts import read_facts
from rowback.text.paging import read_paging
from rowback.text.pieces import fold, read_pieces
from rowback.text.prose import is_shell
from rowback.text.walls import TOLD
from rowback.text.whole import read_runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from lxml.etree import _Element
    from lxml.html import HtmlElement

    from rowback.model import Paging
    from rowback.text.metadata import Metadata
    from rowback.text.page_facts import PageFacts
    from rowback.text.pieces import Piece

MAX_HEADINGS = 200  # h1 of a page; the most on a real page measured are 37
_WITH_ID = etree.XPath("/descendant::*[@id]")
_EDGES = frozenset(
    {"p", "head", "item", "quote", "row", "lb", "code", "list", "table", "div"}
)  # of trafilatura's own tree


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's tree and what was read in it. `nodes` are only held: lxml makes the objects of elements that nobody holds anew
    for whoever comes by."""

    html: str | bytes
    url: str | None
    nodes: Sequence[HtmlElement]
    tree: HtmlElement
    runs: tuple[str, ...]
    metadata: Metadata
    facts: PageFacts
    paging: Paging
    pieces: Sequence[Piece]
    headings: list[str]
    leads_on: bool


def extract(html: str | bytes, url: str | None = None) -> Extracted:
    """The article in a page: its headline and blocks. A front page is told from an article where `url` is known.

    Raises `TooLarge`, and `NotAnArticle` when the page is empty, binary, a consent wall or the like, or holds
    no text that reads like an article.
    """
    if len(html) > MAX_HTML_BYTES:
        raise TooLarge(f"The page has more than {MAX_HTML_BYTES // 1024 // 1024} MB of HTML.")
    page = _page(html, url)
    metadata, pieces = page.metadata, page.pieces
    texts = _texts(page.tree, url, pieces)
    headline = _headline(page, texts)
    chosen = _chosen(page, texts, headline)
    said = fronts.PageSigns(url or "", joined(url or "", metadata.base), headline, metadata.is_article, page.facts)
    likeness = fronts.likeness(said, pieces, chosen)
    _judge(page, headline, chosen, likeness)
    blocks = tuple(Block(piece.kind, piece.text) for piece in chosen)
    return Extracted(
        content=Content(headline, blocks, page.paging),
        canonical_url=_in_full(url, metadata),
        published_at=metadata.published_at,
        lang=metadata.lang,
        is_free=metadata.is_free,
        is_article=metadata.is_article,
        is_front=likeness.is_front,
        taken_for=likeness.taken_for,
        loose=loose_lines(chosen),
        inlays=inlays(pieces, chosen),
        page=PageText(tuple(piece.text for piece in pieces), page.runs, metadata.titles),
    )


def _in_full(url: str | None, metadata: Metadata) -> str | None:
    """The page's canonical address, which may be told from where its links start (RFC 6596, section 3)."""
    if url is None or not metadata.canonical_url:
        return metadata.canonical_url
    return joined(joined(url, metadata.base), metadata.canonical_url) or None


def _page(html: str | bytes, url: str | None) -> _Page:
    """All that is read in the whole page, before trafilatura takes its tree apart."""
    nodes: list[HtmlElement] = []
    tree = read(html, nodes)
    runs = read_runs(tree)
    clear(tree)
    metadata = read_metadata(tree)
    return _Page(
        html=html,
        url=url,
        nodes=nodes,
        tree=tree,
        runs=runs,
        metadata=metadata,
        facts=read_facts(tree),
        paging=read_paging(tree, url, is_live=metadata.is_live),
        pieces=read_pieces(tree),
        headings=[text for text in (_text_of(node) for node in islice(tree.iter("h1"), MAX_HEADINGS)) if text],
        leads_on=leads_on(tree),
    )


def _headline(page: _Page, texts: Sequence[str]) -> str:
    titles = page.metadata.titles
    headline = choose_headline(page.headings, titles)
    if is_doubtful(headline, titles) and not stands_above(page.pieces, texts, headline, titles):
        return without_site(titles[0])
    return headline


def _chosen(page: _Page, texts: Sequence[str], headline: str) -> list[Piece]:
    """The article's pieces; where these are the texts of slide shows, those beside, if they are an article."""
    pieces, subject = page.pieces, Subject(headline, page.metadata.descriptions)
    chosen = choose(pieces, texts, subject)
    shows = carousels(pieces, chosen)
    if not shows:
        return chosen
    others = [piece for piece in pieces if piece.numbers.isdisjoint(shows)]
    again = choose(others, _texts(_without(parse(page.html), shows), page.url, others), subject)
    slides = [piece for piece in chosen if not piece.numbers.isdisjoint(shows)]
    return again if is_before(pieces, again, slides, headline) else chosen


def _judge(page: _Page, headline: str, chosen: Sequence[Piece], likeness: fronts.Likeness) -> None:
    """Raises what says why a page is no article, or one that is too large."""
    metadata, pieces = page.metadata, page.pieces
    is_article = metadata.is_article or metadata.published_at is not None
    doubt = doubt_page(headline, [piece.text for piece in chosen or pieces], is_article and bool(chosen))
    if doubt is not None:
        raise NotAnArticle(doubt.detail, doubt.reason)
    if page.leads_on and sum(count_words(piece.text) for piece in chosen or pieces) <= MAX_NOTICE_WORDS:
        raise NotAnArticle("The page only leads on to another address.", Reason.ANOTHER)
    if metadata.is_article and not likeness.is_front and is_shell(chosen or _all_but(headline, pieces)):
        raise NotAnArticle(TOLD[Reason.SCRIPTS], Reason.SCRIPTS)
    if not chosen:
        raise _nothing(page.url, likeness, is_all_site=is_all_site(pieces, headline))
    if len(chosen) > MAX_BLOCKS:
        raise TooLarge(f"The article has more than {MAX_BLOCKS} blocks.")
    if sum(len(piece.text) for piece in chosen) > MAX_TEXT_CHARACTERS:
        raise TooLarge(f"The article has more than {MAX_TEXT_CHARACTERS} characters.")


def _all_but(headline: str, pieces: Sequence[Piece]) -> list[Piece]:
    title = fold(headline)
    return [piece for piece in pieces if piece.folded != title]


def _nothing(url: str | None, likeness: fronts.Likeness, *, is_all_site: bool) -> NotAnArticle:
    """Why there is no article."""
    if url is not None and likeness.is_front:
        return NotAnArticle(fronts.told(Reason.FRONT, url), Reason.FRONT)
    if is_all_site:
        return NotAnArticle(TOLD[Reason.SCRIPTS], Reason.SCRIPTS)
    return NotAnArticle("No article text was found in the page.")


def _texts(tree: HtmlElement, url: str | None, pieces: Sequence[Piece]) -> list[str]:
    """What trafilatura reads where no text goes for the names of what it stands in."""
    for node in cast("list[HtmlElement]", _WITH_ID(tree)):
        if is_slug(node.get("id")):
            node.attrib.pop("id")
    with_text, with_own_heading = misnamed(pieces)
    for node in _numbered(tree, with_text):
        classes = [name for name in (node.get("class") or "").split() if not is_furniture_name(name)]
        names = [name for name in [node.get("id") or ""] if not is_furniture_name(name)]
        for attribute, kept in (("class", classes), ("id", names)):
            node.set(attribute, " ".join(kept))
    for node in _numbered(tree, with_own_heading):
        node.attrib.pop("id", None)
    return _read(tree, url)


def _without(tree: HtmlElement, numbers: set[int]) -> HtmlElement:
    for node in _numbered(tree, numbers):
        node.drop_tree()
    return tree


def _numbered(tree: HtmlElement, numbers: Set[int]) -> list[HtmlElement]:
    """The elements with these numbers, which are those of `read_pieces`."""
    body = tree.find(".//body")
    nodes = (tree if body is None else body).iter(etree.Element)
    return [node for number, node in enumerate(nodes, start=1) if number in numbers] if numbers else []


def _read(tree: HtmlElement, url: str | None) -> list[str]:
    """The texts that trafilatura takes for the article's."""
    thin_out(tree)
    try:
        body = take(tree, url)
    except (RecursionError, ValueError, TypeError, AttributeError) as error:
        raise NotAnArticle("The page is too tangled to read.") from error
    return [] if body is None else list(_lines(body))


def _lines(body: _Element) -> Iterator[str]:
    """The text of trafilatura's simplified tree, cut at its blocks and line breaks."""
    parts: list[str] = []
    for event, node in etree.iterwalk(body, events=("start", "end")):
        if node.tag in _EDGES:
            yield "".join(parts)
            parts = []
        parts.append((node.text if event == "start" else node.tail) or "")
    yield "".join(parts)


def _text_of(node: HtmlElement) -> str:
    lines = storable("".join(node.itertext())).split(JOINT)
    return in_one_line(JOINT.join(" ".join(line.split()) for line in lines))
