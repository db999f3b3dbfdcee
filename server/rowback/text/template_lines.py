"""The lines that a site's template puts above and below an article, in copies of it beside the live page. Pure.

Short lines above an article's first paragraph and below its last that differ while all between them is the same are a
template's: they are no edit, and are told of all copies as the live page has them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rowback.text.lines.corrections import is_note_text
from rowback.text.normalize import comparable, kept_count
from rowback.text.prose import is_prose
from rowback.text.settled import settled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rowback.model import Content
    from rowback.text.copied import Glimpse

CORE_WORDS = 15  # of a block that is surely the article's
EDGE_WORDS = 12  # of a line that a template puts above or below
EDGE_LINES = 4  # at either end
REDESIGN_LINES = 2  # between two copies: one line alone may be an editor's


class AsLive:
    """How the copies among believed sights read in the template of the live page."""

    def __init__(self, sights: Sequence[Glimpse]) -> None:
        self._live = [sight for sight in sights if not sight.is_copy]
        self._prints = {sight.fingerprint for sight in self._live}
        self._of_copies, self._of_live = _furniture(sights, self._live)

    def of(self, sight: Glimpse) -> Content:
        """What a sight says, in that template."""
        if not sight.is_copy or sight.fingerprint in self._prints:
            return sight.content
        blocks = sight.content.blocks
        texts = [comparable(block.text) for block in blocks]
        first, last = _core(texts)
        gone = {n for n, text in enumerate(texts) if not first <= n <= last and text in self._of_copies}
        said = self._nearest(sight)
        kept: Collection[int] = ()
        if said is not None:
            missing = self._of_live - set(texts)
            kept = {n for n, block in enumerate(said.blocks) if comparable(block.text) in missing}
        if len(gone) == len(blocks) or not (gone or kept):
            return sight.content
        return replace(sight.content, blocks=settled(said.blocks if said else (), blocks, gone=gone, kept=kept))

    def _nearest(self, copy: Glimpse) -> Content | None:
        """The live text before a copy, else the first one."""
        earlier = [sight for sight in self._live if sight.seen_at <= copy.seen_at]
        return earlier[-1].content if earlier else self._live[0].content if self._live else None


def _furniture(sights: Sequence[Glimpse], live: Sequence[Glimpse]) -> tuple[frozenset[str], frozenset[str]]:
    """The lines of templates: those that only copies show, and those that the live page always shows."""
    known = {sight.fingerprint for sight in live}
    runs = [sight for n, sight in enumerate(sights) if n == 0 or sight.fingerprint != sights[n - 1].fingerprint]
    of_copies, of_live = set[str](), set[str]()
    for n, (one, other) in enumerate(pairwise(runs)):
        are_live = one.fingerprint in known, other.fingerprint in known
        is_sure = all(are_live) or (one.is_told and other.is_told)
        lines = None if is_sure else _edges(one.content, other.content)
        if lines is None:
            continue
        if not any(are_live):
            of_copies |= _of_a_redesign(*lines)
            continue
        own, theirs = lines if are_live[1] else lines[::-1]
        is_within = _stands_around(runs, n if are_live[1] else n + 1, known)
        of_copies |= own if is_within else _no_prose(own)
        of_live |= theirs if is_within else _no_prose(theirs)
    said = [frozenset(comparable(block.text) for block in sight.content.blocks) for sight in live]
    always = said[0].intersection(*said[1:]) if said else frozenset[str]()
    return frozenset(of_copies).difference(*said), frozenset(of_live) & always


def _of_a_redesign(*lines: Collection[str]) -> set[str]:
    """The lines in which two copies differ, where these are enough to be a template's."""
    both = {text for each in lines for text in each}
    return both if sum(map(len, lines)) >= REDESIGN_LINES and _no_prose(both) == both else set()


def _no_prose(texts: Iterable[str]) -> set[str]:
    return {text for text in texts if not is_prose(text)}


def _stands_around(runs: Sequence[Glimpse], place: int, known: Collection[str]) -> bool:
    """Whether the live page said the same before and after a copy."""
    prints = [sight.fingerprint for sight in runs]
    before = next((printed for printed in reversed(prints[:place]) if printed in known), None)
    after = next((printed for printed in prints[place + 1 :] if printed in known), None)
    return before is not None and before == after


def _edges(one: Content, other: Content) -> tuple[frozenset[str], frozenset[str]] | None:
    """The short lines above and below that only one of two texts has, and only the other; None unless the two say the same
    between their first and last paragraphs, and under one title."""
    if comparable(one.title) != comparable(other.title):
        return None
    sides = [[comparable(block.text) for block in content.blocks] for content in (one, other)]
    cores = [_core(side) for side in sides]
    (first, last), (first_other, last_other) = cores
    if first > last or sides[0][first : last + 1] != sides[1][first_other : last_other + 1]:
        return None
    found: list[set[str]] = [set(), set()]
    for heads in ((sides[0][:first], sides[1][:first_other]), (sides[0][last + 1 :], sides[1][last_other + 1 :])):
        only = [Counter(heads[0]) - Counter(heads[1]), Counter(heads[1]) - Counter(heads[0])]
        if sum(map(Counter.total, only)) > EDGE_LINES or not all(_may_be_line(text) for each in only for text in each):
            return None
        for each, texts in zip(found, only, strict=True):
            each.update(texts)
    return frozenset(found[0]), frozenset(found[1])


def _core(texts: Sequence[str]) -> tuple[int, int]:
    """Where the first and the last paragraph stand; (0, -1) in a text without any."""
    places = [n for n, text in enumerate(texts) if kept_count(text) >= CORE_WORDS]
    return (places[0], places[-1]) if places else (0, -1)


def _may_be_line(text: str) -> bool:
    return kept_count(text) <= EDGE_WORDS and not is_note_text(text)
