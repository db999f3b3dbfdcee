"""Reads the commands out of the README: the lines of its `sh` blocks."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


_NAMED = re.compile(r"`(?:server/run|rowback) ([a-z]+)")


def named() -> set[str]:
    """The commands of `rowback` that the README names anywhere."""
    return set(_NAMED.findall((ROOT / "README.md").read_text(encoding="utf-8")))


def commands() -> list[str]:
    """Every line a reader of the README may copy into a shell, in order."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return [line for block in _BLOCK.findall(text) for line in block.splitlines() if line.strip()]
