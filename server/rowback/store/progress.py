"""Tells how far a long work on the store is: in the log, which is the screen where nothing else was set up."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")
EVERY_S = 5.0
log = logging.getLogger("rowback.store")


def told(what: str, items: Sequence[T]) -> Iterator[T]:
    """The items, while it is told now and then how many are done; nothing where that takes no time."""
    last = time.monotonic()
    for number, item in enumerate(items):
        if time.monotonic() - last > EVERY_S:
            last = time.monotonic()
            log.warning("%s: %d %% of %d", what, 100 * number // len(items), len(items))
        yield item
