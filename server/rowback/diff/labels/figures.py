"""Figures and dates in a text: what they amount to, however they are written.

"40", "forty" and "40" with other thousands separators are the same figure; a number beside a month is a date.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rowback.diff.words.tokens import is_word, tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.labels.lexicon import Lexicon

_DIGIT = re.compile(r"\d|[½⅓¼¾⅔]")
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:[ap]m|h)?|\d{1,2}[ap]m|\d{1,2}h\d{0,2}|(?:19|20)\d{2}"
    r"|\d{1,4}([./-])\d{1,2}\1\d{1,4}",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er)?")
_GROUPED = re.compile(r"\d{1,3}(?:[,'’\u00a0\u202f\u2009 ]\d{3})+")
_GROUPS = re.compile(r"[,'’\u00a0\u202f\u2009 ]")
_TAIL = re.compile(r"-.*|(?<=\d)(?:st|nd|rd|th)$")
# "per cent", "pour cent", "por ciento", "per cento", "por cento"
_PER, _CENT = frozenset(("per", "pour", "por")), frozenset(("cent", "ciento", "cento"))
MAY = "May"  # the month; in lower case a hedge
MONTHS_BY_CAPITAL = frozenset((MAY, "March"))  # other words in lower case
ONE = "1"


@dataclass(frozen=True, slots=True)
class Amounts:
    """The figures and the dates of a text, each with how often it stands there."""

    figures: Counter[str] = field(default_factory=Counter)
    dates: Counter[str] = field(default_factory=Counter)


def amounts(text: str, lexicon: Lexicon) -> Amounts:
    """The amounts in a text in comparable form."""
    found = Amounts()
    tokens = [token for token in tokenize(text) if not token.isspace()]
    days = {place for place in range(len(tokens)) if _is_day(tokens, place, lexicon)}
    for place, token in enumerate(tokens):
        if place in days or is_date(token, lexicon):
            found.dates[token.lower()] += 1
        elif _DIGIT.search(token):
            found.figures.update(_digits(token))
        elif token.lower() in _CENT and place and tokens[place - 1].lower() in _PER:
            found.figures["%"] += 1
        else:
            found.figures.update(_in_words(token.lower(), lexicon))
    return found


def have_traded_places(old: str, new: str, lexicon: Lexicon) -> bool:
    """Whether the same figures stand in another order, one of them with other words on both sides.

    "12 men, 15 women" and the reverse; not where a figure moved with the words it belongs to, as in "3 dogs, 40 men".
    """
    one, other = _beside(old, lexicon), _beside(new, lexicon)
    if [figure for figure, _, _ in one] == [figure for figure, _, _ in other]:
        return False
    kept = {(figure, side) for figure, *sides in other for side in enumerate(sides)}
    return any(kept.isdisjoint((figure, side) for side in enumerate(sides)) for figure, *sides in one)


def _beside(text: str, lexicon: Lexicon) -> list[tuple[str, str, str]]:
    """The figures of a text in its order, each with the words before and after it."""
    words = ["", *(token for token in tokenize(text) if is_word(token)), ""]
    return [
        (words[place], words[place - 1], words[place + 1])
        for place in range(1, len(words) - 1)
        if is_figure(words[place], lexicon) and not is_date(words[place], lexicon)
    ]


def is_date(token: str, lexicon: Lexicon) -> bool:
    """Whether a token alone is a month, a weekday, a time of day or a year."""
    return (
        token.lower() in lexicon.dates
        or (token in MONTHS_BY_CAPITAL and "april" in lexicon.dates)
        or (token[:1].isdigit() and _CLOCK.fullmatch(token) is not None)
    )


def is_figure(token: str, lexicon: Lexicon) -> bool:
    """Whether a token holds a number, in digits or in words."""
    return _DIGIT.search(token) is not None or bool(_in_words(token.lower(), lexicon))


def _is_day(tokens: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Whether a number stands beside a month: "5 May", "May 5", "5. Mai", "5 de mayo", "the 5th of May"."""
    if not _DAY.fullmatch(tokens[place]):
        return False
    beside = [place - 1, place + 1]
    if place + 2 < len(tokens) and tokens[place + 1] in (".", "de", "of"):
        beside.append(place + 2)
    return any(0 <= near < len(tokens) and is_date(tokens[near], lexicon) and tokens[near].isalpha() for near in beside)


def _digits(token: str) -> list[str]:
    """A number in digits, without thousands separators and what hangs on by a hyphen, and its percent sign apart."""
    figure = _TAIL.sub("", token.lower())
    percent = ["%"] if "%" in figure else []
    figure = figure.replace("%", "").replace("−", "-").strip()
    plain = _GROUPED.sub(lambda match: _GROUPS.sub("", match.group()), figure)
    return [plain or token.lower(), *percent]


def _in_words(word: str, lexicon: Lexicon) -> list[str]:
    """A number in words: as digits where it has some ("twenty-one": 21; "three-year-old": 3)."""
    if word in lexicon.numbers:
        return [lexicon.numbers[word]]
    parts = [lexicon.numbers[part] for part in word.split("-") if part in lexicon.numbers] if "-" in word else []
    if len(parts) == 2 and all(part.isdigit() for part in parts) and int(parts[0]) >= 20 > int(parts[1]):
        return [str(int(parts[0]) + int(parts[1]))]
    return parts
