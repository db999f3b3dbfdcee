"""Words of many languages, and what a short line says by them: which of its parts are known, and in which languages. Pure.

A line is read word by word, so that it takes no longer the more languages are known. Scripts without spaces are cut at the
longest word that is known.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import regex

from rowback.text.normalize import INVISIBLE, normalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORD, NUMBER, CLOCK, DATE, MARK = "word", "number", "clock", "date", "mark"
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}"
# Where a small letter is glued to a capital, two elements of the page meet.
_SMALL = rf"(?:[\p{{Ll}}\p{{Lm}}\p{{M}}']|(?![{_UNSPACED}])\p{{Lo}})"
_SPACED = rf"[\p{{Lu}}\p{{Lt}}']++{_SMALL}*+|{_SMALL}++"
_WORD = regex.compile(r"[\p{L}\p{M}']+")
IS_UNSPACED = regex.compile(rf"[{_UNSPACED}]")
_CLEAN = str.maketrans(dict.fromkeys(INVISIBLE) | dict.fromkeys("‘’ʼ`´׳", "'") | {"İ": "I"})


class Part(NamedTuple):
    """A word, a number, a time of day, a date in figures or a mark, and where it stands in the text."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with their senses, each a letter, by language. `common` are known in every language."""

    senses: Mapping[str, Mapping[str, str]]
    common: frozenset[str]
    pattern: regex.Pattern[str]

    def parts(self, text: str) -> list[Part]:
        """What a text is made of, as `plain` gives it."""
        return [
            Part(match.lastgroup or MARK, match.group().lower().strip("'"), match.start(), match.end())
            for match in self.pattern.finditer(text)
        ]

    def languages(self, parts: Iterable[Part]) -> dict[str, list[str]]:
        """The languages in which all words are known, with the senses of each word there. None where no word is its own."""
        words = [part.text for part in parts if part.kind == WORD and part.text]
        known = [self.senses.get(word, {}) for word in words if word not in self.common]
        languages = set(known[0]).intersection(*known[1:]) if known else set()
        both = known + [self.senses.get(word, {}) for word in words if word in self.common]
        return {language: [each[language] for each in both if language in each] for language in sorted(languages)}

    def is_known(self, part: Part) -> bool:
        """Whether a part says something in some language."""
        return part.kind != WORD or not part.text or part.text in self.common or part.text in self.senses


@dataclass(frozen=True, slots=True)
class Calendar:
    """Words of a language, in lower case. `short` are spans of up to a day, `long` those beyond; `alone` are spans that say
    how many by themselves; `joins` stand between the parts of a date."""

    months: str
    weekdays: str
    short: str
    long: str
    alone: str
    ago: str
    joins: str


def vocabulary(languages: Mapping[str, Mapping[str, str]], common: str = "") -> Vocabulary:
    """The vocabulary of words, parted by spaces, by sense and language."""
    senses: dict[str, dict[str, str]] = defaultdict(lambda: defaultdict(str))
    for language, words_by_sense in languages.items():
        for sense, words in words_by_sense.items():
            for word in _WORD.findall(words):
                senses[word.strip("'")][language] += sense
    unspaced = sorted((word for word in senses if IS_UNSPACED.search(word)), key=len, reverse=True)
    known = "|".join(map(regex.escape, unspaced)) or "(?!)"
    pattern = regex.compile(
        r"(?P<date>\d{1,4}([./-])\d{1,2}\2\d{1,4}(?!\d))|(?P<clock>\d{1,2}[:h]\d{2}(?::\d{2})?(?!\d))|(?P<number>\d+)|"
        rf"(?P<word>(?=[{_UNSPACED}])(?:{known})|{_SPACED}|[\p{{L}}\p{{M}}])|(?P<mark>\S)"
    )
    return Vocabulary({word: dict(known) for word, known in senses.items()}, frozenset(common.split()), pattern)


def plain(text: str) -> str:
    """A text with one form for each letter and apostrophe. Digits of any script are `\\d`."""
    return normalized("NFKC", text).translate(_CLEAN)
