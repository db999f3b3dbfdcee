"""Writes `server/rowback/text/lines/calendar.py`: what languages call months, days and spans of time, as the Unicode Common
Locale Data Repository has it (https://cldr.unicode.org), read through Babel.

    python -m tests.server.calendars
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Literal

import regex
from babel import Locale, localedata
from babel.dates import format_timedelta

from .documents import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PLACE = ROOT / "server/rowback/text/lines/calendar.py"
LANGUAGES = (
    "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv ms nb nl pl pt ro ru sk sl sr sv th tr uk "
    "ur vi zh zh_Hant"
).split()
# In these a unit and what says "ago" are written as one.
GLUED = {"ja": "前", "zh": "前", "zh_Hant": "前", "th": "ที่ผ่านมา ที่แล้ว"}
Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
SHORT: dict[Unit, timedelta] = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
LONG: dict[Unit, timedelta] = {"week": timedelta(days=7), "month": timedelta(days=30), "year": timedelta(days=365)}
AMOUNTS = (1, 2, 3, 5, 11, 21, 22)
WIDTHS: tuple[Literal["long", "short", "narrow"], ...] = ("long", "short", "narrow")
COMMON = 5  # units of seven with a word in common: it says "ago"
# Words that are said with it and do not say it by themselves.
BESIDE = {"bg": "пр", "da": "for", "el": "από", "fr": "il a", "id": "yang", "nb": "for", "ro": "de", "sv": "för"}
HEAD = '''# ruff: noqa: E501
"""What languages call months, days of the week and spans of time, and how they say "ago": facts of the Unicode Common
Locale Data Repository. Written by `tests/server/calendars.py`, not by hand; what newspapers say beside it is in `spoken.py`.
"""

from __future__ import annotations

from rowback.text.lines.vocabulary import Calendar

CALENDARS = {
'''
_WORD = regex.compile(r"[\p{L}\p{M}'’]+")
_QUOTED = regex.compile(r"'([^']*)'|([^\x00-\x7f]+)")
_WEEKS = regex.compile(r"[wWQ]")  # of patterns for the number of a week or quarter
_GLUED_MONTH = regex.compile(r"([^\x00-\x7f])MMM")


def module() -> str:
    """The module's text."""
    lines = [HEAD]
    for language in LANGUAGES:
        localedata._cache.clear()  # languages share parts, and what one fills in would stand in all after it
        lines.append(f'    "{language.partition("_")[2].lower() or language}": Calendar(\n')
        for name, words in _calendar(Locale.parse(language), GLUED.get(language, "").split()).items():
            lines.append(f'        {name}="{" ".join(words)}",\n')
        lines.append("    ),\n")
    return "".join([*lines, "}\n"])


def _calendar(locale: Locale, glued: list[str]) -> dict[str, list[str]]:
    patterns = [
        pattern.pattern
        for name, pattern in (*locale.date_formats.items(), *locale.datetime_skeletons.items())
        if not _WEEKS.search(name)
    ]
    before = (
        {found for pattern in patterns for found in _GLUED_MONTH.findall(pattern)} if locale.language == "he" else set()
    )
    months = [
        name for form in locale.months.values() for width in ("wide", "abbreviated") for name in form[width].values()
    ]
    days = [name for form in locale.days.values() for width in ("wide", "abbreviated") for name in form[width].values()]
    periods = [name for form in locale.day_periods.values() for width in form.values() for name in width.values()]
    short, long = ({unit: list(_past(locale, unit, span)) for unit, span in units.items()} for units in (SHORT, LONG))
    said = glued or _ago({**short, **long})
    spans = [list(_units(told, said)) for told in (short, long)]
    beside = BESIDE.get(locale.language, "").split()
    return {
        "months": [
            word
            for word in _words([*months, *(letter + name for letter in sorted(before) for name in months)])
            if word != "de"
        ],
        "weekdays": _words(days),
        "short": _words(spans[0]),
        "long": [word for word in _words(spans[1]) if word not in _words(spans[0])],
        "alone": _words(word for told in (short, long) for word in _units(told, said, is_alone=True)),
        "ago": [word for word in said if word not in beside],
        "joins": _words([*beside, *periods, *("".join(found) for text in patterns for found in _QUOTED.findall(text))]),
    }


def _past(locale: Locale, unit: Unit, span: timedelta) -> Iterator[str]:
    """How long ago something is, in every form that the language has for a unit."""
    for amount, width in product(AMOUNTS, WIDTHS):
        with suppress(KeyError):  # not every language has every width
            yield format_timedelta(
                -amount * span, granularity=unit, threshold=99, add_direction=True, format=width, locale=locale
            )


def _ago(told: dict[Unit, list[str]]) -> list[str]:
    counted = Counter(word for texts in told.values() for word in _words(texts))
    return [word for word, count in counted.items() if count >= COMMON]


def _units(told: dict[Unit, list[str]], ago: list[str], *, is_alone: bool = False) -> Iterator[str]:
    for text in (text for texts in told.values() for text in texts):
        if is_alone and regex.search(r"\d", text):
            continue
        for word in _words([text]):
            cut = next((word.removesuffix(each) for each in ago if word.endswith(each)), word)
            if cut and word not in ago:
                yield cut


def _words(texts: Iterable[str]) -> list[str]:
    """The words in texts, in lower case, each once."""
    return list(dict.fromkeys(word.lower().replace("’", "'") for text in texts for word in _WORD.findall(text)))


if __name__ == "__main__":
    PLACE.write_text(module(), encoding="utf-8")
