"""Makes PNG of a card's SVG with resvg, an extra: `rowback[pictures]`. Reads nothing but the machine's fonts.

resvg draws a box for a letter that no font has, and nothing where there is no font at all: then there is no picture.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

import regex

from rowback.deferred import Deferred
from rowback.errors import NoPicture
from rowback.text.tongue import gettext

if TYPE_CHECKING:
    import resvg_py
else:
    resvg_py = Deferred("resvg_py")

KEPT_PICTURES = 32  # some 50 KB each
KEPT_LETTERS = 2_048
# No font has it: it is no character, and never will be one of a script.
_NOWHERE = "\U0010fffd"
_LETTER = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48">'
    '<text x="8" y="32" font-size="24" font-family="sans-serif">{}</text></svg>'
)
_LETTERS = regex.compile(r"\p{L}")
# Which of the fonts that most systems have is asked for; another one is taken where it is not there.
_FAMILIES = (
    (regex.compile(r"[\p{Hiragana}\p{Katakana}]"), "Noto Sans CJK JP"),
    (regex.compile(r"\p{Hangul}"), "Noto Sans CJK KR"),
    (regex.compile(r"\p{Han}"), "Noto Sans CJK SC"),
)
_USUAL = "DejaVu Sans"


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("resvg_py") is not None


def check_letters(text: str) -> None:
    """Raises `NoPicture` where the extra is not installed, or this machine has no letters for a script of the text."""
    if not is_installed():
        raise NoPicture(
            gettext("This backend makes no PNG: whoever runs it can install rowback[pictures]. The SVG says the same.")
        )
    missing = sorted(script for script, letter in _scripts(text).items() if not _is_drawn(letter))
    if missing:
        raise NoPicture(
            gettext(
                "This backend has no font for %(scripts)s: whoever runs it can install one, such as Noto, and start it "
                "again. The SVG says the same.",
                scripts=", ".join(missing),
            )
        )


@lru_cache(maxsize=KEPT_PICTURES)
def png(svg: str) -> bytes:
    """The picture of a card whose letters were checked."""
    family = next((family for script, family in _FAMILIES if script.search(svg)), _USUAL)
    return resvg_py.svg_to_bytes(svg_string=svg, sans_serif_family=family)


def _scripts(text: str) -> dict[str, str]:
    """A letter of each script, by the script as Unicode's names of characters begin: `ARABIC`, `CJK`."""
    letters = sorted(set(_LETTERS.findall(text)))
    return {unicodedata.name(letter, "UNKNOWN").partition(" ")[0]: letter for letter in letters}


@lru_cache(maxsize=KEPT_LETTERS)
def _is_drawn(letter: str) -> bool:
    return _drawn(letter) != _drawn(_NOWHERE)


def _drawn(letter: str) -> bytes:
    return resvg_py.svg_to_bytes(svg_string=_LETTER.format(letter), sans_serif_family=_USUAL)
