"""What trafilatura looks at again and again where a page has very much of it: taken out of the tree, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from rowback.errors import TooLarge

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CROWD = 1_000  # children of one element; the most on a real page measured are 223
MAX_MARKS = 10_000  # in such crowds
MAX_ALL_MARKS = 12_000  # of a page; the most on a real one measured are 2,200
MAX_CELLS = 200_000  # of all tables, each row as long as the longest: trafilatura fills them up
FILLED_UP = 100  # columns, and no further
_MARKS = frozenset(
    "a abbr b bdi cite code del em font i ins kbd mark q s samp small span strong sub sup time tt u var".split()
)


def thin_out(tree: HtmlElement) -> None:
    """Takes words out of crowds of spans, and makes each cell of a table one column wide: no text is changed. Raises
    `TooLarge`."""
    _narrow_tables(tree)
    if sum(1 for _ in tree.iter(*_MARKS)) > MAX_ALL_MARKS:
        raise TooLarge(f"The page has more than {MAX_ALL_MARKS} links, words in bold and the like.")
    marks = sum(_unwrap(parent) for parent in [node for node in tree.iter() if len(node) > CROWD])
    if marks > MAX_MARKS:
        raise TooLarge(f"The page has more than {MAX_MARKS} links and the like in crowded paragraphs.")


def _narrow_tables(tree: HtmlElement) -> None:
    """For a cell that spans others trafilatura makes those in each row, and looks for their place from the row's start."""
    etree.strip_attributes(tree, "colspan", "rowspan")
    lengths = [len(row) for row in tree.iter("tr")]
    longest = max(lengths, default=0)
    if longest > CROWD:
        raise TooLarge(f"The page has a table with more than {CROWD} columns.")
    if len(lengths) * min(longest, FILLED_UP) > MAX_CELLS:
        raise TooLarge(f"The page has tables with more than {MAX_CELLS} cells.")


def _unwrap(parent: HtmlElement) -> int:
    """Takes the words of a crowded element out of their spans: trafilatura does so too, in quadratic time. Returns how many
    other marks are left in it, which it looks at just as often."""
    marks = 0
    before, run = None, [parent.text or ""]
    for child in list(parent):
        if child.tag == "span" and not len(child):
            run += (child.text or "", child.tail or "")
            child.tail = None
            parent.remove(child)
        else:
            marks += child.tag in _MARKS
            _put(parent, before, run)
            before, run = child, [child.tail or ""]
    _put(parent, before, run)
    return marks


def _put(parent: HtmlElement, before: HtmlElement | None, run: list[str]) -> None:
    if before is None:
        parent.text = "".join(run)
    else:
        before.tail = "".join(run)
