"""Everything that pages say is translated into every language: nothing is missing, nothing is left over, no value is lost."""

from __future__ import annotations

import re
from string import ascii_letters
from typing import TYPE_CHECKING

import pytest
from babel.messages.checkers import python_format

from rowback.web.pages.languages import LANGUAGES, RIGHT_TO_LEFT

from .bare_sentences import bare
from .catalogues import PACKAGE, TRANSLATED, path_of, read, said, updated, written
from .documents import ROOT

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

TEMPLATES = PACKAGE / "web" / "templates"
EXTENSION = ROOT / "extension" / "_locales"
IN_FEEDS = frozenset({"entry.html", "entry_text.html"})  # feeds are in English
VALUES = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def sources() -> Catalog:
    return said()


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_catalogue_has_every_sentence_and_no_other(tag: str, sources: Catalog) -> None:
    """`python -m tests.server.catalogues` brings it up to date; its sentences are for people to translate."""
    assert path_of(tag).read_text(encoding="utf-8") == written(updated(tag, sources))
    kept = {(each.context, each.id) for each in read(tag) if each.id}
    assert kept == {(each.context, each.id) for each in sources if each.id}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_sentence_is_translated(tag: str) -> None:
    catalogue = read(tag)
    assert [each.id for each in catalogue if each.id and (each.fuzzy or not all(_forms(each.string)))] == []
    assert not catalogue.obsolete
    assert [
        each.id for each in catalogue if each.pluralizable and len(_forms(each.string)) != catalogue.num_plurals
    ] == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_translation_has_the_values_of_its_sentence(tag: str) -> None:
    for each in read(tag):
        if not each.id:
            continue
        python_format(None, each)
        wanted = [set(VALUES.findall(form)) for form in _forms(each.id)]
        for said_as in _forms(each.string):
            # A form for one number alone may leave the number out: it says “one”, “two”.
            given = set(VALUES.findall(said_as))
            assert given | {"num"} == wanted[-1] | {"num"} if each.pluralizable else given in wanted, each.id
            assert "%" not in re.sub(r"%\(\w+\)s|%%", "", said_as), each.id
            assert "<" not in said_as, each.id


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.glob("*.html")))
def test_no_template_says_anything_past_the_catalogues(name: str) -> None:
    found = bare((TEMPLATES / name).read_text(encoding="utf-8"))
    if name not in IN_FEEDS:
        assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Two words</p>",
        "<p>{% if a %}Nothing{% endif %}</p>",
        '<a title="A title" href="/">{{ _("Said") }}</a>',
        '{{ "the latest" if a else b }}',
        '{{ feeds("Feed of all edits", a) }}',
        "{% trans %}Said{% endtrans %} and not said",
    ],
)
def test_a_bare_sentence_is_found(source: str) -> None:
    assert len(bare(source)) == 1


def test_what_is_said_or_typed_is_not_blamed() -> None:
    source = """{# A note. #}{% trans a=code("rowback serve") %}Type {{ a }}.{% endtrans %}
    <a href="/about" title="{{ _("What") }}">
    {{ ngettext("%(num)s edit", "%(num)s edits", n) }}</a> <input placeholder="/feed">
    <code>rowback follow</code> Rowback · {{ a }}, {{ b }}"""
    assert bare(source) == []


def test_pages_speak_the_languages_of_the_extension() -> None:
    assert LANGUAGES.keys() == {path.name for path in EXTENSION.iterdir()}
    assert {tag for tag in LANGUAGES if not set(ascii_letters) & set(LANGUAGES[tag])} == {"ar", "ja"}
    assert {"ar"} == RIGHT_TO_LEFT


def _forms(said_as: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (said_as,) if isinstance(said_as, str) else tuple(said_as or ())
