"""The catalogues of what pages say: `locales/LANGUAGE/pages.po`, as translators edit them.

One is compiled when a reader first asks for its language, and kept: that takes some 20 ms, and no step of a build that could
be forgotten.
"""

from __future__ import annotations

from functools import cache, partial
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
    from babel.messages.catalog import Catalog


@cache
def language(tag: str) -> Language:
    """A language that has a catalogue."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(tag))
    compiled.seek(0)
    return Language(
        tag,
        GNUTranslations(compiled),
        partial(format_decimal, locale=tag),
        partial(format_date, format="long", locale=tag),
    )


def catalogue(tag: str) -> Catalog:
    """The catalogue as it is edited."""
    source = files("rowback.web") / "locales" / tag / "pages.po"
    return read_po(BytesIO(source.read_bytes()), locale=tag)


def country(tag: str, code: str) -> str:
    """The name of a country (ISO 3166-1) in a language; the code for one that has no name there."""
    name: str = Locale.parse(tag).territories.get(code, code)
    return name
