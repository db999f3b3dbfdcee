"""Whole lines that are furniture, in many languages, and lines that look almost like them."""

from __future__ import annotations

import pytest

from rowback.text.lines.line import is_line, line_of
from rowback.text.lines.sorts import Sort
from rowback.text.lines.times import VOCABULARY

from .cases import cases

LINES: dict[str, dict[str, list[str]]] = cases("lines")
MIN_LINES = 5  # of a language, of either kind


@pytest.mark.parametrize("language", LINES)
def test_lines_of_a_language_are_furniture_wherever_they_stand(language: str) -> None:
    assert [text for text in LINES[language]["falls"] if not is_line(text)] == []


@pytest.mark.parametrize("language", LINES)
def test_a_date_alone_is_furniture_only_above_the_text(language: str) -> None:
    said = {text: line_of(text) for text in LINES[language]["above"]}
    assert [text for text, line in said.items() if line is None or line.sort is not Sort.DATE] == []


@pytest.mark.parametrize("language", LINES)
def test_lines_that_look_almost_like_furniture_stay(language: str) -> None:
    assert [text for text in LINES[language]["stays"] if line_of(text) is not None] == []


def test_every_language_shows_enough() -> None:
    for language, lines in LINES.items():
        assert min(len(lines["falls"]), len(lines["stays"])) >= MIN_LINES, language


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "０１２３４５６７８９"])
def test_digits_of_every_script_count(digits: str) -> None:
    for text in ("5 minutes ago", "28 November 2026, 18:36", "Updated 28.11.2026"):
        assert line_of(text.translate(str.maketrans("0123456789", digits))) == line_of(text), text


@pytest.mark.parametrize("sign", ["/", "|", ";", " · ", " – ", " — ", ", "])
def test_two_dates_in_one_line_are_joined_by_any_sign(sign: str) -> None:
    assert is_line(f"Updated Nov 19, 6:55 AM{sign}Posted Nov 19, 6:51 AM")
    assert is_line(f"Veröffentlicht: 28.11.2026, 18:36{sign}Aktualisiert: 28.11.2026, 19:02")


@pytest.mark.parametrize(
    "words", ["lost her home", "was born in Kiel", "Wins The Cup Again And Again And Again", "(41)."]
)
def test_a_sentence_is_no_name(words: str) -> None:
    assert not is_line(f"3 days ago Maria Lind {words}")


def test_words_of_two_languages_make_no_line() -> None:
    assert is_line("vor 5 Minuten")
    assert not is_line("vor 5 minutos")


def test_every_unit_of_the_calendar_is_known() -> None:
    assert {"minutes", "minuten", "minutos", "минут", "分", "นาที"} <= VOCABULARY.senses.keys()
