"""What a number in digits amounts to, however its digits are grouped, as text that is equal for equal values.

"1,200.50", "1.200,50" and "1 200,50" are one value. "4.000" and "4,000" are not: one of them is four in any one language, and
which one the language says. No digit is ever dropped: 4.50 and 4.5 differ, for they are not equally exact.
"""

from __future__ import annotations

import re

_SPACES = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
_MARKS = re.compile(r"[.,]")
# Groups of three digits; of two before the last three, as in India.
_GROUPS = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*|\d{1,2}(?:,\d{2})*,\d{3}")
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def value(number: str, *, decimal_comma: bool) -> str:
    """A number without its groups, its decimals behind a point; as it stands where it is none (14:05, 1/2, 10.1.2).

    `decimal_comma`: whether the language writes decimals behind a comma, and groups with points.
    """
    plain = _SPACES.sub("", number)
    marks = _MARKS.findall(plain)
    if not marks or ":" in plain or "/" in plain:
        return plain
    if len(marks) == 1:
        is_group = marks[0] == ("." if decimal_comma else ",") and _ONE_GROUP.fullmatch(plain)
        return _MARKS.sub("" if is_group else ".", plain)
    whole, last, decimals = plain.rpartition(marks[-1])
    if last in whole:
        return _MARKS.sub("", plain) if _GROUPS.fullmatch(plain) else plain
    return f"{_MARKS.sub('', whole)}.{decimals}" if _GROUPS.fullmatch(whole) else plain
