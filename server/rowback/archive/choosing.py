"""Which copy of an article to read next, so that few of many tell all its texts. Pure.

The text on the screen is the right end. The oldest copy is read first: with the screen it shows whether anything was edited.
Then the most telling stretch whose ends differ is halved, again and again, until every edit is known between two neighbours;
then come some looks into the widest stretches with equal ends, for a text that came and went. Equal digests are equal texts,
and a copy that could not be read is none: its neighbour is read instead.

How much of the past that finds, in how many requests, is measured in `tests/evaluation/test_backfill.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

LOOKS = 2  # into stretches with equal ends: few texts come and go …
LOOK_WIDTH = 3  # … and fewer between neighbours: copies that a stretch must have for it
FEW = 6  # digests: so many are all read, as halving would hardly spare any
FETCHES = 16  # of an article's copies, unless more are asked for


def _alike(_old: str, _new: str) -> float:
    return 1.0


@dataclass(frozen=True, slots=True)
class State:
    """What is known of an article's copies, which are named by their places: oldest first, from 0.

    `digests` has one for each copy, empty where none is told. `texts` are of the copies that were read, and `screen` is the
    newest text: any word that is equal for equal texts. `screen` is None where no newest text is known; then the newest copy
    is read first. `refused` are copies that could not be read. `apart` says how much two texts differ, such as the number
    of blocks that only one of them has: where that is more, more edits lie between. With `is_sparse` every copy is worth
    reading, as of a source that keeps one for each text.
    """

    digests: Sequence[str]
    texts: Mapping[int, str]
    screen: str | None = None
    refused: Collection[int] = ()
    looks_left: int = LOOKS
    fetches_left: int = FETCHES
    apart: Callable[[str, str], float] = _alike
    is_sparse: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The place of the copy to read next; `is_look`: it is one of the looks."""

    place: int
    is_look: bool = False


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The places between two known texts that may still be read."""

    places: Sequence[int]
    before: str
    behind: str

    @property
    def middle(self) -> int:
        return self.places[len(self.places) // 2]


def next_choice(state: State) -> Choice | None:
    """The copy to read next, None when all is known or as much is read as may be."""
    if state.fetches_left <= 0:
        return None
    texts = known_texts(state)
    refused = set(state.refused)
    left = [place for place in range(len(state.digests)) if place not in texts and place not in refused]
    if not left:
        return None
    if state.screen is None and not any(place > left[-1] for place in texts):
        return Choice(left[-1])
    if not any(place < left[0] for place in texts):
        return Choice(left[0])
    stretches = list(_stretches(left, texts, state.screen))
    differing = [each for each in stretches if each.before != each.behind]
    if differing:
        return Choice(
            max(differing, key=lambda it: len(it.places) * max(1.0, state.apart(it.before, it.behind))).middle
        )
    if state.is_sparse or len({digest or place for place, digest in enumerate(state.digests)}) <= FEW:
        return Choice(left[0])
    widest = max(stretches, key=lambda it: len(it.places))
    is_worth = state.looks_left > 0 and len(widest.places) >= LOOK_WIDTH
    return Choice(widest.middle, is_look=True) if is_worth else None


def known_texts(state: State) -> dict[int, str]:
    """The texts of copies by place: of those that were read, and of all with the same digest."""
    by_digest = {state.digests[place]: text for place, text in state.texts.items() if state.digests[place]}
    found = {place: by_digest[digest] for place, digest in enumerate(state.digests) if digest in by_digest}
    return found | dict(state.texts)


def _stretches(left: Sequence[int], texts: Mapping[int, str], screen: str | None) -> Iterator[_Stretch]:
    """The runs of places between neighbouring texts, of which there is one before each; the screen's is behind the last."""
    ends = sorted(texts)
    told = [*(texts[place] for place in ends), texts[ends[-1]] if screen is None else screen]
    counted, number = list[tuple[int, int]](), 0
    for place in left:
        while number < len(ends) and ends[number] < place:
            number += 1
        counted.append((number, place))
    for number, places in groupby(counted, key=lambda each: each[0]):
        yield _Stretch([place for _, place in places], told[number - 1], told[number])
