"""The catalogues of what pages say: `locales/LANGUAGE/pages.po`, as translators edit them.

One is compiled when a reader first asks for its language, and kept: that takes some 20 ms, and no step of a build that could
be forgotten.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache, partial
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from rowback.text.tongue import Language

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from babel.messages.catalog import Catalog

REMEMBERED = 4096  # numbers and days of a language as it writes them: a page of a list has the same again and again


@cache
def language(tag: str) -> Language:
    """A language that has a catalogue."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(tag))
    compiled.seek(0)
    return Language(
        tag,
        GNUTranslations(compiled),
        lru_cache(REMEMBERED, typed=True)(partial(format_decimal, locale=tag)),
        _day(tag),
    )


def _day(tag: str) -> Callable[[datetime], str]:
    @lru_cache(REMEMBERED)
    def written(year: int, month: int, day: int) -> str:
        return format_date(date(year, month, day), format="long", locale=tag)

    return lambda at: written(at.year, at.month, at.day)


def catalogue(tag: str) -> Catalog:
    """The catalogue as it is edited."""
    source = files("rowback.web") / "locales" / tag / "pages.po"
    return read_po(BytesIO(source.read_bytes()), locale=tag)


def country(tag: str, code: str) -> str:
    """The name of a country (ISO 3166-1) in a language; the code for one that has no name there."""
    name: str = Locale.parse(tag).territories.get(code, code)
    return name
