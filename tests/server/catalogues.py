"""What pages say, taken from their sources, and the catalogues that translate it.

    python -m tests.server.catalogues

brings every catalogue up to date: new sentences come in without a translation, those that nobody says any more go.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from rowback.text.tongue import ENGLISH
from rowback.web.pages.languages import LANGUAGES

from .documents import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKAGE = ROOT / "server" / "rowback"
LOCALES = PACKAGE / "web" / "locales"
TRANSLATED = sorted(LANGUAGES.keys() - {ENGLISH})
METHODS = [("web/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
OPTIONS = {"web/templates/**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "marked": None,
    "in_context": ((1, "c"), 2),
    "say": (1, 2),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
# What a catalogue says of itself; dates and names of people are git's to know.
HEADS = re.compile(r'^"(?!MIME|Content-T|Language:|Plural)[A-Za-z-]+: .*\\n"\n', re.MULTILINE)


def said() -> Catalog:
    """Every sentence of the sources."""
    found = Catalog()
    for name, _, message, _, context in extract_from_dir(
        str(PACKAGE), METHODS, OPTIONS, keywords=KEYWORDS, strip_comment_tags=True
    ):
        found.add(message, locations=[(name, 0)], context=context)
    return found


def path_of(tag: str) -> Path:
    """The file of a language."""
    return LOCALES / tag / "pages.po"


def read(tag: str) -> Catalog:
    """A catalogue as it stands."""
    return read_po(BytesIO(path_of(tag).read_bytes()), locale=tag)


def updated(tag: str, sources: Catalog) -> Catalog:
    """The catalogue with the sentences of today; a sentence that was reworded is a new one."""
    catalogue = read(tag) if path_of(tag).exists() else Catalog(locale=tag)
    catalogue.update(sources, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def written(catalogue: Catalog) -> str:
    """A catalogue as it is kept: in the order of its sentences, each with the files that say it."""
    catalogue.header_comment = f"# What the backend's pages say, in {catalogue.locale.english_name}."
    kept = BytesIO()
    write_po(kept, catalogue, width=110, sort_output=True, include_lineno=False)
    return HEADS.sub("", kept.getvalue().decode()).replace('#, fuzzy\nmsgid ""\n', 'msgid ""\n')


def main(tags: Iterable[str] = TRANSLATED) -> None:
    """Writes every catalogue."""
    sources = said()
    for tag in tags:
        path_of(tag).parent.mkdir(parents=True, exist_ok=True)
        path_of(tag).write_text(written(updated(tag, sources)), encoding="utf-8")


if __name__ == "__main__":
    main()
