"""Splits text into tokens that are never cut: words, numbers, URLs, single graphemes of scripts without spaces.

Word rules after Unicode Standard Annex 29, with what editors treat as one thing kept whole: hyphenated words, initials
(U.S.), amounts ($1,250.75, 12.5%, 14:05), addresses and handles.
"""

from __future__ import annotations

from functools import lru_cache

import regex

# Scripts written without spaces: every grapheme is a token of its own.
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER = rf"[\p{{L}}\p{{M}}\p{{N}}_--[{UNSPACED}]]"
_TOKEN = regex.compile(
    rf"""
      \s+
    | (?: https?:// | www\. ) [^\s<>"'“”‘’()]* [^\s<>"'“”‘’().,;:!?]
    | [\p{{L}}\p{{N}}._%+-]+ @ [\p{{L}}\p{{N}}-]+ (?: \. [\p{{L}}\p{{N}}-]+ )+
    | \p{{Sc}}? \d+ (?: [.,:/’'] \d+ )* (?: \s?% | {_LETTER}+ )? (?: - {_LETTER}+ )*
    | (?: \p{{L}} \. ){{2,}}
    | [@\#]? {_LETTER}+ (?: ['’‑\u00ad\u200c\u200d-] {_LETTER}+ )*
    | \X
    """,
    regex.VERBOSE | regex.VERSION1,
)
_WORDLIKE = regex.compile(r"[\p{L}\p{N}]")


def tokenize(text: str) -> list[str]:
    """The tokens of a text, white space runs among them. Joined they give the text exactly."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=65_536)
def is_word(token: str) -> bool:
    """Whether a token carries a letter or digit; punctuation and white space do not."""
    return _WORDLIKE.search(token) is not None


def count_words(tokens: list[str]) -> int:
    """How many tokens are words."""
    return sum(map(is_word, tokens))
