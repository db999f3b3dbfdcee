"""Texts that make a careless pattern look at the same characters again and again, made from the pattern itself.

A pump is a short text, repeated: each literal and a member or two of each class in the pattern, each pair of them, and what
is hostile to most patterns anyway. It stands alone, behind the pattern's own beginning, and before something that never fits.
"""

from __future__ import annotations

import re
from itertools import product

_MEMBERS = {
    "s": " ",
    "S": "x",
    "d": "1",
    "D": "x",
    "w": "a",
    "W": "-",
    "b": "",
    "B": "",
    "n": "\n",
    "t": "\t",
    "r": "\r",
}
_PROPERTIES = {"L": "é", "Lu": "É", "M": "\u0301", "N": "1", "Han": "漢", "Sc": "€", "Katakana": "カ", "Co": "\ue000"}
GENERAL = (
    "a A 1 - . ' \" / : < > & = _ ( [ é 漢 \u0301 \U0001f468\u200d a- a. A. A.B- a' 1, 1,111 a@ www. 'a 'a' \"a \"a\" <a <a> "
    "</a a=1 &a; http:// http://( ]( ## *a %41 ../ a1 Aa Aa, 1. 1: 11/ the"
).split()
SPACED = (" ", "\n", "a ", "A ", "1 ", "a, ", "A. ", "'a ", "a  ", "\t", "a\n", "<a ", '="', "Aa Aa. ", "- ", "1 a ")
MAX_ATOMS, MAX_ATOM = 14, 12  # the first of a pattern; characters of a literal
ENDS = ("", "\x01", "é!")


def atoms(pattern: str) -> list[str]:
    """The literals of a pattern and members of its classes, in its order, each once."""
    found: list[str] = []
    literal = ""
    place = 0
    while place < len(pattern):
        piece, kind = _piece(pattern, place)
        place += len(piece)
        if kind == "literal":
            literal += piece.removeprefix("\\")
            continue
        found += [literal[:MAX_ATOM]] if literal.strip() else []
        literal = ""
        found += _members(piece) if kind == "class" else []
    found += [literal[:MAX_ATOM]] if literal.strip() else []
    return [each for each in dict.fromkeys(found) if each]


def _piece(pattern: str, place: int) -> tuple[str, str]:
    """What stands at a place of a pattern, and whether it is a literal, a class or neither."""
    for kind, form in _FORMS:
        match = form.match(pattern, place)
        if match:
            return match.group(), kind
    return pattern[place], "literal"


_FORMS = (
    ("class", re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")),
    ("class", re.compile(r"\\(?:[pP]\{\w+\}|[sSdDwWntrX])")),
    (
        "sign",
        re.compile(r"\(\?(?:P<\w+>|[a-zA-Z-]+:|[:=!>]|<[=!])?|\{\d*,?\d*\}|\\[bBAZ\d]|[()|^$.*+?]|\\u[0-9a-f]{4}"),
    ),
    ("literal", re.compile(r"\\.|[A-Za-z0-9]+|[^\\\[\](){}|^$.*+?]", re.DOTALL)),
)


def _members(written: str) -> list[str]:
    if written.startswith("[^"):
        return ["a", " "] if "\\w" not in written else ["-"]
    if written.startswith("["):
        inner = re.sub(r"(?<=\w)-\w", "", written[1:-1])
        signs = re.findall(r"\\(?:p\{\w+\}|.)|[^\\]", inner, re.DOTALL)
        return [member for sign in (signs[:3] + signs[-1:]) for member in _members(sign)]
    if written.startswith(("\\p", "\\P")):
        return [_PROPERTIES.get(written[3:-1], "é")]
    if written.startswith("\\"):
        return [_MEMBERS.get(written[1], written[1])]
    return [written]


def texts(pattern: str, size: int) -> list[str]:
    """The hostile texts of about that many characters for a pattern."""
    own = atoms(pattern)[:MAX_ATOMS]
    pairs = ["".join(pair) for pair in product(own[:8], repeat=2)] + [f"{one} " for one in own]
    repeated = list(dict.fromkeys([*GENERAL, *SPACED, *own, *pairs]))
    starts = ("", "".join(own[:1]), "".join(own[:3]))
    made = [(pump * (size // len(pump) + 1))[:size] for pump in repeated]
    made += [
        start + (pump * (size // len(pump) + 1))[:size] for start in starts[1:] for pump in (*own, *SPACED[:4], "a")
    ]
    nested = [
        "".join(own[:2]) * (size // 8),
        (own[0] if own else "a") * (size // 2) + (own[-1] if own else "b") * (size // 2),
    ]
    return [text + end for end in ENDS for text in made] + nested
