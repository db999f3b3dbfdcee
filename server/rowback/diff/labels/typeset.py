"""Folds what only typesetting tells apart, for labels: which dash, how wide a digit is, whose digits, which ligature.

Works on text that is `comparable` already. A fold never takes a digit away and never joins two: what is another figure in
print stays one here. Superscripts behind a digit (10²) stay apart from it, others (m², CO₂) become the plain digit.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import regex

from rowback.text.normalize import normalized

# Full-width and half-width forms but the comma between clauses, ligatures, Arabic forms, Roman numerals of one character.
_WIDE = regex.compile("[\uff01-\uff0b\uff0d-\uffee\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdfb\ufe70-\ufefc\u2160-\u217f]+")
_WIDE_GROUP = regex.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_NATIVE = regex.compile(r"[\p{Nd}--0-9]", regex.VERSION1)
_FRACTION = regex.compile(r"(\d)?([¼-¾⅐-⅞↉])")
_RAISED = regex.compile(r"(?<=\p{L})[⁰¹²³⁴-⁹₀-₉]+")
# Where only these stand nothing is folded: Latin letters, currencies and an ellipsis among them, no dash but the hyphen.
_is_set = re.compile("[\x00-}\x7f-\xb1\xb4-\xb8\xba\xbb\xbf-\u024f\u2026\u20ac]*").fullmatch
_SIGNS = str.maketrans({"⁄": "/", "∕": "/", "∶": ":", "٫": ".", "٬": ",", "٪": "%", "﹣": "-", "﹪": "%"})
# A dash inside a word, between two figures with what belongs to them, and before a figure: there it is a minus.
_INNER = regex.compile(r"(?<=\p{L})[—―](?=\p{L})|(?<=[\w%‰°\p{Sc}])[‐‑‒–−־](?=\w)")
_BETWEEN = regex.compile(r"(?<=\d(?:[%‰\p{Sc}]|°\p{L}?|\p{L}{1,3})?)[\p{Pd}−~](?=[-‐‑‒–−]?\p{Sc}?\d)")
_MINUS = regex.compile(r"(?<![\w.])[‐‑‒–−](?=\p{Sc}?\d)")


def typeset(text: str) -> str:
    """The text as if it were set with hyphens for dashes, European digits, no ligatures and one width."""
    return text if _is_set(text) else _folded(text)


@lru_cache(maxsize=4_096)
def _folded(text: str) -> str:
    text = _WIDE_GROUP.sub(",", text)
    text = _WIDE.sub(lambda found: normalized("NFKC", found[0]), text)
    text = _NATIVE.sub(lambda found: str(unicodedata.decimal(found[0])), text)
    text = _RAISED.sub(lambda found: normalized("NFKC", found[0]), text)
    text = _FRACTION.sub(lambda found: f"{found[1] or ''}{' ' if found[1] else ''}{normalized('NFKC', found[2])}", text)
    text = text.translate(_SIGNS)
    return _MINUS.sub("-", _INNER.sub("-", _BETWEEN.sub("-", text)))
