"""Splits text into tokens that are never cut: words, numbers, addresses, single graphemes of scripts without spaces.

Word rules after Unicode Standard Annex 29, with what editors treat as one thing kept whole: hyphenated words, initials
(U.S., AT&T), amounts ($1,250.75, −12.5%, 14:05, 1 250 000 with no-break spaces), addresses, handles, Katakana words,
emoji with all that belongs to them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

# Scripts written without spaces: every grapheme is a token of its own.
SPACELESS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# Where only these characters stand, each character is a grapheme and `re` gives the same answer five times faster:
# Latin, Greek, Cyrillic, general punctuation, currency signs; no combining marks, no joiners.
_PLAIN = re.compile("[\t\n\x0b-\r -~\x85\xa0-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")

# Repeats that may fail at their end are bounded (64 and 63 as in addresses): a hostile text takes no longer than any other.
_QUOTES = "\"'“”‘’"
_RULES = r"""
    \s+
  | {letter}+ (?= [\s,;!?)”] | \.? (?: \s | \Z ) )
  | (?: https?:// | www\. ) (?: [^\s<>{quotes}()] | \( [^\s<>{quotes}()]* \) )* (?<! [.,;:!?] )
  | [{word}.%+-]{{1,64}} @ [{word}-]{{1,63}} (?: \. [{word}-]{{1,63}} ){{1,8}}
  | (?: (?<! [{word}.] ) [-−+±] )? {currency}? \d+ (?: [.,:/’'] \d+ | [\u00a0\u202f\u2009] \d{{3}} (?! \d ) )*
        (?: \s?% | °{letter}? | [\u00a0\u202f]?{currency} | [{word}]+ )? (?: - [{word}]+ )*
  | (?: {letter} \. ){{2,}} (?: - [{word}]+ )*
  | {letter}[{word}]{{0,62}} (?: [.-] [{word}]{{1,63}} ){{0,8}} \. [a-z]{{2,63}} (?! [{word}] )
        (?: / [^\s<>{quotes}()]* (?<! [.,;:!?] ) )?
  | [@\#]? [{word}]+ (?: (?: {joiner} | & ) [{word}]+ )*
"""
_TOKEN = regex.compile(
    _RULES.format(
        letter=rf"[\p{{L}}--[{SPACELESS}]]",
        word=rf"[\p{{L}}\p{{M}}\p{{N}}_--[{SPACELESS}]]",
        currency=r"\p{Sc}",
        joiner="['’‑\u00ad\u200c\u200d-]",
        quotes=_QUOTES,
    )
    + r"| [\p{Katakana}ー]+ | \X",
    regex.VERBOSE | regex.VERSION1,
)
_PLAIN_TOKEN = re.compile(
    _RULES.format(letter=r"[^\W\d_]", word=r"\w", currency="[$¢-¥\u20a0-\u20bf]", joiner="['’‑\u00ad-]", quotes=_QUOTES)
    + r"| [\s\S]",
    re.VERBOSE,
)


def tokenize(text: str) -> list[str]:
    """The tokens of a text, white space runs among them. Joined they give the text exactly."""
    return _PLAIN_TOKEN.findall(text) if _PLAIN.fullmatch(text) else tokenize_any(text)


def tokenize_any(text: str) -> list[str]:
    """The same for text in any script, without the fast way."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=65_536)
def is_word(token: str) -> bool:
    """Whether a token carries a letter or digit; punctuation and white space do not."""
    return any(map(str.isalnum, token))


def count_words(tokens: Iterable[str]) -> int:
    """How many tokens are words."""
    return sum(map(is_word, tokens))
