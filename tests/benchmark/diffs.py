"""How long tellings take beside the code at one commit and beside wikidiff2, and how well news pairs read.

Run it with `python -m tests.benchmark.diffs`. Each side is a process of its own; they take turns, kind by kind. What is
held against wikidiff2 is its part of the job: blocks aligned, words compared, markup written, without labels, wordings and
anchors.
"""

from __future__ import annotations

import statistics
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from tests.benchmark.histories import history, live, news, rewrites
from tests.benchmark.interleaved import Line, Skipped, Times, exactly, in_turns, show
from tests.benchmark.marks import fewest_words, read_marks
from tests.benchmark.reference import COMMIT, MISSING, ROOT, reference_tree
from tests.benchmark.tellers import NO_WIKIDIFF2, teller, wikidiff2

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.benchmark.histories import Told
    from tests.benchmark.tellers import Teller

    Whole = Callable[[list[float]], float]  # one figure of a round

# The most of the reference's time that a whole telling may take, and of wikidiff2's that its part may.
GOALS = {"news": 0.60, "live": 0.38, "history": 0.48, "5k": 0.50}
GOAL_BESIDE_WIKIDIFF2 = 2.0


def lines() -> Iterator[Line | Skipped]:
    """All of them."""
    kinds = {"news": news(), "live": live(), "history": history(), **dict(zip(("5k", "1k"), rewrites(), strict=True))}
    with ExitStack() as stack:
        root = stack.enter_context(reference_tree())
        ours = stack.enter_context(teller(ROOT, list(kinds.values())))
        if root is None:
            yield Skipped(f"tellings beside {COMMIT}", MISSING)
        then = stack.enter_context(teller(root, list(kinds.values()))) if root else None
        if then:
            yield from _beside_reference(kinds, ours, then)
        theirs = stack.enter_context(wikidiff2(list(kinds.values())))
        if theirs is None:
            yield Skipped("marks beside wikidiff2", NO_WIKIDIFF2)
        else:
            yield from _beside_wikidiff2(kinds, ours, theirs)
        yield from _readable(kinds["news"], ours, then)


def _beside_reference(kinds: dict[str, Told], ours: Teller, theirs: Teller) -> Iterator[Line]:
    for name, kind in kinds.items():
        taken = in_turns([partial(each.ask, kind.name) for each in (ours, theirs)])
        for what, of in _ways(kind):
            yield _line(f"tell: {kind.name}{what}", of, COMMIT, taken, GOALS.get(name))


def _beside_wikidiff2(kinds: dict[str, Told], ours: Teller, theirs: Teller) -> Iterator[Line]:
    for name, kind in kinds.items():
        taken = in_turns([partial(ours.ask, kind.name, "mark"), partial(theirs.ask, kind.name)])
        for what, of in _ways(kind):
            goal = GOAL_BESIDE_WIKIDIFF2 if name == "news" and of is sum else None
            yield _line(f"mark: {kind.name}{what}", of, "wikidiff2", taken, goal)


def _line(what: str, of: Whole, reference: str, taken: list[list[list[float]]], goal: float | None) -> Line:
    ours, theirs = (Times(tuple(map(of, rounds))) for rounds in taken)
    return Line(what, ours, reference, theirs, goal)


def _ways(kind: Told) -> Sequence[tuple[str, Whole]]:
    """What is told of a round: all articles together, and the middle one where there are many."""
    return ((", together", sum), (", the middle one", statistics.median)) if len(kind.articles) > 5 else (("", sum),)


def _readable(kind: Told, ours: Teller, theirs: Teller | None) -> Iterator[Line]:
    """Figures that are the same on every machine."""
    found = read_marks(ours.markups(kind.name))
    fewest = exactly(fewest_words(kind.articles))
    yield Line(f"islands of 2 words or fewer, {kind.name}", exactly(found.islands), unit="each")
    if theirs is not None:
        then = read_marks(theirs.markups(kind.name))
        yield Line("… beside those told then", exactly(found.islands), COMMIT, exactly(then.islands), 1, "each")
    yield Line(f"cuts of a word, {kind.name}", exactly(found.cuts), goal=0, unit="each")
    yield Line(f"words marked, {kind.name}", exactly(found.words), "shortest edit script", fewest, unit="each")


if __name__ == "__main__":
    show(lines())
