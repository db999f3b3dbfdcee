"""What of a page's tree is never article: taken out, the same for a server's fetch and for a reader's DOM of the page.

What the extension leaves out of a snapshot (`content/page/snapshot.js`) is left out of a fetched page too, and what has
to be weighed (hidden text, forms, noscript) is left to this module by both, so that both hold the same text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lxml import etree

from rowback.text.asking import note_asking
from rowback.text.held_prose import Weights, weigh
from rowback.text.hiding import hiding_nodes, is_box_of_its_own, is_hidden, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_LEFT_OUT = frozenset(
    "style template iframe frame object embed applet svg math canvas video audio map input textarea select button "
    "datalist output dialog rt rp rtc rowback-overlay rowback-deletion".split()
)
_EDITABLE = etree.XPath("descendant-or-self::*[@contenteditable]")
_NO_FIELDS = frozenset({"hidden", "submit", "button", "image", "reset"})
_GONE = "rowback-left-out"
_LINKED_DATA = "application/ld+json"
LITTLE = 0.25  # of a page's text: when no more of it is shown, the rest is hidden only until a script shows it
MOST = 0.5  # of a page's text: who holds so much is a box for the page's layout
PART = 0.3  # of the text of an element that holds article: so much is hidden only until a reader unfolds it
FORM_WORDS = 40  # around a page,
FIELD_WORDS = 25  # and for each field so many more: less only says what to fill in
MAX_FIELDS = 4  # that count: layouts have a search, a login, a comment
MIN_UNSCRIPTED = 60  # words; shorter is a request to switch scripts on


def leave_out(tree: HtmlElement) -> None:
    """Takes it out of the tree, and the attributes that hide from what is left."""
    gone = set(_never_article(tree))
    hiding = hiding_nodes(tree)
    hidden = {node for node in hiding if is_hidden(node)}
    weights = weigh(tree, gone, hidden)
    gone.update(_forms(weights))
    gone.update(_unscripted(weights))
    gone.update(_hidden(weights))
    note_asking(gone)
    _remove(gone)
    _put_titles_back(tree)
    for node in hiding:
        show(node)


def _never_article(tree: HtmlElement) -> Iterator[HtmlElement]:
    """What is left out whatever it holds. lxml looks for tags and attributes without making an object of each element."""
    yield from tree.iter(etree.Comment, etree.ProcessingInstruction, *_LEFT_OUT)
    yield from (node for node in tree.iter("script") if str(node.get("type") or "").lower() != _LINKED_DATA)
    editable = cast("list[HtmlElement]", _EDITABLE(tree))
    yield from (node for node in editable if (node.get("contenteditable") or "").lower() != "false")


def _forms(weights: Weights) -> Iterator[HtmlElement]:
    """Search boxes and comment forms. One that holds most of the page's text is for the layout, as in ASP.NET and JSF."""
    for form, words in weights.forms.items():
        is_most = words >= MOST * (weights.shown + weights.hidden)
        if is_most and words >= FORM_WORDS + FIELD_WORDS * min(MAX_FIELDS, _fields(form)):
            form.tag = "div"
        elif next(form.iter("h1", "article"), None) is None:
            yield form


def _fields(form: HtmlElement) -> int:
    return sum(
        node.tag != "input" or str(node.get("type")).lower() not in _NO_FIELDS
        for node in form.iter("input", "select", "textarea")
    )


def _unscripted(weights: Weights) -> Iterator[HtmlElement]:
    """What is for browsers without scripts. With scripts a page that says nothing else shows the same in other elements."""
    words = sum(weights.unscripted.values())
    is_read = words >= MIN_UNSCRIPTED and weights.shown + weights.hidden < LITTLE * words
    for node, own in weights.unscripted.items():
        if is_read and own:
            node.tag = "div"
        else:
            yield node


def _hidden(weights: Weights) -> Iterator[HtmlElement]:
    """What attributes hide. Pages hide their article, or the rest of it, until a script shows it: that is not left out."""
    is_little_shown = weights.shown < LITTLE * (weights.shown + weights.hidden)
    for home in weights.homes:
        boxes = [node for node in home.hidden if is_box_of_its_own(node)]
        yield from boxes
        words = sum(home.hidden.values()) - sum(home.hidden[node] for node in boxes)
        is_main = is_little_shown and words >= MOST * weights.hidden
        is_part = home.holds_article and words >= PART * (home.shown + words)
        if not (words and (is_main or is_part)):
            yield from (node for node in home.hidden if node not in boxes)
        else:
            yield from (node for node, own in home.hidden.items() if not own)


def _put_titles_back(tree: HtmlElement) -> None:
    """Into the head, which whatever does not belong there ends, as a frame in a noscript does where scripts are off."""
    head, body = tree.find("head"), tree.find("body")
    if head is None or body is None:
        return
    for title in list(body.iter("title")):
        told = etree.SubElement(head, "title")
        told.text = title.text
        title.tag, title.text = "span", None


def _remove(gone: set[HtmlElement]) -> None:
    torn: set[HtmlElement] = set()
    tree = None
    for node in gone:
        # Removed all at once: one by one, the texts between them would be joined anew each time.
        parent = node.getparent()
        if parent is not None:
            node.tag = _GONE
            torn.add(parent)
            tree = parent.getroottree()
    if tree is not None:
        etree.strip_elements(tree, _GONE, with_tail=False)
    for node in torn:
        node.text = node.text  # one text again, for what asks for every text of the tree
        for child in node:
            child.tail = child.tail
