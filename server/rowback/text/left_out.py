"""What of a page's tree is never article: taken out, the same for a server's fetch and for a reader's DOM of the page.

What the extension leaves out of a snapshot (`content/page/snapshot.js`) is left out
of a fetched page too, so that both hold the same text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEFT_OUT = frozenset(
    "style noscript template iframe frame object embed applet svg math canvas video audio map input textarea select "
    "button datalist output rowback-overlay rowback-deletion".split()
)
_GONE = "rowback-left-out"
_LINKED_DATA = "application/ld+json"


def leave_out(tree: HtmlElement) -> None:
    """Takes it out of the tree."""
    torn: set[HtmlElement] = set()
    for node in tree.iter():
        if not isinstance(node.tag, str) or _is_left_out(node):
            # Removed all at once: one by one, the texts between them would be joined anew each time.
            parent = node.getparent()
            if parent is not None:
                node.tag = _GONE
                torn.add(parent)
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
