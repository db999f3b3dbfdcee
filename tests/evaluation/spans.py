"""Sentence pairs in which people marked the words that changed, against what an article's history marks in them.

Counted in tokens, against the best of the accepted alternatives, all pairs together.
"""

from __future__ import annotations

import html
from collections import defaultdict
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any

import regex

from rowback.diff.telling.history import tell
from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment
from rowback.model import Block, Content, Origin, Version
from tests.evaluation.corpus import START

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BEFORE = Block("p", "The council of the harbour town met on a rainy evening in March.")
AFTER = Block("p", "Nobody asked who would pay for the lighthouse.")
_PART = regex.compile(r"<(ins|del)>(.*?)</\1>|([^<]+)|<[^>]+>", regex.DOTALL)
_OPS = {"ins": INSERT, "del": DELETE, "": EQUAL}


@dataclass(frozen=True)
class SpanTelling:
    """The segments of all edits that tell of one block that became another, and how many edits there are."""

    segments: tuple[Segment, ...]
    edits: int


def told_between(old: str, new: str) -> SpanTelling:
    """Of a block between two neighbours that stayed."""
    return _told([BEFORE, Block("p", old), AFTER], [BEFORE, Block("p", new), AFTER], old)


def told_alone(old: str, new: str) -> SpanTelling:
    """Of an article's only block."""
    return _told([Block("p", old)], [Block("p", new)], old)


def _told(old: Sequence[Block], new: Sequence[Block], text: str) -> SpanTelling:
    contents = [Content("What the council said", tuple(blocks)) for blocks in (old, new)]
    edits = tell([Version(n, START, START, Origin.IMPORT, content) for n, content in enumerate(contents)], 0, 1).edits
    segments = tuple(segment for edit in edits for segment in _read(edit.markup))
    return SpanTelling(segments or (Segment(EQUAL, text),), len(edits))


def _read(markup: str) -> Iterator[Segment]:
    for match in _PART.finditer(markup):
        text = match[2] or match[3]
        if text:
            yield Segment(_OPS[match[1] or ""], html.unescape(text))


def strangers(items: Sequence[Any]) -> list[tuple[str, str]]:
    """Old and new sentences of one paper that are not the same one."""
    papers = defaultdict(list)
    for item in items:
        papers[item["arxiv_id"]].append(item)
    return [
        (" ".join(one["old_tokens"]), " ".join(other["new_tokens"]))
        for paper in papers.values()
        for one, other in permutations(paper, 2)
    ]


def span_f1(items: Sequence[Any], engine: Callable[[str, str], Sequence[Segment]]) -> float:
    """F1 of the tokens that an engine marks."""
    right = extra = missed = 0
    for item in items:
        segments = engine(" ".join(item["old_tokens"]), " ".join(item["new_tokens"]))
        found = _touched(item["old_tokens"], segments, DELETE), _touched(item["new_tokens"], segments, INSERT)
        counts = [_against(found, alternative) for alternative in item["alternatives"] or [[]]]
        best = max(counts, key=lambda count: _f1(*count))
        right, extra, missed = right + best[0], extra + best[1], missed + best[2]
    return _f1(right, extra, missed)


def _touched(tokens: list[str], segments: Sequence[Segment], op: int) -> set[int]:
    """The tokens (of a text joined with single spaces) that segments of one kind lie on."""
    spans, place = [], 0
    for segment in segments:
        if segment.op in (EQUAL, op):
            if segment.op == op:
                spans.append((place, place + len(segment.text)))
            place += len(segment.text)
    touched, start = set(), 0
    for index, token in enumerate(tokens):
        if any(a < start + len(token) and start < b for a, b in spans):
            touched.add(index)
        start += len(token) + 1
    return touched


def _against(found: tuple[set[int], set[int]], alternative: Any) -> tuple[int, int, int]:
    gold = tuple(
        {place for edit in alternative if edit[name] for place in range(*edit[name])} for name in ("old", "new")
    )
    pairs = list(zip(found, gold, strict=True))
    return tuple(  # type: ignore[return-value]
        sum(map(len, each))
        for each in ([a & b for a, b in pairs], [a - b for a, b in pairs], [b - a for a, b in pairs])
    )


def _f1(right: int, extra: int, missed: int) -> float:
    return 2 * right / (2 * right + extra + missed) if right + extra + missed else 1.0
