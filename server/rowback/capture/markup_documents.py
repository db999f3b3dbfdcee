"""From the bytes of a feed or sitemap to its text, and from that to a tree, however badly it is written.

Documents are hostile: entities are neither expanded nor loaded, and nothing is asked for. What cannot be read in a text is
U+FFFD there, so that an address with such a sign is known to be another than was meant.
"""

from __future__ import annotations

import codecs
import html
from typing import TYPE_CHECKING

import regex
from lxml import etree
from w3lib.encoding import html_body_declared_encoding, read_bom

from rowback.errors import BadInput, NotAnArticle, TooLarge
from rowback.text import received
from rowback.text.encoding import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rowback.text.roots import Root

UNREADABLE = "\ufffd"
# How a document that has no mark begins in these: its first sign is of ASCII (XML 1.0, appendix F).
_WIDE_STARTS = (
    (regex.compile(rb"[\t\n\r -~]\0\0\0"), "utf-32-le"),
    (regex.compile(rb"\0\0\0[\t\n\r -~]"), "utf-32-be"),
    (regex.compile(rb"[\t\n\r -~]\0"), "utf-16-le"),
    (regex.compile(rb"\0[\t\n\r -~]"), "utf-16-be"),
)
_NOT_IN_XML = regex.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
_REFERENCE = regex.compile(
    r"(?P<kept><!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))"
    r"|&(?:\#(?P<number>\d{1,8}|x[\da-f]{1,7});|(?P<name>[a-z][\w.-]{0,40});)?+",
    regex.DOTALL | regex.IGNORECASE,
)
MAX_ATTRIBUTES = 200  # of an element; each of them is looked up among all
_CROWDED_TAG = regex.compile(rf"<(?:[^<>\"']*+(?:\"[^\"<]*+\"|'[^'<]*+')){{{MAX_ATTRIBUTES + 1}}}")
_OWN = {"amp", "lt", "gt", "quot", "apos"}


def text_of(body: bytes, content_type: str) -> str:
    """The text of a document: by its mark or its zero bytes; as UTF-8 where it is; by what the server or it declares; else as
    it looks. Raises `BadInput` for what is no text."""
    try:
        return _text(body, content_type).removeprefix("\ufeff")
    except (NotAnArticle, ValueError, LookupError) as error:
        raise BadInput("This is no text.") from error


def _text(body: bytes, content_type: str) -> str:
    mark, _ = read_bom(body)
    if mark is not None:
        return decoded(body)
    said = received.charset(content_type)
    wide = next((name for start, name in _WIDE_STARTS if start.match(body)), None)
    if wide is not None:
        return body.decode(wide, "replace")
    if _is_wide(html_body_declared_encoding(body)):  # said by a program that wrote something else
        return body.decode("utf-8", "replace")
    if said is not None and not _is_wide(said) and not _is_utf_8(body):
        return body.decode(said, "replace")
    return decoded(body)


def _is_wide(codec: str | None) -> bool:
    return (codec or "").lower().startswith(("utf-16", "utf-32"))


def _is_utf_8(body: bytes) -> bool:
    """Whether it can be nothing else: what is written in ASCII alone may be meant in another way."""
    try:
        codecs.decode(body, "utf-8")
    except UnicodeDecodeError:
        return False
    return not body.isascii()


def tree_of(text: str, root: Root, url: str) -> etree._Element:
    """The tree of an XML document from its root element on. Raises `BadInput` where there is none, `TooLarge`."""
    if _CROWDED_TAG.search(text):
        raise TooLarge(f"{url[:200]} has an element with more than {MAX_ATTRIBUTES} attributes.")
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        found = etree.fromstring(repaired(text[root.place :], root.entities).encode("utf-8"), parser, base_url=url)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadInput(f"{url[:200]} is broken XML.") from error
    if found is None:
        raise BadInput(f"{url[:200]} is broken XML.")
    return found


def repaired(text: str, entities: frozenset[str] = frozenset()) -> str:
    """XML in which each `&` begins a reference that all parsers know: one that begins none stands for itself, what HTML knows
    is written out, and what the document declares itself is not expanded."""

    def written(found: regex.Match[str]) -> str:
        name, number = found["name"], found["number"]
        if found["kept"] is not None or name in _OWN:
            return found[0]
        if number is not None:
            point = int(number[1:], 16) if number[0] in "xX" else int(number)
            return found[0] if point <= 0x10FFFF and not _NOT_IN_XML.match(chr(point)) else UNREADABLE
        meant = html.unescape(found[0]) if name is not None else "&"
        if meant != found[0] or name is None:
            return html.escape(meant, quote=False)
        return UNREADABLE if name in entities else f"&amp;{found[0][1:]}"

    return _REFERENCE.sub(written, _NOT_IN_XML.sub(UNREADABLE, text))


def name_of(node: etree._Element) -> str:
    """An element's name without its prefix, in lower case."""
    return str(node.tag).rpartition("}")[2].rpartition(":")[2].lower()


def space_of(node: etree._Element) -> str:
    """Whose an element's name is: its namespace, or a prefix that is nowhere declared."""
    tag = str(node.tag)
    return tag[: tag.rfind("}") + 1] + tag.rpartition("}")[2].rpartition(":")[0]


def children(node: etree._Element, *names: str) -> Iterator[etree._Element]:
    """An element's own children of some names, without prefix."""
    return (child for child in node.iterchildren(tag=etree.Element) if name_of(child) in names)


def words(node: etree._Element | None) -> str:
    """An element's own text, to its first child."""
    return "" if node is None else (node.text or "").strip()
