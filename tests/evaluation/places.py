"""Where the paragraphs of an article stand in a page's HTML, to change the page as a publisher would, in its text and not in
a tree: every byte that is not changed stays. Chosen without Rowback: of the elements that hold most prose, as Readability
weighs them, or by the text that people typed.
"""

from __future__ import annotations

import html
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate

from tests.evaluation.readings import letters

# What stands in these is no paragraph of the article.
ELSEWHERE = frozenset("nav header footer aside form noscript template button figure svg dialog li td".split())
# Their start ends a paragraph that was left open.
BLOCKS = frozenset(
    "p div section article main ul ol table blockquote h1 h2 h3 h4 h5 h6 form figure aside footer".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
MIN_CHARACTERS = 80  # of a paragraph
MAX_LINKED = 0.3  # of its characters
GRANDPARENT = 0.5  # of the weight that a paragraph's parent has, as Readability weighs them


@dataclass(frozen=True)
class Run:
    """A run of plain text: where it begins in the HTML, and it as it stands there."""

    start: int
    text: str


@dataclass(frozen=True)
class Cut:
    """A stretch of the HTML, and what is to stand there instead."""

    start: int
    end: int
    new: str


@dataclass
class Paragraph:
    """A `<p>`: `start` is where its tag begins, `end` where it ends. `around` are the numbers of the elements it stands in,
    outermost first."""

    start: int
    tag: str
    around: tuple[int, ...]
    is_elsewhere: bool
    runs: list[Run] = field(default_factory=list)
    linked: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """Its text, decoded."""
        return html.unescape("".join(run.text for run in self.runs))

    def without(self, cut: Cut) -> str:
        """Its text, decoded, when a stretch of it is cut out."""
        kept = (
            (run.text[: max(0, cut.start - run.start)] + run.text[max(0, cut.end - run.start) :]) for run in self.runs
        )
        return html.unescape("".join(kept))


@dataclass(frozen=True)
class Places:
    """A page's HTML, its article's paragraphs in order, the other text between headline and paragraphs, and where its body
    and the headline begin and end (None: there is none)."""

    html: str
    paragraphs: tuple[Paragraph, ...]
    above: tuple[Run, ...]
    body_start: int | None
    body_end: int | None
    headline_end: int | None


def find_places(text: str, gold: str = "") -> Places:
    """The places in a page; `gold` is the article's text, where people typed it."""
    reader = _Reader(text)
    paragraphs = _of_article([each for each in reader.paragraphs if _is_prose(each)], gold)
    first = paragraphs[0].start if paragraphs else 0
    headlines = [end for end in reader.headline_ends if end <= first]
    headline_end = headlines[-1] if headlines else None
    above = tuple(run for run in reader.runs if headline_end is not None and headline_end <= run.start < first)
    return Places(text, paragraphs, above, reader.body_start, reader.body_end, headline_end)


def changed(places: Places, *cuts: Cut) -> str:
    """The page's HTML with stretches of it, which do not overlap, replaced."""
    parts, at = [], 0
    for cut in sorted(cuts, key=lambda each: each.start):
        parts += [places.html[at : cut.start], cut.new]
        at = cut.end
    return "".join([*parts, places.html[at:]])


def _is_prose(paragraph: Paragraph) -> bool:
    length = len(paragraph.text.strip())
    return not paragraph.is_elsewhere and length >= MIN_CHARACTERS and paragraph.linked <= MAX_LINKED * length


def _of_article(found: list[Paragraph], gold: str) -> tuple[Paragraph, ...]:
    typed = letters(gold)
    if typed:
        return tuple(each for each in found if letters(each.text) in typed)
    weights: Counter[int] = Counter()
    for each in found:
        for number, share in zip(each.around[-1:-3:-1], (1.0, GRANDPARENT), strict=False):
            weights[number] += round(share * len(each.text))
    if not weights:
        return ()
    best = weights.most_common(1)[0][0]
    return tuple(each for each in found if best in each.around)


class _Reader(HTMLParser):
    """Reads the places of all paragraphs."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.paragraphs: list[Paragraph] = []
        self.runs: list[Run] = []
        self.headline_ends: list[int] = []
        self.body_start: int | None = None
        self.body_end: int | None = None
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._open: list[tuple[str, int, bool]] = []  # name, number, whether it is elsewhere
        self._count = 0
        self._paragraph: Paragraph | None = None
        self._links = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        if tag in BLOCKS:
            self._end_paragraph()
        if tag == "body":
            self.body_start = self._at() + len(written)
        if tag == "p":
            is_elsewhere = any(hidden for _, _, hidden in self._open) or _is_aside(attrs)
            self._paragraph = Paragraph(self._at(), written, tuple(n for _, n, _ in self._open), is_elsewhere)
        elif tag == "a":
            self._links += 1
        elif tag not in VOID:
            self._count += 1
            self._open.append((tag, self._count, tag in ELSEWHERE or _is_aside(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._end_paragraph(self._after_tag())
        elif tag in BLOCKS or tag == "body":
            self._end_paragraph()
        if tag == "a":
            self._links = max(0, self._links - 1)
        elif tag == "body":
            self.body_end = self._at()
        elif tag == "h1":
            self.headline_ends.append(self._after_tag())
        names = [name for name, _, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def _add(self, data: str) -> None:
        if self.cdata_elem:  # a script or a style
            return
        self.runs.append(Run(self._at(), data))
        if self._paragraph is not None:
            self._paragraph.runs.append(self.runs[-1])
            self._paragraph.linked += len(data) if self._links else 0

    def _end_paragraph(self, at: int | None = None) -> None:
        if self._paragraph is not None:
            self._paragraph.end = self._at() if at is None else at
            self.paragraphs.append(self._paragraph)
            self._paragraph = None
            self._links = 0

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _after_tag(self) -> int:
        return self.rawdata.index(">", self._at()) + 1


def _is_aside(attrs: list[tuple[str, str | None]]) -> bool:
    given = dict(attrs)
    if "caption" in (given.get("class") or "").lower():
        return True
    return "hidden" in given or "display:none" in (given.get("style") or "").replace(" ", "").lower()
