"""Where a line ends within a text: at `<br>` and boxes in a headline, and at elements that are boxes by their style.

A joint is put there, so that a headline is one text for all who read the tree, as it is in the page's own titles. And a
headline ends where its tag was left open.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, cast

import regex
from lxml import etree

from rowback.text.blocks import BLOCKS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

JOINT = "\u2028"  # LINE SEPARATOR: white space to everybody else
MAX_LINE_CHARACTERS = 300  # with white space; the longest real headline measured has 170. A heading left open has more
MAX_STYLE = 1_000  # characters
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What a heading that was left open runs on to.
_OTHERS = frozenset("ul ol dl table figure article section main blockquote form nav aside pre hr".split()).union(
    _HEADINGS
)
_OPEN = "rowback-left-open"
_STYLED = etree.XPath("descendant-or-self::*[@style]")
_LINES = tuple(sorted((BLOCKS - _OTHERS) | {"br"}))
_BOX = regex.compile(r"(?:^|[;{\s])display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)\b", regex.IGNORECASE)
# "ExclusiveFerry", "EXCLUSIVEFerry", "Exclusive:Ferry", but neither "H2O" nor a first letter that is set apart.
_GLUED = regex.compile(rf"[\p{{Ll}}:!?…»”]{JOINT}\p{{Lu}}|\p{{Lu}}{{2}}{JOINT}\p{{Lu}}\p{{Ll}}")
# Han and Kana with their punctuation and forms of full width: nothing stands between two lines of these.
_DENSE = regex.compile(r"[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f\U00020000-\U0003ffff]")


def part_boxes(tree: HtmlElement) -> None:
    """Puts joints around what is a box by its own style."""
    for node in cast("list[HtmlElement]", _STYLED(tree)):
        style = node.get("style") or ""
        if node.tag not in BLOCKS and _BOX.search(style[:MAX_STYLE]) is not None:
            _part(node)


def set_headings(tree: HtmlElement) -> None:
    """Puts joints into headlines, and takes out of them the elements that end lines there."""
    for heading in list(tree.iter(*_HEADINGS)):
        if is_line(heading):
            for node in heading.iter(*_LINES):
                _part(node)
            etree.strip_tags(heading, *_LINES)
            _part_glued(heading)
        else:
            _close(heading)
    etree.strip_tags(tree, _OPEN)


def is_line(heading: HtmlElement) -> bool:
    """Whether a heading holds nothing but a headline, in however many lines."""
    length, said = 0, False
    for node in heading.iter():
        inside = node is not heading
        if inside and (node.tag in _OTHERS or (node.tag == "p" and said)):
            return False
        texts = (node.text or "", (node.tail or "") if inside else "")
        said = said or any(text.strip() for text in texts)
        length += sum(map(len, texts))
        if length > MAX_LINE_CHARACTERS:
            return False
    return True


def _part_glued(heading: HtmlElement) -> None:
    """Puts joints between elements that hold words of their own: a style sheet, which a server does not see, parts them."""
    before = heading.text or ""
    for event, node in etree.iterwalk(heading, events=("start", "end")):
        slot = "text" if event == "start" else "tail"
        text: str = (node is not heading and getattr(node, slot)) or ""
        if text and _GLUED.search(f"{before[-2:]}{JOINT}{text[:2]}"):
            setattr(node, slot, JOINT + text)
        before = text or before


def _close(heading: HtmlElement) -> None:
    """Ends a heading that was left open where the first block in it begins."""
    own = list(takewhile(lambda child: child.tag not in BLOCKS, heading))
    said = (heading.text, *(text for child in own for text in (child.text, child.tail)))
    if len(own) < len(heading) and any(text and text.strip() for text in said):
        closed = heading.makeelement(heading.tag, dict(heading.attrib))
        closed.text, heading.text = heading.text, None
        closed.extend(own)
        heading.insert(0, closed)
        heading.tag = _OPEN


def in_one_line(text: str) -> str:
    """A text with joints, less white space at its ends: a space at each, none beside Han and Kana."""
    if JOINT not in text:
        return text.strip()
    told, last = list[str](), ""
    for line in map(str.strip, text.split(JOINT)):
        if line:
            if last and not _DENSE.match(last) and not _DENSE.match(line):
                told.append(" ")
            told.append(line)
            last = line[-1]
    return "".join(told)


def _part(node: HtmlElement) -> None:
    """Joints before and behind what is in an element."""
    node.text = JOINT + (node.text or "")
    node.tail = JOINT + (node.tail or "")
