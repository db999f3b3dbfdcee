"""The words of calendars in the program are those of the Unicode Common Locale Data Repository."""

from __future__ import annotations

from rowback.text.lines.calendar import CALENDARS
from rowback.text.lines.spoken import SPOKEN

from .calendars import PLACE, module


def test_the_calendars_are_as_written_from_the_repository() -> None:
    assert PLACE.read_text(encoding="utf-8") == module(), "run python -m tests.server.calendars"


def test_what_newspapers_say_is_of_languages_with_a_calendar() -> None:
    assert SPOKEN.keys() <= CALENDARS.keys()
