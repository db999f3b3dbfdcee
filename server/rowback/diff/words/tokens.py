"""Splits text into tokens that are never cut: words, numbers, addresses, single graphemes of scripts without spaces.

Word rules after Unicode Standard Annex 29, with what editors treat as one thing kept whole: hyphenated words, initials
(U.S., AT&T), amounts ($1,250.75, −12.5%, 14:05, 1 250 000), ranges and scores with any dash (12-9, 4.5–5.5, 9.30–17.00),
telephone numbers, East Asian numerals (二十一, 3亿5000万), addresses, handles, Katakana words, emoji with all that belongs
to them.
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

# Numerals of East Asian scripts: in their everyday and their guarded forms, and those that multiply what stands before.
HAN_DIGITS = "〇零一二三四五六七八九两兩壹贰貳叁參肆伍陆陸柒捌玖"
HAN_TENS, HAN_SCALES = "十百千廿卅拾佰仟", "万萬亿億兆"
# Repeats that may fail at their end are bounded (64 and 63 as in addresses): a hostile text takes no longer than any other.
_QUOTES = "\"'“”‘’"
_RULES = r"""
    \s+
  | {letter}+ (?= [\s,;!?)”] | \.? (?: \s | \Z ) )
  | (?: https?:// | www\. ) (?: [^\s<>{quotes}()] | \( [^\s<>{quotes}()]* \) )* (?<! [.,;:!?] )
  | [{word}.%+-]{{1,64}} @ [{word}-]{{1,63}} (?: \. [{word}-]{{1,63}} ){{1,8}}
  | (?<! [{word}] ) (?: \+ \d{{1,3}} | 0 \d{{1,4}} ) (?: [{space}] \d{{2,8}} ){{2,6}} (?! [{space}]? \d )
  | (?: (?<! [{word}.] ) {sign} )? {currency}? {number} {unit}?
        (?: {range} {sign}? {currency}? {number} {unit}? | [-‑] [{word}]+ )*
  | (?: {letter} \. ){{2,}} (?: - [{word}]+ )*
  | {letter}[{word}]{{0,62}} (?: [.-] [{word}]{{1,63}} ){{0,8}} \. [a-z]{{2,63}} (?! [{word}] )
        (?: / [^\s<>{quotes}()]* (?<! [.,;:!?] ) )?
  | [@\#]? [{word}]+ (?: (?: {joiner} | & ) [{word}]+ | (?<= \d ) [.,] \d+ )*
"""
_SPACE = r"\x20\u00a0\u202f\u2009"
# Groups of three digits behind spaces: what stands before them has one to three.
_NUMBER = rf"""(?: \d{{1,3}} (?: [{_SPACE}] \d{{3}} (?! \d ) )+ | \d+ )
        (?: [.,:/’'٫٬⁄．：／] \d+ | ， \d{{3}} (?! \d ) )*"""
_UNIT = rf"""(?: \s? [%‰٪％] | ° {{letter}}? | [\u00a0\u202f]? {{currency}}
        | [{HAN_TENS}{HAN_SCALES}]+ (?: \d+ [{HAN_TENS}{HAN_SCALES}]* )* | [{{word}}]+ )"""
_HAN = f"[{HAN_DIGITS}{HAN_TENS}{HAN_SCALES}]"
_HAN_NUMBER = f"{_HAN}+ (?: 分之 | [点點] ) {_HAN}+ | {_HAN}{{2,}}"


def _rules(letter: str, word: str, currency: str, joiner: str) -> str:
    """The rules with what a letter, a word's character, a currency sign and a joiner of words is."""
    return _RULES.format(
        letter=letter,
        word=word,
        currency=currency,
        joiner=joiner,
        quotes=_QUOTES,
        space=_SPACE,
        sign="[-‐‑‒–−+±－＋]",
        range="[-‐‑‒–−~〜～－־]",
        number=_NUMBER,
        unit=_UNIT.format(letter=letter, currency=currency, word=word),
    )


_ANY_TOKEN = regex.compile(
    _rules(
        rf"[\p{{L}}--[{SPACELESS}]]",
        rf"[\p{{L}}\p{{M}}\p{{N}}_--[{SPACELESS}]]",
        r"\p{Sc}",
        "['’‑\u00ad\u200c\u200d-]",
    )
    + rf"| {_HAN_NUMBER} | [\p{{Katakana}}ー]+ | \X",
    regex.VERBOSE | regex.VERSION1,
)
_PLAIN_TOKEN = re.compile(
    _rules(r"[^\W\d_]", r"\w", "[$¢-¥\u20a0-\u20bf]", "['’‑\u00ad-]") + r"| [\s\S]",
    re.VERBOSE,
)


def tokenize(text: str) -> list[str]:
    """The tokens of a text, white space runs among them. Joined they give the text exactly."""
    is_plain = (text.isascii() and text.isprintable()) or _PLAIN.fullmatch(text)
    return _PLAIN_TOKEN.findall(text) if is_plain else tokenize_any(text)


def solid_tokens(text: str) -> list[str]:
    """Those that are no white space."""
    return [token for token in tokenize(text) if not token.isspace()]


def tokenize_any(text: str) -> list[str]:
    """The same for text in any script, without the fast way."""
    return _ANY_TOKEN.findall(text)


@lru_cache(maxsize=65_536)
def is_word(token: str) -> bool:
    """Whether a token carries a letter or digit; punctuation and white space do not."""
    return token.isalnum() or any(map(str.isalnum, token))


def count_words(tokens: Iterable[str]) -> int:
    """How many tokens are words."""
    return sum(map(is_word, tokens))
