"""Reads markup back, with the standard library's HTML parser: an independent check of what it says."""

from __future__ import annotations

from html.parser import HTMLParser

ALLOWED = frozenset("h1 h2 h3 h4 h5 h6 p li blockquote figcaption pre div ins del".split())


class _Reader(HTMLParser):
    def __init__(self, dropped: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._dropped = dropped
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, f"<{tag}> in markup"
        assert not attrs, f"attributes in markup: {attrs}"
        if tag not in ("ins", "del"):
            assert not self._open, "a block inside another"
            self.blocks.append("")
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert self._open, f"text outside of blocks: {data!r}"
        if self._dropped not in self._open:
            self.blocks[-1] += data


def side(markup: str, dropped: str) -> list[str]:
    """The text of each block in the markup without its `ins` (the old side) or its `del` (the new side)."""
    reader = _Reader(dropped)
    reader.feed(markup)
    reader.close()
    return reader.blocks
