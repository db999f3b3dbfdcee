"""Figures and dates in a text: what they amount to, however they are written.

"40", "forty" and "40" with other thousands separators are the same figure; a number beside a month is a date. Each bound of
a range and each side of a score is a figure (12-9); where they are hours, days or years they are dates, too. Texts are
`typeset`, so that no dash and no width makes another figure.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import regex

from rowback.diff.labels.numerals import NO_HAN_FIGURES, SCALES, han_figures, roman_figure
from rowback.diff.labels.values import value
from rowback.diff.words.tokens import is_word, tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.labels.lexicon import Lexicon

_DIGIT = regex.compile(r"\p{N}")
_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-4])(?::[0-5]\d(?::[0-5]\d)?(?:[ap]m|h)?|\.[0-5]\d(?:[ap]m|h)|[ap]m|h(?:[0-5]\d)?)|(?:19|20)\d{2}"
    r"|(?:19|20)\d{2}([./-])\d{1,2}\1\d{1,2}|\d{1,2}([./-])\d{1,2}\2(?:(?:19|20)\d{2}|\d{2})",
    re.IGNORECASE,
)
# An hour as many write it, or a decimal.
_DOTTED = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er)?")
# The parts of a range or a compound: a minus belongs to what follows it.
_PART = re.compile(r"(?:(?:^|(?<=-))-)?[^-]+")
_NUMBER = re.compile(r"[+±-]?\d+(?:[.,:/' ]\d+)*")
_CURRENCY = regex.compile(r"\p{Sc}")
_ORDINAL = frozenset(("st", "nd", "rd", "th"))
_WEEK = frozenset("期周週拜")
# "per cent", "pour cent", "por ciento", "per cento", "por cento"
_PER, _CENT = frozenset(("per", "pour", "por")), frozenset(("cent", "ciento", "cento"))
_COMPARED = frozenset("<>≤≥≠±")
MAY = "May"  # the month; in lower case a hedge
MONTHS_BY_CAPITAL = frozenset((MAY, "March"))  # other words in lower case
ONE = "1"
A_NAME = "Name"  # as it is written: any word behind which a numeral may stand


@dataclass(frozen=True, slots=True)
class Amounts:
    """The figures and the dates of a text, each with how often it stands there.

    `units` are figures with the letters that hang on them (5m, 5bn); `order` has all that is counted but signs of currencies
    and the like, as it is read: those may stand on either side.
    """

    figures: Counter[str] = field(default_factory=Counter)
    dates: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)

    def signs(self) -> dict[str, int]:
        """The signs of currencies, of shares and of comparisons."""
        return {sign: count for sign, count in self.figures.items() if is_sign(sign)}


def amounts(tokens: Sequence[str], lexicon: Lexicon) -> Amounts:
    """The amounts in a text in comparable form, of which these are the tokens that are no white space."""
    all_figures: list[str] = []
    all_dates: list[str] = []
    all_units: list[str] = []
    order: list[str] = []
    for place, token in enumerate(tokens):
        if not is_amount(token, lexicon):
            continue
        figures, units = _figures(tokens, place, lexicon)
        dates = _dates(tokens, place, lexicon)
        if not figures and not dates:
            continue
        all_dates += dates
        order.extend(figure for figure in figures or dates if not is_sign(figure))
        if not dates or _is_figure_too(token):
            all_figures += figures
            all_units += units
    return Amounts(Counter(all_figures), Counter(all_dates), Counter(all_units), order)


def have_traded_places(old: str, new: str, lexicon: Lexicon) -> bool:
    """Whether the same figures stand in another order, one of them with other words on both sides.

    "12 men, 15 women" and the reverse, and 12-9 and 9-12; not where a figure moved with the words it belongs to, as in
    "3 dogs, 40 men".
    """
    one, other = _beside(old, lexicon), _beside(new, lexicon)
    if [figure for figure, _, _ in one] == [figure for figure, _, _ in other]:
        return False
    kept = {(figure, side) for figure, *sides in other for side in enumerate(sides)}
    return any(kept.isdisjoint((figure, side) for side in enumerate(sides)) for figure, *sides in one)


def _beside(text: str, lexicon: Lexicon) -> list[tuple[str, str, str]]:
    """The figures of a text in its order, each with the words before and after it."""
    tokens = [token for token in tokenize(text) if is_word(token)]
    found = chain.from_iterable(
        [(figure, True) for figure in _figures(tokens, place, lexicon)[0] if not is_sign(figure)]
        if is_figure(token, lexicon) and (_is_figure_too(token) or not _dates(tokens, place, lexicon))
        else [(token, False)]
        for place, token in enumerate(tokens)
    )
    words = [("", False), *found, ("", False)]
    return [
        (words[place][0], words[place - 1][0], words[place + 1][0])
        for place in range(1, len(words) - 1)
        if words[place][1]
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
    return (
        _DIGIT.search(token) is not None
        or bool(han_figures(token) or roman_figure(token))
        or bool(_in_words(token.lower(), lexicon))
    )


@lru_cache(maxsize=65_536)
def is_amount(token: str, lexicon: Lexicon) -> bool:
    """Whether what a text amounts to may hang on a token: a figure, a date, a currency, a share, the V of Charles V."""
    return not _is_only_letters(token) or is_date(token, lexicon) or bool(_in_words(token.lower(), lexicon))


@lru_cache(maxsize=65_536)
def _is_only_letters(token: str) -> bool:
    """Whether no figure but one in words can be in a token, nor a date but by its name."""
    if token.isascii() and token.isalpha() and token.islower():
        return token not in _CENT
    return not (
        _DIGIT.search(token)
        or is_sign(token)
        or han_figures(token)
        or roman_figure(token, A_NAME)
        or token.lower() in _CENT
    )


@lru_cache(maxsize=4_096)
def is_sign(token: str) -> bool:
    """Whether a token without letters and digits is of a figure: a currency, a comparison."""
    return token in _COMPARED or token in ("%", "‰") or _CURRENCY.fullmatch(token) is not None


def _dates(tokens: Sequence[str], place: int, lexicon: Lexicon) -> list[str]:
    """A token that is a date, or those of its parts that are."""
    token = tokens[place]
    if is_date(token, lexicon):
        return [token.lower()]
    if _is_only_letters(token):
        return []
    if han_figures(token) and place and tokens[place - 1] in _WEEK:
        return [token]
    if not _DIGIT.search(token):
        return []
    parts = _PART.findall(token)
    days = [found for part in parts if (found := _DAY.fullmatch(part))]
    if len(days) == len(parts) and _is_beside_month(tokens, place, lexicon):
        return [found[1] for found in days]
    may_be_hours = not _is_counted(tokens, place, lexicon)
    return [part.lower() for part in parts if is_date(part, lexicon) or (may_be_hours and _DOTTED.fullmatch(part))]


def _is_counted(tokens: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Whether what follows a number says that it is no hour: million, per cent, a currency."""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    return is_sign(after) or after.lower() in lexicon.numbers or after.lower() in _PER


def _is_beside_month(tokens: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Whether a number stands beside a month: "5 May", "May 5", "5. Mai", "5 de mayo", "the 5th of May"."""
    beside = [place - 1, place + 1]
    if place + 2 < len(tokens) and tokens[place + 1] in (".", "de", "of"):
        beside.append(place + 2)
    return any(0 <= near < len(tokens) and is_date(tokens[near], lexicon) and tokens[near].isalpha() for near in beside)


def _is_figure_too(token: str) -> bool:
    """Whether a date is a figure besides: the bounds of a range (9.30-17.00, 2024-25), and a decimal that may be an hour."""
    numbers = sum(_DIGIT.search(part) is not None for part in _PART.findall(token))
    return _DOTTED.fullmatch(token) is not None or (numbers > 1 and _CLOCK.fullmatch(token) is None)


def _figures(tokens: Sequence[str], place: int, lexicon: Lexicon) -> tuple[Sequence[str], Sequence[str]]:
    """The figures of a token, and each with the letters behind it."""
    token = tokens[place]
    if _is_only_letters(token):
        return _in_words(token.lower(), lexicon), []
    if _DIGIT.search(token):
        return _in_digits(token, lexicon)
    before = tokens[place - 1] if place else ""
    if is_sign(token):
        return [token], []
    if token.lower() in _CENT and before.lower() in _PER:
        return ["%"], []
    numerals = han_figures(token)
    if numerals:
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        return ([] if {before + token, token + after} & NO_HAN_FIGURES else list(numerals)), []
    roman = roman_figure(token, before)
    return [roman] if roman else _in_words(token.lower(), lexicon), []


@lru_cache(maxsize=4_096)
def _in_digits(token: str, lexicon: Lexicon) -> tuple[Sequence[str], Sequence[str]]:
    """The figures of a token with digits: of 12-9 both, of a 34-year-old the age, of an F-16 the number."""
    figures: list[str] = []
    units: list[str] = []
    for part in _PART.findall(token.lower()):
        if not _DIGIT.search(part):
            figures += [lexicon.numbers[part]] if part in lexicon.numbers else []
            continue
        signs = [sign for sign in part if is_sign(sign) and sign not in _COMPARED]
        plain = "".join(sign for sign in part if not is_sign(sign) or sign in _COMPARED).strip()
        numbers = [value(found, decimal_comma=lexicon.decimal_comma) for found in _NUMBER.findall(plain)]
        unit = _NUMBER.sub("", plain).strip()
        figures += [*(numbers or [plain]), *signs]
        if unit and unit not in _ORDINAL:
            units.append(f"{' '.join(numbers)}{unit}")
    return tuple(figures), tuple(units)


def _in_words(word: str, lexicon: Lexicon) -> list[str]:
    """A number in words: as digits where it has some ("twenty-one": 21; "three-year-old": 3)."""
    if word in lexicon.numbers:
        return [lexicon.numbers[word]]
    if lexicon.is_compound_number(word) or (not lexicon.frequent and word in SCALES):
        return [word]
    parts = [lexicon.numbers[part] for part in word.split("-") if part in lexicon.numbers] if "-" in word else []
    if len(parts) == 2 and all(part.isdigit() for part in parts) and int(parts[0]) >= 20 > int(parts[1]):
        return [str(int(parts[0]) + int(parts[1]))]
    return parts
