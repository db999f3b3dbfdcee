"""What a text quotes."""

from __future__ import annotations

import re

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
    found = (" ".join(_WORD.findall("".join(groups).lower())) for groups in _QUOTED.findall(text[:MAX_READ_CHARACTERS]))
    return [words for words in found if words]


def outside(text: str) -> str:
    """The text without its quotations."""
    return _QUOTED.sub(" ", text[:MAX_READ_CHARACTERS])
