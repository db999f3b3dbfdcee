"""What trafilatura takes of a page for its article, in its careful mode, without comments and metadata. The only importer of
trafilatura.

These are the steps of its `bare_extraction` in its order, less two that mostly only look whether its own text is too short:
readability's reading, and the text of the whole page. Where the page's length tells what they would find, they are not asked;
one copy of the tree and a text that nobody reads are spared, too.
"""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import TYPE_CHECKING, cast

from lxml import etree
from trafilatura.baseline import baseline, html2txt
from trafilatura.core import (
    ESCALATION_ACCEPT_RATIO,
    ESCALATION_JUSTEXT_RATIO,
    ESCALATION_MAX_LENGTH,
    ESCALATION_PAGE_SHARE,
    _forum_thread_page,
    _prepare_tree,
    _recall_retry,
)
from trafilatura.external import SANITIZED_XPATH, compare_extraction, justext_rescue
from trafilatura.htmlprocessing import prune_unwanted_nodes
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_LENGTH = etree.XPath("string-length(normalize-space(/))")
_TEXTS = etree.XPath("count(//text()[normalize-space()])")
# Readability writes its text out as XML and reads that as HTML: what HTML reads as one text gives it markup for text. In a
# frame it writes a word of its own.
_READ_OTHERWISE = etree.XPath(
    "boolean(//xmp | //noembed | //noframes | //noscript | //plaintext | //iframe | //textarea | //title[not(text())])"
)
_UNCLEAN = etree.XPath(f"boolean({SANITIZED_XPATH})")
_PARAGRAPH_TEXT = etree.XPath("boolean(.//p//text())")


def take(tree: HtmlElement, url: str | None) -> _Element | None:
    """The body of trafilatura's simplified tree; None where it has no text. The page's tree is taken apart. Raises what
    trafilatura does: `RecursionError` and `AttributeError`."""
    options = copy(_options())
    options.url = url
    try:
        body, text = _taken(tree, options)
    except (TypeError, ValueError):
        return None
    return body if len(text) >= options.min_output_size else None


@cache
def _options() -> Extractor:
    return Extractor(output_format="python", comments=False)


def _taken(tree: HtmlElement, options: Extractor) -> tuple[_Element, str]:
    is_forum = _forum_thread_page(tree)
    tree = prune_unwanted_nodes(tree, RAW_TREE_PRUNE_XPATH)
    if not is_forum:
        tree = prune_unwanted_nodes(tree, REMOVE_COMMENTS_AND_LISTS_XPATH)
    cleaned, before = _prepare_tree(tree, options, options.url)
    body, text = extract_content(cleaned, options)
    length = _length(tree)
    if not _is_beyond_doubt(tree, body, len(text), length, options):
        body, text = compare_extraction(before, copy(tree), body, text, options)
    if len(text) < options.min_extracted_size:
        other, other_text, other_length = baseline(tree)
        if other_length > len(text):
            body, text = other, other_text
    if 0 < len(text) < ESCALATION_MAX_LENGTH and _is_little(tree, len(text), length):
        return _again(tree, body, text, options)
    return body, text


def _length(tree: HtmlElement) -> int:
    """How long the page's text is at most, in characters, with white space as one each. What scripts say is none."""
    silent = (len("".join((node.text or "").split())) for node in tree.iter("script", "style"))
    return int(cast("float", _LENGTH(tree))) - sum(silent)


def _is_beyond_doubt(tree: HtmlElement, body: _Element, text: int, page: int, options: Extractor) -> bool:
    """Whether comparing must leave trafilatura's own text: neither readability, which finds no more than the page's text, nor
    justext can be asked for another. The same as `compare_extraction` decides, which takes no text of readability's for its
    length that is not more than twice as long."""
    return (
        text >= options.min_extracted_size
        and page <= 2 * text
        and bool(_PARAGRAPH_TEXT(body))
        and len(body.findall(".//table")) <= len(body.findall(".//p"))
        and not _UNCLEAN(body)
        and not _READ_OTHERWISE(tree)
    )


def _is_little(tree: HtmlElement, text: int, page: int) -> bool:
    """Whether a text is little of the page's."""
    if text >= ESCALATION_PAGE_SHARE * _spaced(tree, page):
        return False
    return text < ESCALATION_PAGE_SHARE * len(html2txt(tree))


def _spaced(tree: HtmlElement, page: int) -> int:
    """How long the page's text is at most with a space between any two that stand in different elements."""
    return page + int(cast("float", _TEXTS(tree)))


def _again(tree: HtmlElement, body: _Element, text: str, options: Extractor) -> tuple[_Element, str]:
    """What is taken where that was too little: what trafilatura finds when it is bolder, or justext's text."""
    bolder = copy(options)
    bolder.focus = "recall"
    again, again_text = _recalled(tree, bolder)
    other, other_text = _rescued(tree, bolder)
    if len(other_text) > max(len(again_text), ESCALATION_JUSTEXT_RATIO * len(text)):
        return other, other_text
    if len(again_text) >= options.min_extracted_size and len(again_text) > ESCALATION_ACCEPT_RATIO * len(text):
        return again, again_text
    return body, text


def _recalled(tree: HtmlElement, options: Extractor) -> tuple[_Element, str]:
    try:
        return _recall_retry(tree, options, options.url)
    except Exception:  # noqa: BLE001 (as trafilatura does: then there is none)
        return etree.Element("body"), ""


def _rescued(tree: HtmlElement, options: Extractor) -> tuple[_Element, str]:
    try:
        return justext_rescue(copy(tree), options)
    except Exception:  # noqa: BLE001 (as trafilatura does: then there is none)
        return etree.Element("body"), ""
