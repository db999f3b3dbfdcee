"""Texts in scripts that put no spaces between words, as a full-text index wants them: every character a word of its own.

Chinese, Japanese, Thai, Lao, Khmer, Burmese. A word in them is found as the phrase of its characters, wherever it stands.
"""

from __future__ import annotations

import regex

from rowback.text.normalize import normalized

# First and last characters: Thai and Lao, Burmese, Khmer, iteration marks and zero, Kana, Han with its extensions,
# half-width Kana. As ranges, because SQLite's GLOB must know the same ones.
_RANGES = (
    ("\u0e01", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3005", "\u3007"),
    ("\u3041", "\u30ff"),
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\uff66", "\uff9d"),
    ("\U00020000", "\U0003ffff"),
)
_CLASS = f"[{''.join(f'{first}-{last}' for first, last in _RANGES)}]"
UNSPACED_GLOB = f"*{_CLASS}*"
_UNSPACED = regex.compile(_CLASS)
_FULL_WIDTH = regex.compile(r"[\uff01-\uff5e]+")
_GRAPHEME = regex.compile(rf"(?={_CLASS})\X")


def has_unspaced(text: str) -> bool:
    """Whether any character belongs to such a script."""
    return _UNSPACED.search(text) is not None


def half_width(text: str) -> str:
    """The text with Latin letters, digits and signs of full width as plain ones."""
    return _FULL_WIDTH.sub(lambda match: normalized("NFKC", match[0]), text)


def spaced(text: str) -> str:
    """The text with spaces around every character of such a script, half and full width made one; others as they are."""
    if not has_unspaced(text):
        return text
    return str(_GRAPHEME.sub(r" \g<0> ", normalized("NFKC", text)))
