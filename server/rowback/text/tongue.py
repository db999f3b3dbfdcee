"""Sentences for people in their own language: what pages say goes through here, and so does what pages share with terminals.

Whoever answers a reader says which language is spoken until the answer is made (`speak`); nobody else does, and so programs,
feeds and terminals get English, in which all of it is written. Placeholders are `%(name)s`, as gettext's tools know them.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from gettext import NullTranslations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its tag (BCP 47), its words, and how it writes numbers and days."""

    tag: str
    words: NullTranslations
    grouped: Callable[[float], str]
    day: Callable[[datetime], str]


def _english_day(at: datetime) -> str:
    return f"{at.day} {at.strftime('%B %Y')}"


_ENGLISH = Language(ENGLISH, NullTranslations(), "{:,}".format, _english_day)
_SPOKEN: ContextVar[Language] = ContextVar("spoken", default=_ENGLISH)


def speak(language: Language | None) -> None:
    """Speaks a language from now on, in this thread; None for English."""
    _SPOKEN.set(language or _ENGLISH)


def tag() -> str:
    """The tag of the language that is spoken."""
    return _SPOKEN.get().tag


def gettext(message: str, /, **values: object) -> str:
    """A sentence, with its values in it."""
    said = _SPOKEN.get().words.gettext(message)
    return said % values if values else said


def ngettext(one: str, more: str, number: int, /, **values: object) -> str:
    """A sentence in the form that its number needs; the number itself is `%(num)s`."""
    said = _SPOKEN.get().words.ngettext(one, more, number)
    return said % {"num": grouped(number), **values}


def pgettext(context: str, message: str, /, **values: object) -> str:
    """A word that means something else elsewhere: `context` says which is meant."""
    said = _SPOKEN.get().words.pgettext(context, message)
    return said % values if values else said


def marked(message: str) -> str:
    """The sentence as it is: to be translated where it is said."""
    return message


def in_context(context: str, message: str) -> str:
    """The word as it is, likewise: `pgettext` says it, with the same context."""
    del context
    return message


def grouped(number: float) -> str:
    """`1,234`, `1.234`, `1 234`."""
    return _SPOKEN.get().grouped(number)


def comma() -> str:
    """What stands between the items of a list."""
    return pgettext("between items of a list", ", ")


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return gettext("%(items)s and %(last)s", items=comma().join(items[:-1]), last=items[-1])


def day(at: datetime) -> str:
    """`24 November 2026`, `24. November 2026`."""
    return _SPOKEN.get().day(at)
