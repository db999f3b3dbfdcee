"""All that a page says, whatever of it is the article: what older rules read is found again by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from rowback.text.normalize import storable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What stands in a line of text: everything else ends a run, also what HTML does not know.
_IN_LINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt rtc ruby s samp small "
    "span strike strong sub sup time tt u var wbr".split()
)
_SILENT = frozenset({"script", "style", "head"})


def read_runs(tree: HtmlElement) -> tuple[str, ...]:
    """The texts of a whole page in order, hidden ones too, cut wherever an element begins or ends that is more than a part of
    a line."""
    runs: list[str] = []
    parts: list[str] = []
    silent = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag
        if parts and tag not in _IN_LINE:
            runs.append("".join(parts))
            parts = []
        if tag in _SILENT:
            silent += 1 if event == "start" else -1
        text = node.text if event == "start" else node.tail
        if text and not silent:
            parts.append(text)
    runs.append("".join(parts))
    return tuple(text for run in runs if not run.isspace() and (text := storable(run).strip()))
