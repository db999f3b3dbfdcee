"""How many words of prose stand in the parts of a page that may have to be left out: hidden elements, forms, noscript."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from rowback.text.pieces import length_in_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.html import HtmlElement

PROSE = 8  # words of a text without marks in it: shorter ones are menus, labels and credits
_HOMES = frozenset("div section article main body td header form aside details noscript".split())
_TOLD = _HOMES | {"a"}


@dataclass(slots=True)
class Home:
    """An element that holds paragraphs or boxes: the words shown in it, and of the outermost hidden elements in it."""

    holds_article: bool = False  # says so, or prose stands in it without a further box
    shown: int = 0
    hidden: dict[HtmlElement, int] = field(default_factory=dict)


@dataclass
class Weights:
    """All in words: what a page shows and hides, and what each form and each noscript holds."""

    shown: int = 0
    hidden: int = 0
    forms: dict[HtmlElement, int] = field(default_factory=dict)
    unscripted: dict[HtmlElement, int] = field(default_factory=dict)
    homes: list[Home] = field(default_factory=list)


def weigh(tree: HtmlElement, gone: Collection[HtmlElement], hidden: Collection[HtmlElement]) -> Weights:
    """Weighs a page, less the elements that are `gone`; those that are `hidden` apart. A page that has no prose
    is weighed by all its words."""
    found = _Scale(gone, hidden, PROSE).weigh(tree)
    has_prose = found.shown or found.hidden or any(found.unscripted.values())
    return found if has_prose else _Scale(gone, hidden, 1).weigh(tree)


@dataclass(slots=True)
class _Level:
    """An open element: where the words in it are counted, and what it closes."""

    home: Home
    is_gone: bool
    is_link: bool
    holds_article: bool
    hider: HtmlElement | None = None  # the outermost hidden element, and where it stands
    hidden_in: Home | None = None
    unscripted: HtmlElement | None = None
    form: HtmlElement | None = None
    above: Home | None = None  # the home outside, for an element that is one
    link: _Level | None = None  # of a link right in it that is no more than one

    def inside(self) -> _Level:
        """The level of an element in it, of which nothing else is known."""
        return _Level(
            self.home,
            False,
            self.is_link,
            self.holds_article,
            self.hider,
            self.hidden_in,
            self.unscripted,
            self.form,
        )

    def linked(self) -> _Level:
        """The same level in a link. All links have one: nothing is counted in it."""
        if self.is_link:
            return self
        if self.link is None:
            self.link = self.inside()
            self.link.is_link = True
        return self.link


@dataclass
class _Scale:
    gone: Collection[HtmlElement]
    hidden: Collection[HtmlElement]
    least: int
    found: Weights = field(default_factory=Weights)

    def weigh(self, tree: HtmlElement) -> Weights:
        page = Home()
        levels = [_Level(page, is_gone=False, is_link=False, holds_article=False)]
        walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            if event == "start":
                level = self._below(levels[-1], node)
                levels.append(level)
                if level.is_gone:
                    walk.skip_subtree()
                    continue
                text = node.text
            else:
                closed = levels.pop() if event == "end" else None
                level = levels[-1]
                if closed is not None and closed is not level:
                    self._close(closed)
                text = node.tail
            if text and not level.is_link and not text.isspace():
                self._add(level, text)
        self.found.homes.append(page)
        return self.found

    def _below(self, above: _Level, node: HtmlElement) -> _Level:
        """The level of an element; the one above where nothing else is counted in it."""
        tag = node.tag
        if tag not in _HOMES and self._is_plain(above, node):
            return above.linked() if tag in _TOLD else above
        level = above.inside()
        level.is_gone = node in self.gone
        level.is_link = above.is_link or tag == "a"
        level.holds_article = above.holds_article or tag == "article" or node.get("itemprop") == "articleBody"
        if level.is_gone:
            return level
        if tag == "noscript" and above.unscripted is None:
            level.unscripted = node
            self.found.unscripted[node] = 0
        if tag == "form" and above.form is None:
            level.form = node
            self.found.forms[node] = 0
        if above.hider is None and level.unscripted is None and node in self.hidden:
            level.hider, level.hidden_in = node, above.home
            above.home.hidden[node] = 0
        if tag in _HOMES:
            level.home, level.above = Home(level.holds_article), above.home
        return level

    def _is_plain(self, above: _Level, node: HtmlElement) -> bool:
        """Whether an element with no tag of `_HOMES` is no more than a part of what is around it."""
        if node in self.gone or (not above.holds_article and node.get("itemprop") == "articleBody"):
            return False
        return above.hider is not None or above.unscripted is not None or node not in self.hidden

    def _add(self, level: _Level, text: str) -> None:
        words = length_in_words(text)
        if words < self.least:
            return
        if level.unscripted is not None:
            self.found.unscripted[level.unscripted] += words
            return
        if level.form is not None:
            self.found.forms[level.form] += words
        if level.hider is not None and level.hidden_in is not None:
            self.found.hidden += words
            level.hidden_in.hidden[level.hider] += words
        else:
            self.found.shown += words
            level.home.shown += words
            level.home.holds_article = True

    def _close(self, level: _Level) -> None:
        if level.above is None:
            return
        if level.home.hidden:
            self.found.homes.append(level.home)
        level.above.shown += level.home.shown
