"""What a text quotes."""

from __future__ import annotations

import re
from functools import lru_cache

# Double marks (folded: “ ” „ « » too), East Asian marks, and single ones around more than a word.
_QUOTED = re.compile(
    r"""
    "([^"]*)(?:"|$) | 「([^」]*)(?:」|$) | 『([^』]*)(?:』|$)
    | (?<!\w)'(?=\w)([^'"]{0,100}\s[^"]{0,400}?[\w.,!?…])'(?!\w)
    """,
    re.VERBOSE,
)
# Longer blocks are read so far: a label needs no more, and no text takes long.
MAX_READ_CHARACTERS = 50_000
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def quotations(text: str) -> list[str]:
    """The quotations in a text in comparable form: their words, without signs."""
    found = (" ".join(_WORD.findall(quoted.lower())) for quoted in _parted(text[:MAX_READ_CHARACTERS])[0])
    return [words for words in found if words]


def outside(text: str) -> str:
    """The text without its quotations."""
    return _parted(text[:MAX_READ_CHARACTERS])[1]


@lru_cache(maxsize=64)
def _parted(text: str) -> tuple[tuple[str, ...], str]:
    """What is quoted, and the rest: one text is asked for both, and is looked through once."""
    parts = _QUOTED.split(text)
    size = _QUOTED.groups + 1
    quoted = zip(*(parts[at::size] for at in range(1, size)), strict=True)
    return tuple("".join(filter(None, groups)) for groups in quoted), " ".join(parts[::size])
