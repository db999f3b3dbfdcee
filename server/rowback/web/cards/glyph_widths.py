"""How wide text may be, in sizes of its font (em), when nobody knows by which font it will be shown.

The widths are those of DejaVu Sans, which is wide, rounded up: in most fonts a line comes out shorter. East Asian characters
are as wide as the size (Unicode Standard Annex 11); marks and joiners take no room.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

BOLD = 1.13  # times as wide as the regular letters: DejaVu Sans Bold
_WIDE = 1.0
_OTHERS = 0.82  # an average of the letters of scripts that are not listed
_UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc"})
_LISTED = {
    0.35: "ijlIJ|'.,:;‘’‚·/\\ \u00a0",
    0.45: 'frt()[]{}-‐"*°!וזןי٫٬',
    0.66: "abcdeghknopqsuvxyzßLFPTY?“”„«»–_$€£0123456789",
    0.8: "ABCDEGHKNOQRSUVXZw&+=<>~#^אבדהחטכלםמסעפצקרשתץףךםа",
    1.1: "mMW%@—…©®",
}
_BY_CHARACTER = {character: width for width, characters in _LISTED.items() for character in characters}
_BY_CATEGORY = {"Ll": 0.68, "Lu": 0.84, "Nd": 0.66, "Zs": 0.35}
# Scripts whose letters differ much: Arabic joins narrow ones to wide ones, those of India have wide syllables.
_BY_SCRIPT = (("ARABIC", 0.8), ("TAMIL", 1.2), ("MALAYALAM", 1.2), ("THAI", 0.75), ("MYANMAR", 1.2), ("KHMER", 1.0))
_WIDE_LOWER = frozenset("жфшщюымæœω")  # wider than other small letters


def is_wide(character: str) -> bool:
    """Whether a character fills a square, so that lines may break beside it."""
    return unicodedata.east_asian_width(character) in "WF"


@lru_cache(maxsize=4096)
def character_width(character: str) -> float:
    """The room that one character may take."""
    listed = _BY_CHARACTER.get(character)
    if listed is not None:
        return listed
    category = unicodedata.category(character)
    if category in _UNSEEN:
        return 0.0
    if is_wide(character):
        return _WIDE
    if character.lower() in _WIDE_LOWER:
        return 1.1
    name = unicodedata.name(character, "")
    by_script = next((width for script, width in _BY_SCRIPT if name.startswith(script)), None)
    return by_script if by_script is not None else _BY_CATEGORY.get(category, _OTHERS)


def width(text: str) -> float:
    """The room that a text may take in one line."""
    return sum(map(character_width, text))
