"""The extension's words of lines that say when are the backend's."""

from __future__ import annotations

from rowback.text.lines.calendar import CALENDARS
from rowback.text.lines.spoken import SPOKEN, Spoken

from .said_words import CHANGED, COMMAND, KEPT, texts, words, written


def test_the_file_is_as_written_from_the_backends_words() -> None:
    assert texts(KEPT.read_text(encoding="utf-8")) == texts(written()), f"run {COMMAND}, and format"


def test_every_language_of_the_calendars_has_words_of_a_change_that_the_backend_knows() -> None:
    assert CHANGED.keys() == CALENDARS.keys()
    for language, changed in CHANGED.items():
        spoken = SPOKEN.get(language) or Spoken("")
        known = f"{spoken.updated} {spoken.dated} {spoken.fill} {CALENDARS[language].joins}".split()
        assert set(changed.split()) <= set(known), language


def test_words_of_publishing_are_none_of_a_change() -> None:
    for language, (changed, others) in words().items():
        assert not set(changed.split()) & set(others.split()), language
    assert "published" in words()["en"][1]
