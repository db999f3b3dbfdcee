"""Folds text for comparing, and cleans it for storing. What is shown is always the text as published.

Two texts are the same when their `comparable` forms are equal: Unicode NFC, white space runs as one space, no soft hyphens or
zero-width characters, one style of quotation marks. The extension folds the page the same way (`content/find/fold.js`);
`tests/cases/folding.json` is read by both.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import regex

if TYPE_CHECKING:
    from rowback.model import Content

# Soft hyphen, zero-width space, left-to-right and right-to-left marks, word joiner, byte order mark. The zero-width
# joiner and non-joiner stay: they change how Persian, Hindi and emoji read.
INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
SINGLE_QUOTES = "‘’‚‛′`´"
DOUBLE_QUOTES = "“”„‟″«»"
MAX_KEPT_CHARACTERS = 10_000  # longer blocks are rare, and a few thousand of them would fill the memory
_FOLD = dict.fromkeys(INVISIBLE, "") | dict.fromkeys(SINGLE_QUOTES, "'") | dict.fromkeys(DOUBLE_QUOTES, '"')
_FOLDED = re.compile(
    f"[{INVISIBLE}{SINGLE_QUOTES}{DOUBLE_QUOTES}]"
)  # few in any text: finding them is faster than `translate`
# What `str.split` takes for white space and Unicode does not: only at the ends of a text it is dropped.
_SEPARATORS = re.compile("[\x1c-\x1f]")
_COUNTED = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.,-]*")
_COUNTED_IN_ASCII = re.compile(r"[A-Za-z0-9][A-Za-z0-9'.,-]*")  # the same in less time
_SPACES = regex.compile(r"\s+")
# Normalising sorts combining marks that follow each other, in quadratic time. No language has so many: the grapheme joiner
# parts them, as in Unicode Standard Annex 15, "Stream-Safe Text Format".
MAX_MARKS = 30
_MARKS = regex.compile(rf"(\p{{M}}{{{MAX_MARKS}}})(?=\p{{M}})")
_PARTED = "\\1\u034f"
# Text of these alone is in Form C: none of them is a mark, nor made of others (Unicode Standard Annex 15).
_COMPOSED = re.compile("[\x00-\u02ff\u2010-\u2027\u20ac]*")
# Control characters other than tab and line breaks (a terminal would obey them), and lone surrogates: neither SQLite
# text nor HTML can hold those.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def comparable(text: str) -> str:
    """The form in which two texts are compared."""
    return kept_comparable(text) if len(text) <= MAX_KEPT_CHARACTERS else _folded(text)


@lru_cache(maxsize=8192)
def kept_comparable(text: str) -> str:
    """The same, remembered: an article's blocks are compared many times over."""
    return _folded(text)


def _folded(text: str) -> str:
    text = text.replace("`", "'") if text.isascii() else _FOLDED.sub(_fold, normalized("NFC", text))
    if not text.isprintable() and _SEPARATORS.search(text):
        return _SPACES.sub(" ", text).strip()
    return " ".join(text.split())


def _fold(match: re.Match[str]) -> str:
    return _FOLD[match[0]]


def normalized(form: Literal["NFC", "NFKC"], text: str) -> str:
    """A text in one of Unicode's normal forms, in time that grows with its length."""
    if text.isascii() or (form == "NFC" and _COMPOSED.fullmatch(text)):
        return text
    return unicodedata.normalize(form, _MARKS.sub(_PARTED, text))


def storable(text: str) -> str:
    """The text as published, less what no database or page can hold."""
    return text if text.isprintable() else _UNSTORABLE.sub("", text)


def fingerprint(content: Content) -> str:
    """32 hex digits, equal for two contents exactly when they count as the same version. Block kinds do not count."""
    folded = "\x1e".join(comparable(block.text) for block in content.all_blocks())
    return hashlib.blake2b(folded.encode(), digest_size=16).hexdigest()


def kept_count(text: str) -> int:
    """The same as `count_words`, remembered: an article's blocks are counted many times over."""
    return _kept_count(text) if len(text) <= MAX_KEPT_CHARACTERS else count_words(text)


@lru_cache(maxsize=8192)
def _kept_count(text: str) -> int:
    return count_words(text)


def count_words(text: str) -> int:
    """Words by white space; in scripts written without spaces, runs between punctuation."""
    return len((_COUNTED_IN_ASCII if text.isascii() else _COUNTED).findall(text))
