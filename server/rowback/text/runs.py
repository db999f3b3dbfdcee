"""Runs of version numbers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def spans(runs: Sequence[tuple[int, int]]) -> str:
    """`version 3`, `versions 0 to 2 and version 4`."""
    told = [f"version {first}" if first == last else f"versions {first} to {last}" for first, last in runs]
    return " and ".join([", ".join(told[:-1]), told[-1]] if told[1:] else told)
