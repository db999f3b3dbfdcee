"""What all benchmarks share: sides that take turns, the lines of the table, and how they are printed.

A benchmark is a module of this folder with a function `lines()` that yields a `Line` or a `Skipped` as soon as it is known:

    def lines() -> Iterator[Line | Skipped]:
        ours, theirs = take_turns(lambda: cpu_ms(our_work), lambda: cpu_ms(their_work))
        yield Line("what is measured", ours, "bare Flask", theirs, goal=2.0)

    if __name__ == "__main__":
        show(lines())

`python -m tests.benchmark` finds it by itself. Less is better in every line: write milliseconds a page, not pages a second.
"""

from __future__ import annotations

import json
import resource
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Name = TypeVar("Name")
Taken = TypeVar("Taken")
ROUNDS = 9
MS = "ms CPU"
HEAD = ("what", "least", "median", "", "reference", "least", "ratio", "median", "goal", "")
WIDTHS = (52, 9, 9, 6, 28, 9, 7, 7, 7, 6)


@dataclass(frozen=True)
class Times:
    """What one side took in each round, in the unit of its line."""

    each: tuple[float, ...]

    @property
    def least(self) -> float:
        """What it takes when the machine leaves it alone."""
        return min(self.each)

    @property
    def median(self) -> float:
        """What it takes mostly."""
        return statistics.median(self.each)


def exactly(figure: float) -> Times:
    """A figure that is the same however often it is taken: bytes, islands."""
    return Times((figure,))


@dataclass(frozen=True)
class Line:
    """A line of the table. `goal` is the most that the ratio to the reference may be; without a reference, the figure."""

    what: str
    ours: Times
    reference: str = ""
    theirs: Times | None = None
    goal: float | None = None
    unit: str = MS

    @property
    def ratio(self) -> float | None:
        """Of the medians: round by round where both sides had the same rounds, so that a slow minute counts for both."""
        if self.theirs is None:
            return None
        if len(self.ours.each) == len(self.theirs.each):
            return statistics.median(a / b for a, b in zip(self.ours.each, self.theirs.each, strict=True))
        return self.ours.median / self.theirs.median

    @property
    def least_ratio(self) -> float | None:
        """Of the least of each side."""
        return None if self.theirs is None else self.ours.least / self.theirs.least

    @property
    def is_met(self) -> bool | None:
        """Whether the median reaches the goal; None where there is none."""
        figure = self.ours.median if self.ratio is None else self.ratio
        return None if self.goal is None else figure <= self.goal

    def row(self) -> tuple[str, ...]:
        """The cells, as `HEAD` names them."""
        return (
            self.what,
            _figure(self.ours.least),
            _figure(self.ours.median),
            self.unit,
            self.reference,
            _figure(None if self.theirs is None else self.theirs.least),
            _figure(self.least_ratio),
            _figure(self.ratio),
            "" if self.goal is None else f"≤ {self.goal:g}",
            {None: "", True: "met", False: "MISSED"}[self.is_met],
        )

    def facts(self) -> dict[str, object]:
        """The same for programs."""
        theirs = self.theirs
        return {
            "what": self.what,
            "unit": self.unit,
            "least": self.ours.least,
            "median": self.ours.median,
            "rounds": len(self.ours.each),
            "reference": self.reference or None,
            "reference_least": theirs and theirs.least,
            "reference_median": theirs and theirs.median,
            "ratio_of_least": self.least_ratio,
            "ratio": self.ratio,
            "goal": self.goal,
            "met": self.is_met,
        }


@dataclass(frozen=True)
class Skipped:
    """What was not measured, and why: a whole sentence."""

    what: str
    why: str

    def row(self) -> tuple[str, ...]:
        """One cell and the sentence."""
        return (self.what, f"skipped: {self.why}")

    def facts(self) -> dict[str, object]:
        """The same for programs."""
        return {"what": self.what, "skipped": self.why}


def cpu_ms(work: Callable[[], object]) -> float:
    """What one call takes of this thread's processor time: what else the machine does is left out."""
    begun = time.thread_time()
    work()
    return 1_000 * (time.thread_time() - begun)


def children_cpu_ms(work: Callable[[], object]) -> float:
    """What the processes take that one call starts and waits for, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1_000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def take_turns(*sides: Callable[[], float], rounds: int = ROUNDS) -> list[Times]:
    """What each side says it took, round by round."""
    return [Times(tuple(each)) for each in in_turns(sides, rounds)]


def take_named_turns(sides: Mapping[Name, Callable[[], float]], rounds: int = ROUNDS) -> dict[Name, Times]:
    """The same by name."""
    return dict(zip(sides, take_turns(*sides.values(), rounds=rounds), strict=True))


def in_turns(sides: Sequence[Callable[[], Taken]], rounds: int = ROUNDS) -> list[list[Taken]]:
    """What each side answers in each round, whatever that is: a list with a time for each page, say. The order turns round
    each time: who comes second finds caches warm."""
    taken: list[list[Taken]] = [[] for _ in sides]
    for number in range(rounds):
        for place in range(len(sides))[:: -1 if number % 2 else 1]:
            taken[place].append(sides[place]())
    return taken


def show(lines: Iterable[Line | Skipped], *, as_json: bool = False) -> bool:
    """Prints each line as it comes, as a row or as JSON; says whether no goal was missed."""
    if not as_json:
        print(_laid_out(HEAD), flush=True)
    is_met = True
    for line in lines:
        told = json.dumps(line.facts(), ensure_ascii=False) if as_json else _laid_out(line.row())
        print(told, flush=True)
        is_met = is_met and not (isinstance(line, Line) and line.is_met is False)
    return is_met


def _laid_out(cells: tuple[str, ...]) -> str:
    if len(cells) != len(WIDTHS):
        return f"{cells[0]:<{WIDTHS[0]}}  {cells[1]}"
    is_left = (0, 3, 4, 9)
    laid = (
        f"{cell:<{width}}" if n in is_left else f"{cell:>{width}}"
        for n, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    )
    return "  ".join(laid).rstrip()


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}" if abs(value) < 1 else f"{value:.2f}"
