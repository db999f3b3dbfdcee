"""Figures in the numerals of East Asia and of Rome."""

from __future__ import annotations

import re
from functools import lru_cache

from rowback.diff.words.tokens import HAN_DIGITS, HAN_SCALES, HAN_TENS

_VALUES = (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 2, 1, 2, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9)
_HAN_DIGITS = dict(zip(HAN_DIGITS, _VALUES, strict=True))
_HAN_TENS = dict(zip(HAN_TENS, (10, 100, 1_000, 20, 30, 10, 100, 1_000), strict=True))
_HAN_SCALES = dict(zip(HAN_SCALES, (10**4, 10**4, 10**8, 10**8, 10**12), strict=True))
_HAN = re.compile(f"[{HAN_DIGITS}{HAN_TENS}{HAN_SCALES}]+")
_HAN_TOKEN = re.compile(rf"{_HAN.pattern}(?:(?:分之|[点點]){_HAN.pattern})?")
# Words with a numeral in them that counts nothing: a few countries, firms and common words.
NO_HAN_FIGURES = frozenset(
    "一些 一样 一定 一直 一起 一般 一切 一旦 一方 一部 一緒 一体 一致 统一 統一 唯一 万一 十分 百姓 四川 四国 九州 "
    "千葉 三重 三星 三菱 三亚 五輪 八幡 九龙 九龍 百度 千万".split()
)
# Words for a thousand and more, and their short forms, where they are the same in a language without a lexicon or in many.
SCALES = frozenset(
    "тысяч тысячи тысяча тыс миллион миллиона миллионов млн миллиард миллиарда миллиардов млрд трлн тисяч мільйон мільйонів "
    "мільярд мільярдів tys mln mld mrd mio tusen miljon miljoner miljard miljarder million millioner milliard milliarder "
    "milyon milyar χιλιάδες εκατομμύρια δισεκατομμύρια हज़ार हजार लाख करोड़ करोड अरब লাখ কোটি হাজার ألف آلاف مليون "
    "ملايين مليار מיליון מיליארד אלף 만 억 천만".split()
)
# Longer runs are no figures that anybody reads out.
MAX_HAN = 40
_ROMAN = re.compile(r"(?=[IVXL]{2}|[MDCLXVI]{4})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_ORDINAL = re.compile(r"([IVX]{1,8})(?:e|er|ère|ème|ᵉ)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1_000}
# Sizes of clothes, and a surname.
_NO_ROMAN = frozenset(("XL", "XXL", "XXXL", "LI"))


@lru_cache(maxsize=4_096)
def han_figures(token: str) -> tuple[str, ...]:
    """The figures of a token that is all numerals: 二十一 is 21, 三分之一 are 3 and 1. None of any other token."""
    if token.isascii() or len(token) > MAX_HAN or not _HAN_TOKEN.fullmatch(token):
        return ()
    return tuple(str(_han_value(run)) for run in _HAN.findall(token))


def _han_value(run: str) -> int:
    """Of 三千五百万 as of 二〇二六, which is read digit by digit."""
    if len(run) > 1 and all(sign in _HAN_DIGITS for sign in run):
        return int("".join(str(_HAN_DIGITS[sign]) for sign in run))
    total = below_scale = digit = 0
    for sign in run:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        elif sign in _HAN_TENS:
            below_scale += (digit or 1) * _HAN_TENS[sign]
            digit = 0
        elif total and not below_scale + digit:
            total *= _HAN_SCALES[sign]
        else:
            total += (below_scale + digit or 1) * _HAN_SCALES[sign]
            below_scale = digit = 0
    return total + below_scale + digit


def roman_figure(token: str, before: str = "") -> str:
    """What a Roman numeral amounts to, in digits: of II, XIV, MCMXC, XIXe; of I and V only behind a name (Charles V)."""
    if token[:1] not in _ROMAN_VALUES:
        return ""
    ordinal = _ROMAN_ORDINAL.fullmatch(token)
    if ordinal:
        return _roman_value(ordinal[1])
    is_single = token in ("I", "V", "X") and before[:1].isupper() and before[1:].islower()
    if not is_single and (token in _NO_ROMAN or not _ROMAN.fullmatch(token)):
        return ""
    return _roman_value(token)


def _roman_value(numeral: str) -> str:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return str(sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)))
