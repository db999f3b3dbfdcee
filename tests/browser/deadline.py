"""The one place where tests wait: for a condition, up to a deadline."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

WITHIN_S = 15.0  # a loaded machine with two cores starts a browser's worker in a few seconds
POLL_S = 0.04  # about two frames: what a person would call "at once"


def until(look: Callable[[], T | None], what: str | Callable[[], str], within_s: float = WITHIN_S) -> T:
    """The first true value that `look` gives; AssertionError saying `what` was awaited and what was seen last."""
    deadline = time.monotonic() + within_s
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > deadline:
            awaited = what if isinstance(what, str) else what()
            raise AssertionError(f"not within {within_s:g} s: {awaited}; last seen: {seen!r}")
        time.sleep(POLL_S)


def stays(look: Callable[[], T], expected: T, what: str, for_s: float = 0.6) -> None:
    """Hold `look` to one value for a while: for things that must not happen and announce nothing when they do not."""
    deadline = time.monotonic() + for_s
    while time.monotonic() < deadline:
        seen = look()
        assert seen == expected, f"{what}: expected {expected!r} throughout, saw {seen!r}"
        time.sleep(POLL_S)
