"""Lines that say when: updated, published, so long ago, today's date; and how long it takes to read. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from rowback.text.lines.calendar import CALENDARS
from rowback.text.lines.sorts import Line, Sort
from rowback.text.lines.spoken import SPOKEN, Spoken
from rowback.text.lines.vocabulary import CLOCK, DATE, MARK, NUMBER, WORD, Calendar, vocabulary
from rowback.text.lines.whose import is_before, is_behind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.text.lines.vocabulary import Part

MAX_PARTS = 60  # words, figures and marks of a line; two dates with their zones have 40
MAX_BESIDE = 14  # of these before or behind a time, to say whose text it is
_MONTH, _WEEKDAY, _SHORT, _LONG, _ALONE, _AGO, _JOIN = "MWslzaj"
_UPDATED, _DATED, _NEAR, _ONE, _READING, _FILL = "udnorf"
_TIMES = (NUMBER, CLOCK, DATE)
_NEVER = regex.compile(r"[%+=<>$€£¥*#?!]")


def _senses(calendar: Calendar, spoken: Spoken | None) -> dict[str, str]:
    spoken = spoken or Spoken("")
    return {
        _MONTH: f"{calendar.months} {spoken.months}",
        _WEEKDAY: calendar.weekdays,
        _SHORT: f"{calendar.short} {spoken.spans}",
        _LONG: calendar.long,
        _ALONE: calendar.alone,
        _AGO: f"{calendar.ago} {spoken.ago}",
        _JOIN: f"{calendar.joins} {spoken.fill}",
        _UPDATED: spoken.updated,
        _DATED: spoken.dated,
        _NEAR: spoken.near,
        _ONE: spoken.ones,
        _READING: spoken.reading,
    }


VOCABULARY = vocabulary(
    {language: _senses(calendar, SPOKEN.get(language)) for language, calendar in CALENDARS.items()},
    common="am pm a p m h t z min utc gmt cet cest",
)


def time_line(text: str) -> Line | None:
    """What a plain text says of when, if that is all that it says. Names before or behind it are not counted."""
    if _NEVER.search(text):
        return None
    parts = VOCABULARY.parts(text)
    if len(parts) > MAX_PARTS:
        return None
    found = _told(parts) if all(map(VOCABULARY.is_known, parts)) else None
    return found or _with_names(text, parts)


def _told(parts: Sequence[Part]) -> Line | None:
    kinds = {part.kind for part in parts}
    languages = VOCABULARY.languages(parts)
    if not languages:
        words = [part for part in parts if part.kind == WORD]
        is_plain = all(not VOCABULARY.languages([word]) for word in words) and all(map(VOCABULARY.is_known, parts))
        line = Line(Sort.DATE) if is_plain and kinds & {CLOCK, DATE} else None
        return None if line is not None and _introduces(parts, line) else line
    found = [line for senses in languages.values() if (line := _in_language(kinds, senses)) is not None]
    line = min(found, key=lambda line: (line.is_open, line.sort is Sort.DATE), default=None)
    return None if line is not None and _introduces(parts, line) else line


def _introduces(parts: Sequence[Part], line: Line) -> bool:
    """Whether a line tells when something else is: "Update of 5 May:", "Date: 5 May", "15:00 – 17:00"."""
    if line.sort is Sort.TIME:
        return parts[-1].text == ":"
    return any(part.text == ":" for part in parts) or sum(part.kind == CLOCK for part in parts) > 1


def _in_language(kinds: set[str], senses: Sequence[str]) -> Line | None:
    """What the words of one language say. Each has one sense or some."""
    has = set("".join(senses))
    is_counted = NUMBER in kinds or _ONE in has
    is_ago = _AGO in has and ((bool(has & {_SHORT, _LONG}) and is_counted) or _SHORT in has or _ALONE in has)
    is_dated = bool(kinds & {CLOCK, DATE}) or (NUMBER in kinds and bool(has & {_MONTH, _WEEKDAY}))
    if has & {_UPDATED, _DATED} and (is_ago or is_dated or _NEAR in has):
        return Line(Sort.TIME, is_open=_UPDATED not in has)
    if _UPDATED in has and (NUMBER in kinds or _WEEKDAY in has):
        return Line(Sort.TIME, is_open=True)
    if _READING in has and NUMBER in kinds and _SHORT in has:
        return Line(Sort.TIME)
    if is_ago:
        return Line(Sort.TIME, is_open=not (is_counted and _SHORT in has) and _ALONE not in has)
    if senses.count(_WEEKDAY) > 1:
        return None  # "Monday to Friday, 9 to 5"
    if is_dated or (
        not kinds & set(_TIMES) and all(set(each) & {_UPDATED, _JOIN, _DATED} for each in senses) and _UPDATED in has
    ):
        return Line(Sort.DATE)
    return None


def _with_names(text: str, parts: Sequence[Part]) -> Line | None:
    """A time with whose text it is, on one side: "india Updated: 6:55", "Anna Lind | 5 minutes ago"."""
    for n in range(1, min(len(parts), MAX_BESIDE)):
        rest = parts[n:]
        if parts[n].kind != MARK and _is_moment(rest) and is_before(text[: parts[n].start], _is_headed(rest)):
            return Line(Sort.TIME, is_open=True)
    for n in range(max(1, len(parts) - MAX_BESIDE), len(parts)):
        rest = parts[:n]
        if _is_moment(rest) and is_behind(text[parts[n - 1].end :], _is_ago(rest)):
            return Line(Sort.TIME, is_open=True)
    return None


def _is_moment(parts: Sequence[Part]) -> bool:
    found = _told(parts) if all(map(VOCABULARY.is_known, parts)) else None
    is_sure = found is not None and (not found.is_open or any(part.kind in (CLOCK, DATE) for part in parts))
    return found is not None and found.sort is Sort.TIME and is_sure


def _is_headed(parts: Sequence[Part]) -> bool:
    """Whether a time begins with "Updated:"."""
    return (
        len(parts) > 1
        and parts[1].text == ":"
        and any(senses and _UPDATED in senses[0] for senses in VOCABULARY.languages(parts[:1]).values())
    )


def _is_ago(parts: Sequence[Part]) -> bool:
    return any(_AGO in "".join(senses) for senses in VOCABULARY.languages(parts).values())
