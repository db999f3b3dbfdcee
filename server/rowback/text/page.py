"""From bytes or text to a page's tree, the same for a server's fetch and for a reader's DOM of the same page.

Encodings are told as browsers tell them; what the extension leaves out of a snapshot (`content/page/snapshot.js`) is left out
of a fetched page too, so that both hold the same text.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import charset_normalizer
import lxml.html
import regex
from lxml import etree
from w3lib.encoding import html_body_declared_encoding, read_bom

from rowback.errors import NotAnArticle, TooLarge
from rowback.text.received import codec

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_ELEMENTS = 200_000  # the largest real news page measured has 12,000
MAX_ATTRIBUTE = 100_000  # characters; only data: pictures and scripts' state are longer
MAX_ATTRIBUTES = 2_000  # of one element; the most on a real page measured are 26
_SAMPLE_BYTES = 32_768  # enough to tell an undeclared encoding
# What pages that declare nothing are written in: the WHATWG Encoding Standard's, without those that are hardly met.
_LEGACY = "cp1252 cp1250 cp1251 koi8_r cp1253 cp1254 cp1255 cp1256 cp1257 cp874 cp932 euc_jp gb18030 big5 cp949".split()
# Latin alphabets look alike to statistics. The page's language tells them apart, as the reader's does in browsers (HTML
# standard, "fallback encoding"); all others are written in the first.
_WESTERN, _LATIN = "cp1252", frozenset(("cp1252", "cp1250", "cp1254", "cp1257"))
_LATIN_OF = {
    **dict.fromkeys((b"cs", b"hr", b"hu", b"pl", b"ro", b"sk", b"sl"), "cp1250"),
    **dict.fromkeys((b"az", b"tr"), "cp1254"),
    **dict.fromkeys((b"et", b"lt", b"lv"), "cp1257"),
}
_LANGUAGE = re.compile(rb"<html[^>]{0,1000}?\slang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)
_BINARY = (b"\x89PNG", b"%PDF-", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00")
_LEFT_OUT = frozenset(
    "style noscript template iframe frame object embed applet svg math canvas video audio map input textarea select "
    "button datalist output rowback-overlay rowback-deletion".split()
)
_GONE = "rowback-left-out"
_LINKED_DATA = "application/ld+json"
# An element with more attributes than any: the parser compares each with all before it.
_ATTRIBUTE = r"""[\s/]*+=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_CROWDED_TAG = re.compile(
    rf"<[a-zA-Z][^\s/>]{{0,100}}+(?=[\s/])(?:{_ATTRIBUTE}){{{MAX_ATTRIBUTES}}}"
)  # regex takes long
# What no XML tree can hold (XML 1.0, section 2.2), written out or as a reference.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_NO_XML_REFERENCE = re.compile(
    r"&#(?:0*(?:[1-8]|1[14-9]|2\d|3[01]|6553[45])(?!\d)|x0*(?:[1-8bef]|1[\da-f]|fff[ef])(?![\da-f]));?", re.IGNORECASE
)
_FORM_FEED_REFERENCE = re.compile(r"&#(?:0*12(?!\d)|x0*c(?![\da-f]));?", re.IGNORECASE)
_LOOKS_LIKE_TAG = regex.compile(r"<[a-z!?]", regex.IGNORECASE)


def parse(html: str | bytes) -> HtmlElement:
    """The page as a tree of what can be article. Raises `TooLarge`, and `NotAnArticle` when it is no HTML at all."""
    text = _fit_for_a_tree(html if isinstance(html, str) else _decoded(html))
    if not _LOOKS_LIKE_TAG.search(text):
        raise NotAnArticle("This is not HTML.")
    if _CROWDED_TAG.search(text):
        raise TooLarge(f"The page has an element with more than {MAX_ATTRIBUTES} attributes.")
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise NotAnArticle("This is not HTML.") from error
    _leave_out(tree)
    return tree


def _fit_for_a_tree(text: str) -> str:
    """The text without the characters that HTML's parser keeps, and that neither trafilatura nor lxml itself can put into
    any tree then. A form feed is white space."""
    text = _FORM_FEED_REFERENCE.sub(" ", text.replace("\x0c", " "))
    return _NO_XML.sub("", _NO_XML_REFERENCE.sub("", text))


def _decoded(body: bytes) -> str:
    """By byte order mark; as UTF-8 where it is; as declared; else as it looks."""
    mark, _ = read_bom(body)
    if mark is None and (b"\x00" in body[:1024] or body.startswith(_BINARY)):
        raise NotAnArticle("This is binary data, not a web page.")
    declared = codec(html_body_declared_encoding(body) or "")
    for encoding in (mark, None if declared and body.isascii() else "utf-8", declared):
        found = _strictly(body, encoding)
        if found is not None:
            return found
    return body.decode(mark or declared or _guessed(body), "replace")


def _strictly(body: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _guessed(body: bytes) -> str:
    sample = body[:_SAMPLE_BYTES]
    found = charset_normalizer.from_bytes(sample, cp_isolation=_LEGACY)
    best = found.best()
    if best is not None and best.encoding not in _LATIN:
        return codecs.lookup(best.encoding).name
    language = _LANGUAGE.search(sample)
    if language:
        return _LATIN_OF.get(language[1].lower(), _WESTERN)
    fitting = {name for match in found for name in match.could_be_from_charset}
    return _WESTERN if best is None or _WESTERN in fitting else codecs.lookup(best.encoding).name


def _leave_out(tree: HtmlElement) -> None:
    torn: set[HtmlElement] = set()
    for count, node in enumerate(tree.iter()):
        if count > MAX_ELEMENTS:
            raise TooLarge(f"The page has more than {MAX_ELEMENTS} elements.")
        if not isinstance(node.tag, str) or _is_left_out(node):
            # Removed all at once: one by one, the texts between them would be joined anew each time.
            parent = node.getparent()
            if parent is not None:
                node.tag = _GONE
                torn.add(parent)
            continue
        for name, value in node.attrib.items():
            if len(value) > MAX_ATTRIBUTE:
                del node.attrib[name]
    etree.strip_elements(tree, _GONE, with_tail=False)
    for node in torn:
        node.text = node.text  # one text again, for what asks for every text of the tree
        for child in node:
            child.tail = child.tail


def _is_left_out(node: HtmlElement) -> bool:
    tag = node.tag.lower()
    if tag == "script":
        return str(node.get("type") or "").lower() != _LINKED_DATA
    if tag == "form":
        # A search box or a comment form; but some sites put the whole page into one form.
        return next(node.iter("h1", "article"), None) is None
    editable = node.get("contenteditable")
    return tag in _LEFT_OUT or (editable is not None and editable.lower() != "false") or node.get("hidden") is not None
