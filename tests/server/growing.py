"""How the work for a document grows with its size: the exponent between two sizes, by the processor's time.

What is linear has 1, what is quadratic 2. Never seconds against a limit: machines differ, and others work on them, too.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from math import log
from typing import TypeVar

Made = TypeVar("Made")
TIMES = 4  # from one size to the next
MOST = 1.5  # n log n has 1.1 at these sizes, and memory that does not fit the cache a little more
TELLING_S = 0.002  # below it, what is measured is the clock and the collector of garbage
ENOUGH_S = 0.04  # no larger size is needed
TRIES, RUNS = 4, 2


def growth(
    make: Callable[[int], Made], work: Callable[[Made], object], sizes: Sequence[int], *, has_steps: bool = False
) -> float:
    """The exponent at the first of the sizes that takes long, else at the one that takes longest: larger ones are refused.
    0 where even that is too little to tell.

    `has_steps`: beyond some sizes another way is taken, which may begin with a step. What is too much there has to be so
    from that size to the next as well.
    """
    taken, size = 0.0, 0
    large: Made | None = None
    for each in sizes:
        document = make(each)
        seconds = spent(work, document)
        if seconds >= taken:
            taken, size, large = seconds, each, document
        if taken >= ENOUGH_S:
            break
    if taken < TELLING_S or large is None:
        return 0.0
    exponent = _exponent(work, make(size // TIMES), large, taken)
    if has_steps and exponent > MOST:
        exponent = min(exponent, _exponent(work, large, make(TIMES * size)))
    return exponent


def _exponent(work: Callable[[Made], object], small: Made, large: Made, taken_by_large: float | None = None) -> float:
    """The least of some tries, each with the least of some runs: what disturbs only ever adds. The first try takes what the
    large one has taken already, where it has."""
    exponent = 9.0
    for _ in range(TRIES):
        little = min(spent(work, small) for _ in range(RUNS))
        much = spent(work, large) if taken_by_large is None else taken_by_large
        taken_by_large = None
        exponent = min(exponent, log(much / max(little, 1e-5)) / log(TIMES))
        if exponent <= MOST:
            break
    return exponent


def spent(work: Callable[[Made], object], document: Made) -> float:
    """The seconds of the processor that work on a document takes. Other programs do not count, nor does collecting garbage,
    which looks at all that the tests before have left."""
    gc.disable()
    begun = time.process_time()
    try:
        work(document)
        return time.process_time() - begun
    finally:
        gc.enable()
